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

/** Calls `then` for each number that is in the set now, in the order in which they came. */
export function eachOf(set: SmallSet, then: (one: number) => void): void {
  if (set === undefined) return;
  if (typeof set === 'number') return then(set);
  // What comes in meanwhile is left out: lists and sets grow in place.
  const all = set instanceof Set ? [...set] : set;
  const count = all.length;
  for (let at = 0; at < count; at++) then(all[at] ?? 0);
}
