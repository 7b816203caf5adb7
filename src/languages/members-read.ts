/** Which members code reads of a module that it loads, where that is all that it does with it. */

import type { FileFacts, Flow, Value, ValueId } from '../model/facts.js';

const MOST_STEPS = 6;

/** Names, sorted; none where only the load itself is wanted. Null: the module goes where its reads cannot be seen. */
export function membersRead(facts: FileFacts, load: ValueId): string[] | null {
  const found = new Set<string>();
  const value = facts.values[load];
  const promise = value?.kind === 'unknown' && value.what === 'import';
  const known = promise ? awaited(facts, load, found) : collect(facts, load, found, 0);
  return known ? [...found].sort() : null;
}

/** What `import()` gives is a promise: only `await` shows what becomes of the module. */
function awaited(facts: FileFacts, load: ValueId, found: Set<string>): boolean {
  const waits = facts.values.flatMap((value, id) => (value.kind === 'await' && value.value === load ? [id] : []));
  const others = facts.values.some((value) => value.kind !== 'await' && takes(value, load));
  const kept = facts.flows.some((flow) => flow.value === load);
  return !others && !kept && waits.every((id) => collect(facts, id, found, 1));
}

/** The default of a CommonJS module is the whole of it. That it is called shows that it is a function. */
const WHOLE = 'default';

function collect(facts: FileFacts, id: ValueId, found: Set<string>, steps: number, whole = false): boolean {
  if (steps > MOST_STEPS || facts.exports.some(({ value }) => value === id)) return false;
  const inner = (next: ValueId, more: boolean) => collect(facts, next, found, steps + 1, more);
  for (const [by, value] of facts.values.entries()) {
    if (value.kind === 'member' && value.object === id) {
      if (value.write || value.name === null) return false;
      found.add(value.name);
      if (value.name === WHOLE && facts.language !== 'python' && !inner(by, true)) return false;
    } else if (value.kind === 'await' && value.value === id) {
      if (!inner(by, whole)) return false;
    } else if (value.kind !== 'comparison' && takes(value, id) && !(whole && isCallOf(value, id))) return false;
  }
  return facts.flows.every((flow) => flow.value !== id || isRead(facts, flow, found, steps, whole));
}

function isCallOf(value: Value, id: ValueId): boolean {
  return value.kind === 'call' && value.callee === id && value.args.every((one) => one.value !== id);
}

/** A local that is not seen from other files, and only read. */
function isRead(facts: FileFacts, flow: Flow, found: Set<string>, steps: number, whole: boolean): boolean {
  const { place, part, declares } = flow;
  if (part.kind === 'member') found.add(part.name);
  const passed = part.kind === 'whole' || (part.kind === 'member' && part.name === WHOLE);
  if (part.kind === 'member' && !passed) return true;
  const local = place.kind === 'local' ? facts.locals[place.local] : undefined;
  if (place.kind !== 'local' || !local || !passed || !declares || local.exported) return false;
  if (facts.language === 'python' && facts.scopes[local.scope]?.kind === 'module') return false;
  return facts.values.every(
    (value, id) =>
      value.kind !== 'reference' ||
      value.local !== place.local ||
      collect(facts, id, found, steps + 1, whole || part.kind === 'member'),
  );
}

/** Whether a value is made with another one in it. */
function takes(value: Value, id: ValueId): boolean {
  switch (value.kind) {
    case 'call':
      return value.callee === id || value.args.some((one) => one.value === id);
    case 'member':
      return value.object === id || value.key === id;
    case 'array':
      return value.elements.some((one) => one.value === id);
    case 'object':
      return value.entries.some((one) => one.value === id);
    case 'template':
    case 'comparison':
    case 'unknown':
      return value.parts.includes(id);
    case 'assign':
    case 'await':
      return value.value === id;
    case 'conditional':
      return [value.test, value.then, value.else].includes(id);
    case 'logical':
      return value.left === id || value.right === id;
    case 'env':
      return value.fallback === id;
    default:
      return false;
  }
}
