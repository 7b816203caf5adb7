/** What `init`, `rollback` and `accept` answer: the reports of the commands that have no part in the JSON contract of the stages. */

import type { Decision } from '../model/decision.js';
import type { GuardRule } from '../model/guard.js';
import type { Reason, Verdict } from '../model/site.js';

export interface InitReport {
  /** Files that were written, from the root. */
  written: string[];
  /** The configuration as it was written; null where there was one already. */
  config: object | null;
  /** Openings of one identity, the largest group first. */
  groups: { name: string; identity: string; sites: number }[];
  /** Accessors that the tree has already. */
  accessors: { file: string; name: string; callSites: number }[];
  /** Redis libraries that are opened, with the versions that are stated. */
  libraries: { name: string; versions: string[]; openings: number }[];
  /** What runs the tests, or stands in for Redis there. */
  tests: string[];
  /** Files that each proposed accessor serves; several in a monorepo. */
  scopes: { file: string; scope: string }[];
  /** Lint rules that were asked for. */
  guard: GuardRule[];
  /** What to do now, in order. */
  next: string[];
}

export interface RollbackReport {
  schemaVersion: 1;
  /** Batches that are undone; their files have their old bytes again. */
  batches: { batch: string; files: string[] }[];
  /** Batches that were left as they are. */
  refused: { batch: string; reasons: Reason[] }[];
  messages: string[];
}

/** The decision that was stored or taken back. */
export interface DecisionReport extends Decision {
  schemaVersion: 1;
  /** Verdict of the site before that; null when there is no such site any more. */
  verdict: Verdict | null;
  withdrawn: boolean;
  /** File in the state folder. */
  written: string;
}
