/** What a use of a client means beside the close of all clients. */

import { redisLibrary } from '../libraries/index.js';
import { TEST_HOOK_NAMES } from '../libraries/shutdown-hooks.js';
import type { Span } from '../model/facts.js';
import type { ClientUse, Opening } from '../model/traced.js';
import type { Context } from './context.js';
import { memberOf } from './members.js';
import { isAccessorFile } from './reach.js';
import { isDedicated, roleOf } from './roles.js';

/** A closer that is a statement of its own in a function that runs at shutdown. */
export interface HookCloser {
  opening: Opening;
  use: ClientUse;
  statement: Span;
  /** Null: it stands at the end of a program. */
  hook: string | null;
}

/** Whether it is run when tests are done: what comes then is of that test alone. */
export function isOfTests({ use, hook }: Pick<HookCloser, 'use' | 'hook'>): boolean {
  return use.test && hook !== null && TEST_HOOK_NAMES.has(hook);
}

/** Kinds of members that send something to the server, or may. */
const SENDING = new Set(['command', 'dynamic', 'unknown', 'connects']);

/** Whether a use closes its client. */
export function isCloser(opening: Opening, use: ClientUse): boolean {
  return use.kind === 'call' && (redisLibrary(opening.library)?.closes.includes(use.member ?? '') ?? false);
}

/**
 * Whether a use fails on a client that is closed: it sends a command, or it is the graceful close of a client that is, or
 * can become, a dedicated one of the accessor. That close rejects then (ioredis 6.0.0 built/Redis.js `sendCommand`:
 * "Connection is closed."). A closer of a client with a connection of its own does not mind.
 */
export function needsOpen(context: Context, opening: Opening, use: ClientUse): boolean {
  if (use.kind !== 'call') return false;
  if (!isCloser(opening, use)) return SENDING.has(memberOf(opening, use, new Set()).kind);
  const library = redisLibrary(opening.library);
  if (!(library?.closesOnce ?? library?.closes.slice(0, 1) ?? []).includes(use.member ?? '')) return false;
  return isAccessorFile(context, opening.file) || isDedicated(roleOf(opening, context.trace.openings).role);
}
