/** Whether a value of JavaScript is certainly text. */

import type { FileFacts, LocalId, TypeRef, ValueId } from '../model/facts.js';
import { nameOf } from './function-order.js';

const GIVE_TEXT = new Set(['JSON.stringify', 'String']);

/** Texts, templates, `JSON.stringify(…)`, and names and fields that are declared as `string` or hold nothing else. */
export function isPlainText(facts: FileFacts, id: ValueId, seen: ReadonlySet<LocalId> = new Set()): boolean {
  const value = facts.values[id];
  switch (value?.kind) {
    case 'literal':
      return typeof value.value === 'string';
    case 'template':
      return true;
    case 'call':
      return GIVE_TEXT.has(nameOf(facts, value.callee));
    case 'conditional':
      return isPlainText(facts, value.then, seen) && isPlainText(facts, value.else, seen);
    case 'comparison':
      return value.operator === '+' && value.parts.some((part) => isPlainText(facts, part, seen));
    case 'reference':
      return isTextLocal(facts, value.local, seen);
    case 'member':
      return isTextField(facts, id);
    default:
      return false;
  }
}

function isTextLocal(facts: FileFacts, id: LocalId, seen: ReadonlySet<LocalId>): boolean {
  const local = facts.locals[id];
  if (!local || seen.has(id)) return false;
  if (isString(local.type)) return true;
  if (local.kind !== 'const') return false;
  const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === id);
  const around = new Set([...seen, id]);
  return (
    flows.length > 0 && flows.every(({ value, part }) => part.kind === 'whole' && isPlainText(facts, value, around))
  );
}

function isTextField(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  const object = value?.kind === 'member' ? facts.values[value.object] : undefined;
  if (value?.kind !== 'member' || object?.kind !== 'this' || object.of === null) return false;
  const { fields = [], members = [] } = facts.scopes[object.of] ?? {};
  const params = members.flatMap((one) => facts.scopes[one]?.params ?? []);
  const declared = [...fields, ...params.filter(({ field }) => field !== null)].find(({ name }) => name === value.name);
  return isString(declared?.type ?? null);
}

function isString(type: TypeRef | null): boolean {
  return type?.text === 'string';
}
