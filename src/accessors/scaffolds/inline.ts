/**
 * An address as the code of a service would read it, without helper functions: `os.environ.get("REDIS_HOST", "localhost")`.
 * An accessor for one database is written so, because its address must be seen to be that of the sites that move to it.
 */

import { UserError } from '../../errors.js';
import { quote } from './conditions.js';
import { besideServer, lastLiteral, parseTerm, type ScaffoldDatabase, serverTerms } from './database.js';
import { type Imported, settingCode } from './imports.js';
import { quoted } from './python-settings.js';
import { holdsCredential } from './settings.js';

/** What a client is opened with: a URL or none, and options by the library's names. */
export interface InlineAddress {
  url: string | null;
  options: [name: string, code: string][];
  /** Variables that have no default: without them the server is not known. */
  required: string[];
}

/** How a language reads the environment. */
interface Words {
  /** A member of settings, by its path; null when the file does not import them. Absent: nothing is imported. */
  setting?(path: string): string | null;
  /** A setting as a URL; absent: as it is. */
  urlOf?(code: string): string;
  text(value: string): string;
  /** `or`: an empty variable counts as none too. */
  read(name: string, fallback: string | null, or: boolean): string;
  number(code: string): string;
  /** A variable that is not set is none: the library takes it as if the option were not there. */
  credential(code: string): string;
  on: string;
  /** Library's names of the options. */
  names: { database: string; tls: string };
}

const PYTHON: Words = {
  text: quoted,
  read: (name, fallback, or) => {
    if (fallback === null) return `os.environ[${quoted(name)}]`;
    const own = quoted(name);
    return or ? `os.environ.get(${own}) or ${fallback}` : `os.environ.get(${own}, ${fallback})`;
  },
  number: (code) => `int(${code})`,
  credential: (code) => code.replace(/^os\.environ\[(.*)\]$/, 'os.environ.get($1)'),
  on: 'True',
  names: { database: 'db', tls: 'ssl' },
};

const JAVASCRIPT: Words = {
  text: quote,
  read: (name, fallback, or) => {
    const own = `process.env[${quote(name)}]`;
    return fallback === null ? own : `${own} ${or ? '||' : '??'} ${fallback}`;
  },
  number: (code) => `Number(${code})`,
  credential: (code) => code,
  on: '{}',
  names: { database: 'db', tls: 'tls' },
};

/**
 * For redis-py, with the settings that the file imports. Throws a UserError when the address is not known, or holds a
 * credential. A URL of pydantic is no text, and redis-py parses texts.
 */
export function pythonInline(database: ScaffoldDatabase, imported: Imported = new Map()): InlineAddress {
  const setting = (path: string) => settingCode(path, imported);
  return inline(database, { ...PYTHON, setting, urlOf: (code) => `str(${code})` });
}

/** For ioredis, whose types know no option that is undefined. Throws as `pythonInline` does. */
export function ioredisInline(database: ScaffoldDatabase, typed: boolean): InlineAddress {
  const credential = (code: string) => (typed ? `${code} as string` : code);
  return inline(database, { ...JAVASCRIPT, credential });
}

function inline(database: ScaffoldDatabase, words: Words): InlineAddress {
  const { number, tls, user, password } = database;
  const server = serverTerms(database.server);
  const [host = '', port = ''] = database.server.split(/:(?=(?:env|config|literal):)/);
  const options: InlineAddress['options'] = [];
  if (server.kind === 'host') {
    const whole = port === '' && host.startsWith('literal:');
    const literal = whole && server.host.kind === 'literal' ? `literal:${server.host.value}` : host;
    const number = whole && server.port.kind === 'literal' ? `literal:${server.port.value}` : port;
    options.push(['host', code(literal === 'default' ? 'literal:localhost' : literal, database, words)]);
    options.push(['port', numeric(number === '' ? 'literal:6379' : number, database, words)]);
  }
  if (number !== null) {
    const own = typeof number === 'number' ? `literal:${number}` : besideServer(number, database.server);
    options.push([words.names.database, numeric(own, database, words)]);
  }
  if (typeof tls === 'string')
    throw new UserError(`when the database "${database.name}" is encrypted cannot be written down`);
  if (tls && server.kind === 'url') throw new UserError(`TLS of the database "${database.name}" is set beside its URL`);
  if (tls) options.push([words.names.tls, words.on]);
  if (user !== null) options.push(['username', words.credential(code(user, database, words))]);
  if (password !== null) options.push(['password', words.credential(code(password, database, words))]);
  const url = server.kind === 'url' ? urlCode(database, words) : null;
  const terms = [...database.server.split(/:(?=(?:env|config|literal):)/), typeof number === 'string' ? number : ''];
  return { url, options, required: [...new Set(terms.flatMap(withoutDefault))] };
}

function urlCode(database: ScaffoldDatabase, words: Words): string {
  const own = code(database.server, database, words);
  return parseTerm(database.server).kind === 'config' ? (words.urlOf?.(own) ?? own) : own;
}

function withoutDefault(text: string): string[] {
  let term = parseTerm(text);
  while (term.kind === 'env' && term.fallback !== null) term = term.fallback;
  return term.kind === 'env' ? [term.name] : [];
}

/** A term as an expression: `env:A||literal:b`, a variable and what counts where it is empty. */
function code(text: string, { name }: ScaffoldDatabase, words: Words): string {
  const term = parseTerm(text);
  if (holdsCredential(lastLiteral(term) ?? '')) {
    throw new UserError(`the address of the database "${name}" holds a credential`);
  }
  const read = (part: string): string => {
    const own = parseTerm(part);
    if (own.kind === 'literal') return words.text(own.value);
    const setting = own.kind === 'config' && own.fallback === null ? (words.setting?.(own.path) ?? null) : null;
    if (setting !== null) return setting;
    if (own.kind !== 'env')
      throw new UserError(`the address of the database "${name}" is not known well enough to be written down`);
    const [, or, rest = ''] = /^env:[^|]*(\|\|?)?(.*)$/s.exec(part) ?? [];
    return words.read(own.name, or === undefined ? null : read(rest), or === '||');
  };
  return read(text);
}

function numeric(text: string, database: ScaffoldDatabase, words: Words): string {
  const term = parseTerm(text);
  if (term.kind === 'literal' && /^\d+$/.test(term.value)) return String(Number(term.value));
  // A setting is given as the sites give it.
  if (term.kind === 'config') return code(text, database, words);
  if (term.kind === 'env') return words.number(code(text, database, words));
  throw new UserError(`a number in the address of the database "${database.name}" is not known`);
}
