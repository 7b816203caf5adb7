/** A few worker threads that make facts. Written here because it is one question: no file may get lost. */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { FactsAnswer, FactsTask } from './facts.js';

export interface WorkerReply {
  index: number;
  answer: FactsAnswer;
}

const SCRIPT = new URL('./worker.js', import.meta.url);

/** False when the program runs from its TypeScript sources, where no compiled worker lies beside this file. */
export function workersAvailable(): boolean {
  return existsSync(fileURLToPath(SCRIPT));
}

/**
 * Makes facts in at most `jobs` threads. When one dies, the file that it held is answered with a message and a new
 * thread takes its place, but not more often than there are jobs: then the rest is answered so as well.
 */
export async function makeInWorkers(
  tasks: readonly FactsTask[],
  jobs: number,
  script: URL = SCRIPT,
): Promise<FactsAnswer[]> {
  const answers: FactsAnswer[] = [];
  const queue = { next: 0, deaths: 0 };
  const take = (): number | null => (queue.next < tasks.length ? queue.next++ : null);
  const lane = async (): Promise<void> => {
    while (queue.next < tasks.length && queue.deaths < jobs) {
      const lost = await runWorker(script, tasks, take, (index, answer) => {
        answers[index] = answer;
      });
      if (lost === null) return;
      queue.deaths += 1;
      if (lost.index !== null) answers[lost.index] = { ok: false, message: `not parsed: ${lost.message}` };
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, lane));
  const left: FactsAnswer = { ok: false, message: 'not parsed: the worker threads died' };
  return tasks.map((_, index) => answers[index] ?? left);
}

interface Lost {
  index: number | null;
  message: string;
}

/** Feeds one worker until nothing is left (null) or it dies (what it held). */
function runWorker(
  script: URL,
  tasks: readonly FactsTask[],
  take: () => number | null,
  answered: (index: number, answer: FactsAnswer) => void,
): Promise<Lost | null> {
  return new Promise((resolve) => {
    let held: number | null = null;
    let message = 'the worker thread died';
    const worker = new Worker(script);
    const feed = (): void => {
      held = take();
      if (held === null) worker.postMessage(null);
      else worker.postMessage({ index: held, task: tasks[held] });
    };
    worker.on('message', (reply: WorkerReply) => {
      answered(reply.index, reply.answer);
      feed();
    });
    worker.on('error', (error: unknown) => {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      message = `the worker thread died${code}`;
    });
    worker.on('exit', (code) => resolve(held === null && code === 0 ? null : { index: held, message }));
    feed();
  });
}
