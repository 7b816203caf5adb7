/** The values that an expression is made of. */

import type { FileFacts, Value, ValueId } from '../model/facts.js';

/** Ids of the values directly inside of a value. */
export function partsOf(value: Value): ValueId[] {
  switch (value.kind) {
    case 'call':
      return [value.callee, ...value.args.map((one) => one.value)];
    case 'member':
      return value.key === null ? [value.object] : [value.object, value.key];
    case 'array':
      return value.elements.map((one) => one.value);
    case 'object':
      return value.entries.map((one) => one.value);
    case 'await':
    case 'assign':
      return [value.value];
    case 'conditional':
      return [value.test, value.then, value.else];
    case 'logical':
      return [value.left, value.right];
    case 'template':
      return value.parts.filter((part) => typeof part === 'number');
    case 'comparison':
    case 'unknown':
      return value.parts;
    case 'env':
      return value.fallback === null ? [] : [value.fallback];
    default:
      return [];
  }
}

const USERS = new WeakMap<FileFacts, Map<ValueId, ValueId[]>>();

/** Values that a value is a part of. */
export function usersOf(facts: FileFacts, id: ValueId): readonly ValueId[] {
  let index = USERS.get(facts);
  if (!index) {
    index = new Map();
    for (const [by, value] of facts.values.entries()) {
      for (const part of partsOf(value)) index.set(part, [...(index.get(part) ?? []), by]);
    }
    USERS.set(facts, index);
  }
  return index.get(id) ?? [];
}

/** Every read of a local, those that only list the names of a Python module left out. */
export function readsOf(facts: FileFacts, local: number): ValueId[] {
  return facts.values.flatMap((value, id) => {
    const isRead = value.kind === 'reference' && value.local === local;
    return isRead && !(facts.language === 'python' && value.statement === null && value.scope === 0) ? [id] : [];
  });
}
