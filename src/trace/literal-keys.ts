/** Keys of computed members that the code itself shows. */

import type { FileFacts, ValueId } from '../model/facts.js';

/** `a['b']` reads a property that is known; any other computed key reads all: null. */
export function literalKey(facts: FileFacts, key: ValueId | null): string | null {
  const value = key === null ? undefined : facts.values[key];
  if (value?.kind === 'literal')
    return typeof value.value === 'string' || typeof value.value === 'number' ? String(value.value) : null;
  if (value?.kind !== 'reference' || facts.locals[value.local]?.kind !== 'const') return null;
  const flow = facts.flows.find((f) => f.place.kind === 'local' && f.place.local === value.local);
  return flow?.part.kind === 'whole' ? literalKey(facts, flow.value) : null;
}
