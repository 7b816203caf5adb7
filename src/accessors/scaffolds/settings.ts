/** How the scaffold writes down where a database is. */

import { UserError } from '../../errors.js';
import { quote } from './conditions.js';
import { lastLiteral, parseTerm, type ScaffoldDatabase, type Server, serverTerms, type Term } from './database.js';
import { type Imported, settingCode } from './imports.js';
import { tlsCode, tlsFlagCode } from './tls.js';

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
      const safe = credential === null || ['env', 'config'].includes(parseTerm(credential).kind);
      if (!safe) throw new UserError(`a credential of "${name}" is not in an environment variable`);
    }
  }
}

/** A URL that carries a password or a user, or whose secret was masked already. */
export function holdsCredential(text: string): boolean {
  return /\/\/[^/]*@/.test(text) || /[?&](?:password|username|auth)[^=]*=/i.test(text) || text.includes('***');
}

/** The object that the accessor makes an ioredis client from: `{ url: …, options: { … } }`. */
export function addressOf(plain: ScaffoldDatabase, imported: Imported = new Map()): string {
  const database: Located = { ...plain, imported };
  const server = serverTerms(database.server);
  const options: string[] = [];
  let url = 'null';
  if (server.kind === 'url') url = expression(server.url, database, null).replace(/ \?\? undefined$/, ' ?? null');
  else options.push(...hostAndPort(server, database));
  options.push(...numberOf(database, 'db'));
  if (database.tls !== false) options.push(`tls: ${tlsOf(database, tlsCode)}`);
  options.push(...credentialsOf(database));
  if (database.prefix !== undefined) options.push(`keyPrefix: ${quote(database.prefix)}`);
  return `{ url: ${url}, options: ${settled(options)} }`;
}

/** A database, and the settings that its address can be read from. */
type Located = ScaffoldDatabase & { imported: Imported };

function tlsOf(database: Located, write: typeof tlsCode): string {
  const term = database.tls === true ? 'literal:true' : database.tls || 'default';
  const read = (text: string) => {
    const one = parseTerm(text);
    if (one.kind === 'env') return `process.env[${quote(one.name)}]`;
    return one.kind === 'config' ? settingCode(one.path, database.imported) : null;
  };
  const code = write(term, read);
  if (code === null) throw new UserError(`how the database "${database.name}" is encrypted cannot be written down`);
  return code;
}

/** The object that the accessor makes a node-redis client from: `{ url: …, database: … }`. */
export function nodeRedisAddress(plain: ScaffoldDatabase, imported: Imported = new Map()): string {
  const database: Located = { ...plain, imported };
  const server = serverTerms(database.server);
  const [options, nested]: [string[], string[]] = [[], []];
  if (server.kind === 'url') {
    // From 5 on the scheme of the URL decides alone (@redis/client 5.12.1 dist/lib/client/index.js `parseURL`).
    if (database.tls) throw new UserError(`TLS of the database "${database.name}" is set beside its URL`);
    options.push(`url: ${expression(server.url, database, null)}`);
  } else {
    const tls = database.tls === false ? [] : [`tls: ${tlsOf(database, tlsFlagCode)}`];
    nested.push(`socket: ${settled([...hostAndPort(server, database), ...tls])}`);
  }
  return settled([...options, ...numberOf(database, 'database'), ...credentialsOf(database)], nested);
}

/** An object of these options, of `entries` without those that turn out to be undefined. */
function settled(entries: readonly string[], nested: readonly string[] = []): string {
  const text = braced([...nested, ...entries]);
  return entries.some((entry) => / undefined\b|toNumber\(/.test(entry)) ? `present(${text})` : text;
}

function hostAndPort({ host, port }: Extract<Server, { kind: 'host' }>, database: Located): string[] {
  return [`host: ${expression(host, database, 'localhost')}`, `port: ${numeric(port, database, 6379)}`];
}

function numberOf(database: Located, option: string): string[] {
  const { number } = database;
  if (number === null) return [];
  return [`${option}: ${typeof number === 'number' ? number : numeric(parseTerm(number), database, 0)}`];
}

function credentialsOf(database: Located): string[] {
  return credentials(database).map(([key, term]) =>
    term.kind === 'env' ? `...optional('${key}', ${quote(term.name)})` : `${key}: ${expression(term, database, null)}`,
  );
}

function braced(entries: readonly string[]): string {
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

export function usesOptionalSettings(database: ScaffoldDatabase): boolean {
  return credentials(database).some(([, { kind }]) => kind === 'env');
}

/** Terms of user and password, where there are any. */
function credentials({ user, password }: ScaffoldDatabase): ['username' | 'password', Term][] {
  const found: ['username' | 'password', Term][] = [];
  for (const [key, text] of [['username', user] as const, ['password', password] as const]) {
    const term = text === null ? null : parseTerm(text);
    if (term?.kind === 'env' || term?.kind === 'config') found.push([key, term]);
  }
  return found;
}

function expression(term: Term, database: Located, standard: string | null): string {
  const { name } = database;
  if (holdsCredential(lastLiteral(term) ?? '')) {
    throw new UserError(`the address of the database "${name}" holds a credential`);
  }
  if (term.kind === 'env') {
    const fallback = term.fallback === null ? null : alternative(term.fallback);
    if (fallback !== undefined) return `env(${quote(term.name)}${fallback === null ? '' : `, ${fallback}`})`;
  }
  if (term.kind === 'config') {
    const own = settingCode(term.path, database.imported);
    const fallback = term.fallback === null ? 'undefined' : alternative(term.fallback);
    if (own !== null && fallback !== undefined) return `${own} ${term.fallback === null ? '??' : '||'} ${fallback}`;
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

function numeric(term: Term, database: Located, standard: number): string {
  if (term.kind === 'default') return String(standard);
  if (term.kind === 'env') return `Number(${expression(term, database, null)})`;
  if (term.kind === 'config') return `toNumber(${expression(term, database, null).replace(/ \?\? undefined$/, '')})`;
  if (term.kind === 'literal' && /^\d+$/.test(term.value)) return term.value;
  throw new UserError(`a number in the address of the database "${database.name}" is not known`);
}
