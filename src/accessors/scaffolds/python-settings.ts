/** How a Python scaffold writes down where a database is. */

import { UserError } from '../../errors.js';
import { lastLiteral, parseTerm, type ScaffoldDatabase, serverTerms, type Term } from './database.js';
import { type Imported, settingCode } from './imports.js';
import { holdsCredential } from './settings.js';

/** The arguments of a client as a dictionary: `{"url": _env("REDIS_URL"), "db": 1}`. */
function pythonAddress(plain: ScaffoldDatabase, imported: Imported): string {
  const database: Located = { ...plain, imported };
  const server = serverTerms(database.server);
  const entries: string[] = [];
  if (server.kind === 'url') {
    // A URL's scheme decides about TLS: `ssl` beside it is an argument that no connection takes.
    if (database.tls) throw new UserError(`TLS of the database "${database.name}" is set beside its URL`);
    const url = expression(server.url, database, null);
    // A URL of pydantic is no text, and redis-py parses texts.
    entries.push(`"url": ${server.url.kind === 'config' ? `str(${url})` : url}`);
  } else {
    entries.push(`"host": ${expression(server.host, database, 'localhost')}`);
    entries.push(`"port": ${numeric(server.port, database, 6379)}`);
  }
  if (typeof database.number === 'number') entries.push(`"db": ${database.number}`);
  if (typeof database.number === 'string') entries.push(`"db": ${numeric(parseTerm(database.number), database, 0)}`);
  if (database.tls) entries.push('"ssl": True');
  for (const [key, text] of [['username', database.user] as const, ['password', database.password] as const]) {
    const term = text === null ? null : parseTerm(text);
    if (term?.kind === 'env') entries.push(`"${key}": os.environ.get(${quoted(term.name)})`);
    if (term?.kind === 'config') entries.push(`"${key}": ${expression(term, database, null)}`);
  }
  return `{${entries.join(', ')}}`;
}

/** A database, and the settings that its address can be read from. */
type Located = ScaffoldDatabase & { imported: Imported };

function expression(term: Term, { name, imported }: Located, standard: string | null): string {
  if (holdsCredential(lastLiteral(term) ?? '')) {
    throw new UserError(`the address of the database "${name}" holds a credential`);
  }
  if (term.kind === 'env') {
    const fallback = term.fallback === null ? null : alternative(term.fallback);
    if (fallback !== undefined) return `_env(${quoted(term.name)}${fallback === null ? '' : `, ${fallback}`})`;
  }
  if (term.kind === 'config') {
    const own = settingCode(term.path, imported);
    const fallback = term.fallback === null ? null : alternative(term.fallback);
    if (own !== null && fallback !== undefined) return fallback === null ? own : `${own} or ${fallback}`;
  }
  if (term.kind === 'literal') return quoted(term.value);
  if (term.kind === 'default' && standard !== null) return quoted(standard);
  throw new UserError(`the address of the database "${name}" is not known well enough to be written down`);
}

/** A default as an expression; undefined when it cannot be written. */
function alternative(term: Term): string | undefined {
  if (term.kind === 'literal') return quoted(term.value);
  if (term.kind !== 'env') return undefined;
  const own = `os.environ.get(${quoted(term.name)})`;
  if (term.fallback === null) return own;
  const next = alternative(term.fallback);
  return next === undefined ? undefined : `${own} or ${next}`;
}

function numeric(term: Term, database: Located, standard: number): string {
  if (term.kind === 'default') return String(standard);
  // A setting is given as the sites give it: redis-py takes a port and a database number as text too.
  if (term.kind === 'config') return expression(term, database, null);
  if (term.kind === 'env') return `int(${expression(term, database, null)})`;
  if (term.kind === 'literal' && /^\d+$/.test(term.value)) return String(Number(term.value));
  throw new UserError(`a number in the address of the database "${database.name}" is not known`);
}

/** A string literal of Python: JSON's escapes are Python's too. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Rows of the table of databases: `    "main": lambda: {"url": …},`; one line for each argument where that is too long. */
export function pythonRows(databases: readonly ScaffoldDatabase[], imported: Imported): string[] {
  return databases.map((database) => wrapped(quoted(database.name), pythonAddress(database, imported)));
}

function wrapped(name: string, address: string): string {
  const line = `    ${name}: lambda: ${address},`;
  if (line.length <= 110) return line;
  const entries = address.slice(1, -1).split(/, (?="(?:url|host|port|db|ssl|username|password)": )/);
  return `    ${name}: lambda: {\n${entries.map((entry) => `        ${entry},\n`).join('')}    },`;
}

/** The function that reads a variable, when one of the rows calls it; else nothing. */
export function environmentReader(rows: readonly string[]): string {
  if (!rows.some((row) => row.includes('_env('))) return '';
  return `def _env(name, default=None):
    value = os.environ.get(name) or default
    if not value:
        raise RuntimeError(f"{name} is not set: a Redis database is reached through it")
    return value`;
}
