/**
 * A set of numbers for each of many nodes or values. Most have none or one: those take four bytes, and no object that a
 * collector of memory would have to look at.
 */

import { withRoom } from './dense.js';

/** Longer lists are searched faster with a set beside them. */
const LONGEST = 8;

/** What a set holds beside its first number, in the order in which it came. */
interface Others {
  list: number[];
  all: Set<number> | null;
}

export class NumberSets {
  /** One more than the first number; 0: the set is empty; below zero: there are others, and it is the negative of that. */
  private firsts: Int32Array<ArrayBuffer>;
  private readonly others = new Map<number, Others>();

  /** @param size How many sets there are at first; it grows as it must. */
  constructor(size: number) {
    this.firsts = new Int32Array(size);
  }

  /** The first number of a set; null for an empty one. */
  first(of: number): number | null {
    const first = this.at(of);
    return first === 0 ? null : Math.abs(first) - 1;
  }

  /** The numbers behind the first one, in the order in which they came; what is added is put at the end of this list. */
  behindFirst(of: number): readonly number[] {
    return this.at(of) < 0 ? (this.others.get(of)?.list ?? NONE) : NONE;
  }

  /** The numbers of a set as they are now. */
  listOf(of: number): readonly number[] {
    const first = this.first(of);
    return first === null ? NONE : [first, ...this.behindFirst(of)];
  }

  /** Adds a whole number that is not below zero; false when it is there. */
  add(of: number, one: number): boolean {
    const first = this.at(of);
    if (first === 0) this.put(of, one + 1);
    else if (Math.abs(first) - 1 === one) return false;
    else if (first < 0) return addOther(this.others.get(of), one);
    else {
      this.put(of, -first);
      this.others.set(of, { list: [one], all: null });
    }
    return true;
  }

  private at(of: number): number {
    return of < this.firsts.length ? (this.firsts[of] ?? 0) : 0;
  }

  private put(of: number, first: number): void {
    this.firsts = withRoom(this.firsts, of + 1);
    this.firsts[of] = first;
  }
}

function addOther(others: Others | undefined, one: number): boolean {
  if (others === undefined) throw new Error('a set with other numbers has none');
  const { list, all } = others;
  if (all === null ? list.includes(one) : all.has(one)) return false;
  list.push(one);
  if (all !== null) all.add(one);
  else if (list.length > LONGEST) others.all = new Set(list);
  return true;
}

const NONE: readonly number[] = [];
