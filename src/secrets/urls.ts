/** Credentials in URLs of any scheme: `scheme://user:password@host`. */

import { endOfReference, literalParts, type Range } from './ranges.js';

/** Schemes whose path never holds an `@`: an `@` behind a `/` belongs to a password that somebody did not encode. */
const ADDRESS_SCHEME = /(?:rediss?|valkeys?|unix|amqps?|mongodb(?:\+srv)?|postgres(?:ql)?|mysql|memcached|nats)$/i;
/** A user name that long is an access token (`https://<token>@host`). */
const TOKEN_LENGTH = 20;

interface Authority {
  scheme: string;
  start: number;
  /** First `/`, `?` or `#`. */
  end: number;
  /** End of the whole URL. */
  stop: number;
  /** Last `@` of the authority, and of the whole URL; -1 when there is none. */
  at: number;
  lastAt: number;
  /** First `:` of the authority; -1 when there is none. */
  colon: number;
}

/** Ranges of passwords. Literal parts of a template are secrets, `${…}` is not. */
export function urlSecrets(text: string): Range[] {
  const found: Range[] = [];
  let mark = text.indexOf('://');
  while (mark >= 0) {
    const next = text.indexOf('://', mark + 3);
    const url = authority(text, mark, next);
    found.push(...secretsOf(text, url));
    mark = next >= 0 && next < url.stop ? text.indexOf('://', url.stop) : next;
  }
  return found;
}

function secretsOf(text: string, url: Authority): Range[] {
  const address = ADDRESS_SCHEME.test(url.scheme);
  let at = address ? url.lastAt : url.at;
  if (at < 0 && url.lastAt >= 0 && url.colon >= 0) {
    const port = text.slice(url.colon + 1, url.end);
    if (url.colon === url.start || !/^(?:\d*|\$\{.*\}|\{.*\})$/s.test(port)) at = url.lastAt;
  }
  // Without a host in front of the colon, what follows can only be a password: `'redis://:pw' + '@host'`.
  if (at < 0) return address && url.colon === url.start ? literalParts(text, url.start + 1, url.end) : [];
  if (url.colon >= 0 && url.colon < at) return literalParts(text, url.colon + 1, at);
  const user = text.slice(url.start, at);
  return user.length >= TOKEN_LENGTH && /^[\w.~%+-]+$/.test(user) ? [{ start: url.start, end: at }] : [];
}

/** Reads on from `://` to where the URL ends: white space, a quote, or the next URL of a list. */
function authority(text: string, mark: number, next: number): Authority {
  const scheme = /[a-z][a-z0-9+.-]*$/i.exec(text.slice(Math.max(0, mark - 20), mark))?.[0] ?? '';
  const url: Authority = { scheme, start: mark + 3, end: -1, stop: -1, at: -1, lastAt: -1, colon: -1 };
  const limit = next < 0 ? text.length : listEnd(text, url.start, next);
  let i = url.start;
  for (; i < limit; i++) {
    const char = text[i] ?? '';
    if (/[\s"'`]/.test(char)) break;
    if (char === '$' && text[i + 1] === '{') {
      const line = text.indexOf('\n', i);
      const end = endOfReference(text, i, line < 0 ? text.length : line);
      // Not closed: the rest of the line is read as it stands, and only once.
      i = end === null ? (line < 0 ? text.length : line) - 1 : end - 1;
      continue;
    }
    if (url.end < 0 && (char === '/' || char === '?' || char === '#')) url.end = i;
    if (char === ':' && url.colon < 0 && url.end < 0) url.colon = i;
    if (char === '@') {
      url.lastAt = i;
      if (url.end < 0) url.at = i;
    }
  }
  url.stop = Math.max(i, url.start);
  if (url.end < 0) url.end = url.stop;
  return url;
}

/** Where a URL of a list ends: at the comma, semicolon or bar before the scheme of the next one. */
function listEnd(text: string, start: number, next: number): number {
  let i = next;
  while (i > start && next - i < 20 && /[a-z0-9+.-]/i.test(text[i - 1] ?? '')) i--;
  return /[,;|]/.test(text[i - 1] ?? '') ? i - 1 : text.length;
}
