/** What becomes of `connect()` when a client is the accessor's, which has begun to connect it. */

import { does, redisLibrary } from '../libraries/index.js';
import type { Accessor } from '../model/config.js';
import type { CallValue } from '../model/facts.js';
import type { Reason, Role } from '../model/site.js';
import type { ClientUse, Known, Opening } from '../model/traced.js';
import { effectiveOptions } from './arguments.js';
import { type Context, factsOf } from './context.js';
import { soleStatement } from './function-order.js';
import type { CloserChange, Placed } from './hook-closers.js';
import { textOf } from './known.js';
import type { Judged } from './members.js';
import { callsBack, ownStatement } from './own-statement.js';
import { accessorUse } from './reach.js';
import { reason } from './reasons.js';
import { isShared } from './roles.js';

/**
 * Every `connect()` of an opening, and what it means that there is none. With a function of the accessor that waits
 * (`contract.ready`), a call whose result is used becomes that function with the client; one that nobody waits for goes.
 * That function must take any client of the library: a receiver can be a client that stays where it is.
 */
export function connectChanges(
  context: Context,
  opening: Opening,
  members: readonly Judged[],
  accessor: Accessor,
  role: Role,
): CloserChange {
  const connects = members.filter(({ member }) => member.kind === 'connects').map(({ use }) => use);
  const changes = connects.map(
    (use) => lazyChange(context, opening, connects, role) ?? changeOf(context, opening, use, accessor, role),
  );
  const all = { reasons: changes.flatMap((one) => one.reasons), changes: changes.flatMap((one) => one.changes) };
  return { ...all, reasons: [...all.reasons, ...habitReasons(opening, members, connects, accessor)] };
}

/**
 * The one `connect()` of a client that waits for it (`lazyConnect`): the accessor's client connects by itself, and to
 * connect it again rejects. A failure at this place no longer stops what follows: the first command waits instead.
 */
function lazyChange(
  context: Context,
  opening: Opening,
  connects: readonly ClientUse[],
  role: Role,
): CloserChange | null {
  const [use] = connects;
  const facts = use ? factsOf(context, use.file) : null;
  if (!use || !facts || connects.length > 1 || use.shared || use.chained || !isShared(role)) return null;
  if (callsBack(use)) return null;
  const ways = effectiveOptions(opening, context.trace.openings);
  const lazy = ways.length > 0 && ways.every(({ settings }) => isTrue(settings.lazyConnect?.value));
  const statement = ownStatement(opening, use, soleStatement(facts, use.value)?.span ?? null);
  if (!lazy || statement === null) return null;
  const member = use.member ?? '';
  return {
    reasons: [reason('connects-lazy', { member }, use.at)],
    changes: [{ file: use.file, instruction: { kind: 'drop-statement', span: statement } }],
  };
}

function isTrue(value: Known | undefined): boolean {
  return value?.kind === 'literal' && value.value === true;
}

function changeOf(context: Context, opening: Opening, use: ClientUse, accessor: Accessor, role: Role): CloserChange {
  const member = use.member ?? '';
  const { ready } = accessor.contract;
  const facts = factsOf(context, use.file);
  const call = facts?.values[use.value];
  if (
    facts === null ||
    ready === null ||
    use.kind !== 'call' ||
    use.chained ||
    callsBack(use) ||
    call?.kind !== 'call' ||
    isOptional(context, use, call)
  ) {
    return { reasons: [reason(isShared(role) ? 'connects-shared' : 'connects-open', { member }, use.at)], changes: [] };
  }
  const place = (instruction: Placed['instruction']): Placed[] => [{ file: use.file, instruction }];
  const statement = ownStatement(opening, use, soleStatement(facts, use.value)?.span ?? null);
  if (statement !== null && call.result !== 'awaited' && !use.shared) {
    return {
      reasons: [reason('connects-dropped', { member }, use.at)],
      changes: place({ kind: 'drop-statement', span: statement }),
    };
  }
  const waits = accessorUse(context, use.file, accessor, ready, []);
  return {
    reasons: [reason('connects-ready', { member, ready }, use.at)],
    changes: place({ kind: 'pass-receiver', span: use.span, use: { ...waits, awaited: false } }),
  };
}

/** `client?.connect()`: there may be no client to wait for. */
function isOptional(context: Context, use: ClientUse, call: CallValue): boolean {
  const callee = factsOf(context, use.file)?.values[call.callee];
  return call.optional || callee?.kind !== 'member' || callee.optional;
}

/** What changes although no line does: a client that was never connected, or that nobody listened to. */
function habitReasons(
  opening: Opening,
  members: readonly Judged[],
  connects: readonly ClientUse[],
  accessor: Accessor,
): Reason[] {
  const library = redisLibrary(opening.library);
  if (accessor.library !== opening.library) return [];
  const holds = (habit: 'connect-first' | 'error-listener') => does(library, habit, opening.version) !== 'never';
  const reasons: Reason[] = [];
  const elsewhere = opening.handed.length > 0 || opening.escapes.length > 0;
  if (holds('connect-first') && connects.length === 0 && !elsewhere) reasons.push(reason('never-connected', undefined));
  const listens = members.some(({ use, member }) => member.kind === 'handler' && textOf(use.args[0]) === 'error');
  if (holds('error-listener') && !listens && !elsewhere) reasons.push(reason('listener-added', undefined));
  return reasons;
}
