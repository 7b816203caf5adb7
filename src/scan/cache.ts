/** Facts kept between runs. An entry is found by what was parsed and by what parsed it, so it can never be stale. */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import { FACTS_VERSION, type FileFacts } from '../model/facts.js';
import type { FactsTask } from './facts.js';

export interface FactsCache {
  get(task: FactsTask): FileFacts | null;
  put(task: FactsTask, facts: FileFacts): void;
}

/**
 * A cache in `directory/facts-…`; null gives one that keeps nothing. Entries of other versions are removed. When the
 * directory cannot be written the run goes on without: the cache only saves time.
 */
export function openCache(directory: string | null): FactsCache {
  if (directory === null) return { get: () => null, put: () => undefined };
  const name = `facts-${FACTS_VERSION}-${packageVersion()}`;
  const home = join(directory, name);
  let writable = prepare(directory, name);
  return {
    get(task) {
      const facts = readEntry(join(home, `${keyOf(task)}.json`));
      return facts === null ? null : { ...facts, file: task.file };
    },
    put(task, facts) {
      if (!writable) return;
      try {
        writeFileAtomic.sync(join(home, `${keyOf(task)}.json`), toEntry(facts), { fsync: false, mode: 0o600 });
      } catch {
        writable = false;
      }
    },
  };
}

function prepare(directory: string, keep: string): boolean {
  try {
    mkdirSync(join(directory, keep), { recursive: true });
    // A scan alone must not leave files that git wants to commit: nothing else of the state folder may be there yet.
    const ignored = join(directory, '.gitignore');
    if (!existsSync(ignored)) writeFileSync(ignored, '*\n');
    for (const entry of readdirSync(directory)) {
      if (entry.startsWith('facts-') && entry !== keep)
        rmSync(join(directory, entry), { recursive: true, force: true });
    }
    return true;
  } catch {
    return false;
  }
}

/** Content and the ending of the name: a parser treats `.tsx` and `.ts` differently, and nothing else of the path. */
function keyOf({ file, text }: FactsTask): string {
  const name = basename(file);
  const ending = name.slice(name.indexOf('.', 1));
  return createHash('sha256').update(`${ending}\n`).update(text).digest('hex');
}

/** First line: digest of the rest. An entry that was cut or changed does not fit it and is made again. */
function toEntry(facts: FileFacts): string {
  const json = JSON.stringify(facts);
  return `${digest(json)}\n${json}\n`;
}

function readEntry(path: string): FileFacts | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null;
  }
  const json = text.slice(text.indexOf('\n') + 1, -1);
  return text.startsWith(`${digest(json)}\n`) ? (JSON.parse(json) as FileFacts) : null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Version of this package: its package.json lies above `src/`, and above `dist/src/` once built. */
function packageVersion(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    const file = join(at, 'package.json');
    if (!existsSync(file)) continue;
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version?: string };
    return version ?? 'unknown';
  }
  return 'unknown';
}
