/** Named databases for the identities that a project uses. */

import type { NamedDatabase } from '../model/config.js';
import type { IdentityTerms, Reason } from '../model/site.js';
import { baseName } from './base-name.js';
import { holdersIn } from './scaffolds/conditions.js';
import {
  besideServer,
  lastLiteral,
  parseTerm,
  type ScaffoldDatabase,
  serverTerms,
  type Term,
} from './scaffolds/database.js';
import { holdsCredential } from './scaffolds/settings.js';
import { isWritableTls, isWritableTlsFlag } from './scaffolds/tls.js';

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

/** Whether an accessor can import settings, given as `file#name`. */
export type SettingsOf = (holder: string) => boolean;

/**
 * Proposes a named database for each group that the scaffold of a library can express, and says why for the others. The
 * largest that prefixes no keys is `main`; the others are named after their environment variable or host, with `-db<N>`
 * where one server has several.
 */
export function proposeDatabases(
  groups: readonly IdentityGroup[],
  library: string,
  settings: SettingsOf = () => false,
): Proposal {
  const sorted = [...groups].sort(
    (a, b) => plainFirst(a, b) || b.sites - a.sites || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
  const refused: RefusedGroup[] = [];
  const accepted: IdentityGroup[] = [];
  for (const group of sorted) {
    const reason = refusal(group, library, settings) ?? oftenPrefixed(group, groups) ?? rival(group, accepted);
    if (reason === null) accepted.push(group);
    else refused.push({ key: group.key, reason });
  }
  const names = namesOf(accepted);
  return { databases: accepted.map((group, index) => proposed(group, names[index] ?? group.key)), refused };
}

/** Who asks for a client without a name expects no prefix. */
function plainFirst(a: IdentityGroup, b: IdentityGroup): number {
  return Number(a.terms.prefix !== 'default') - Number(b.terms.prefix !== 'default');
}

function proposed({ key, terms, password }: IdentityGroup, name: string): ProposedDatabase {
  const { server } = terms;
  const database = besideServer(terms.database, server);
  const number = parseTerm(database);
  const user = besideServer(terms.user, server);
  const tls = besideServer(terms.tls, server);
  return {
    key,
    named: { name, number: numberOf(terms), identity: [serverKey(terms)], ...prefixOf(terms) },
    scaffold: {
      name,
      number: number.kind === 'default' ? null : number.kind === 'literal' ? Number(number.value) : database,
      server,
      tls: tls === 'default' ? false : tls === 'literal:true' ? true : tls,
      user: user === 'default' ? null : user,
      password: password === undefined || password === 'default' ? null : password,
      ...prefixOf(terms),
    },
  };
}

function prefixOf({ prefix }: IdentityTerms): { prefix?: string } {
  return prefix === 'default' ? {} : { prefix: prefix.slice('literal:'.length) };
}

/** The server with its user, password and TLS, and the database where no number is written: an entry of `databases.*.identity`. */
function serverKey(terms: IdentityTerms): string {
  const server = terms.server === 'default' ? 'literal:localhost:6379' : terms.server;
  const own = (['user', 'password', 'tls'] as const).filter(
    (name) => besideServer(terms[name], terms.server) !== 'default',
  );
  const number = besideServer(terms.database, terms.server);
  const fixed = number === 'default' || number.startsWith('literal:');
  return [
    server,
    ...own.map((name) => `${name}=${terms[name]}`),
    ...(fixed ? [] : [`database=${terms.database}`]),
  ].join(';');
}

/** The number as far as the code says it: 0 where the URL alone knows it. */
function numberOf({ database, server }: IdentityTerms): number {
  return Number(lastLiteral(parseTerm(besideServer(database, server))) ?? 0);
}

const no = (code: string, message: string): Reason => ({ code, message, at: null });

/** Whether the scaffold of a library can write how it is encrypted. */
function writesTls(library: string, tls: string, hasUrl: boolean): boolean {
  if (library === 'ioredis') return isWritableTls(tls);
  // What the scaffold says of TLS beside a URL, node-redis would not hear from 5 on.
  if (library === 'redis') return hasUrl ? tls === 'default' : isWritableTlsFlag(tls);
  return ['default', 'literal:true'].includes(tls);
}

/** Why a scaffold cannot express a group; null when it can. */
function refusal({ terms, password }: IdentityGroup, library: string, settings: SettingsOf): Reason | null {
  const { server } = terms;
  const nodes = /^(cluster|sentinel)\(/.exec(server)?.[1];
  if (nodes !== undefined) {
    const kind = nodes === 'cluster' ? 'a cluster' : 'behind Sentinel';
    const how = `state its accessor with \`contract.topologies\` and name this database by hand`;
    return no('address-of-nodes', `it is ${kind}: ${how}`);
  }
  const parsed = serverTerms(server);
  const address = parsed.kind === 'url' ? [parsed.url] : [parsed.host, parsed.port];
  const number = parseTerm(besideServer(terms.database, server));
  const secrets = [besideServer(terms.user, server), password ?? 'default'];
  const all = [...address, number, ...secrets.map(parseTerm)];
  const hidden = [server, ...secrets].some((term) => term.includes('literal:***'));
  if (hidden || address.some(hasCredential) || secrets.some((term) => lastLiteral(parseTerm(term)) !== null)) {
    return no('literal-credential', 'its user or password is written in the code: move it to the environment first');
  }
  const holders = [server, terms.tls, terms.database, ...secrets].flatMap(holdersIn);
  if (!holders.every(settings) || all.some((term) => term.kind === 'config' && !readable(term.path))) {
    return no(
      'address-from-settings',
      'its address comes from a settings object that no module of its package exports',
    );
  }
  if (all.some(({ kind }) => kind === 'unknown') || !isNumber(number)) {
    return no('address-unknown', 'its address or database number is not known');
  }
  const tls = besideServer(terms.tls, server);
  if (!writesTls(library, tls, parsed.kind === 'url')) {
    return no('tls-settings', 'it has TLS settings of its own: write them into the accessor by hand');
  }
  if (library !== 'ioredis' && terms.prefix !== 'default')
    return no(
      'key-prefix',
      `it has a prefix of keys, which not all versions of ${library} have: write its accessor by hand`,
    );
  if (!/^(?:default$|literal:.)/s.test(terms.prefix)) return no('key-prefix', 'its prefix of keys is not a plain text');
  if (terms.decode !== 'default') return no('decode-mode', 'it decodes replies in its own way');
  if (terms.library !== library)
    return no('other-library', `the default accessor gives ${library} clients, not ${terms.library}`);
  return null;
}

/** A prefix that not all sites of an address have is for a person to make a database of. */
function oftenPrefixed({ terms }: IdentityGroup, groups: readonly IdentityGroup[]): Reason | null {
  if (terms.prefix === 'default') return null;
  const names = ['server', 'user', 'password', 'tls', 'database'] as const;
  const others = groups.filter((other) => names.every((name) => other.terms[name] === terms[name]));
  return others.length === 1
    ? null
    : no('key-prefix', 'other sites of its address have another prefix or none: name a database with `prefix` by hand');
}

/** Two groups of one variable that differ in its default only: which default is right is for a person to say. */
function rival(group: IdentityGroup, accepted: readonly IdentityGroup[]): Reason | null {
  const same = accepted.find(
    (other) =>
      variables(other) === variables(group) &&
      variables(group) !== '' &&
      numberOf(other.terms) === numberOf(group.terms) &&
      (['prefix', 'password'] as const).every((name) => other.terms[name] === group.terms[name]),
  );
  return same ? no('default-differs', `the same variable as ${same.key}, with another default`) : null;
}

/** Names of the variables of the address, without their defaults; empty when it has none. */
function variables({ terms }: IdentityGroup): string {
  const parsed = serverTerms(terms.server);
  const address = parsed.kind === 'url' ? [parsed.url] : [parsed.host, parsed.port];
  return address.flatMap((term) => (term.kind === 'env' ? [term.name] : [])).join(' ');
}

/** `src/env.ts#env.REDIS_HOST`, `app/config.py#get_settings().redis_host`: a member of something that a module exports. */
function readable(path: string): boolean {
  return /#[A-Za-z_$][\w$]*(?:\(\))?(?:\.[A-Za-z_$][\w$]*|\["[^"\\]*"\])+$/.test(path);
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
