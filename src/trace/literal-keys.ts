/** Keys of computed members that the code itself shows. */

import type { FileFacts, Flow, LocalId, ValueId } from '../model/facts.js';

/** `a['b']` reads a property that is known; any other computed key reads all: null. */
export function literalKey(facts: FileFacts, key: ValueId | null): string | null {
  const value = key === null ? undefined : facts.values[key];
  if (value?.kind === 'literal')
    return typeof value.value === 'string' || typeof value.value === 'number' ? String(value.value) : null;
  if (value?.kind !== 'reference' || facts.locals[value.local]?.kind !== 'const') return null;
  const flow = (firstFlows.get(facts) ?? indexFlows(facts)).get(value.local);
  return flow?.part.kind === 'whole' ? literalKey(facts, flow.value) : null;
}

/** The first flow into each local of a file: whatever arrives where a member is read asks for its key. */
const firstFlows = new WeakMap<FileFacts, ReadonlyMap<LocalId, Flow>>();

function indexFlows(facts: FileFacts): ReadonlyMap<LocalId, Flow> {
  const found = new Map<LocalId, Flow>();
  for (const flow of facts.flows) {
    const { place } = flow;
    if (place.kind === 'local' && !found.has(place.local)) found.set(place.local, flow);
  }
  firstFlows.set(facts, found);
  return found;
}
