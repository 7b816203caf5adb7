/** `this.redis = new Redis(…)`: a client that a class of the project keeps in a field of its own. */

import type { FileFacts, ScopeId, ValueId } from '../model/facts.js';
import type { Opening } from '../model/traced.js';
import { type Context, classAround } from './context.js';
import type { Asked, Holder } from './holder.js';
import type { Placed } from './hook-closers.js';
import { loadsOf } from './loads.js';
import { takingsOf } from './taken-by.js';
import { atOf, type Obstacle, type Reading } from './takers.js';

/** What is kept in a field: the client of an opening, or another object. */
type Kept = Pick<Asked, 'facts' | 'others'> & { opening: Pick<Opening, 'value' | 'span' | 'statement'> };

/** The field of the class that the opening alone fills; null: it is filled in another way. */
export function fieldHolder(context: Context, asked: Kept): Holder | null {
  const { opening, facts } = asked;
  const flows = facts.flows.filter(({ value, place }) => value === opening.value && place.kind === 'field');
  const [flow] = flows;
  const place = flow?.place;
  if (place?.kind !== 'field' || flows.length > 1 || flow === undefined) return null;
  const { scope, name } = place;
  const readings = readsOfField(facts, scope, name);
  const className = facts.scopes[scope]?.name ?? 'the class';
  return {
    name: `${className}.${name}`,
    drops: declarations(asked, scope, name, flow.declares),
    readings,
    obstacles: [
      ...shapeObstacles(asked, scope, name, place.static),
      ...readElsewhere(context, facts, scope, name, new Set(readings.map(({ value }) => value))),
    ],
  };
}

/** Reads of `this.redis` in the class, at any depth. */
export function readsOfField(facts: FileFacts, scope: ScopeId, name: string): Reading[] {
  return facts.values.flatMap((value, id) =>
    value.kind === 'member' && value.name === name && !value.write && isOwn(facts, value.object, scope)
      ? [{ facts, value: id, span: value.span }]
      : [],
  );
}

function isOwn(facts: FileFacts, object: ValueId, scope: ScopeId): boolean {
  const value = facts.values[object];
  return value?.kind === 'this' && value.of === scope && !value.static;
}

/** The assignment and the declared field; for `private redis = new Redis()` they are one. */
function declarations({ opening, facts }: Kept, scope: ScopeId, name: string, declares: boolean): Placed[] {
  const field = facts.scopes[scope]?.fields?.find((one) => one.name === name && !one.static);
  const statement = opening.statement === null ? undefined : facts.statements[opening.statement];
  const drop = (span: { start: number; end: number }, own: boolean): Placed => {
    return { file: facts.file, instruction: { kind: 'drop-holder', span, opening: own ? opening.span : null } };
  };
  const kept = field ? [drop(field.span, declares)] : [];
  return declares || !statement ? kept : [...kept, drop(statement.span, true)];
}

function shapeObstacles({ opening, facts, others }: Kept, scope: ScopeId, name: string, fixed: boolean): Obstacle[] {
  const at = atOf(facts, opening.span.start);
  if (fixed) return [{ why: 'it is a static field', at }];
  const value = facts.values[opening.value];
  if (value?.block !== null) return [{ why: 'the field is not always filled', at }];
  const written = facts.flows.filter(
    ({ place }) => place.kind === 'field' && place.scope === scope && place.name === name,
  );
  if (written.length !== 1)
    return [{ why: 'the field is set elsewhere too', at: atOf(facts, written.at(-1)?.span.start ?? 0) }];
  const field = facts.scopes[scope]?.fields?.find((one) => one.name === name);
  if ((field?.decorators ?? []).length > 0) return [{ why: 'the field has a decorator', at }];
  const statement = opening.statement === null ? undefined : facts.statements[opening.statement];
  const assigns = written[0]?.declares === true || statement?.kind === 'expression' || facts.language === 'python';
  const alone = others.every(({ instruction: { kind } }) => kind !== 'leave-receiver');
  return assigns && alone ? [] : [{ why: 'the statement does more than fill the field', at }];
}

/** Reads of a member of that name on anything else, where the class can be known: another object of it may be read. */
export function readElsewhere(
  context: Context,
  own: FileFacts,
  scope: ScopeId,
  name: string,
  known: ReadonlySet<ValueId>,
): Obstacle[] {
  const extended = own.scopes.some(
    ({ kind, bases }) => kind === 'class' && (bases ?? []).some((id) => isClass(own, id, scope)),
  );
  if (extended || (own.scopes[scope]?.bases ?? []).some((id) => !isForeign(context, own, id))) {
    return [
      {
        why: 'the class has a base or a subclass, which may use the field',
        at: atOf(own, own.scopes[scope]?.span.start ?? 0),
      },
    ];
  }
  const [loaded] = isReachable(own, scope, name) ? loadsOf(context, own.file, null) : [];
  if (loaded) return [loaded];
  const users = new Set([own, ...usersOfModule(context, own.file)]);
  for (const facts of users) {
    const id = facts.values.findIndex(
      (value, at) =>
        value.kind === 'member' &&
        value.name === name &&
        !(facts === own && (known.has(at) || isWriteInClass(own, at, scope))),
    );
    const value = facts.values[id];
    if (value && !isOfOtherClass(facts, id))
      return [{ why: `a member \`${name}\` is read outside of the class`, at: atOf(facts, value.span.start) }];
    const sub =
      facts === own ? undefined : facts.scopes.find(({ kind, bases }) => kind === 'class' && (bases ?? []).length > 0);
    if (sub && facts.values.some((one) => one.kind === 'member' && one.name === name)) {
      return [{ why: 'a subclass may use the field', at: atOf(facts, sub.span.start) }];
    }
  }
  return [];
}

/** Code outside of the class can read the field: TypeScript's `private` and a leading `#` or `_` say that none does. */
function isReachable({ scopes }: FileFacts, scope: ScopeId, name: string): boolean {
  const field = scopes[scope]?.fields?.find((one) => one.name === name && !one.static);
  return field?.access !== 'private' && !name.startsWith('#') && !name.startsWith('_');
}

/** A class of another package, or of the language. */
function isForeign(context: Context, facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.kind === 'member') return isForeign(context, facts, value.object);
  if (value?.kind === 'global') return true;
  const local = value?.kind === 'reference' ? facts.locals[value.local] : undefined;
  const specifier = local?.import == null ? null : (facts.imports[local.import]?.specifier ?? null);
  const resolution = specifier === null ? undefined : context.files.get(facts.file)?.resolutions[specifier];
  return resolution?.kind === 'external';
}

function isClass(facts: FileFacts, id: ValueId, scope: ScopeId): boolean {
  const value = facts.values[id];
  return value?.kind === 'reference' && facts.locals[value.local]?.declares === scope;
}

function isWriteInClass(facts: FileFacts, id: ValueId, scope: ScopeId): boolean {
  const value = facts.values[id];
  return value?.kind === 'member' && value.write && isOwn(facts, value.object, scope);
}

/** `this.redis` of another class. */
function isOfOtherClass(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  const object = value?.kind === 'member' ? facts.values[value.object] : undefined;
  return object?.kind === 'this' && object.of !== null && classAround(facts, object.scope) !== null;
}

/** Files that import the module of the class, themselves or through others. */
function usersOfModule(context: Context, file: string): FileFacts[] {
  const found = new Map<string, FileFacts>();
  const queue = [file];
  for (const one of queue) {
    for (const { facts } of takingsOf(context, one)) {
      if (found.has(facts.file)) continue;
      found.set(facts.file, facts);
      queue.push(facts.file);
    }
  }
  return [...found.values()];
}
