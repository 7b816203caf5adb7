/** Identities as one text: what named databases are compared by. */

import type { IdentityTerms } from '../model/site.js';
import { DEFAULT, isUnknown } from './terms.js';

export const DEFAULT_HOST = 'literal:localhost';

/**
 * The terms as one text: the server, then every term that is not the default or what the server's URL says, then the
 * library unless it is ioredis. Null when a term is unknown. `default` counts as the address that it stands for.
 */
export function keyOf(terms: IdentityTerms): string | null {
  const key = addressKey(terms);
  return key === null || terms.library === 'ioredis' ? key : `${key};library=${terms.library}`;
}

/** The key without the library: what it leads to. */
function addressKey(terms: IdentityTerms): string | null {
  if (Object.values(terms).some(isUnknown)) return null;
  const rest = (['user', 'password', 'tls', 'database', 'prefix', 'decode'] as const)
    .filter((name) => terms[name] !== unsaid(terms, name))
    .map((name) => `${name}=${terms[name]}`);
  return [canonicalServer(terms.server), ...rest].join(';');
}

/**
 * The key without what names the database inside its server, and without the library, which is judged apart: what the
 * entries of `databases.*.identity` are compared with.
 */
export function serverKeyOf(terms: IdentityTerms): string | null {
  return addressKey({ ...terms, database: unsaid(terms, 'database') });
}

/** Keys with which a config can name the server of these terms: with the password, and without a word on it. */
export function serverKeysOf(terms: IdentityTerms): string[] {
  const plain = { ...terms, prefix: DEFAULT, decode: DEFAULT };
  return [serverKeyOf(plain), serverKeyOf({ ...plain, password: unsaid(terms, 'password') })].flatMap(
    (key) => key ?? [],
  );
}

/** Term of database `number` on the server of these terms, as an accessor opens it: its URL's, else the number. */
export function databaseTermFor(terms: IdentityTerms, number: number): string {
  const base = unsaid(terms, 'database');
  if (number === 0) return base;
  return base === DEFAULT ? `literal:${number}` : `${base}|literal:${number}`;
}

/** `default` is the address that the library has without arguments. */
export function canonicalServer(server: string): string {
  return server === DEFAULT ? `${DEFAULT_HOST}:6379` : server;
}

/** What a term is when nothing but the server says it: the same URL, or the default. */
export function unsaid(terms: IdentityTerms, name: Exclude<keyof IdentityTerms, 'server' | 'library'>): string {
  return name !== 'prefix' && name !== 'decode' && byUrl(terms) ? terms.server : DEFAULT;
}

/** Whether the server is a whole URL known by name: then other terms are that URL's as well. */
export function byUrl({ server, user, tls, database }: IdentityTerms): boolean {
  if (server === DEFAULT) return false;
  return [user, tls, database].some((term) => term === server || term.startsWith(`${server}|`));
}
