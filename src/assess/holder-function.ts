/** `function getClient() { … }`: a function of a module that gives the client which it opens, at once or kept for later. */

import type { FileFacts, LocalId, ScopeId, Span, Statement, ValueId } from '../model/facts.js';
import { type Context, functionAround } from './context.js';
import { isText, nameOf } from './function-order.js';
import { type Asked, type Holder, isReplaced } from './holder.js';
import { listed } from './holder-variable.js';
import type { Placed } from './hook-closers.js';
import { readsOf, usersOf } from './parts.js';
import { atOf, type Obstacle, type Reading, takersOf } from './takers.js';

/** Python's decorators that keep what a function gave. */
const MEMO = /(?:^|\.)(?:lru_cache|cache)(?:\(\))?$/;
/** Calls that only convert what they are given. */
const CONVERSIONS = new Set(['Number', 'String', 'Boolean', 'parseInt', 'parseFloat', 'int', 'str', 'bool', 'float']);

/** A function, the name it is called by, and the variable of the module in which it keeps the client (null: none). */
interface Factory {
  scope: ScopeId;
  local: LocalId;
  statement: Statement;
  memo: LocalId | null;
}

/** Null where the default strategy says all: the adapter of a function that keeps nothing is its new body. */
export function functionHolder(context: Context, asked: Asked): Holder | null {
  const { opening, facts } = asked;
  const factory = factoryOf(facts, opening.scope, opening.value);
  const inline = context.config.strategy === 'inline';
  if (!factory) return null;
  if (!inline && factory.memo === null) return null;
  const more = firstBeyond(asked, factory);
  const kept = keptBy(context, asked, factory);
  const at = atOf(facts, more?.span.start ?? opening.span.start);
  const obstacles = [...(more ? [{ why: 'the function does more than give the client', at }] : []), ...kept.obstacles];
  const name = facts.locals[factory.local]?.name ?? '';
  if (!inline) return adapted(asked, factory, { name, drops: kept.drops, readings: [], obstacles });
  const takers = takersOf(context, facts, factory.local);
  const read = takers.readings.map((one) => callOf(one, facts.scopes[factory.scope]?.async === true));
  const whole: Placed = {
    file: facts.file,
    instruction: { kind: 'drop-holder', span: factory.statement.span, opening: opening.span },
  };
  return {
    name: `${name}()`,
    drops: [whole, ...kept.drops, ...takers.drops],
    readings: read.flatMap((one) => ('why' in one ? [] : [one])),
    obstacles: [
      ...obstacles,
      ...signature(facts, factory),
      ...takers.obstacles,
      ...read.flatMap((one) => ('why' in one ? [one] : [])),
      ...listed(facts, name),
    ],
  };
}

function factoryOf(facts: FileFacts, around: ScopeId, value: ValueId): Factory | null {
  const scope = functionAround(facts, around);
  const parent = scope === null ? null : (facts.scopes[scope]?.parent ?? null);
  if (scope === null || parent === null || facts.scopes[parent]?.kind !== 'module') return null;
  const local = facts.locals.findIndex((one, id) => one.scope === parent && isOf(facts, id, scope));
  const id = facts.locals[local]?.statement ?? null;
  const statement = id === null ? undefined : facts.statements[id];
  if (!statement || facts.locals.filter((one) => one.statement === id && one.scope === parent).length > 1) return null;
  const memo = facts.flows.flatMap(({ value: held, place }) =>
    held === value && place.kind === 'local' && facts.locals[place.local]?.scope === parent ? [place.local] : [],
  );
  return { scope, local, statement, memo: memo[0] ?? null };
}

function isOf(facts: FileFacts, local: LocalId, scope: ScopeId): boolean {
  if (facts.locals[local]?.declares === scope) return true;
  const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === local);
  const held = flows.length === 1 ? facts.values[flows[0]?.value ?? -1] : undefined;
  return held?.kind === 'function' && held.of === scope;
}

/** The first statement that does anything but open, keep and return the client; null when there is none. */
function firstBeyond({ opening, facts, others }: Asked, { scope, memo }: Factory): Statement | null {
  const found = facts.statements.find((one, id) => {
    if (functionAround(facts, one.scope) !== scope || one === facts.statements[opening.statement ?? -1]) return false;
    if (isReplaced({ facts, value: -1, span: one.span }, others)) return false;
    const values = facts.values.filter(
      (value) => value.statement === id && functionAround(facts, value.scope) === scope,
    );
    if (one.kind === 'return')
      return !facts.flows.some((flow) => flow.statement === id && gives(facts, flow.value, opening.value, memo));
    return (
      values.some(({ kind }, index) => kind === 'await' || kind === 'unknown' || isEffect(facts, values, index)) ||
      one.kind === 'throw'
    );
  });
  return found ?? null;
}

function isEffect(facts: FileFacts, values: readonly FileFacts['values'][number][], index: number): boolean {
  const value = values[index];
  if (value?.kind === 'assign') return true;
  if (value?.kind !== 'call') return false;
  const name = nameOf(facts, value.callee);
  return !CONVERSIONS.has(name) && name !== 'os.getenv' && name !== 'os.environ.get';
}

