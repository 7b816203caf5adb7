/** Members that wait on a connection of a shared pool: the accessor's options must let them. */

import { redisLibrary } from '../libraries/index.js';
import type { Accessor } from '../model/config.js';
import type { Reason } from '../model/site.js';
import type { Known, Opening } from '../model/traced.js';
import { effectiveOptions } from './arguments.js';
import type { Context } from './context.js';
import { describe } from './known.js';
import type { Judged } from './members.js';
import { reason } from './reasons.js';
import { isShared, type RoleFound } from './roles.js';

const WAITING = new Set(['blocking', 'subscriber', 'monitor']);

/**
 * Of a client that shares a pool: what would cut its waiting members short (`socket_timeout`), and what they use up
 * (`max_connections`). Options that the site sets itself are compared elsewhere; what the accessor has of them is what its
 * contract fixes, else what its file opens with.
 */
export function waitReasons(
  context: Context,
  opening: Opening,
  { role, members }: Pick<RoleFound, 'role' | 'members'>,
  accessor: Accessor,
): Reason[] {
  const waits = members.find(isWaiting);
  if (!isShared(role) || !waits) return [];
  const options = redisLibrary(opening.library)?.options ?? {};
  const ways = effectiveOptions(opening, context.trace.openings);
  return Object.entries(options).flatMap(([option, { waiting }]): Reason[] => {
    if (waiting === undefined) return [];
    const value = ownValue(context, option, opening, accessor);
    if (value === null || ways.every(({ settings }) => sameLiteral(settings[option]?.value, value))) return [];
    const facts = { member: waits.use.member ?? '', option, value: describe(value) };
    return [reason(waiting === 'cut' ? 'waiting-cut' : 'waiting-limited', facts, waits.use.at)];
  });
}

/** Takes a connection of the pool for as long as it waits; what a pipeline or transaction sends does not. */
function isWaiting({ use, member }: Judged): boolean {
  const role = member.fact?.single;
  return role !== undefined && WAITING.has(role) && use.chained === undefined && member.condition !== 'no';
}

/** What the accessor's clients have of an option; null: nothing, or null itself. */
function ownValue(context: Context, option: string, { at, mode }: Opening, accessor: Accessor): Known | null {
  const fixed = accessor.contract.fixed['*']?.[option] ?? accessor.contract.fixed.command?.[option];
  if (fixed !== undefined) return fixed === null ? null : { kind: 'literal', value: fixed, at };
  for (const own of context.trace.openings) {
    if (own.file !== accessor.file || own.mode !== mode) continue;
    for (const { settings } of effectiveOptions(own, context.trace.openings)) {
      const value = settings[option]?.value;
      if (value && value.kind !== 'undefined' && !(value.kind === 'literal' && value.value === null)) return value;
    }
  }
  return null;
}

function sameLiteral(one: Known | undefined, other: Known): boolean {
  return one?.kind === 'literal' && other.kind === 'literal' && one.value === other.value;
}
