/**
 * Ctrl-C and SIGTERM: what is being written is brought to its end or taken back; everything else is left at once. A
 * listener in JavaScript is only called when the process comes to rest, and following clients takes seconds without
 * rest: so there is none while nothing is held or written, and the system ends the process.
 */

import { mask } from '../secrets.js';
import type { Surroundings } from './surroundings.js';

export interface Interrupt {
  /** Aborted by the first signal that comes while something is written. */
  signal: AbortSignal;
  /** Runs work that must not be left half done: a signal then only asks it to stop. */
  whole<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work that holds something, as a lock: a signal ends the process in the order that lets it go. */
  orderly<T>(work: () => Promise<T>): Promise<T>;
}

/** Watches for signals in `whole` and `orderly` only. The second one in `whole` ends the process: the journal holds what to undo. */
export function watchSignals(around: Surroundings): Interrupt {
  const controller = new AbortController();
  let writing = 0;
  const say = (words: string) => around.stderr.write(`redis-migrate: ${mask(words)}\n`);
  const listener = (name: string, code: number) => {
    if (writing === 0) {
      say(`interrupted (${name}): nothing was written`);
      around.leave(code);
    } else if (controller.signal.aborted) {
      say(`interrupted again (${name}): the next apply or rollback puts back what is half done`);
      around.leave(code);
    } else {
      say(`interrupted (${name}): ending what is being written`);
      controller.abort();
    }
  };
  const watching = watchedWork(() => around.onSignal(listener));
  return {
    signal: controller.signal,
    whole: (work) =>
      watching(async () => {
        writing += 1;
        try {
          return await work();
        } finally {
          writing -= 1;
        }
      }),
    orderly: watching,
  };
}

/** Runs work, also work within work, between `begin` and what that returned. */
function watchedWork(begin: () => () => void): <T>(work: () => Promise<T>) => Promise<T> {
  let depth = 0;
  let end = (): void => undefined;
  return async (work) => {
    if (depth === 0) end = begin();
    depth += 1;
    try {
      return await work();
    } finally {
      depth -= 1;
      if (depth === 0) end();
    }
  };
}
