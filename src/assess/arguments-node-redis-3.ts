/**
 * How redis 2 and 3 read their arguments (3.1.2 lib/createClient.js, index.js): `(port, host, options)`, `(path, options)`,
 * `(url, options)`, `(options)`, where `options.url` counts like a URL in front. What the URL says beats the options;
 * its query items are options, and one that is given twice with another value throws.
 */

import { does } from '../libraries/index.js';
import type { RedisLibrary } from '../model/library.js';
import type { Known } from '../model/traced.js';
import { type Effective, emptyOptions, unresolved } from './arguments.js';
import { given, isAbsent, isNumeric, textOf, unconverted } from './known.js';
import { urlParts } from './urls.js';

/** Options that a row of arguments (without choices) sets. */
export function oldNodeRedisOptions(library: RedisLibrary, args: readonly Known[], version: string | null): Effective {
  const [first, second, third] = args;
  const options = emptyOptions();
  if (first === undefined || isAbsent(first)) {
    return args.length > 1 ? unresolved('options behind an argument that is missing') : options;
  }
  const reader = new Reader(options, library, version);
  if (first.kind === 'object') return reader.finish(reader.object(first));
  if (isPort(first, second)) {
    options.settings.port = { value: first, beatsUrl: true };
    const hostGiven = second !== undefined && second.kind !== 'object' && !isAbsent(second);
    if (hostGiven) options.settings.host = { value: second, beatsUrl: true };
    return reader.finish(reader.more(hostGiven || isAbsent(second) ? third : second));
  }
  return reader.finish(reader.more(isAbsent(second) ? third : second) ?? reader.url(first));
}

/** A number, a text of digits, or a name in front of another text: a URL is never followed by one. */
function isPort(first: Known, second: Known | undefined): boolean {
  if (isNumeric(first) || /^\d+$/.test(textOf(first) ?? '')) return true;
  if (second === undefined || !['env', 'config'].includes(unconverted(first)?.kind ?? '')) return false;
  return textOf(second) !== null || ['env', 'config', 'template'].includes(unconverted(second)?.kind ?? '');
}

class Reader {
  constructor(
    private readonly options: Effective,
    private readonly library: RedisLibrary,
    private readonly version: string | null,
  ) {}

  finish(why: string | null): Effective {
    return why === null ? this.options : unresolved(why);
  }

  /** An options object behind the address. */
  more(known: Known | undefined): string | null {
    if (known === undefined || isAbsent(known)) return null;
    if (known.kind === 'function') return 'a function stands where options are read';
    return known.kind === 'object' ? this.object(known) : notKnown(known);
  }

  object(row: Extract<Known, { kind: 'object' }>): string | null {
    if (row.open) return 'something unknown is spread into the options';
    const last = new Map(row.entries.map(({ key, value }) => [key, given(value)]));
    for (const [key, value] of last) {
      if (key === 'url' || value.kind === 'undefined' || this.isUnreadUser(key)) continue;
      this.options.settings[key] ??= { value, beatsUrl: false };
    }
    const url = last.get('url');
    return url && url.kind !== 'undefined' ? this.url(url) : null;
  }

  /** Before 3.1 there are no users. */
  private isUnreadUser(key: string): boolean {
    return this.library.options[key]?.term === 'user' && does(this.library, 'url-user', this.version) === 'never';
  }

  url(known: Known): string | null {
    const named = unconverted(known);
    if (named?.kind === 'config' && !/ur[il]|dsn|conn/i.test(named.path.split(/[#.]/).at(-1) ?? '')) {
      return `${named.path} may be a URL or options`;
    }
    if (named?.kind === 'env' || named?.kind === 'config') {
      this.options.url = named;
      return null;
    }
    const text = textOf(known);
    if (text === null && known.kind !== 'template') return notKnown(known);
    if (text !== null && !text.includes('//')) return this.set('path', { kind: 'literal', value: text, at: known.at });
    const parts = urlParts(known);
    if (!parts || (text === null && !parts.scheme)) return 'this text is no URL whose parts are known';
    this.set('host', parts.host);
    this.set('port', parts.port);
    this.set('db', parts.path);
    if (parts.password && textOf(parts.password) !== '') this.set('password', parts.password);
    for (const { key, value } of parts.query) {
      const given = textOf(this.options.settings[key]?.value);
      if (given !== null && given !== textOf(value))
        return `the URL and the options set \`${key}\` to different values`;
      this.set(key, value);
    }
    if (parts.tls) {
      const counts = does(this.library, 'url-turns-tls-on', this.version);
      if (counts === 'perhaps') return 'whether the scheme turns TLS on depends on the version';
      this.options.tlsScheme = counts === 'always';
    }
    return this.user(parts.user);
  }

  private user(user: Known | undefined): string | null {
    if (!user || textOf(user) === '') return null;
    const counts = does(this.library, 'url-user', this.version);
    if (counts === 'perhaps') return `whether the user name of the URL counts depends on the version`;
    if (counts === 'always') this.set('user', user);
    return null;
  }

  private set(name: string, value: Known | undefined): null {
    if (value) this.options.settings[name] = { value, beatsUrl: true };
    return null;
  }
}

function notKnown(known: Known): string {
  if (known.kind === 'parameter') return `parameter ${known.name} of ${known.of} decides`;
  return known.kind === 'unknown' ? known.why : 'an argument is not known';
}
