/** What a person decided about one site. Kept in `.redis-migrate/decisions.json`, which is committed. */

export interface Decision {
  /** Id of the site: it changes when the expression, its name or its file does, and the decision no longer holds. */
  site: string;
  /** `leave`: it stays whatever its verdict. `do`: its differences are accepted. */
  decision: 'leave' | 'do';
  reason: string;
  /** Last day on which it holds, as `2027-01-31`; null: for good. */
  until: string | null;
  /** Where the site was, for people. */
  file: string;
  line: number;
  /** What was accepted: the messages of the reasons that asked. A new one asks again. */
  differences: string[];
}

/** A decision as it stands today, at the place where its site is now. */
export interface StandingDecision extends Decision {
  /** Why it no longer holds; null: it does. */
  stale: string | null;
}
