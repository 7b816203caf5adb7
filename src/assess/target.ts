/** The named database that a site asks the accessor for, or why there is none. */

import type { Accessor, NamedDatabase } from '../model/config.js';
import type { Identity, IdentityTerms, Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { effectiveOptions } from './arguments.js';
import { type Context, zoneOf } from './context.js';
import { databaseOf, fitsPrefix } from './databases.js';
import { decodingOf } from './decode.js';
import { serverKeyOf, serverKeysOf } from './identity-keys.js';
import { compare } from './order.js';
import { reason } from './reasons.js';
import { DEFAULT, isUnknown } from './terms.js';
import { isOffered } from './topology.js';

export interface Target {
  database: NamedDatabase | null;
  reasons: Reason[];
}

/** The database of an opening, with what of prefix, decode mode and password its clients do not have. */
export function targetOf(context: Context, opening: Opening, identity: Identity, accessor: Accessor): Target {
  const { terms } = identity;
  const { reasons } = decodingOf(context, terms, accessor);
  const offered = opening.makes === 'client' || (isNodes(opening.makes) && isOffered(opening, opening.makes, accessor));
  if (!offered) return { database: null, reasons: [...reasons, ...prefixReasons(terms, null)] };
  if (identity.key === null) {
    const why = effectiveOptions(opening, context.trace.openings).find((way) => way.unresolved !== null)?.unresolved;
    const unknown = Object.entries(terms).flatMap(([name, term]) => (isUnknown(term) ? [name] : []));
    reasons.push(reason('identity-unknown', { terms: unknown.join(', '), why: why ?? null }));
    return { database: null, reasons: [...reasons, ...prefixReasons(terms, null)] };
  }
  const { database, reasons: differences } = databaseOf(
    identity,
    context.databases,
    accessor,
    ownServers(context, accessor),
  );
  reasons.push(...prefixReasons(terms, database), ...differences);
  if (database !== null) reasons.push(...passwordReasons(context, terms, database));
  return { database, reasons };
}

function isNodes(makes: Opening['makes']): makes is 'cluster' | 'sentinel' {
  return makes === 'cluster' || makes === 'sentinel';
}

function prefixReasons(terms: IdentityTerms, database: NamedDatabase | null): Reason[] {
  if (terms.prefix === DEFAULT || isUnknown(terms.prefix) || (database && fitsPrefix(terms, database))) return [];
  return [reason('key-prefix', { prefix: terms.prefix })];
}

/** A database whose server is named without its password is right only where all sites of that server have the same one. */
function passwordReasons(context: Context, terms: IdentityTerms, database: NamedDatabase): Reason[] {
  if (database.identity?.some((key) => key.includes(';password='))) return [];
  const all = passwordsOf(context).get(serverKeysOf(terms).at(-1) ?? '') ?? [];
  const rivals = [...all].filter((other) => other !== terms.password).sort(compare);
  if (rivals.length === 0) return [];
  return [reason('password-differs', { from: terms.password, to: rivals.join(' or '), database: database.name })];
}

/** Server, without a word on the password → terms of the passwords that the sites of production give it. */
function passwordsOf(context: Context): Map<string, Set<string>> {
  const known = PASSWORDS.get(context);
  if (known) return known;
  const found = new Map<string, Set<string>>();
  for (const [opening, { key, terms }] of context.identities) {
    if (key === null || zoneOf(context, opening.file) === 'test') continue;
    const server = serverKeysOf(terms).at(-1) ?? '';
    found.set(server, (found.get(server) ?? new Set()).add(terms.password));
  }
  PASSWORDS.set(context, found);
  return found;
}

const PASSWORDS = new WeakMap<Context, Map<string, Set<string>>>();

/** Servers that the accessor's own file opens, as far as they can be computed. */
function ownServers(context: Context, accessor: Accessor): string[] {
  const own = context.trace.openings.filter((opening) => opening.file === accessor.file && opening.duplicates === null);
  const keys = own.map((opening) => {
    const terms = context.identities.get(opening)?.terms;
    return terms ? serverKeyOf({ ...terms, prefix: DEFAULT, decode: DEFAULT }) : null;
  });
  const known = [...new Set(keys)];
  return known.length === 1 ? known.filter((key) => key !== null) : [];
}
