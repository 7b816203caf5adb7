/** The name of a callee from what it is imported as: enough for the functions of test frameworks. */

import type { FileFacts, ImportId, LocalId, ValueId } from '../model/facts.js';

export interface DottedName {
  root:
    | { kind: 'import'; module: string; path: string[] }
    | { kind: 'global'; path: string[] }
    | { kind: 'parameter'; path: string[] };
  /** Members read of it. */
  path: string[];
}

/** A name is followed through no more variables than this. */
const MOST_STEPS = 6;

/** `vi.mock` of vitest, `monkeypatch.setattr` of a parameter; calls on the way are passed over: `proxyquire.noCallThru()`. */
export function dottedName(facts: FileFacts, id: ValueId, steps = 0): DottedName | null {
  const value = facts.values[id];
  if (!value || steps > MOST_STEPS) return null;
  const inner = (next: ValueId) => dottedName(facts, next, steps + 1);
  switch (value.kind) {
    case 'global':
      return { root: { kind: 'global', path: [value.name] }, path: [] };
    case 'module':
      return imported(facts, value.import);
    case 'await':
      return inner(value.value);
    case 'call': {
      const callee = inner(value.callee);
      return callee?.root.kind === 'import' ? callee : null;
    }
    case 'member': {
      const object = value.name === null ? null : inner(value.object);
      return object && value.name !== null ? { ...object, path: [...object.path, value.name] } : null;
    }
    case 'reference':
      return local(facts, value.local, steps);
    default:
      return null;
  }
}

function imported(facts: FileFacts, id: ImportId): DottedName | null {
  const one = facts.imports[id];
  if (!one) return null;
  const path = one.imported === '*' || one.imported === '=' || one.imported === 'default' ? [] : [one.imported];
  return { root: { kind: 'import', module: one.specifier, path }, path: [] };
}

function local(facts: FileFacts, id: LocalId, steps: number): DottedName | null {
  const found = facts.locals[id];
  if (!found) return null;
  if (found.import !== null) return imported(facts, found.import);
  if (found.kind === 'param') return { root: { kind: 'parameter', path: [found.name] }, path: [] };
  const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === id);
  const [only] = flows;
  if (flows.length !== 1 || !only) return null;
  const whole = dottedName(facts, only.value, steps + 1);
  if (!whole || only.part.kind === 'whole') return whole;
  return only.part.kind === 'member' ? { ...whole, path: [...whole.path, only.part.name] } : null;
}
