/** A connection as a server tells it, and as the tool computes it, in the same words. */

import type { Effective } from '../../src/assess/arguments.js';
import { isUnknown, termOf } from '../../src/assess/terms.js';
import type { RedisLibrary } from '../../src/model/library.js';
import type { IdentityTerms } from '../../src/model/site.js';
import { serverOf, valueIn } from './terms.js';

/** `null` where nothing is said. */
export interface Connection {
  /** Port that the program names, or `socket`. */
  server: string;
  user: string;
  tls: boolean;
  database: number;
  prefix: string;
  decode: boolean | null;
  name: string;
}

/** A row of `run.mjs` or `run.py`. */
export interface Row {
  id: string;
  info?: string;
  decoded?: boolean;
  error?: string;
}

/** Where a key was found that a program stored: which server's, in which database, behind which prefix. */
export interface Stored {
  server: string;
  database: number;
  prefix: string;
}

/** What the server says of a client, and where its key lies; both must agree. */
export function effectiveConnection(
  { info = '', decoded }: Row,
  stored: Stored | undefined,
  encrypted: number,
): Connection {
  const fields = new Map(info.split(/\s+/).map((pair) => pair.split(/=(.*)/s) as [string, string]));
  if (!stored) throw new Error(`no key was stored: ${info}`);
  const database = Number(fields.get('db'));
  if (database !== stored.database) throw new Error(`connected to ${database}, stored in ${stored.database}`);
  return {
    server: fields.get('addr')?.includes('/') ? 'socket' : stored.server,
    user: fields.get('user') ?? '',
    tls: fields.get('laddr')?.endsWith(`:${encrypted}`) ?? false,
    database,
    prefix: stored.prefix,
    decode: decoded ?? null,
    name: fields.get('name') ?? '',
  };
}

/** Options that name a connection. */
const NAMES = ['connectionName', 'name', 'client_name'];

/** What the computed identity says of a run in an environment. Throws where a term is unknown. */
export function computedConnection(
  terms: IdentityTerms,
  way: Effective | undefined,
  library: RedisLibrary,
  env: Readonly<Record<string, string>>,
): Connection {
  const server = serverOf(terms.server, env);
  const url = server?.includes('://') ? new URL(server) : null;
  const of = (part: 'user' | 'database') => {
    const term = terms[part];
    if (terms.server === 'default' || !term.startsWith(terms.server)) return valueIn(term, env);
    if (server === '') return undefined; // an empty variable: nothing is said
    if (url === null) return valueIn(term, env);
    const rest = term.slice(terms.server.length).replace(/^\|/, '');
    const own = part === 'user' ? decodeURIComponent(url.username) : url.pathname.slice(1);
    return own !== '' ? own : rest === '' ? undefined : valueIn(rest, env);
  };
  const named = NAMES.find((name) => way?.settings[name] && library.options[name]?.class === 'C');
  const nameTerm = named === undefined ? 'default' : termOf(way?.settings[named]?.value);
  const name = isUnknown(nameTerm) ? 'unknown' : valueIn(nameTerm, env);
  // What the query of a URL says beats the arguments, in the accessor as well.
  const decode = url?.searchParams.has('decode_responses') ? 'true' : valueIn(terms.decode, env);
  return {
    server: portOf(url?.host ?? server),
    user: of('user') ?? 'default',
    tls: encryption(terms, url, env),
    database: Number(of('database') ?? 0),
    prefix: valueIn(terms.prefix, env) ?? '',
    decode: library.language === 'python' ? decode === 'true' : null,
    name: name ?? '',
  };
}

/** The scheme of a URL decides where the term is the URL's; any other value but `false` turns it on. */
function encryption(terms: IdentityTerms, url: URL | null, env: Readonly<Record<string, string>>): boolean {
  if (terms.server !== 'default' && terms.tls === terms.server) return url?.protocol === 'rediss:';
  const value = valueIn(terms.tls, env);
  return value !== undefined && value !== 'false';
}

function portOf(server: string | undefined): string {
  if (server?.startsWith('unix:')) return 'socket';
  return server?.match(/:(\d+)$/)?.[1] ?? '6379';
}