/** What a `return` gives is the opening, or what the function kept of it. */
function gives(facts: FileFacts, id: ValueId, opening: ValueId, memo: LocalId | null): boolean {
  const value = facts.values[id];
  if (id === opening) return true;
  if (value?.kind === 'reference') {
    if (value.local === memo) return true;
    const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === value.local);
    return flows.length === 1 && flows[0]?.value === opening;
  }
  return value?.kind === 'assign' && gives(facts, value.value, opening, memo);
}

/** Takes out the variable that keeps the client, with what stands against it. */
function keptBy(
  context: Context,
  { opening, facts, others }: Asked,
  { scope, memo }: Factory,
): Pick<Holder, 'drops' | 'obstacles'> {
  const found = memo === null ? undefined : facts.locals[memo];
  if (memo === null || !found) return { drops: [], obstacles: [] };
  const obstacles: Obstacle[] = [];
  const inside = (id: ValueId) => functionAround(facts, facts.values[id]?.scope ?? 0) === scope;
  for (const { value, place, span } of facts.flows) {
    if (place.kind !== 'local' || place.local !== memo || value === opening.value) continue;
    const held = facts.values[value];
    const empty =
      held?.kind === 'literal' &&
      held.value === null &&
      held.block === null &&
      functionAround(facts, held.scope) === null;
    if (!empty) obstacles.push({ why: `\`${found.name}\` is set elsewhere too`, at: atOf(facts, span.start) });
  }
  const { readings, drops, obstacles: more } = takersOf(context, facts, memo);
  const outside = readings.find((one) => !(one.facts === facts && inside(one.value)) && !isReplaced(one, others));
  if (outside)
    obstacles.push({ why: `\`${found.name}\` is read elsewhere too`, at: atOf(outside.facts, outside.span.start) });
  if (drops.length > 0) obstacles.push({ why: `\`${found.name}\` is exported too`, at: atOf(facts, found.span.start) });
  const statement = found.statement === null ? undefined : facts.statements[found.statement];
  if (!statement)
    return {
      drops: [],
      obstacles: [...obstacles, ...more, { why: 'what keeps it is not declared', at: atOf(facts, 0) }],
    };
  const declaration: Placed = {
    file: facts.file,
    instruction: { kind: 'drop-holder', span: statement.span, opening: null },
  };
  return { drops: [declaration], obstacles: [...obstacles, ...more] };
}

function signature(facts: FileFacts, { scope, local }: Factory): Obstacle[] {
  const fn = facts.scopes[scope];
  const at = atOf(facts, facts.locals[local]?.span.start ?? 0);
  if ((fn?.params ?? []).length > 0) return [{ why: 'it takes arguments', at }];
  const other = (fn?.decorators ?? []).some((id) => !MEMO.test(nameOf(facts, id)));
  return other ? [{ why: 'it has a decorator', at }] : [];
}

/** The call that stands at a reading of the function, with what waits for it. */
export function callOf({ facts, value: id, span }: Reading, async: boolean): Reading | Obstacle {
  const at = atOf(facts, span.start);
  const [by, ...more] = usersOf(facts, id);
  const call = by === undefined ? undefined : facts.values[by];
  // `Depends(get_client)` is read as a call of what it is given.
  const calls = call?.kind === 'call' && call.callee === id && call.span.start === span.start;
  if (by === undefined || more.length > 0 || !calls) {
    return { why: 'it is given away as a function', at };
  }
  if (call.args.length > 0 || call.optional || call.new) return { why: 'it is called in another way', at };
  if (!async) return { facts, value: by, span: call.span };
  const waits = usersOf(facts, by).find((one) => facts.values[one]?.kind === 'await');
  const waiting = waits === undefined ? undefined : facts.values[waits];
  if (waits === undefined || !waiting) return { why: 'it is called and not awaited there', at };
  return { facts, value: waits, span: waiting.span };
}

/** The function stays and returns a call of the accessor: the rest of its body, and the variable, go. */
function adapted({ opening, facts }: Asked, { scope, memo }: Factory, holder: Holder): Holder | null {
  const own = facts.statements.filter((one) => functionAround(facts, one.scope) === scope && one.block === null);
  const last = own.at(-1);
  const reads = memo === null ? [] : readsOf(facts, memo);
  const given = reads.filter((id) => {
    const value = facts.values[id];
    return value?.statement != null && facts.statements[value.statement] === last;
  });
  const [read] = given;
  const value = read === undefined ? undefined : facts.values[read];
  if (holder.obstacles.length > 0 || last?.kind !== 'return' || given.length !== 1 || read === undefined || !value)
    return null;
  const drops = own.flatMap((one): Placed[] => {
    if (one === last || isText(facts, one)) return [];
    const holds = one.span.start <= opening.span.start && opening.span.end <= one.span.end;
    return [
      { file: facts.file, instruction: { kind: 'drop-holder', span: one.span, opening: holds ? opening.span : null } },
    ];
  });
  const returned: Span = value.span;
  return { ...holder, drops: [...drops, ...holder.drops], readings: [{ facts, value: read, span: returned }] };
}
