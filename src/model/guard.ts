/** Lint rules that keep new code from opening: what `init --guard` writes, or gives to be written by hand. Plain JSON. */

export interface GuardRule {
  tool: 'eslint' | 'ruff';
  /** Configuration that the rule belongs to, from the root; null: there is none yet. */
  file: string | null;
  /** `by-hand`: the file cannot be edited surely, `text` is what to add. */
  state: 'written' | 'unchanged' | 'by-hand';
  /** Why it is left to a person; null when it was written. */
  why: string | null;
  /** What was written, or is to be added. */
  text: string;
}
