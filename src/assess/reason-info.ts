/** `keep` forbids an edit, `review` asks a person, `note` only tells. */
export type Effect = 'keep' | 'review' | 'note';

export interface ReasonInfo<F> {
  effect: Effect;
  message: (facts: F) => string;
  /** What it means and what to do, for `explain <code>` and the documentation. */
  doc: string;
}

/** Gives a table its types: every entry says which facts its wording needs. */
export function info<F = undefined>(effect: Effect, message: (facts: F) => string, doc: string): ReasonInfo<F> {
  return { effect, message, doc };
}
