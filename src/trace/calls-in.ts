/** The calls of a file, found once: many questions are about calls alone, and every round asks them again. */

import type { CallValue, FileFacts, ValueId } from '../model/facts.js';
import { idsOfKind } from './values-in.js';

/** Calls with their ids, in the order of the file. */
export type CallsIn = readonly CallIn[];

export interface CallIn {
  id: ValueId;
  call: CallValue;
}

const known = new WeakMap<FileFacts, CallsIn>();

/** All calls that a file writes. */
export function callsIn(facts: FileFacts): CallsIn {
  const before = known.get(facts);
  if (before) return before;
  const found = idsOfKind(facts, 'call').map((id) => ({ id, call: facts.values[id] as CallValue }));
  known.set(facts, found);
  return found;
}
