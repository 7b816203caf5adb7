/** Ends for the evaluation of values that are made of themselves: `i = i + 1`, or two names that are made of each other. */

/** Deeper chains of names and calls than this are not followed. */
export const MAX_DEPTH = 16;
/** More values than this make no setting that a person could read. */
const MOST_VALUES = 10_000;

export class EvaluationBounds {
  /** Names whose value is being found. */
  private readonly open = new Set<string>();
  /** Values met since a question was asked, which is at depth 0. */
  private met = 0;

  /** Counts a value; true when nothing more is to be found out for this question. */
  isTooFar(depth: number): boolean {
    this.met = depth === 0 ? 0 : this.met + 1;
    return depth > MAX_DEPTH || this.met > MOST_VALUES;
  }

  /** What `find` gives; null when the value of that name is needed to find itself. */
  once<T>(name: string, find: () => T): T | null {
    if (this.open.has(name)) return null;
    this.open.add(name);
    const found = find();
    this.open.delete(name);
    return found;
  }
}
