/** What may still use a client after the accessor has closed them all. */

import { PROMISE_METHODS } from '../libraries/promises.js';
import type { FileFacts, ScopeId, ValueId } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { At } from '../model/traced.js';
import { type Context, factsOf, functionAround, zoneOf } from './context.js';
import { callsFrom, isWithin, nameOf, type Placed } from './function-order.js';
import { isHarmlessCall } from './harmless-calls.js';
import { type HookCloser, isOfTests, needsOpen } from './hook-uses.js';
import { isAccessorFile } from './reach.js';
import { reason } from './reasons.js';
import { roleOf } from './roles.js';
import { filesOfProgram } from './script-end.js';

interface Place {
  /** Offset behind which all clients are closed. */
  from: number;
  /** Name of the accessor's close. */
  close: string;
  /** The statement of the closer. */
  own: Placed;
}

/** Calls that may use a client by a way that is not seen: a person decides. Only the first is named. */
export function runsOn(context: Context, facts: FileFacts, closer: HookCloser, place: Place): Reason[] {
  const { from, close, own } = place;
  const after = callsFrom(facts, functionAround(facts, own.scope), from);
  const call = riskyOf(context, facts, after);
  if (call !== undefined) return [early(facts, close, call)];
  const inCaller = runsOnInCallers(context, closer, close);
  if (inCaller.length > 0) return inCaller;
  const used = elsewhere(context, facts, closer, place);
  return used.length > 0 ? used : stillWorking(context, facts, closer, place);
}

/** `main()` of `main().finally(stop)`: it is done when what the chain is given runs. */
function settlesBefore(facts: FileFacts, chained: ValueId, other: ValueId): boolean {
  const call = facts.values[chained];
  const callee = call?.kind === 'call' ? facts.values[call.callee] : undefined;
  const of =
    callee?.kind === 'member' && PROMISE_METHODS.has(callee.name ?? '') ? facts.values[callee.object] : undefined;
  const span = facts.values[other]?.span;
  return of !== undefined && span !== undefined && of.span.start <= span.start && span.end <= of.span.end;
}

/** The first of some calls that may use a client. */
function riskyOf(context: Context, facts: FileFacts, calls: readonly ValueId[]): ValueId | undefined {
  const clients = new Set((context.uses.get(facts.file) ?? []).map(({ use }) => use.value));
  const closes = new Set(context.trace.accessorCalls.filter(({ file }) => file === facts.file).map((one) => one.value));
  return calls.find((id) => {
    const value = facts.values[id];
    if (value?.kind !== 'call' || clients.has(id) || closes.has(id)) return false;
    return !isHarmlessCall(nameOf(facts, value.callee));
  });
}

/** The closer is in a helper: what its callers do after it, or at the same time (`Promise.all([stopJobs(), stopCache()])`). */
function runsOnInCallers(context: Context, { opening, use }: HookCloser, close: string): Reason[] {
  const found: Reason[] = [];
  for (const { file, value: id } of use.hookCalls ?? []) {
    const facts = factsOf(context, file);
    const call = facts?.values[id];
    if (!facts || !call) continue;
    const statement = call.statement === null ? undefined : facts.statements[call.statement];
    const from = statement?.span.start ?? call.span.start;
    const later = callsFrom(facts, functionAround(facts, call.scope), from);
    const calls = later.filter((other) => other !== id && !settlesBefore(facts, id, other));
    const needed = (context.uses.get(file) ?? []).find(
      (one) => one.opening !== opening && calls.includes(one.use.value) && needsOpen(context, one.opening, one.use),
    );
    if (needed) return [reason('closes-before-use', { close, member: needed.use.member ?? '' }, needed.use.at)];
    const risky = riskyOf(context, facts, calls);
    if (risky !== undefined) found.push(early(facts, close, risky));
  }
  return found.slice(0, 1);
}

function early(facts: FileFacts, close: string, id: number): Reason {
  const value = facts.values[id];
  const name = value?.kind === 'call' ? nameOf(facts, value.callee) : '…';
  return reason('closes-in-hook-early', { close, what: `\`${name}()\`` }, atOffset(facts, value?.span.start ?? 0));
}

/** Other functions that run at shutdown: which of them comes first is not known. */
function elsewhere(context: Context, facts: FileFacts, closer: HookCloser, { close, own }: Place): Reason[] {
  const fn = functionAround(facts, own.scope);
  for (const file of nearestFirst(context, closer)) {
    for (const { opening, use } of context.uses.get(file) ?? []) {
      if (use.hook === null || opening === closer.opening || isAccessorFile(context, use.file)) continue;
      const value = use.file === facts.file ? facts.values[use.value] : undefined;
      if (value && isWithin(facts, value.scope, fn)) continue;
      if (!needsOpen(context, opening, use)) continue;
      return [
        reason(
          'closes-in-hook-early',
          { close, what: `\`.${use.member ?? ''}()\`, which runs in another hook` },
          use.at,
        ),
      ];
    }
  }
  return [];
}

/**
 * Files whose hooks can run beside a closer: its own, those of the calls that lead to it, the others. A program that ends
 * runs only what it imports, and so does a test.
 */
function nearestFirst(context: Context, closer: HookCloser): string[] {
  const { use } = closer;
  const near = [use.file, ...(use.hookCalls ?? []).map(({ file }) => file)];
  const all = [...new Set([...near, ...context.uses.keys()])];
  if (isEverywhere(closer)) return all;
  const own = filesOfProgram(context, use.file);
  return all.filter((file) => own.has(file));
}

/** Whether a closer may end a process that holds any file. */
function isEverywhere(closer: HookCloser): boolean {
  return closer.hook !== null && !isOfTests(closer);
}

/** Names of calls that stop something. */
const STOPS = /close|stop|shutdown|drain|quit|disconnect|destroy|terminate|pause/i;

/** A queue library that was given another client works on, unless the hook stops something first. */
function stillWorking(context: Context, facts: FileFacts, closer: HookCloser, { close, own }: Place): Reason[] {
  const { opening, use } = closer;
  const files = new Set(nearestFirst(context, closer));
  const places = [
    { facts, until: own.span.start, fn: functionAround(facts, own.scope) },
    ...(use.hookCalls ?? []).flatMap(({ file, value: id }) => {
      const other = factsOf(context, file);
      const call = other?.values[id];
      return other && call ? [{ facts: other, until: call.span.start, fn: functionAround(other, call.scope) }] : [];
    }),
  ];
  if (places.some((place) => stopsBefore(place.facts, place.fn, place.until))) return [];
  for (const other of context.trace.openings) {
    if (
      other === opening ||
      (!isEverywhere(closer) && !files.has(other.file)) ||
      zoneOf(context, other.file) === 'test' ||
      isAccessorFile(context, other.file)
    )
      continue;
    const given = roleOf(other, context.trace.openings).given.find(({ construct }) => construct.role === 'queue');
    if (!given) continue;
    const what = `the work of ${given.construct.api} of ${given.handed.library}, which this hook does not stop`;
    return [reason('closes-in-hook-early', { close, what }, given.handed.at)];
  }
  return [];
}

function stopsBefore(facts: FileFacts, fn: ScopeId | null, until: number): boolean {
  return callsFrom(facts, fn, 0).some((id) => {
    const value = facts.values[id];
    if (value?.kind !== 'call' || value.span.end > until) return false;
    return STOPS.test(nameOf(facts, value.callee).split('.').at(-1) ?? '');
  });
}

function atOffset({ file, lineStarts }: FileFacts, offset: number): At {
  const line = lineStarts.findLastIndex((start) => start <= offset);
  return { file, line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
}
