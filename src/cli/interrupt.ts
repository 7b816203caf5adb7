/** Ctrl-C and SIGTERM: what is being written is brought to its end or taken back; everything else is left at once. */

import { mask } from '../secrets.js';
import type { Surroundings } from './surroundings.js';

export interface Interrupt {
  /** Aborted by the first signal. */
  signal: AbortSignal;
  /** Runs work that must not be left half done: a signal then only asks it to stop. */
  whole<T>(work: () => Promise<T>): Promise<T>;
  /** Signals have their usual effect again. */
  end(): void;
}

/** Watches for signals while a command runs. The second one ends the process at once: the journal holds what to undo. */
export function watchSignals(around: Surroundings): Interrupt {
  const controller = new AbortController();
  let depth = 0;
  const say = (words: string) => around.stderr.write(`redis-migrate: ${mask(words)}\n`);
  const end = around.onSignal((name, code) => {
    if (depth === 0) {
      say(`interrupted (${name}): nothing was written`);
      around.leave(code);
    } else if (controller.signal.aborted) {
      say(`interrupted again (${name}): the next apply or rollback puts back what is half done`);
      around.leave(code);
    } else {
      say(`interrupted (${name}): ending the batch at hand`);
      controller.abort();
    }
  });
  return {
    signal: controller.signal,
    async whole(work) {
      depth += 1;
      try {
        return await work();
      } finally {
        depth -= 1;
      }
    },
    end,
  };
}
