/** Accessors whose shared client has one connection. A pool gives every process and thread a connection of its own; that one does not. */

import { redisLibrary } from '../libraries/index.js';
import type { Accessor } from '../model/config.js';
import type { Reason, Role } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import type { Context } from './context.js';
import { reason } from './reasons.js';
import { hasOneConnection, isShared } from './roles.js';

/**
 * Why a client must not become the accessor's shared one: workers that are forked from one parent (Celery, gunicorn with
 * `--preload`) have the same socket then, and read each other's replies. Nothing for roles that get a client of their own.
 */
export function oneConnectionReasons(context: Context, opening: Opening, role: Role, accessor: Accessor): Reason[] {
  const option = redisLibrary(accessor.library)?.singleConnection;
  if (option === undefined || !isShared(role)) return [];
  const { fixed } = accessor.contract;
  const stated = fixed[role]?.[option] ?? fixed['*']?.[option];
  if (!(stated ?? opensOne(context, opening, accessor))) return [];
  return [reason('one-connection', { option })];
}

/** All that the accessor's own file opens in this mode has one connection. */
function opensOne({ trace }: Context, { mode }: Opening, { file }: Accessor): boolean {
  const own = trace.openings.filter((one) => one.file === file && one.mode === mode && one.duplicates === null);
  return own.length > 0 && own.every((one) => hasOneConnection(one, trace.openings));
}
