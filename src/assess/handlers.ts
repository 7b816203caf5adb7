/** What becomes of the event handlers of a client that others will share. */

import { does, redisLibrary } from '../libraries/index.js';
import type { FileFacts, ScopeId, ValueId } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { ClientUse, Opening } from '../model/traced.js';
import { type Context, factsOf } from './context.js';
import { isWithin, nameOf } from './function-order.js';
import { isLogCall } from './harmless-calls.js';
import type { CloserChange, Placed } from './hook-closers.js';
import { textOf } from './known.js';
import type { Judged } from './members.js';
import { ownStatement } from './own-statement.js';
import { reason } from './reasons.js';

/**
 * Handlers that are registered once stay, and hear what happens to all who share the client. Those of an opening that
 * runs again and again would be registered as often: when all they do is write a log they go, because the accessor
 * writes one, else the site stays.
 */
export function handlerChanges(context: Context, opening: Opening, members: readonly Judged[]): CloserChange {
  const handlers = members.filter(({ member }) => member.kind === 'handler').map(({ use }) => use);
  const [first] = handlers;
  if (!first) return { reasons: [], changes: [] };
  const names = [...new Set(handlers.map((use) => textOf(use.args[0]) ?? '?'))].sort();
  const events = names.join(', ');
  const once = opening.once && handlers.every((use) => !use.loop);
  const logs = handlers.every((use) => onlyLogs(context, use));
  const code =
    once && logs && isDuty(opening, names) ? 'handlers-log' : once ? 'handlers-on-shared' : 'handlers-repeat';
  const passed = passedReasons(context, handlers);
  const drops = code === 'handlers-repeat' && logs ? handlers.map((use) => dropOf(opening, use)) : [];
  if (drops.length === 0 || drops.includes(null))
    return { reasons: [reason(code, { events }, first.at), ...passed], changes: [] };
  return {
    reasons: [reason('handlers-dropped', { events }, first.at)],
    changes: drops.flatMap((drop) => drop ?? []),
  };
}

/** Events of a connection that is there: ioredis 5 and node-redis 4 to 6 tell of them once for each connection. */
const ONCE_CONNECTED = new Set(['connect', 'ready']);

/** Handlers that do more than log, of events that a shared client may have had before. */
function passedReasons(context: Context, handlers: readonly ClientUse[]): Reason[] {
  return handlers.flatMap((use) => {
    const event = textOf(use.args[0]);
    const waits = event !== null && ONCE_CONNECTED.has(event) && !onlyLogs(context, use);
    return waits ? [reason('event-passed', { event }, use.at)] : [];
  });
}

/** A listener of errors that the library asks everybody for. */
function isDuty(opening: Opening, events: readonly string[]): boolean {
  const asked = does(redisLibrary(opening.library), 'error-listener', opening.version) === 'always';
  return asked && events.every((event) => event === 'error');
}

/** Takes the call out: its statement, or the call alone where something is chained on it or it gives the client. */
function dropOf(opening: Opening, use: ClientUse): Placed | null {
  const { file, kind, shared, span } = use;
  if (kind !== 'call' || shared) return null;
  const statement = ownStatement(opening, use, use.wholeStatement);
  if (statement !== null) return { file, instruction: { kind: 'drop-statement', span: statement } };
  return { file, instruction: { kind: 'leave-receiver', span } };
}

/** Whether all functions that a handler's event calls only write a log. */
function onlyLogs(context: Context, use: ClientUse): boolean {
  const facts = factsOf(context, use.file);
  const call = facts?.values[use.value];
  const given = call?.kind === 'call' ? call.args[1]?.value : undefined;
  if (!facts || given === undefined) return false;
  const listeners = use.listeners ?? [];
  // A function of the project is what it does, whatever its name.
  if (listeners.length === 0) return isLogCall(nameOf(facts, given));
  return listeners.every(({ file, scope }) => isLogFunction(factsOf(context, file), scope));
}

/** A function whose body only calls loggers and conversions, and changes nothing. */
function isLogFunction(facts: FileFacts | null, scope: ScopeId): boolean {
  if (!facts) return false;
  const inside = (at: ScopeId) => isWithin(facts, at, scope);
  const calls = facts.values.flatMap((value, id) => (value.kind === 'call' && inside(value.scope) ? [id] : []));
  const logs = calls.filter((id) => isLogCall(calleeOf(facts, id)));
  const rest = calls.filter((id) => !logs.includes(id));
  if (logs.length === 0 || !rest.every((id) => CONVERSIONS.has(calleeOf(facts, id)))) return false;
  const writes = facts.values.some(
    (value) => inside(value.scope) && (value.kind === 'assign' || (value.kind === 'member' && value.write)),
  );
  return !writes && !facts.statements.some((one) => one.kind === 'throw' && inside(one.scope));
}

function calleeOf(facts: FileFacts, id: ValueId): string {
  const value = facts.values[id];
  return value?.kind === 'call' ? nameOf(facts, value.callee) : '…';
}

/** Functions that only give a value to log. */
const CONVERSIONS = new Set(['String', 'Number', 'JSON.stringify', 'Date', 'Date.now', 'Error']);
