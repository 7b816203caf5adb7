/**
 * Which named database an identity is. The entries of `databases.*.identity` are identity keys without the database
 * term: `env:REDIS_URL`, or `env:REDIS_HOST:env:REDIS_PORT;user=env:REDIS_USER` where more than the server is not the
 * default. Where the environment gives the number, an entry says so: `env:REDIS_HOST:env:REDIS_PORT;database=env:REDIS_DB`.
 * A database without entries is on the accessor's default server: the identity of its contract, else that of the openings
 * in its file.
 */

import type { Accessor, NamedDatabase, Topology } from '../model/config.js';
import { databaseFromSettings, termsOfKey } from '../model/identity-key.js';
import type { Identity, IdentityTerms, Reason } from '../model/site.js';
import { canonicalServer, databaseTermFor, serverKeysOf } from './identity-keys.js';
import { proposedEntry } from './proposed-name.js';
import { reason } from './reasons.js';
import { DEFAULT, isUnknown } from './terms.js';
import { topologiesOf, topologyOfServer } from './topology.js';

export interface Mapped {
  database: NamedDatabase | null;
  reasons: Reason[];
}

/** The named database of an identity whose terms are all known, with what differs. */
export function databaseOf(
  identity: Identity,
  databases: readonly NamedDatabase[],
  accessor: Accessor,
  ownServers: readonly string[],
): Mapped {
  const key = identity.key ?? 'an unknown address';
  const chosen = (candidates: readonly NamedDatabase[], reasons: (database: NamedDatabase) => Reason[]) =>
    candidates.length > 0
      ? only(candidates, key, reasons)
      : { database: null, reasons: [reason('no-database', { key, entry: proposedEntry(identity.terms, databases) })] };
  const servers = (database: NamedDatabase) => serversOf(database, accessor, ownServers);
  const site = serverKeysOf(identity.terms);
  const kind = topologyOfServer(identity.terms.server);
  const fitting = databases.filter((one) => topologiesOfDatabase(servers(one), accessor).includes(kind));
  const named = fitting.filter((database) => servers(database).some((server) => site.includes(server)));
  // Clients of a database with a prefix are for sites with that prefix alone; the others for sites of any.
  const prefixed = named.filter((database) => fitsPrefix(identity.terms, database));
  const onServer = prefixed.length > 0 ? prefixed : named.filter(({ prefix }) => prefix === undefined);
  const proved = onServer.filter((database) => databaseTerm(identity.terms, database) === identity.terms.database);
  if (proved.length > 0) return chosen(proved, () => []);
  const number = numberOf(identity.terms);
  if (number === null) return chosen(onServer, (database) => [databaseDiffers(identity.terms, database)]);
  const byNumber = fitting.filter(
    (one) =>
      one.number === number && one.identity === null && (one.prefix === undefined || fitsPrefix(identity.terms, one)),
  );
  return chosen(byNumber, (database) => serverReasons(identity.terms, database, servers(database)));
}

/** A database whose server is not declared is what all clients of its accessor talk to. */
function topologiesOfDatabase(servers: readonly string[], accessor: Accessor): readonly Topology[] {
  if (servers.length > 0) return servers.map(topologyOfServer);
  const offered = topologiesOf(accessor);
  return offered.length === 1 ? offered : ['single'];
}

/** Whether the clients of a database put the same prefix before keys as a site does. */
export function fitsPrefix(terms: IdentityTerms, { prefix }: NamedDatabase): boolean {
  return terms.prefix === (prefix === undefined ? DEFAULT : `literal:${prefix}`);
}

function only(
  candidates: readonly NamedDatabase[],
  key: string,
  reasons: (database: NamedDatabase) => Reason[],
): Mapped {
  const [first, ...others] = candidates;
  if (first && others.length === 0) return { database: first, reasons: reasons(first) };
  const names = candidates.map(({ name }) => name).join(', ');
  return { database: null, reasons: [reason('ambiguous-database', { key, names })] };
}

/** Identity keys, without the database, of the server that a named database is on. Empty: not declared. */
function serversOf(database: NamedDatabase, accessor: Accessor, ownServers: readonly string[]): string[] {
  if (database.identity !== null) return database.identity.map(withoutDatabase);
  const declared = declaredServer(accessor);
  return declared === null ? [...ownServers] : [declared];
}

/** A key that a person copied from the inventory may name its database and library: neither is asked for. */
function withoutDatabase(key: string): string {
  const [server, ...rest] = key.split(';');
  const others = rest.filter((term) => !term.startsWith('database=') && !term.startsWith('library='));
  return [canonicalServer(server ?? ''), ...others].join(';');
}

function declaredServer(accessor: Accessor): string | null {
  const { server, ...terms } = accessor.contract.identity;
  if (server === undefined) return null;
  const rest = (['user', 'password', 'tls'] as const).flatMap((name) => {
    const term = terms[name];
    return term === undefined || term === DEFAULT || term === server ? [] : [`${name}=${term}`];
  });
  return [canonicalServer(server), ...rest].join(';');
}

/** The number of a database that is written in the code; null when the environment decides. */
function numberOf(terms: IdentityTerms): number | null {
  if (terms.database === DEFAULT) return 0;
  const found = /^literal:(\d+)$/.exec(terms.database);
  return found ? Number(found[1]) : null;
}

/** Term of a database on the server of these terms: what its entries say of the number, else the number itself. */
function databaseTerm(terms: IdentityTerms, database: NamedDatabase): string {
  return databaseFromSettings(database) ?? databaseTermFor(terms, database.number);
}

function databaseDiffers(terms: IdentityTerms, database: NamedDatabase): Reason {
  const to = databaseFromSettings(database) ?? `number ${database.number}`;
  return reason('database-differs', { from: terms.database, to, database: database.name });
}

/** The number fits; what of server, user and TLS does not. */
function serverReasons(terms: IdentityTerms, database: NamedDatabase, servers: readonly string[]): Reason[] {
  const [declared] = servers;
  const target = termsOfKey(declared ?? '');
  // A server that is declared without a password says nothing of it.
  const password = target.password ?? terms.password;
  const reasons: Reason[] = [];
  const from = canonicalServer(terms.server);
  if (target.server !== from) {
    const to =
      target.server === '' ? 'the accessor’s default server, which the config does not declare' : target.server;
    reasons.push(reason('server-differs', { from, to, database: database.name }));
  }
  for (const [code, name] of [['user-differs', 'user'] as const, ['tls-differs', 'tls'] as const]) {
    const to = target[name] ?? DEFAULT;
    if (terms[name] !== to && !isUnknown(terms[name]))
      reasons.push(reason(code, { from: terms[name], to, database: database.name }));
  }
  if (password !== terms.password) {
    reasons.push(reason('password-differs', { from: terms.password, to: password, database: database.name }));
  }
  return reasons;
}
