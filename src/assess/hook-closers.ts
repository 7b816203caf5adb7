/**
 * A closer in a shutdown hook, or at the end of a program, becomes the accessor's close, which closes every client of the accessor at once. So it must
 * be called once in a function, after everything that still uses one of these clients.
 */

import type { AccessorUse, Instruction, OneCall } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { FileFacts, Span } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { ClientUse, Opening } from '../model/traced.js';
import { type Context, factsOf, functionAround, type UsedClient } from './context.js';
import {
  isAwaited,
  isWithin,
  type Placed as Piece,
  runsAfter,
  soleStatement,
  statementAfter,
} from './function-order.js';
import { runsOn } from './hook-hazards.js';
import { type HookCloser, isCloser, isOfTests, needsOpen } from './hook-uses.js';
import type { Judged } from './members.js';
import { accessorFor, accessorUse } from './reach.js';
import { reason } from './reasons.js';
import { endingOf } from './script-end.js';
import { closesAtEnd } from './start.js';

/** An instruction and the file that it is for. */
export interface Placed {
  file: string;
  instruction: Instruction;
}

export interface CloserChange {
  reasons: Reason[];
  changes: Placed[];
}

/** What becomes of a closer in a hook, or at the end of a program; null when its file cannot be read. The accessor offers a close. */
export function hookChange(context: Context, closer: HookCloser, accessor: Accessor): CloserChange | null {
  const facts = factsOf(context, closer.use.file);
  const close = accessor.close;
  if (!facts || close === null) return null;
  const { use, hook, statement } = closer;
  const member = use.member ?? '';
  const own = pieceOf(facts, use, statement);
  const existing = closeCalls(context, facts, accessor, own);
  const atEnd = hook !== null && closesAtEnd(context, accessor, use.file, functionAround(facts, own.scope));
  if (atEnd || existing.some((one) => runsAfter(facts, own, one.piece))) {
    if (use.goesOn) return staysForNext(use);
    const drop: Instruction = { kind: 'drop-statement', span: statement };
    return {
      reasons: [reason('closes-beside', { member, close }, use.at)],
      changes: [{ file: use.file, instruction: drop }],
    };
  }
  const once = onceOf(context, facts, closer, own);
  if (once === null) return early(context, facts, closer, own, close);
  if (use.goesOn && once.enough.length > 0) return staysForNext(use);
  const call = accessorUse(context, use.file, accessor, close, []);
  const from = use.goesOn ? use.span.end : (once.after?.end ?? statement.end);
  const moved = existing.flatMap(({ statement: before, awaited }) =>
    before && runsAfter(facts, before, own) && (!awaited || isAwaited(facts, use.span, statement)) ? [before.span] : [],
  );
  return {
    reasons: [
      hook === null
        ? reason('closes-at-end', { member, close }, use.at)
        : reason('closes-in-hook', { member, hook, close }, use.at),
      ...(hook !== null && isOfTests(closer) ? [reason('closes-in-test', { hook, close }, use.at)] : []),
      ...(moved.length > 0 ? [reason('closes-later', { close }, use.at)] : []),
      ...runsOn(context, facts, closer, { from, close, own }),
    ],
    changes: [replaced(use, call, once), ...moved.map((span) => dropped(use.file, span))],
  };
}

/** A closer stays: with it would go what runs once it is done. */
export function staysForNext({ member, at }: ClientUse): CloserChange {
  return { reasons: [reason('closes-calls-back', { member: member ?? '' }, at)], changes: [] };
}

function replaced({ file, span }: ClientUse, use: AccessorUse, once: OneCall): Placed {
  return { file, instruction: { kind: 'replace-call', span, use, once } };
}

function dropped(file: string, span: Span): Placed {
  return { file, instruction: { kind: 'drop-statement', span } };
}

/** Something behind the closer needs a client, at a place that the close cannot be put behind. */
function early(context: Context, facts: FileFacts, closer: HookCloser, own: Piece, close: string): CloserChange {
  const later = neededLater(context, facts, closer, own)[0]?.use ?? closer.use;
  return { reasons: [reason('closes-before-use', { close, member: later.member ?? '' }, later.at)], changes: [] };
}

