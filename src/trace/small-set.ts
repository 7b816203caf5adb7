/** Sets of numbers, most of which hold one or a few: those cost no `Set` of their own, which a program has a million of. */

/** One number, a short list, or a set; undefined is empty. */
export type SmallSet = number | number[] | Set<number> | undefined;

/** Longer lists are searched faster as sets. */
const LONGEST = 8;

/** `set` with `one` added, which it must not hold yet (`has`). Lists and sets grow in place. */
export function withOne(set: SmallSet, one: number): SmallSet {
  if (set === undefined) return one;
  if (typeof set === 'number') return [set, one];
  if (set instanceof Set) return set.add(one);
  if (set.length < LONGEST) {
    set.push(one);
    return set;
  }
  return new Set(set).add(one);
}

/** Whether `set` holds `one`. */
export function has(set: SmallSet, one: number): boolean {
  if (set === undefined) return false;
  if (typeof set === 'number') return set === one;
  return set instanceof Set ? set.has(one) : set.includes(one);
}

/**
 * The numbers in the set, in the order in which they came. It may be the set's own list, which what comes in meanwhile is
 * put at the end of: who adds while going through it stops at the length that it had.
 */
export function listOf(set: SmallSet): readonly number[] {
  if (set === undefined) return NONE;
  if (typeof set === 'number') return [set];
  return set instanceof Set ? [...set] : set;
}

const NONE: readonly number[] = [];
