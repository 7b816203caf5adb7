/** The values of a file by their kinds, found once: many questions are about one kind, and a file has thousands of values. */

import type { FileFacts, Value, ValueId } from '../model/facts.js';

const known = new WeakMap<FileFacts, Map<Value['kind'], ValueId[]>>();

/** Ids of the values of a kind, in the order of the file. */
export function idsOfKind(facts: FileFacts, kind: Value['kind']): readonly ValueId[] {
  return (known.get(facts) ?? byKind(facts)).get(kind) ?? NONE;
}

function byKind(facts: FileFacts): Map<Value['kind'], ValueId[]> {
  const found = new Map<Value['kind'], ValueId[]>();
  facts.values.forEach(({ kind }, id) => {
    const same = found.get(kind);
    if (same) same.push(id);
    else found.set(kind, [id]);
  });
  known.set(facts, found);
  return found;
}

const NONE: readonly ValueId[] = [];
