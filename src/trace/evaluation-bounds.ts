/** Ends for the evaluation of values that are made of themselves, and what is known already: many are asked for often. */

import type { ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';
import type { Program } from './program.js';

/** Deeper chains of names and calls than this are not followed. */
const MAX_DEPTH = 16;
/** A schema of settings with 500 entries has some ten thousand values; nobody could read what has more than this. */
const MOST_VALUES = 200_000;

/** What stands for a value that is not followed any more. */
export function tooDeep(program: Program, file: number, id: ValueId): Known {
  return { kind: 'unknown', why: 'too deep', at: program.at(file, program.value(file, id).span.start) };
}

export class EvaluationBounds {
  /** What stays so whatever files are added. */
  private readonly known = new Answers();
  /** What holds for the program as it is now. */
  private current = new Answers();
  /** Names whose value is being found. */
  private readonly open = new Set<string>();
  /** Values met since a question was asked, which is at depth 0. */
  private met = 0;
  /** How often something was not followed: what it is a part of can be more when it is asked for elsewhere. */
  private cut = 0;
  /** How often that was for its depth alone: at the same depth it is the same. */
  private deep = 0;
  /** How often something was met that other files can change. */
  private passing = 0;

  /** What `find` gives for a value, or gave before; null when nothing more is to be found out for this question. */
  value(file: number, id: ValueId, depth: number, find: () => Known): Known | null {
    this.met = depth === 0 ? 0 : this.met + 1;
    const before = this.before(file, id, depth);
    if (before) return before;
    if (this.isDeep(depth)) return null;
    const { cut, deep, passing } = this;
    const found = find();
    const answers = passing === this.passing ? this.known : this.current;
    if (cut === this.cut) answers.put(file, id, deep === this.deep ? ANY_DEPTH : depth, found);
    return found;
  }

  private before(file: number, id: ValueId, depth: number): Known | undefined {
    for (const answers of [this.known, this.current]) {
      const whole = answers.get(file, id, ANY_DEPTH);
      const found = whole ?? answers.get(file, id, depth);
      if (!found) continue;
      // What it is a part of depends on the same.
      if (answers === this.current) this.passing += 1;
      if (!whole) this.deep += 1;
      return found;
    }
    return undefined;
  }

  /** Notes that what is being found may be another when files are added. */
  pass(): void {
    this.passing += 1;
  }

  /** Forgets what files that were added can change. */
  renew(): void {
    this.current = new Answers();
  }

  /** True when what is so deep is not to be followed. */
  isDeep(depth: number): boolean {
    if (this.met > MOST_VALUES) {
      this.cut += 1;
      return true;
    }
    if (depth <= MAX_DEPTH) return false;
    this.deep += 1;
    return true;
  }

  /** What `find` gives; null when the value of that name is needed to find itself. */
  once<T>(name: string, find: () => T): T | null {
    if (this.open.has(name)) {
      this.cut += 1;
      return null;
    }
    this.open.add(name);
    const found = find();
    this.open.delete(name);
    return found;
  }
}

const ANY_DEPTH = MAX_DEPTH + 1;

/** Values that are known, by file, and by the depth at which they were asked for where that counts. */
class Answers {
  private readonly byFile: Map<number, Known>[] = [];

  get(file: number, id: ValueId, depth: number): Known | undefined {
    return this.byFile[file]?.get(id * (ANY_DEPTH + 1) + depth);
  }

  put(file: number, id: ValueId, depth: number, found: Known): void {
    const own = this.byFile[file] ?? new Map<number, Known>();
    this.byFile[file] = own;
    own.set(id * (ANY_DEPTH + 1) + depth, found);
  }
}
