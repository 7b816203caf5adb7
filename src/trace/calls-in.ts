/** The calls of a file, found once: many questions are about calls alone, and every round asks them again. */

import type { CallValue, FileFacts, ValueId } from '../model/facts.js';

/** Calls with their ids, in the order of the file. */
export type CallsIn = readonly (readonly [id: ValueId, call: CallValue])[];

const known = new WeakMap<FileFacts, CallsIn>();

/** All calls that a file writes. */
export function callsIn(facts: FileFacts): CallsIn {
  const before = known.get(facts);
  if (before) return before;
  const found: [ValueId, CallValue][] = [];
  facts.values.forEach((value, id) => {
    if (value.kind === 'call') found.push([id, value]);
  });
  known.set(facts, found);
  return found;
}
