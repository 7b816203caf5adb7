/** Accessors whose function takes no arguments: they give one database, and no other role than their own. */

import type { Accessor } from '../model/config.js';
import type { Identity, Reason, Role } from '../model/site.js';
import { type Context, factsOf } from './context.js';
import { reason } from './reasons.js';
import { isDedicated } from './roles.js';

/** Whether the function that gives clients of a role takes no arguments. A function that is not found may take any. */
export function takesNothing(context: Context, { file, name }: Pick<Accessor, 'file' | 'name'>): boolean {
  const facts = factsOf(context, file);
  const found = facts?.scopes.filter((one) => one.kind === 'function' && one.name === name && one.parent === 0) ?? [];
  return found.length === 1 && found[0]?.params?.length === 0;
}

/** Why a site of this identity cannot ask a function that takes no arguments; empty when it can. */
export function oneDatabaseReasons(context: Context, accessor: Accessor, role: Role, { key }: Identity): Reason[] {
  const name = isDedicated(role) ? accessor.open : accessor.name;
  if (name === null || !takesNothing(context, { file: accessor.file, name })) return [];
  const reasons = role === 'queue' ? [reason('role-not-offered', { role })] : [];
  const own = ownKey(context, accessor);
  return key === null || own === key ? reasons : [...reasons, reason('one-database', { name, own, key })];
}

/** Identity of what the accessor's file opens; null when it cannot be computed, or is not one. */
function ownKey({ trace, identities }: Context, { file }: Accessor): string | null {
  const own = trace.openings.filter((opening) => opening.file === file && opening.duplicates === null);
  const keys = new Set(own.map((opening) => identities.get(opening)?.key ?? null));
  const [key] = keys;
  return keys.size === 1 && key !== undefined ? key : null;
}
