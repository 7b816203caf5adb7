/** The exports of a file by name, found once: importers of a barrel ask for each of its names. */

import type { Export, FileFacts } from '../model/facts.js';

const known = new WeakMap<FileFacts, ReadonlyMap<string, readonly Export[]>>();

/** Exports of a file under a name (`*`, `=` included), in the order of the file. */
export function exportsNamed(facts: FileFacts, name: string): readonly Export[] {
  return (known.get(facts) ?? index(facts)).get(name) ?? NONE;
}

function index(facts: FileFacts): ReadonlyMap<string, readonly Export[]> {
  const found = new Map<string, Export[]>();
  for (const one of facts.exports) {
    const same = found.get(one.name);
    if (same) same.push(one);
    else found.set(one.name, [one]);
  }
  known.set(facts, found);
  return found;
}

const NONE: readonly Export[] = [];
