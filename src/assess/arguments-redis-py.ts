/** How redis-py reads its arguments: keywords, `(host, port, db, password)` by position, or a URL that beats the keywords. */

import type { Opening } from '../model/traced.js';
import { type Effective, emptyOptions, unresolved } from './arguments.js';
import { textOf, unconverted } from './known.js';
import { urlParts } from './urls.js';

const POSITIONS = ['host', 'port', 'db', 'password'] as const;

/** Options that an opening of redis-py sets (redis-semantics 1.3 and fact 2). */
export function redisPyOptions(opening: Opening, how: 'redis-py' | 'url-first'): Effective {
  const options = emptyOptions();
  const [first, ...rest] = opening.args;
  if (how === 'url-first') {
    if (rest.length > 0) return unresolved('more than a URL is given by position');
    const why = first ? readUrl(options, first) : 'there is no URL';
    if (why !== null) return unresolved(why);
  } else if (opening.args.length > POSITIONS.length) {
    return unresolved('too many arguments by position');
  } else {
    for (const [index, value] of opening.args.entries()) {
      const name = POSITIONS[index];
      if (name) options.settings[name] = { value, beatsUrl: true };
    }
  }
  for (const [key, value] of Object.entries(opening.keywords)) options.settings[key] ??= { value, beatsUrl: false };
  return options;
}

function readUrl(options: Effective, url: Opening['args'][number]): string | null {
  const named = unconverted(url);
  if (named?.kind === 'env' || named?.kind === 'config') {
    options.url = named;
    return null;
  }
  const parts = urlParts(url);
  if (!parts?.scheme) return 'the URL is not known';
  const set = (name: string, value: Opening['args'][number] | undefined) => {
    if (value) options.settings[name] = { value, beatsUrl: true };
  };
  set('host', parts.host);
  set('port', parts.port);
  set('password', parts.password);
  if (parts.user && textOf(parts.user) !== '') set('username', parts.user);
  set('db', parts.path);
  for (const { key, value } of parts.query) set(key, value);
  options.tlsScheme = parts.tls;
  return null;
}
