/** From verdicts to changed files: units, instructions, edits, batches, outcomes. All plain JSON. */

import type { Span } from './facts.js';
import type { Instruction } from './instructions.js';
import type { LostMock } from './mock.js';
import type { Category, Pattern, Purpose, Reason } from './site.js';

export type * from './instructions.js';

/** The changes of one site in one file. `pattern` chooses the transform. */
export interface SiteChange {
  site: string;
  file: string;
  pattern: Pattern;
  instructions: Instruction[];
}

/** What must change together: written wholly or not at all. */
export interface Unit {
  id: string;
  sites: string[];
  files: string[];
  purpose: Purpose;
  verdict: 'rewrite' | 'review';
  /** A person has accepted all differences of a unit under review. */
  accepted?: true;
  /** Accessors that must be started and that its sites ask, with the function that does so; absent: none. */
  asks?: { accessor: string; start: string }[];
  changes: SiteChange[];
}

export interface Edit {
  /** `replace`: insert when start = end, delete when text is empty. */
  kind: 'replace';
  start: number;
  end: number;
  text: string;
  /** Pieces of the old text that the new one still has, wherever they stand there: the names in them are used on. */
  keeps?: Span[];
}

/** What a transform answers for one file and one site change. */
export type TransformResult = { ok: true; edits: Edit[] } | { ok: false; reason: Reason };

/** Why a transform could not do what it was told, or why what it did was refused. */
export type RefusalCode =
  | 'no-transform'
  | 'file-unreadable'
  | 'name-unbound'
  | 'site-still-there'
  | 'handler-lost'
  | 'parser-disagreement'
  | 'does-not-parse'
  | 'edits-overlap'
  | 'edit-out-of-bounds'
  | 'name-shadowed'
  | 'context-not-async'
  | 'statement-in-use'
  | 'encoding-unsupported';

/** A changed file, computed and verified but not written. */
export interface FileChange {
  file: string;
  before: string;
  after: string;
  /** The file is made by the change: `before` is empty, there must be none of that name, undo deletes it. */
  created?: true;
  /** Units that changed it. */
  units: string[];
  importsRemoved: string[];
}

/** What rewrite and verify say of a set of units together. */
export interface RewriteResult {
  files: FileChange[];
  /** Their edits are in no file. */
  refused: { unit: string; reason: Reason }[];
}

export interface Batch {
  /** Hash of purpose, unit and site ids. */
  id: string;
  title: string;
  purpose: Purpose;
  /** 0 is the least risky purpose of the order in force, in the first of its zones. */
  risk: number;
  files: string[];
  sites: string[];
  units: string[];
  /** Tests whose stand-ins miss the code of these sites once they have moved; absent: not asked. */
  mocks?: LostMock[];
}

export interface Plan {
  schemaVersion: 1;
  batches: Batch[];
  kept: { site: string; reasons: Reason[] }[];
}

export const OUTCOMES = ['rewritten', 'unchanged', 'kept', 'failed'] as const;
export type OutcomeKind = (typeof OUTCOMES)[number];

export interface Outcome {
  id: string;
  outcome: OutcomeKind;
  reasons: Reason[];
}

export interface FileReport {
  file: string;
  linesAdded: number;
  linesRemoved: number;
  importsRemoved: string[];
  /** Unified diff with secrets masked unless asked otherwise. */
  diff: string;
}

/** A site's row in the batch report. */
export interface SiteReport extends Outcome {
  file: string;
  line: number;
  category: Category;
  pattern: Pattern | null;
  database: string | null;
  role: string | null;
  purpose: Purpose | null;
}

export interface Totals {
  files: number;
  sites: number;
  rewritten: number;
  unchanged: number;
  kept: number;
  failed: number;
  linesAdded: number;
  linesRemoved: number;
}

export interface BatchReport {
  batch: string;
  title: string;
  purpose: Purpose;
  files: FileReport[];
  sites: SiteReport[];
  totals: Totals;
  /** Tests whose stand-ins miss the code of the sites that moved; absent: not asked. */
  mocks?: LostMock[];
  /** True when a diff had to be masked: it cannot be applied. */
  masked: boolean;
}

/** The whole answer of `apply`. */
export interface ApplyReport {
  schemaVersion: 1;
  dryRun: boolean;
  batches: BatchReport[];
  totals: Totals;
  /** Sites that stay although no batch holds them: kept verdicts. */
  kept: { site: string; file: string; line: number; reasons: Reason[] }[];
}

/** `.redis-migrate/batches/<id>.json`: site ids and outcomes, no bytes of the code. */
export interface Ledger {
  schemaVersion: 1;
  batch: string;
  title: string;
  purpose: Purpose;
  files: string[];
  sites: { id: string; outcome: OutcomeKind }[];
  /** Files of accessors whose start the batch has written; absent: none. */
  starts?: string[];
  /** Files of accessors that must be started and that its sites ask; absent: none. */
  asks?: string[];
}
