/** Everything of the process that the commands touch: tests give their own. */

import type { Asker } from './ask.js';
import type { Migration } from './migration.js';

export interface Surroundings {
  /** Loads the recipe, and the parsers with it: only when a command runs. */
  migration(): Promise<Migration>;
  /** Data. */
  stdout: Stream;
  /** Messages. */
  stderr: Stream;
  /** Asks a person; null without a terminal to ask on. */
  asker(): Promise<Asker | null>;
  env: Record<string, string | undefined>;
  /** The day in UTC, `2027-01-31`. */
  today(): string;
  /** Calls back on SIGINT and SIGTERM, with the exit code that says so, until the returned function is called. */
  onSignal(listener: (name: string, code: number) => void): () => void;
  /** Ends the process. Locks are released on the way out. */
  leave(code: number): void;
  /** Processors that may be used at once. */
  processors: number;
}

export interface Stream {
  write(text: string): void;
  isTTY: boolean;
  columns: number | undefined;
}
