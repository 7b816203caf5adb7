/** `_get_redis()`: a method of a class that opens a client when it is first asked, and keeps it in a field. */

import type { FileFacts, ScopeId, Statement } from '../model/facts.js';
import { type Context, functionAround } from './context.js';
import { isText } from './function-order.js';
import type { Asked, Holder } from './holder.js';
import { readElsewhere, readsOfField } from './holder-field.js';
import { callOf } from './holder-function.js';
import type { Placed } from './hook-closers.js';
import { partsOf } from './parts.js';
import { atOf, type Obstacle } from './takers.js';

/** The method and the field, where the opening stands in such a method; null: it is filled in another way. */
export function lazyHolder(context: Context, { opening, facts }: Asked): Holder | null {
  const kept = facts.flows.filter(({ value, place }) => value === opening.value && place.kind === 'field');
  const place = kept.length === 1 ? kept[0]?.place : undefined;
  const method = functionAround(facts, opening.scope);
  const fn = method === null ? undefined : facts.scopes[method];
  if (place?.kind !== 'field' || place.static || method === null || !fn || fn.parent !== place.scope) return null;
  if (fn.form !== 'method' || fn.name === null || fn.static || !givesOnly(facts, method, place.name)) return null;
  const { scope, name: field } = place;
  const at = atOf(facts, fn.span.start);
  const inMethod = (id: number) => functionAround(facts, facts.values[id]?.scope ?? 0) === method;
  const outside = readsOfField(facts, scope, field).filter(({ value }) => !inMethod(value));
  const asked = readsOfField(facts, scope, fn.name);
  const calls = asked.map((one) => callOf(one, fn.async === true));
  const known = new Set([...readsOfField(facts, scope, field), ...asked].map(({ value }) => value));
  const className = facts.scopes[scope]?.name ?? 'the class';
  return {
    name: `${className}.${fn.name}()`,
    drops: [
      { file: facts.file, instruction: { kind: 'drop-holder', span: fn.span, opening: opening.span } },
      ...declared(facts, scope, field),
    ],
    readings: calls.flatMap((one) => ('why' in one ? [] : [one])),
    obstacles: [
      ...((fn.params ?? []).length > 0 ? [{ why: 'it takes arguments', at }] : []),
      ...((fn.decorators ?? []).length > 0 ? [{ why: 'it has a decorator', at }] : []),
      ...outside.map(
        (one): Obstacle => ({ why: `\`${field}\` is read elsewhere too`, at: atOf(facts, one.span.start) }),
      ),
      ...filledElsewhere(facts, scope, field, opening.value),
      ...calls.flatMap((one) => ('why' in one ? [one] : [])),
      ...readElsewhere(context, facts, scope, field, known),
      ...readElsewhere(context, facts, scope, fn.name, known),
    ],
  };
}

/** It tests the field, fills it, and returns it. */
function givesOnly(facts: FileFacts, method: ScopeId, field: string): boolean {
  const own = facts.statements.filter(
    (one) => functionAround(facts, one.scope) === method && one.kind !== 'other' && !isText(facts, one),
  );
  const [fills, returns, ...others] = own;
  if (!fills || !returns || others.length > 0 || returns.kind !== 'return' || returns.block !== null) return false;
  const block = fills.block === null ? undefined : facts.blocks[fills.block];
  const blocks = facts.blocks.filter((one) => functionAround(facts, one.scope) === method);
  if (block?.kind !== 'if' || blocks.length > 1 || block.test === null || !isTest(facts, block.test, field))
    return false;
  const given = facts.flows.find(({ place }) => place.kind === 'return' && place.scope === method);
  return given !== undefined && isField(facts, given.value, field) && doesOnly(facts, fills, field);
}

/** `self.client is None`, `!this.client`. */
function isTest(facts: FileFacts, id: number, field: string): boolean {
  const value = facts.values[id];
  if (value?.kind !== 'comparison') return isField(facts, id, field);
  return value.parts.every((part) => {
    const one = facts.values[part];
    return isField(facts, part, field) || (one?.kind === 'literal' && (one.value === null || one.undefined === true));
  });
}

function isField({ values }: FileFacts, id: number, field: string): boolean {
  const value = values[id];
  return value?.kind === 'member' && value.name === field && values[value.object]?.kind === 'this';
}

/** The statement gives the field its value and nothing else: one flow. */
function doesOnly(facts: FileFacts, fills: Statement, field: string): boolean {
  const own = facts.flows.filter(({ statement }) => statement !== null && facts.statements[statement] === fills);
  return own.every(({ place }) => place.kind === 'field' && place.name === field);
}

/** The field is empty until the method fills it. */
function filledElsewhere(facts: FileFacts, scope: ScopeId, field: string, opening: number): Obstacle[] {
  return facts.flows.flatMap(({ place, value: id, span }): Obstacle[] => {
    if (place.kind !== 'field' || place.scope !== scope || place.name !== field || id === opening) return [];
    const value = facts.values[id];
    const isEmpty = value?.kind === 'literal' && (value.value === null || value.undefined === true);
    const waits = value !== undefined && partsOf(value).includes(opening);
    return isEmpty || waits ? [] : [{ why: `\`${field}\` is set elsewhere too`, at: atOf(facts, span.start) }];
  });
}

/** `self.client = None`, `private client: Redis | null = null`. */
function declared(facts: FileFacts, scope: ScopeId, field: string): Placed[] {
  const drop = (span: { start: number; end: number }): Placed => {
    return { file: facts.file, instruction: { kind: 'drop-holder', span, opening: null } };
  };
  const own = facts.scopes[scope]?.fields?.find((one) => one.name === field && !one.static);
  const set = facts.flows.flatMap(({ place, value: id, statement, declares }): Placed[] => {
    const isOwn = place.kind === 'field' && place.scope === scope && place.name === field;
    const value = facts.values[id];
    const whole = statement === null ? undefined : facts.statements[statement];
    if (!isOwn || declares || value?.kind !== 'literal' || !whole) return [];
    return [drop(whole.span)];
  });
  return [...(own ? [drop(own.span)] : []), ...set];
}
