/** Named databases for the identities that a project uses. */

import type { NamedDatabase } from '../model/config.js';
import type { IdentityTerms, Reason } from '../model/site.js';
import {
  besideServer,
  lastLiteral,
  parseTerm,
  type ScaffoldDatabase,
  serverTerms,
  type Term,
} from './scaffolds/database.js';
import { holdsCredential } from './scaffolds/settings.js';

/** Sites of one identity. */
export interface IdentityGroup {
  key: string;
  terms: IdentityTerms;
  /** How many sites have it: the largest group becomes `main`. */
  sites: number;
  /** Term of the password, when the sites give one beside the URL; null or absent: none. */
  password?: string | null;
}

export interface ProposedDatabase {
  /** Key of the group it is for. */
  key: string;
  /** For the config. */
  named: NamedDatabase;
  /** For the scaffold. */
  scaffold: ScaffoldDatabase;
}

export interface RefusedGroup {
  key: string;
  reason: Reason;
}

export interface Proposal {
  /** The default database first. */
  databases: ProposedDatabase[];
  refused: RefusedGroup[];
}

/**
 * Proposes a named database for each group that the scaffold of a library can express, and says why for the others. The largest is
 * `main`; the others are named after their environment variable or host, with `-db<N>` where one server has several.
 */
export function proposeDatabases(groups: readonly IdentityGroup[], library: string): Proposal {
  const sorted = [...groups].sort((a, b) => b.sites - a.sites || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const refused: RefusedGroup[] = [];
  const accepted: IdentityGroup[] = [];
  for (const group of sorted) {
    const reason = refusal(group, library) ?? rival(group, accepted);
    if (reason === null) accepted.push(group);
    else refused.push({ key: group.key, reason });
  }
  const names = namesOf(accepted);
  return { databases: accepted.map((group, index) => proposed(group, names[index] ?? group.key)), refused };
}

function proposed({ key, terms, password }: IdentityGroup, name: string): ProposedDatabase {
  const { server } = terms;
  const database = besideServer(terms.database, server);
  const number = parseTerm(database);
  const user = besideServer(terms.user, server);
  return {
    key,
    named: { name, number: numberOf(terms), identity: [serverKey(terms)] },
    scaffold: {
      name,
      number: number.kind === 'default' ? null : number.kind === 'literal' ? Number(number.value) : database,
      server,
      tls: besideServer(terms.tls, server) !== 'default',
      user: user === 'default' ? null : user,
      password: password === undefined || password === 'default' ? null : password,
    },
  };
}

/** The server with its user and TLS, without the database: the form of the entries of `databases.*.identity`. */
function serverKey(terms: IdentityTerms): string {
  const server = terms.server === 'default' ? 'literal:localhost:6379' : terms.server;
  const own = (['user', 'tls'] as const).filter((name) => besideServer(terms[name], terms.server) !== 'default');
  return [server, ...own.map((name) => `${name}=${terms[name]}`)].join(';');
}

/** The number as far as the code says it: 0 where the URL alone knows it. */
function numberOf({ database, server }: IdentityTerms): number {
  return Number(lastLiteral(parseTerm(besideServer(database, server))) ?? 0);
}

const no = (code: string, message: string): Reason => ({ code, message, at: null });

/** Why a scaffold cannot express a group; null when it can. */
function refusal({ terms, password }: IdentityGroup, library: string): Reason | null {
  const { server } = terms;
  const parsed = serverTerms(server);
  const address = parsed.kind === 'url' ? [parsed.url] : [parsed.host, parsed.port];
  const number = parseTerm(besideServer(terms.database, server));
  const secrets = [besideServer(terms.user, server), password ?? 'default'];
  const all = [...address, number, ...secrets.map(parseTerm)];
  const hidden = [server, ...secrets].some((term) => term.includes('literal:***'));
  if (hidden || address.some(hasCredential) || secrets.some((term) => lastLiteral(parseTerm(term)) !== null)) {
    return no('literal-credential', 'its user or password is written in the code: move it to the environment first');
  }
  if (all.some(({ kind }) => kind === 'config')) {
    return no(
      'address-from-settings',
      'its address comes from a settings object: the scaffold reads the environment only',
    );
  }
  if (all.some(({ kind }) => kind === 'unknown') || !isNumber(number)) {
    return no('address-unknown', 'its address or database number is not known');
  }
  if (!['default', 'literal:true'].includes(besideServer(terms.tls, server))) {
    return no('tls-settings', 'it has TLS settings of its own: write them into the accessor by hand');
  }
  if (terms.prefix !== 'default') return no('key-prefix', 'it prefixes keys: a shared client cannot do that');
  if (terms.decode !== 'default') return no('decode-mode', 'it decodes replies in its own way');
  if (terms.library !== library)
    return no('other-library', `the default accessor gives ${library} clients, not ${terms.library}`);
  return null;
}

/** Two groups of one variable that differ in its default only: which default is right is for a person to say. */
function rival(group: IdentityGroup, accepted: readonly IdentityGroup[]): Reason | null {
  const same = accepted.find(
    (other) =>
      variables(other) === variables(group) &&
      variables(group) !== '' &&
      numberOf(other.terms) === numberOf(group.terms),
  );
  return same ? no('default-differs', `the same variable as ${same.key}, with another default`) : null;
}

/** Names of the variables of the address, without their defaults; empty when it has none. */
function variables({ terms }: IdentityGroup): string {
  const parsed = serverTerms(terms.server);
  const address = parsed.kind === 'url' ? [parsed.url] : [parsed.host, parsed.port];
  return address.flatMap((term) => (term.kind === 'env' ? [term.name] : [])).join(' ');
}

function isNumber(term: Term): boolean {
  return /^\d+$/.test(lastLiteral(term) ?? '0');
}

function hasCredential(term: Term): boolean {
  return holdsCredential(lastLiteral(term) ?? '');
}

function namesOf(groups: readonly IdentityGroup[]): string[] {
  const servers = new Map<string, number>();
  for (const { terms } of groups) servers.set(terms.server, (servers.get(terms.server) ?? 0) + 1);
  const mainServer = groups[0]?.terms.server;
  const taken = new Set<string>();
  return groups.map(({ terms }, index) => {
    const base =
      index === 0 || (baseName(terms.server) === '' && terms.server === mainServer)
        ? 'main'
        : baseName(terms.server) || 'redis';
    const several = index > 0 && (servers.get(terms.server) ?? 0) > 1;
    const wanted = several ? `${base}-db${numberOf(terms)}` : base;
    let name = wanted;
    for (let next = 2; taken.has(name); next += 1) name = `${wanted}-${next}`;
    taken.add(name);
    return name;
  });
}

/** `METRICS_REDIS_URL` → `metrics`, `RATE_LIMIT_REDIS_HOST` → `rate-limit`; a host's first label; empty when they say nothing. */
function baseName(server: string): string {
  const parsed = serverTerms(server);
  const term = parsed.kind === 'url' ? parsed.url : parsed.host;
  if (term.kind === 'env') {
    const words = term.name
      .toLowerCase()
      .split('_')
      .filter((word) => word !== '');
    return words
      .filter(
        (word) => !/^(?:redis|valkey|ioredis|ur[il]|host|hostname|address|addr|server|connection|string)$/.test(word),
      )
      .join('-');
  }
  if (term.kind !== 'literal') return '';
  const host = /^(?:[a-z+]+:\/\/)?([^:/?]+)/i.exec(term.value)?.[1] ?? '';
  if (host === 'localhost' || host.startsWith('127.')) return 'local';
  if (/^[\d.]+$/.test(host)) return '';
  return (
    host
      .split('.')[0]
      ?.toLowerCase()
      .replace(/[^a-z0-9-]/g, '-')
      .replace(/^[^a-z]+/, '') ?? ''
  );
}
