/** Small questions about known values. */

import type { Known } from '../model/traced.js';

export type Entries = Extract<Known, { kind: 'object' }>['entries'];

/** One of several values; equal ones count once. */
export function choice(of: Known[], at: Known['at']): Known {
  const [first] = of;
  if (first && of.length === 1) return first;
  return { kind: 'choice', of: of.flatMap((k) => (k.kind === 'choice' ? k.of : [k])), at };
}

/** Puts the entries of a spread value behind the ones so far; true when it may hold more than is known. */
export function spreadEntries(value: Known, into: Entries): boolean {
  if (value.kind === 'undefined') return false;
  if (value.kind === 'literal') return false;
  if (value.kind !== 'object') return true;
  into.push(...value.entries);
  return value.open;
}

/** Member of a known object; null when the object is not known well enough. */
export function pick(known: Known, name: string, at: Known['at']): Known | null {
  if (known.kind === 'object') {
    const entry = known.entries.findLast((e) => e.key === name);
    if (entry) return entry.value;
    return known.open ? null : { kind: 'undefined', at };
  }
  if (known.kind === 'array') {
    const item = known.items[Number(name)];
    return item ?? null;
  }
  if (known.kind === 'choice') {
    const parts = known.of.map((k) => pick(k, name, at));
    return parts.some((p) => p === null)
      ? null
      : choice(
          parts.filter((p) => p !== null),
          at,
        );
  }
  return null;
}
