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
  private readonly known: Map<ValueId, Known>[] = [];
  /** Names whose value is being found. */
  private readonly open = new Set<string>();
  /** Values met since a question was asked, which is at depth 0. */
  private met = 0;
  /** How often something was not followed: what it is a part of can be more when it is asked for elsewhere. */
  private cut = 0;

  /** What `find` gives for a value, or gave before; null when nothing more is to be found out for this question. */
  value(file: number, id: ValueId, depth: number, find: () => Known): Known | null {
    this.met = depth === 0 ? 0 : this.met + 1;
    this.known[file] ??= new Map();
    const before = this.known[file].get(id);
    if (before) return before;
    if (this.isDeep(depth)) return null;
    const { cut } = this;
    const found = find();
    if (cut === this.cut) this.known[file].set(id, found);
    return found;
  }

  /** True when what is so deep is not to be followed. */
  isDeep(depth: number): boolean {
    const isDeep = depth > MAX_DEPTH || this.met > MOST_VALUES;
    if (isDeep) this.cut += 1;
    return isDeep;
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
