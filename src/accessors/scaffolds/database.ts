/** How a scaffold reaches a database: identity terms, read as data. */

/** A named database as a scaffold needs it. Terms are those of `IdentityTerms`; a secret is never among them. */
export interface ScaffoldDatabase {
  name: string;
  /** Database number; a term (`env:REDIS_DB|literal:0`) when the environment gives it; null: what the URL says, else 0. */
  number: number | string | null;
  /**
   * The server as in `IdentityTerms`: `env:REDIS_URL` for a URL, `env:REDIS_HOST|literal:localhost:env:REDIS_PORT` or
   * `literal:localhost:6379` for host and port, `default` for the library's own address.
   */
  server: string;
  /** Encrypted although the URL does not say so: always, or as a term says (`if(…)?literal:true:default`). */
  tls: boolean | string;
  /** `env:NAME` or `config:…`, or null: the URL says it, or there is none. */
  user: string | null;
  /** `env:NAME` or `config:…`, or null: the URL says it, or there is none. */
  password: string | null;
  /** Prefix of its keys; absent: none. */
  prefix?: string;
}

/** One identity term, taken apart. */
export type Term =
  | { kind: 'env'; name: string; fallback: Term | null }
  | { kind: 'literal'; value: string }
  /** A member of settings: `src/env.ts#env.REDIS_HOST`. */
  | { kind: 'config'; path: string; fallback: Term | null }
  | { kind: 'default' }
  | { kind: 'unknown' };

/**
 * Takes a term apart. What is not of a known form is `unknown`. An accessor takes an empty variable for one that is not
 * set, so that `|` and `||` are written in the same way.
 */
export function parseTerm(text: string): Term {
  if (text === 'default') return { kind: 'default' };
  if (text === 'literal:***') return { kind: 'unknown' };
  if (text.startsWith('literal:')) return { kind: 'literal', value: text.slice('literal:'.length) };
  const read = /^(env:[A-Za-z_][A-Za-z0-9_]*|config:[^|]+)(?:\|\|?(.*))?$/s.exec(text);
  if (!read) return { kind: 'unknown' };
  const fallback = read[2] === undefined ? null : parseTerm(read[2]);
  if (fallback?.kind === 'unknown') return fallback;
  const [kind = '', name = ''] = (read[1] ?? '').split(/:(.*)/s);
  return kind === 'env' ? { kind, name, fallback } : { kind: 'config', path: name, fallback };
}

/** The literal that a term ends with: itself, or the default of its variables; null when there is none. */
export function lastLiteral(term: Term): string | null {
  if (term.kind === 'literal') return term.value;
  const reads = term.kind === 'env' || term.kind === 'config';
  return reads && term.fallback !== null ? lastLiteral(term.fallback) : null;
}

/** A URL, or a host with its port. */
export type Server = { kind: 'url'; url: Term } | { kind: 'host'; host: Term; port: Term };

/** Reads a server term. Host and port are joined by a colon; a lone variable is a whole URL. */
export function serverTerms(server: string): Server {
  const [first = '', second, ...more] = server.split(/:(?=(?:env|config|literal|unix):)/);
  if (more.length > 0) return { kind: 'url', url: { kind: 'unknown' } };
  if (second !== undefined) return { kind: 'host', host: parseTerm(first), port: parseTerm(second) };
  const term = parseTerm(first);
  if (term.kind === 'default') return { kind: 'host', host: term, port: term };
  const literal = term.kind === 'literal' ? /^([^/:]+|\[[^\]]+\]):(\d+)$/.exec(term.value) : null;
  if (!literal) return { kind: 'url', url: term };
  const [, host = '', port = ''] = literal;
  return { kind: 'host', host: { kind: 'literal', value: host }, port: { kind: 'literal', value: port } };
}

/**
 * What an option says beside the server. A URL that only its variable knows gives user, TLS and database too: their
 * terms are then the URL's own, or the URL's and behind `|` the option that counts where the URL is silent.
 */
export function besideServer(term: string, server: string): string {
  if (term === server) return 'default';
  return term.startsWith(`${server}|`) ? term.slice(server.length + 1) : term;
}
