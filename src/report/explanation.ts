/** What `explain` answers, of a site or of a code. Places are `file:line`; names are a contract: add, never rename. */

import type { DecisionStatus } from '../model/gate.js';
import type { Finding, Purpose, Reason, Role, Site, Verdict } from '../model/site.js';

/** Where another site is. */
export interface SitePlace {
  id: string;
  at: string;
  verdict: Verdict;
}

/** One thing that is done with the client. */
export interface ExplainedUse {
  /** As written; null when it is computed. */
  member: string | null;
  kind: 'call' | 'read' | 'write';
  at: string;
  /** Innermost function around it; null at module level. */
  within: string | null;
  /** A command of a pipeline or of a MULTI. */
  chained: 'multi' | 'pipeline' | null;
  loop: boolean;
  /** The shutdown hook that runs it. */
  hook: string | null;
  test: boolean;
  /** Other clients arrive at the same place. */
  shared: boolean;
}

/** An option of the opening and what becomes of it. */
export interface ExplainedOption {
  name: string;
  /** For people, masked. */
  value: string;
  at: string;
  /** What it changes: `S` meaning, `P` policy on failure, `C` the connection; null where no table knows it, and for a URL. */
  class: 'S' | 'P' | 'C' | null;
  /**
   * `identity`: it says where the client connects. `dropped`: the accessor's own counts. `equal`: the accessor gives the
   * same. `differs`: a reason says how. `without-effect`: the library does not know it. `not-compared`: nothing to compare with.
   */
  outcome: 'identity' | 'dropped' | 'equal' | 'differs' | 'without-effect' | 'not-compared';
}

export type Effect = 'keep' | 'review' | 'note';

export interface ExplainedReason extends Reason {
  effect: Effect;
  /** What the code means, whatever the site. */
  means: string | null;
}

/** How another site has to do with this one. */
export type Relation = 'opens' | 'called-by' | 'part-of' | 'holds' | 'duplicates' | 'duplicated-by';

/** The change of the unit, alone, as a unified diff. */
export interface ExplainedEdit {
  files: { file: string; linesAdded: number; linesRemoved: number; diff: string }[];
  /** Secrets in the diffs are masked: they cannot be applied. */
  masked: boolean;
  /** Why it cannot be made after all. */
  refused: Reason[];
}

export interface SiteExplanation {
  schemaVersion: 1;
  site: Site;
  /** What holds the client; null for sites that are no client. */
  client: {
    bound: string | null;
    /** Functions and classes around the place, outermost first. */
    within: string[];
    /** It is made at most once per process. */
    once: boolean;
    version: string | null;
  } | null;
  way: { text: string; at: string }[];
  uses: ExplainedUse[];
  handed: { library: string; api: string | null; at: string }[];
  escapes: Reason[];
  role: { is: Role; evidence: Reason[] } | null;
  purpose: { is: Purpose; evidence: Reason[] } | null;
  options: ExplainedOption[];
  reasons: ExplainedReason[];
  /** What changes together with it, this site included. */
  unit: { id: string; sites: SitePlace[] } | null;
  related: { relation: Relation; site: SitePlace }[];
  edit: ExplainedEdit | null;
  /** What a person can do about the reasons that keep it, or must look at before it is accepted. */
  byHand: { code: string; text: string }[];
  findings: Finding[];
  /** What a person decided on it, also when that no longer holds; null: nothing. */
  decision: DecisionStatus | null;
  /** What the verdict assumes when there is no config; null with one. */
  assumed: string | null;
}

export interface CodeExplanation {
  schemaVersion: 1;
  code: string;
  /** Where it is met: among the reasons of a site, in the report of `apply` or `rollback`, among the findings, in `check`. */
  kind: 'reason' | 'refusal' | 'finding' | 'violation';
  /** What it does to a verdict; null for those that come later. */
  effect: Effect | null;
  means: string;
  byHand: string | null;
}

export type Explanation = SiteExplanation | CodeExplanation;
