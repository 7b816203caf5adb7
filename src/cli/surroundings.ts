/** Everything of the process that the commands touch: tests give their own. */

import type { Migration } from './migration.js';

export interface Surroundings {
  /** Loads the recipe, and the parsers with it: only when a command runs. */
  migration(): Promise<Migration>;
  /** Data. */
  stdout: Stream;
  /** Messages. */
  stderr: Stream;
  env: Record<string, string | undefined>;
  /** The day in UTC, `2027-01-31`. */
  today(): string;
  /** Processors that may be used at once. */
  processors: number;
}

export interface Stream {
  write(text: string): void;
  isTTY: boolean;
  columns: number | undefined;
}
