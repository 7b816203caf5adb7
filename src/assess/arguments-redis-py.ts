/**
 * How redis-py reads its arguments: keywords, the first ones by position too, or a URL that beats the keywords. Source:
 * redis-semantics 1.3 and fact 2; `Redis.__init__`, `ConnectionPool.from_url` and `parse_url` of 2.10.6 to 8.1.0.
 */

import type { Known, Opening } from '../model/traced.js';
import { type Effective, emptyOptions, unresolved } from './arguments.js';
import { given, textOf, unconverted } from './known.js';
import { socketParts, urlParts } from './urls.js';

/** The seventh moved in 8.0.0; those of asyncio are keywords only. */
const POSITIONS = ['host', 'port', 'db', 'password', 'socket_timeout', 'socket_connect_timeout'] as const;

type How = 'redis-py' | 'url-first' | 'pool' | 'pool-first';

/** Options that an opening of redis-py sets. */
export function redisPyOptions(opening: Opening, how: How): Effective {
  const options = emptyOptions();
  const why = how === 'url-first' ? byUrl(options, opening) : byPosition(options, opening, how);
  if (why !== null) return unresolved(why);
  const { url: _, ...keywords } = opening.keywords;
  for (const [key, value] of Object.entries(how === 'url-first' ? keywords : opening.keywords)) {
    if (key === '**') {
      const failed = spread(options, value);
      if (failed !== null) return unresolved(failed);
    } else options.settings[key] ??= { value, beatsUrl: false };
  }
  return options;
}

/** `from_url(url)`, `from_url(url, 2)`: the second is the database of redis-py before 4.0, which the URL beats. */
function byUrl(options: Effective, opening: Opening): string | null {
  const [url = opening.keywords.url, db, ...rest] = opening.args;
  if (rest.length > 0) return 'more than a URL is given by position';
  const why = url ? readUrl(options, url) : 'there is no URL';
  if (db) options.settings.db ??= { value: db, beatsUrl: false };
  return why;
}

function byPosition(options: Effective, { args, keywords }: Opening, how: How): string | null {
  if (how === 'pool-first') return 'the pool is not known';
  if (how === 'pool' && (args.length > 0 || keywords.connection_class)) return 'the pool connects in its own way';
  if (args.length > POSITIONS.length) return 'too many arguments by position';
  for (const [index, value] of args.entries()) {
    const name = POSITIONS[index];
    if (name && value.kind === 'unknown') return value.why;
    if (name) options.settings[name] = { value, beatsUrl: true };
  }
  return null;
}

/** `**options`: the entries of a mapping that is known. */
function spread(options: Effective, mapping: Known): string | null {
  if (mapping.kind !== 'object' || mapping.open) return 'something unknown is spread into the arguments';
  const last = new Map(mapping.entries.map(({ key, value }) => [key, value]));
  for (const [key, value] of last) options.settings[key] ??= { value, beatsUrl: false };
  return null;
}

function readUrl(options: Effective, written: Known): string | null {
  const url = given(written);
  const named = unconverted(url);
  if (named?.kind === 'env' || named?.kind === 'config') {
    options.url = named;
    return null;
  }
  const set = (name: string, value: Known | undefined) => {
    if (value) options.settings[name] = { value, beatsUrl: true };
  };
  const socket = socketParts(url);
  const parts = socket ?? urlParts(plain(url));
  if (!parts?.scheme) return 'the URL is not known';
  set('path', socket?.socket);
  set('host', parts.host);
  set('port', parts.port);
  if (textOf(parts.password) !== '') set('password', parts.password);
  if (textOf(parts.user) !== '') set('username', parts.user);
  // What is no number says nothing, without a word (redis-semantics 1.3).
  if (/^\s*\d+\s*$/.test(textOf(parts.path) ?? '0')) set('db', parts.path);
  for (const { key, value } of parts.query) set(key, queryValue(key, value));
  options.tlsScheme = parts.tls;
  return null;
}

/** valkey-py takes `valkey://` and `valkeys://` as well. */
function plain(url: Known): Known {
  const text = textOf(url);
  return text === null ? url : { kind: 'literal', value: text.replace(/^valkey(s?):/i, 'redis$1:'), at: url.at };
}

/** A text that is not converted counts as true: `?decode_responses=false` decodes (redis-semantics, fact 13). */
function queryValue(key: string, value: Known): Known {
  const text = key === 'decode_responses' ? textOf(value) : null;
  return text === null ? value : { kind: 'literal', value: text !== '', at: value.at };
}
