/** What is done where the accessor may return nothing: `onNone` of the config, or what the `except` around the opening does. */

import type { NonePolicy } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { Block, FileFacts } from '../model/facts.js';
import type { Opening } from '../model/traced.js';
import { type Context, functionAround } from './context.js';
import { blocksOf } from './function-order.js';
import type { CloserChange } from './hook-closers.js';
import { reason } from './reasons.js';

/** The check behind the opening with its note, or why there is none. */
export function noneChange(context: Context, opening: Opening, facts: FileFacts, accessor: Accessor): CloserChange {
  if (!accessor.contract.mayReturnNone) return { reasons: [], changes: [] };
  const found = policyOf(context, opening, facts);
  const statement = opening.statement === null ? undefined : facts.statements[opening.statement];
  if (!found || !statement || !canCheck(opening, facts, found.policy)) {
    return { reasons: [reason('accessor-none', undefined)], changes: [] };
  }
  const told = reason('none-checked', found);
  // What the function returns is what the accessor gave: nothing is nothing.
  if (found.policy === 'return' && statement.kind === 'return') return { reasons: [told], changes: [] };
  const { policy } = found;
  const check = { kind: 'check-none' as const, span: statement.span, opening: opening.span, policy };
  return { reasons: [told], changes: [{ file: facts.file, instruction: check }] };
}

/** The `except` beside the `try` around the opening says what happened without a client; else the config does. */
function policyOf(context: Context, opening: Opening, facts: FileFacts): { policy: NonePolicy; from: string } | null {
  const around = blocksOf(facts, facts.values[opening.value]?.block ?? null);
  const tried = around
    .flatMap((id) => (id === null ? [] : (facts.blocks[id] ?? [])))
    .find(({ kind }) => kind === 'try');
  const caught = tried ? exitsOf(facts, tried) : [];
  if (caught.length > 0 && caught.every((exit) => exit === 'return-none'))
    return { policy: 'return', from: 'as the `except` does' };
  const { onNone } = context.config;
  return onNone === 'keep' ? null : { policy: onNone, from: '`onNone` of the config' };
}

/** How the handlers of a `try` end. */
function exitsOf({ blocks }: FileFacts, tried: Block): Block['exit'][] {
  const later = blocks.filter(
    ({ parent, scope, span }) => parent === tried.parent && scope === tried.scope && span.start >= tried.span.end,
  );
  const next = later.findIndex(({ kind }) => kind === 'try');
  return (next < 0 ? later : later.slice(0, next)).flatMap(({ kind, exit }) => (kind === 'catch' ? [exit] : []));
}

/** The statement keeps or returns what is opened, and nothing else. */
function canCheck(opening: Opening, facts: FileFacts, policy: NonePolicy): boolean {
  const flows = facts.flows.filter(({ value }) => value === opening.value || isAwaitOf(facts, value, opening.value));
  const [flow] = flows;
  const within = functionAround(facts, opening.scope);
  if (!flow || flows.length > 1 || flow.part.kind !== 'whole') return false;
  const returned = flow.place.kind === 'return';
  if (policy === 'return' && (within === null || (!returned && isConstructor(facts, within)))) return false;
  if (returned) return facts.statements[opening.statement ?? -1]?.kind === 'return';
  // A declared type of JavaScript would have to allow for nothing, wherever a field is read.
  if (facts.language !== 'python') return flow.place.kind === 'local' && flow.declares && within !== null;
  return flow.place.kind === 'local' || flow.place.kind === 'field';
}

function isAwaitOf(facts: FileFacts, id: number, inner: number): boolean {
  const value = facts.values[id];
  return value?.kind === 'await' && value.value === inner;
}

function isConstructor(facts: FileFacts, scope: number): boolean {
  const fn = facts.scopes[scope];
  return fn?.form === 'constructor' || fn?.name === '__init__';
}
