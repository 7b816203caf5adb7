/** Why an object of a class of the project may not become the instance that all share. */

import { changesEnvironment, isEnvironment } from '../libraries/environment-changes.js';
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
  /** The class that it stands for. What is not seen there, the calls themselves show. */
  before?: { members: ReadonlySet<string> | null; coroutines: ReadonlySet<string> };
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
  const { members, coroutines, name } = stand;
  const reasons: Reason[] = [];
  for (const { member, how, result, span } of uses) {
    const at = placeIn(facts, span.start);
    if (member === null) continue;
    if (how === 'write') reasons.push(reason('instance-changed', { member }, at));
    else if (how === 'call' && CLOSES.test(member))
      reasons.push(reason('instance-closed', { how: `Calls \`.${member}()\`` }, at));
    else if (members !== null && !members.has(member)) reasons.push(reason('instance-member', { member, name }, at));
    else if (coroutines && result !== null && coroutines.has(member) !== waits(stand, member, result)) {
      const must = coroutines.has(member) ? 'must be awaited' : 'gives nothing to wait for';
      reasons.push(reason('instance-waits', { member, name, must }, at));
    }
  }
  return reasons;
}

/** Whether a call is written for something to wait for. */
function waits({ before }: Stand, member: string, result: CallValue['result']): boolean {
  return before?.members?.has(member) ? before.coroutines.has(member) : result === 'awaited';
}

/** A change of the environment that this code makes before the call, in the same function or around it. */
function changeBefore(facts: FileFacts, made: CallValue): { name: string; start: number } | null {
  const scopes = functionsAround(facts, made.scope);
  const decorators = new Set(scopes.flatMap((scope) => facts.scopes[scope]?.decorators ?? []));
  const isBefore = ({ scope, span }: Value) =>
    scopes.includes(functionAround(facts, scope) ?? -1) && span.start < made.span.start;
  for (const [id, value] of facts.values.entries()) {
    if (value.kind !== 'call' || !(decorators.has(id) || isBefore(value))) continue;
    const name = pathOf(facts, value.callee);
    if (name !== null && changesEnvironment(name, textsIn(facts, value))) return { name, start: value.span.start };
  }
  for (const { place } of facts.flows) {
    const holder = place.kind === 'member' ? facts.values[place.object] : undefined;
    const name = place.kind === 'member' ? pathOf(facts, place.object) : null;
    if (holder && name !== null && isEnvironment(name) && isBefore(holder)) return { name, start: holder.span.start };
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
