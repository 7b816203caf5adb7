/** Facts of many files: from the cache, else made here or in workers. The order of the answers is that of the tasks. */

import { languageFor } from '../languages/index.js';
import type { FileFacts } from '../model/facts.js';
import type { FactsCache } from './cache.js';
import { makeInWorkers, workersAvailable } from './pool.js';

export interface FactsTask {
  file: string;
  text: string;
}

export type FactsAnswer = { ok: true; facts: FileFacts } | { ok: false; message: string };

/**
 * From this many files on, starting workers costs less than it saves: each needs half a second to load the parser and to
 * get as fast as this thread, and what it sends takes a third as long to decode as to make.
 */
const WORTH_WORKERS = 256;

export async function makeFacts(tasks: readonly FactsTask[], cache: FactsCache, jobs: number): Promise<FactsAnswer[]> {
  const answers = new Map<FactsTask, FactsAnswer>();
  const missing: FactsTask[] = [];
  for (const task of tasks) {
    const known = cache.get(task);
    if (known) answers.set(task, { ok: true, facts: known });
    else missing.push(task);
  }
  const many = jobs > 1 && missing.length >= WORTH_WORKERS && workersAvailable();
  const made = many ? await makeInWorkers(missing, jobs) : await makeHere(missing);
  for (const [index, task] of missing.entries()) {
    const answer = made[index] ?? { ok: false, message: 'no worker answered' };
    answers.set(task, answer);
    if (answer.ok) cache.put(task, answer.facts);
  }
  return tasks.map((task) => answers.get(task) ?? { ok: false, message: 'no facts were made' });
}

async function makeHere(tasks: readonly FactsTask[]): Promise<FactsAnswer[]> {
  const answers: FactsAnswer[] = [];
  for (const task of tasks) answers.push(await makeOne(task));
  return answers;
}

const loaded = new Map<string, Promise<void>>();

/** Facts of one file; a fault of ours becomes an answer, so that one file never stops a run. */
export async function makeOne({ file, text }: FactsTask): Promise<FactsAnswer> {
  const language = languageFor(file);
  if (language === null) return { ok: false, message: 'not parsed: no language reads such a file' };
  const loading = loaded.get(language.name) ?? language.load();
  loaded.set(language.name, loading);
  await loading;
  try {
    return { ok: true, facts: language.facts(file, text) };
  } catch (error) {
    return { ok: false, message: `not parsed: a fault of redis-migrate (${describeFault(error)})` };
  }
}

/** Kind of an error and the line of ours that threw it. Its message may quote the scanned code, so it is left out. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const place = /([\w.-]+\.[cm]?[jt]s:\d+):\d+\)?\s*$/m.exec(error.stack ?? '')?.[1];
  return place === undefined ? error.name : `${error.name} in ${place}`;
}
