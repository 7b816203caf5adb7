/** Why an object of a class of the project may not become the instance that all share. */

import { changesEnvironment } from '../libraries/environment-changes.js';
import type { CallValue, FileFacts, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import { type Context, functionAround, zoneOf } from './context.js';
import { followInstance, type Instance } from './instances.js';
import { reason } from './reasons.js';

/** Members that end the work of an object, in any of the words that classes have for it. */
const CLOSES =
  /^(?:a?close(?:_\w+|[A-Z]\w*)?|quit|disconnect(?:_\w+)?|shut_?down|terminate|tear_?down|cleanup|destroy|end)$/i;

/** What stands for the object. */
export interface Stand {
  /** For messages: `redis_manager`. */
  name: string;
  /** Its members; null: not known, nothing is asked. */
  members: ReadonlySet<string> | null;
  /** Python: those of them that must be awaited. Absent: the class is the same, so nobody need ask. */
  coroutines?: ReadonlySet<string>;
  /** Those of the class that it stands for; absent: that class is not seen, the calls show what they expect. */
  before?: ReadonlySet<string>;
}

/** Every reason in how one call makes its object and what this file does with it. */
export function instanceReasons(
  context: Context,
  facts: FileFacts,
  made: ValueId,
  name: string,
  stand: Stand,
): Reason[] {
  const call = facts.values[made] as CallValue;
  const instance = followInstance(facts, made);
  const at = (start: number) => placeIn(facts, start);
  const reasons: Reason[] = [];
  if (call.args.length > 0) reasons.push(reason('instance-arguments', { name }, at(call.span.start)));
  if (instance.entered)
    reasons.push(reason('instance-closed', { how: 'Enters it with `with`' }, at(instance.entered.start)));
  reasons.push(...useReasons(facts, instance, stand));
  if (zoneOf(context, facts.file) === 'test') {
    const what = changeBefore(facts, call);
    if (what) reasons.push(reason('instance-after-patch', { what: what.name }, at(what.start)));
  }
  return reasons;
}

/** What an object under a new name lacks of what this file asks of it. It closes and changes its own, as before. */
export function memberReasons(facts: FileFacts, object: ValueId, stand: Stand): Reason[] {
  const reasons = useReasons(facts, followInstance(facts, object), stand);
  return reasons.filter(({ code }) => code === 'instance-member' || code === 'instance-waits');
}

function useReasons(facts: FileFacts, { uses }: Instance, stand: Stand): Reason[] {
  const { members, coroutines, before, name } = stand;
  const reasons: Reason[] = [];
  for (const { member, how, result, span } of uses) {
    const at = placeIn(facts, span.start);
    if (member === null) continue;
    if (how === 'write') reasons.push(reason('instance-changed', { member }, at));
    else if (how === 'call' && CLOSES.test(member))
      reasons.push(reason('instance-closed', { how: `Calls \`.${member}()\`` }, at));
    else if (members !== null && !members.has(member)) reasons.push(reason('instance-member', { member, name }, at));
    else if (
      coroutines &&
      result !== null &&
      coroutines.has(member) !== (before?.has(member) ?? result === 'awaited')
    ) {
      const must = coroutines.has(member) ? 'must be awaited' : 'gives nothing to wait for';
      reasons.push(reason('instance-waits', { member, name, must }, at));
    }
  }
  return reasons;
}

/** A change of the environment that this code makes before the call, in the same function or around it. */
function changeBefore(facts: FileFacts, call: CallValue): { name: string; start: number } | null {
  const scopes = functionsAround(facts, call.scope);
  const decorators = scopes.flatMap((scope) => facts.scopes[scope]?.decorators ?? []);
  for (const [id, value] of facts.values.entries()) {
    const decorates = decorators.includes(id);
    const before = scopes.includes(functionAround(facts, value.scope) ?? -1) && value.span.start < call.span.start;
    if (!decorates && !before) continue;
    const name = value.kind === 'call' ? pathOf(facts, value.callee) : null;
    if (name === null || value.kind !== 'call') continue;
    if (changesEnvironment(name, textsIn(facts, value))) return { name, start: value.span.start };
  }
  return null;
}

function functionsAround({ scopes }: FileFacts, scope: ScopeId): ScopeId[] {
  const found: ScopeId[] = [];
  for (let at: ScopeId | null = scope; at !== null; at = scopes[at]?.parent ?? null) {
    if (scopes[at]?.kind !== 'module' && scopes[at]?.kind !== 'block') found.push(at);
  }
  return found;
}

function textsIn(facts: FileFacts, { args }: CallValue): string[] {
  return args.slice(0, 2).flatMap(({ value: id }) => {
    const value = facts.values[id];
    if (value?.kind === 'literal') return typeof value.value === 'string' ? [value.value] : [];
    return pathOf(facts, id) ?? [];
  });
}

/** `mock.patch.dict`, `os.environ`; null for what has no name. */
export function pathOf(facts: FileFacts, id: ValueId): string | null {
  const value: Value | undefined = facts.values[id];
  if (value?.kind === 'reference') return facts.locals[value.local]?.name ?? null;
  if (value?.kind === 'global') return value.name;
  if (value?.kind === 'env') return 'os.environ';
  if (value?.kind !== 'member' || value.name === null) return null;
  const object = pathOf(facts, value.object);
  return object === null ? value.name : `${object}.${value.name}`;
}

export function placeIn({ file, lineStarts }: FileFacts, start: number) {
  const line = lineStarts.findLastIndex((begin) => begin <= start);
  return { file, line: line + 1, column: start - (lineStarts[line] ?? 0) + 1 };
}
