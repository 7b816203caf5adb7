/** How the scaffold writes down where a database is. */

import { UserError } from '../../errors.js';
import { lastLiteral, parseTerm, type ScaffoldDatabase, type Server, serverTerms, type Term } from './database.js';

/** A name that becomes a key, a part of a connection's name and a word in messages. */
const NAME = /^[A-Za-z][A-Za-z0-9_-]*$/;

/** Throws a UserError when one of them cannot be written down. */
export function checkDatabases(databases: ScaffoldDatabase[]): void {
  if (databases.length === 0) throw new UserError('an accessor needs at least one database');
  const seen = new Set<string>();
  for (const { name, user, password } of databases) {
    if (!NAME.test(name)) throw new UserError(`"${name}" cannot name a database`, 'use letters, digits, "-" and "_"');
    if (seen.has(name)) throw new UserError(`the database "${name}" is named twice`);
    seen.add(name);
    for (const credential of [user, password]) {
      const safe = credential === null || parseTerm(credential).kind === 'env';
      if (!safe) throw new UserError(`a credential of "${name}" is not in an environment variable`);
    }
  }
}

/** A URL that carries a password or a user, or whose secret was masked already. */
export function holdsCredential(text: string): boolean {
  return /\/\/[^/]*@/.test(text) || /[?&](?:password|username|auth)[^=]*=/i.test(text) || text.includes('***');
}

/** The object that the accessor makes an ioredis client from: `{ url: …, options: { … } }`. */
export function addressOf(database: ScaffoldDatabase): string {
  const server = serverTerms(database.server);
  const options: string[] = [];
  let url = 'null';
  if (server.kind === 'url') url = urlOf(server.url, database);
  else options.push(...hostAndPort(server, database));
  options.push(...numberOf(database, 'db'));
  if (database.tls) options.push('tls: {}');
  options.push(...credentialsOf(database));
  return `{ url: ${url}, options: ${braced(options)} }`;
}

/** The object that the accessor makes a node-redis client from: `{ url: …, database: … }`. */
export function nodeRedisAddress(database: ScaffoldDatabase): string {
  const server = serverTerms(database.server);
  const options: string[] = [];
  if (server.kind === 'url') {
    // From 5 on the scheme of the URL decides alone (@redis/client 5.12.1 dist/lib/client/index.js `parseURL`).
    if (database.tls) throw new UserError(`TLS of the database "${database.name}" is set beside its URL`);
    options.push(`url: ${urlOf(server.url, database)}`);
  } else {
    options.push(`socket: ${braced([...hostAndPort(server, database), ...(database.tls ? ['tls: true'] : [])])}`);
  }
  return braced([...options, ...numberOf(database, 'database'), ...credentialsOf(database)]);
}

function urlOf(url: Term, database: ScaffoldDatabase): string {
  return expression(url, database, null);
}

function hostAndPort({ host, port }: Extract<Server, { kind: 'host' }>, database: ScaffoldDatabase): string[] {
  return [`host: ${expression(host, database, 'localhost')}`, `port: ${numeric(port, database, 6379)}`];
}

function numberOf(database: ScaffoldDatabase, option: string): string[] {
  const { number } = database;
  if (number === null) return [];
  return [`${option}: ${typeof number === 'number' ? number : numeric(parseTerm(number), database, 0)}`];
}

function credentialsOf(database: ScaffoldDatabase): string[] {
  return credentials(database).map(([key, variable]) => `...optional('${key}', ${quote(variable)})`);
}

function braced(entries: readonly string[]): string {
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

export function usesOptionalSettings(database: ScaffoldDatabase): boolean {
  return credentials(database).length > 0;
}

/** Names of the environment variables of user and password. */
function credentials({ user, password }: ScaffoldDatabase): ['username' | 'password', string][] {
  const found: ['username' | 'password', string][] = [];
  for (const [key, text] of [['username', user] as const, ['password', password] as const]) {
    const term = text === null ? null : parseTerm(text);
    if (term?.kind === 'env') found.push([key, term.name]);
  }
  return found;
}

function expression(term: Term, { name }: ScaffoldDatabase, standard: string | null): string {
  if (holdsCredential(lastLiteral(term) ?? '')) {
    throw new UserError(`the address of the database "${name}" holds a credential`);
  }
  if (term.kind === 'env') {
    const fallback = term.fallback === null ? null : alternative(term.fallback);
    if (fallback !== undefined) return `env(${quote(term.name)}${fallback === null ? '' : `, ${fallback}`})`;
  }
  if (term.kind === 'literal') return quote(term.value);
  if (term.kind === 'default' && standard !== null) return quote(standard);
  throw new UserError(`the address of the database "${name}" is not known well enough to be written down`);
}

/** A default as an expression that does not throw when it is not needed; undefined when it cannot be written. */
function alternative(term: Term): string | undefined {
  if (term.kind === 'literal') return quote(term.value);
  if (term.kind !== 'env') return undefined;
  const own = `process.env[${quote(term.name)}]`;
  if (term.fallback === null) return own;
  const next = alternative(term.fallback);
  return next === undefined ? undefined : `${own} || ${next}`;
}

function numeric(term: Term, database: ScaffoldDatabase, standard: number): string {
  if (term.kind === 'default') return String(standard);
  if (term.kind === 'env') return `Number(${expression(term, database, null)})`;
  if (term.kind === 'literal' && /^\d+$/.test(term.value)) return term.value;
  throw new UserError(`a number in the address of the database "${database.name}" is not known`);
}

/** A string literal of JavaScript. */
export function quote(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}
