/** Who connects, closes and listens to a client that becomes the accessor's. */

import type { Accessor } from '../model/config.js';
import type { FileFacts, ScopeId } from '../model/facts.js';
import type { Reason, Role } from '../model/site.js';
import type { ClientUse, Opening } from '../model/traced.js';
import { connectChanges } from './connects.js';
import { type Context, classAround, factsOf, heldBy, zoneOf } from './context.js';
import { handlerChanges } from './handlers.js';
import { type CloserChange, closedBefore, hookChange, type Placed, staysForNext } from './hook-closers.js';
import { type HookCloser, isCloser } from './hook-uses.js';
import type { Judged } from './members.js';
import { callsBack } from './own-statement.js';
import { reason } from './reasons.js';
import { isShared } from './roles.js';
import { endingOf, isOfCommand } from './script-end.js';
import { withChange } from './with-closers.js';

export type { Placed };

export interface Lifecycle {
  reasons: Reason[];
  /** Changes of closers, with their files. */
  changes: Placed[];
}

/** Judges closers, `connect()` and handlers of an opening. Dedicated clients keep their closers and handlers. */
export function lifecycleOf(
  context: Context,
  opening: Opening,
  members: readonly Judged[],
  role: Role,
  accessor: Accessor,
): Lifecycle {
  const shared = isShared(role);
  const connected = connectChanges(context, opening, members, accessor, role);
  const reasons = [...connected.reasons, ...closedBefore(context, opening, members, accessor)];
  if (!shared) return { reasons, changes: connected.changes };
  const handled = handlerChanges(context, opening, members);
  reasons.push(...handled.reasons);
  const changes: Placed[] = [...connected.changes, ...handled.changes];
  const closers = members.filter(({ member }) => member.kind === 'closes').map(({ use }) => use);
  const owned = ownsClient(context, opening);
  for (const use of closers) {
    const change = closerChange(context, opening, use, accessor, owned);
    reasons.push(...change.reasons);
    changes.push(...change.changes);
  }
  // A process of Python ends whatever connections it has.
  if (factsOf(context, opening.file)?.language === 'python') return { reasons, changes };
  const zone = zoneOf(context, opening.file);
  const drops = reasons.some(({ code }) => code === 'closes-dropped');
  if (drops && (zone === 'script' || zone === 'test')) reasons.push(reason('would-hang', { zone }));
  else if (drops && (isOfCommand(context, opening.file) || closers.some((use) => endingOf(context, use))))
    reasons.push(reason('would-hang', { zone: 'program' }));
  return { reasons, changes };
}

function closerChange(
  context: Context,
  opening: Opening,
  use: ClientUse,
  accessor: Accessor,
  owned: (use: ClientUse) => boolean,
): CloserChange {
  const member = use.member ?? '';
  const stays: CloserChange = { reasons: [reason('closes-shared', { member }, use.at)], changes: [] };
  // A closer whose result is used, that is not called, or that a pipeline holds cannot be exchanged.
  const left = closesStrangers(context, opening, use) ? null : withChange(context, opening, use, owned(use));
  if (left !== null) return left;
  if (use.kind !== 'call' || use.chained) return stays;
  if (callsBack(use)) return staysForNext(use);
  const closer = accessor.close === null ? null : closerAtEnd(context, opening, use);
  if (closer !== null) return hookChange(context, closer, accessor) ?? stays;
  if (use.wholeStatement === null) return stays;
  if (use.hook !== null || closesStrangers(context, opening, use) || !owned(use)) return stays;
  if (use.goesOn) return staysForNext(use);
  return {
    reasons: [reason('closes-dropped', { member }, use.at)],
    changes: [{ file: use.file, instruction: { kind: 'drop-statement', span: use.wholeStatement } }],
  };
}

/** A closer in a hook, or at the end of a program; null when it is neither, or more than a call and what waits for it. */
function closerAtEnd(context: Context, opening: Opening, use: ClientUse): HookCloser | null {
  const statement = use.wholeStatement ?? use.wholeBody ?? null;
  if (statement === null) return null;
  if (use.hook !== null) return { opening, use, statement, hook: use.hook };
  const end = endingOf(context, use);
  return end === null ? null : { opening, use: { ...use, hookCalls: end.calls }, statement, hook: null };
}

/** Whether a closer can close clients that another variable or field holds: they are not of this unit. */
function closesStrangers(context: Context, opening: Opening, use: ClientUse): boolean {
  if (!use.shared) return false;
  const held = heldBy(context, opening);
  const others = context.trace.openings.filter(
    (other) => other !== opening && other.uses.some(({ file, value }) => file === use.file && value === use.value),
  );
  return held === null || others.length === 0 || others.some((other) => heldBy(context, other) !== held);
}

/**
 * Whether the scope of a closer owned the client alone. A function-local client: all its uses are in the function that
 * opened it. A class member: all that close it are in the class that opened it, whoever else uses it.
 * Nothing may be handed over or escape.
 */
function ownsClient(context: Context, opening: Opening): (use: ClientUse) => boolean {
  const alone = opening.escapes.length === 0 && opening.handed.length === 0 && !opening.published;
  if (!alone) return () => false;
  const entered = opening.uses.some((use) => use.entered?.value === opening.value);
  if (opening.container === 'function-local' || entered) {
    const local = opening.uses.every((use) => use.local);
    return () => local;
  }
  if (opening.container !== 'class-member') return () => false;
  const facts = factsOf(context, opening.file);
  const owner = facts ? classAround(facts, opening.scope) : null;
  if (!facts || owner === null) return () => false;
  const inside = (use: ClientUse) => use.file === opening.file && classOfUse(facts, use) === owner;
  // Whom the class lends its client does not close it: they go on with the shared one.
  const lent = (use: ClientUse) =>
    use.kind === 'call' && use.member !== null && use.member !== '__exit__' && !isCloser(opening, use);
  const all = opening.uses.every((use) => inside(use) || lent(use));
  return (use) => all && inside(use);
}

function classOfUse(facts: FileFacts, use: ClientUse): ScopeId | null {
  const value = facts.values[use.value];
  return value ? classAround(facts, value.scope) : null;
}