/** Calls of the accessor's close in the function of a closer. */
function closeCalls(context: Context, facts: FileFacts, accessor: Accessor, own: Piece) {
  const language = facts.language === 'python' ? 'python' : 'javascript';
  const mode = accessor.contract.mode === 'sync' ? 'sync' : 'async';
  if (accessorFor(context, facts.file, language, mode) !== accessor) return [];
  const fn = functionAround(facts, own.scope);
  return context.trace.accessorCalls.flatMap((call) => {
    const value = facts.values[call.value];
    if (call.file !== facts.file || call.name !== accessor.close || !value) return [];
    if (functionAround(facts, value.scope) !== fn) return [];
    const statement = soleStatement(facts, call.value);
    const awaited = value.kind === 'call' && value.result === 'awaited';
    return [{ piece: value, statement, awaited }];
  });
}

function pieceOf(facts: FileFacts, use: ClientUse, span: Span): Piece {
  const value = facts.values[use.value];
  return { span, scope: value?.scope ?? 0, block: value?.block ?? null };
}

/**
 * Which later closers make the call for this one, and behind which statement it must stand: the last one that needs a
 * client of the accessor. Null: there is one, and no such place.
 */
function onceOf(context: Context, facts: FileFacts, closer: HookCloser, own: Piece): OneCall | null {
  const { use, statement } = closer;
  const awaited = isAwaited(facts, use.span, statement);
  const enough = usesIn(context, facts).flatMap(({ opening, use: other }) => {
    const span = other.wholeStatement;
    if (span === null || other.chained || !isCloser(opening, other)) return [];
    if (other.hook === null && endingOf(context, other) === null) return [];
    if (awaited && !isAwaited(facts, other.span, span)) return [];
    return runsAfter(facts, own, pieceOf(facts, other, span)) ? [span] : [];
  });
  const places = neededLater(context, facts, closer, own).map((later) => statementAfter(facts, own, later.use.span));
  if (places.includes(null)) return null;
  const spans = places.flatMap((one) => one?.span ?? []).toSorted((a, b) => b.end - a.end);
  return { statement, enough: distinct(enough), after: spans[0] ?? null };
}

function distinct(spans: readonly Span[]): Span[] {
  const sorted = spans.toSorted((a, b) => a.start - b.start);
  return sorted.filter((span, index) => span.start !== sorted[index - 1]?.start);
}

/** Uses of other clients further down in the function of a closer, or in what waits for it, that fail once all clients are closed. */
function neededLater(context: Context, facts: FileFacts, closer: HookCloser, own: Piece): UsedClient[] {
  const fn = functionAround(facts, own.scope);
  const from = (closer.use.goesOn ? closer.use.span : closer.statement).end;
  return usesIn(context, facts).filter(({ opening, use }) => {
    const value = facts.values[use.value];
    if (opening === closer.opening || !value || use.span.start < from) return false;
    return isWithin(facts, value.scope, fn) && needsOpen(context, opening, use);
  });
}

function usesIn(context: Context, facts: FileFacts): readonly UsedClient[] {
  return context.uses.get(facts.file) ?? [];
}

/** Uses of a client behind a call of the accessor's close that is there already: after the change they would fail. */
export function closedBefore(
  context: Context,
  opening: Opening,
  members: readonly Judged[],
  accessor: Accessor,
): Reason[] {
  const close = accessor.close;
  if (close === null) return [];
  return members.flatMap(({ use }) => {
    const facts = factsOf(context, use.file);
    const value = facts?.values[use.value];
    if (!facts || !value || !needsOpen(context, opening, use)) return [];
    const before = closeCalls(context, facts, accessor, value).some(({ piece }) => piece.span.end <= use.span.start);
    return before ? [reason('closes-before-use', { close, member: use.member ?? '' }, use.at)] : [];
  });
}
