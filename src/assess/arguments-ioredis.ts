/**
 * How ioredis 4 to 6 reads its arguments (6.0.0 built/Redis.js `parseOptions`, built/utils/index.js `parseURL`; the same
 * in 4.31.0 and 5.11.1 but for the user of a URL): arguments from left to right, the first that sets an option wins,
 * except that a number always is the port. A text is a URL, a port when it is an integer, or a socket path when it
 * begins with `/`. Query items are options behind all that the rest of the URL says. `rediss:` turns TLS on last.
 */

import { does, redisLibrary } from '../libraries/index.js';
import type { Known } from '../model/traced.js';
import { type Effective, emptyOptions, unresolved } from './arguments.js';
import { given, isAbsent, isNumeric, mayBe, replaced, textOf, unconverted } from './known.js';
import { urlParts } from './urls.js';

/** Whether something counts in the version at hand. */
type Counts = ReturnType<typeof does>;

/** What differs between ioredis and its forks, and between their versions. */
interface Rules {
  userCounts: Counts;
  withoutScheme: Counts;
  valkey: boolean;
  pathIsDatabase: boolean;
}

function rulesOf(name: string, version: string | null): Rules {
  const library = redisLibrary(name);
  return {
    userCounts: does(library, 'url-user', version),
    withoutScheme: does(library, 'url-without-scheme', version),
    valkey: does(library, 'valkey-scheme', version) === 'always',
    pathIsDatabase: does(library, 'path-is-database', version) === 'always',
  };
}

/** `valkeys://h` as `rediss://h`. */
function withRedisScheme(url: Known): Known {
  if (url.kind === 'template') {
    const [first, ...others] = url.parts;
    return first ? { ...url, parts: [withRedisScheme(first), ...others] } : url;
  }
  if (url.kind !== 'literal' || typeof url.value !== 'string') return url;
  return { ...url, value: url.value.replace(/^valkey(s?):/i, 'redis$1:') };
}

/** Options that a row of arguments (without choices) sets, in ioredis or a fork of it. */
export function ioredisOptions(library: string, args: readonly Known[], version: string | null): Effective {
  const options = emptyOptions();
  const rules = rulesOf(library, version);
  for (const [index, argument] of args.entries()) {
    const why = read(options, argument, index, args, rules);
    if (why !== null) return unresolved(why);
  }
  return options;
}

/** Reads one argument into the options; says why it cannot, or null. */
function read(options: Effective, argument: Known, index: number, args: readonly Known[], rules: Rules) {
  if (isAbsent(argument) || (argument.kind === 'literal' && argument.value === null)) return null;
  if (isNumeric(argument)) {
    options.settings.port = { value: argument, beatsUrl: true };
    return null;
  }
  if (argument.kind === 'object') return readObject(options, argument);
  if (isPortBeforeHost(argument, index, args)) {
    set(options, 'port', argument);
    return null;
  }
  const text = textOf(argument);
  if (text !== null || argument.kind === 'template') return readUrl(options, argument, text, rules);
  return readNamed(options, argument, index);
}

/** A value with a name only: a host behind a port, else the whole URL. */
function readNamed(options: Effective, argument: Known, index: number): string | null {
  const named = unconverted(argument);
  if (named?.kind !== 'env' && named?.kind !== 'config') return notKnown(argument);
  if (named.kind === 'config' && index === 0 && !/ur[il]|dsn|conn/i.test(lastName(named.path))) {
    return `${named.path} may be a URL or options`;
  }
  if (index > 0 && options.settings.port) set(options, 'host', named);
  else if (options.url === null) options.url = named;
  return null;
}

function notKnown(argument: Known): string {
  if (argument.kind === 'parameter') return `parameter ${argument.name} of ${argument.of} decides`;
  return argument.kind === 'unknown' ? argument.why : 'an argument is not known';
}

function lastName(path: string): string {
  return path.split(/[#.]/).at(-1) ?? path;
}

/** `(port, host)` with both as texts: a URL is never followed by another text. */
function isPortBeforeHost(argument: Known, index: number, args: readonly Known[]): boolean {
  const next = args[1];
  if (index !== 0 || next === undefined || (argument.kind !== 'env' && argument.kind !== 'config')) return false;
  return textOf(next) !== null || ['env', 'config', 'template'].includes(unconverted(next)?.kind ?? '');
}

/** Sets an option that nothing has set yet. Where a condition leaves it undefined, the later value counts. */
function set(options: Effective, name: string, value: Known): void {
  const before = options.settings[name];
  if (!before) options.settings[name] = { value, beatsUrl: options.url === null };
  else if (mayBe(before.value, isAbsent)) before.value = replaced(before.value, isAbsent, value);
}

function readObject(options: Effective, object: Extract<Known, { kind: 'object' }>): string | null {
  if (object.open) return 'something unknown is spread into the options';
  const last = new Map(object.entries.map(({ key, value }) => [key, given(value)]));
  for (const [key, value] of last) if (value.kind !== 'undefined') set(options, key, value);
  return null;
}

function readUrl(options: Effective, url: Known, text: string | null, rules: Rules): string | null {
  if (text !== null && /^\d+$/.test(text)) {
    set(options, 'port', url);
    return null;
  }
  if (text?.startsWith('/') && !text.startsWith('//')) return readSocket(options, text, url);
  if (rules.pathIsDatabase && text?.startsWith('//')) return 'an address without a scheme that begins with //';
  const parts = urlParts(rules.valkey ? withRedisScheme(url) : url);
  if (!parts) return 'this text is no URL that every version reads the same way';
  // Without a scheme the parts that are not known may hold anything, a whole URL too.
  if (text === null && !parts.scheme) return 'a text that is put together without a scheme';
  const path = textOf(parts.path);
  const isUrl = text?.startsWith('//') ? rules.withoutScheme : 'never';
  if (path !== null && isUrl === 'perhaps') return 'each version reads an address that begins with // in its own way';
  if (path !== null && !parts.scheme && isUrl === 'never' && !rules.pathIsDatabase) {
    set(options, 'path', { kind: 'literal', value: `/${path}`, at: url.at });
  } else if (parts.path) set(options, 'db', parts.path);
  if (parts.host) set(options, 'host', parts.host);
  if (parts.port) set(options, 'port', parts.port);
  if (parts.password) set(options, 'password', parts.password);
  const why = readUser(options, parts.user, parts.query, rules.userCounts);
  if (why !== null) return why;
  for (const { key, value } of parts.query) if (key !== 'allowUsernameInURI') set(options, key, value);
  options.tlsScheme ||= parts.tls;
  return null;
}

function readSocket(options: Effective, text: string, url: Known): string | null {
  if (text.includes('?')) return 'a socket path with options is read differently by each version';
  set(options, 'path', { kind: 'literal', value: text, at: url.at });
  return null;
}

/** ioredis 4 drops the user of a URL unless `?allowUsernameInURI=true` (ioredis CHANGELOG 5.0.0). */
function readUser(
  options: Effective,
  user: Known | undefined,
  query: { key: string; value: Known }[],
  userCounts: Counts,
): string | null {
  if (!user) return null;
  const allowed = query.some(({ key, value }) => key === 'allowUsernameInURI' && textOf(value) !== 'false');
  const counts = allowed ? 'always' : userCounts;
  if (counts === 'never') return null;
  if (counts === 'perhaps' && textOf(user) !== '') {
    return 'whether the user name of the URL counts depends on the version of the library, which is not known';
  }
  set(options, 'username', user);
  return null;
}
