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
    if (!ended) spinner = ora({ text: words, stream: process.stderr }).start();
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
