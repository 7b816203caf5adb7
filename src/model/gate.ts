/** What `check` and `status` answer. Plain JSON. */

import type { Purpose, Verdict } from './site.js';

/** Ways in which a code base falls behind its accessor, with what each means and what a person can do. */
export const VIOLATIONS = {
  'came-back': {
    means: 'A batch has moved this site to the accessor, and the old opening is there again.',
    todo: 'Take the change back, or roll the batch back so that the ledger says so.',
  },
  'module-owner': {
    means: 'A module outside of the accessor opens a client and keeps it for the whole process.',
    todo: 'Ask the accessor for the client: `apply` does it where it is proved, `explain` says why elsewhere.',
  },
  opening: {
    means: 'Code outside of the accessor opens a connection of its own.',
    todo: 'Ask the accessor for the client: `apply` does it where it is proved, `explain` says why elsewhere.',
  },
  'library-opening': {
    means: 'A library is given settings and opens a connection of its own.',
    todo: 'Give the library a client of the accessor, if it takes one.',
  },
  'own-wrapper': {
    means: 'A class of the project that opens for itself is instantiated.',
    todo: 'Let the class ask the accessor.',
  },
  'foreign-close': {
    means: 'Code outside of the accessor closes a client that others share.',
    todo: 'Delete the call: only the accessor closes what it shares.',
  },
  'accessor-misuse': {
    means: 'A shared client of the accessor is used for what needs a connection of its own.',
    todo: 'Ask the accessor for a client of that role.',
  },
  'accessor-early': {
    means:
      'The accessor is asked for a client where there may be none yet: on import, or in a program that never starts it.',
    todo: 'Call what starts the accessor where the program begins, and ask in a function that runs later.',
  },
  'deprecated-import': {
    means: 'A module is imported that the configuration calls deprecated.',
    todo: 'Import what the configuration names instead.',
  },
  'exemption-expired': {
    means: 'The date up to which something was exempt has passed.',
    todo: 'Move the site now, or agree on a later date.',
  },
  'exemption-stale': {
    means: 'An exemption is for something that is no longer there.',
    todo: 'Delete it.',
  },
  'decision-stale': {
    means:
      'A decision of `.redis-migrate/decisions.json` no longer holds: its site changed or went, or its day is over.',
    todo: 'Decide anew with `redis-migrate accept`, or take the entry out of the file.',
  },
  'unread-file': {
    means: 'A file could not be read, so nobody knows what it opens.',
    todo: 'Mend the file.',
  },
} as const satisfies Record<string, { means: string; todo: string }>;

export type ViolationCode = keyof typeof VIOLATIONS;

export interface Violation {
  /** Stable: the id of the site, or a hash of what is at fault. With `code` it names the violation. */
  id: string;
  code: ViolationCode;
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  /** Verdict of the site: `rewrite` and `review` can be moved by `apply`. Null when it is no site. */
  verdict: Verdict | null;
  /** Code of the reason for which a site stays; null when it can be moved, and when it is no site. */
  why: string | null;
}

/** A line of the baseline. */
export interface BaselineEntry {
  id: string;
  code: string;
  file: string;
}

/** The whole answer of `check`. */
export interface CheckReport {
  schemaVersion: 1;
  /** What fails the check, in the order of files and lines. */
  violations: Violation[];
  /** Violations that the baseline knows. */
  known: Violation[];
  /** Lines of the baseline of which nothing is left: they can go. */
  fixed: BaselineEntry[];
  /** Path of the baseline from the root; null without one. */
  baseline: string | null;
  /** Commit since which violations count; null: all do. `older` are those of before. */
  since: { ref: string; base: string; older: number } | null;
  totals: { violations: number; known: number; fixed: number; sites: number };
}

/** Sites by what became of them. */
export interface Tally {
  /** Calls of the accessor. */
  migrated: number;
  /** Verdict `rewrite`: `apply` moves them. */
  planned: number;
  /** Verdict `review`: `apply --include review` moves them once somebody has looked. */
  review: number;
  kept: number;
  /** Kept because a person said so. */
  exempt: number;
}

export interface TallyRow extends Tally {
  name: string;
}

export interface BatchStatus {
  id: string;
  title: string;
  purpose: Purpose;
  state: 'done' | 'part' | 'open';
  /** Sites that the ledger calls rewritten, of all that batch and ledger name. */
  rewritten: number;
  sites: number;
  files: string[];
  /** Day of the commit that brought the ledger; null when it is not committed. */
  date: string | null;
}

/** After a commit that changed the ledger. */
export interface BurndownPoint {
  date: string;
  commit: string;
  /** Sites rewritten up to then. */
  migrated: number;
  /** Of those that are rewritten or can be rewritten today, how many were left. */
  left: number;
}

export interface ChecklistItem {
  text: string;
  done: boolean;
  /** Places that are in the way, `file:line`. */
  left: string[];
}

/** A decision, and whether it still holds. */
export interface DecisionStatus {
  site: string;
  /** `file:line`. */
  at: string;
  decision: 'leave' | 'do';
  reason: string;
  until: string | null;
  /** Null: it holds. */
  stale: string | null;
}

/** The whole answer of `status`. */
export interface StatusReport {
  schemaVersion: 1;
  totals: Tally;
  batches: BatchStatus[];
  byPurpose: TallyRow[];
  byDirectory: TallyRow[];
  /** By CODEOWNERS; empty without such a file. */
  byOwner: TallyRow[];
  /** Why sites stay, the most frequent reason first. */
  kept: { code: string; message: string; sites: string[] }[];
  /** What people decided on single sites, by place; `stale`: why it no longer holds. */
  decisions: DecisionStatus[];
  burndown: BurndownPoint[];
  checklist: ChecklistItem[];
  complete: boolean;
}
