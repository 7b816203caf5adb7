/** Shows what is being done, on a terminal, when it takes longer than a second. */

import type { CommonFlags } from './options.js';
import type { Surroundings } from './surroundings.js';

const PATIENCE_MS = 1000;

export interface Progress {
  /** A stage begins. */
  stage(words: string): void;
  /** Takes the line away. */
  end(): void;
}

const SILENT: Progress = { stage: () => undefined, end: () => undefined };

/** Nothing without a terminal that has columns, on CI, with `--quiet` or with `--no-progress`. */
export function progress(flags: CommonFlags, { stderr, env }: Surroundings): Progress {
  if (!stderr.isTTY || !stderr.columns || flags.quiet || !flags.progress || env.CI) return SILENT;
  let words = '';
  let ended = false;
  let spinner: { text: string; stop(): unknown } | null = null;
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora');
    // Neither stdin nor the cursor is touched: for either, ora would take signals to itself, and Ctrl-C would wait for rest.
    const quiet = { discardStdin: false, hideCursor: false };
    if (!ended) spinner = ora({ text: words, stream: process.stderr, ...quiet }).start();
  }, PATIENCE_MS);
  return {
    stage(next) {
      words = next;
      if (spinner) spinner.text = next;
    },
    end() {
      ended = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
}
