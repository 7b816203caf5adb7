/** Redis URLs as values: literals, and templates whose unknown parts fill whole components. */

import type { At, Known } from '../model/traced.js';
import { textOf } from './known.js';

/** Components of a URL that are present. A component that mixes texts and unknown parts is a template again. */
export interface UrlParts {
  /** `rediss` in lower case: ioredis compares it so. */
  tls: boolean;
  scheme: boolean;
  user?: Known;
  password?: Known;
  host?: Known;
  port?: Known;
  path?: Known;
  query: { key: string; value: Known }[];
}

const URL_SHAPE =
  /^(?:(rediss?):)?(?:\/\/)?(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::([^/?#]*))?(?:\/([^?#]*))?(?:\?([^#]*))?(?:#.*)?$/i;

/** First of the private-use units that stand for parts which are not text. */
const HOLE = 0xe000;

/** The components of a URL value; null when it is no text, or not of a shape whose components can be told apart. */
export function urlParts(known: Known): UrlParts | null {
  const holes: Known[] = [];
  const text = flatten(known, holes);
  if (text === null || /^[a-z][a-z0-9+.-]*:\/\//i.test(text.replace(/^rediss?:\/\//i, ''))) return null;
  if (/^(?!rediss?:)[a-z][a-z0-9+.-]*:\/\//i.test(text)) return null;
  const found = URL_SHAPE.exec(text);
  if (!found) return null;
  const at = known.at;
  const [, scheme, userinfo, host, port, path, query] = found;
  const colon = userinfo?.indexOf(':') ?? -1;
  const parts: UrlParts = {
    tls: text.startsWith('rediss://'),
    scheme: scheme !== undefined,
    query: queryItems(query, holes, at),
  };
  if (userinfo !== undefined) {
    parts.user = filled(decoded(colon < 0 ? userinfo : userinfo.slice(0, colon)), holes, at);
    parts.password = filled(colon < 0 ? '' : userinfo.slice(colon + 1), holes, at);
  }
  if (host) parts.host = filled(host.replace(/^\[|\]$/g, ''), holes, at);
  if (port) parts.port = filled(port, holes, at);
  if (path) parts.path = filled(path, holes, at);
  return parts;
}

/** `unix://user:password@/path?db=1`: a socket and what is said beside it. Null for anything else that is no plain text. */
export function socketParts(known: Known): (UrlParts & { socket: Known }) | null {
  const found = /^unix:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?(\/[^?#]*)(?:\?([^#]*))?/.exec(textOf(known) ?? '');
  if (!found) return null;
  const [, user, password, path = '', query] = found;
  const { at } = known;
  const part = (text: string): Known => ({ kind: 'literal', value: decoded(text), at });
  return {
    tls: false,
    scheme: true,
    socket: part(path),
    query: queryItems(query, [], at),
    ...(user ? { user: part(user) } : {}),
    ...(password ? { password: part(password) } : {}),
  };
}

/** The text with one private-use unit for each part that is no text; null when the value has no textual shape. */
function flatten(known: Known, holes: Known[]): string | null {
  const text = textOf(known);
  if (text !== null) return text;
  if (known.kind !== 'template') return null;
  return known.parts
    .map((part) => {
      if (part.kind === 'literal') return String(part.value);
      // `f"{URL}/4"` where the URL is put together too.
      const own = part.kind === 'template' ? flatten(part, holes) : null;
      if (own !== null) return own;
      holes.push(part);
      return String.fromCharCode(HOLE + holes.length - 1);
    })
    .join('');
}

function filled(text: string, holes: Known[], at: At): Known {
  const parts: Known[] = [];
  let literal = '';
  for (const unit of text) {
    const hole = holes[unit.charCodeAt(0) - HOLE];
    if (!hole) {
      literal += unit;
      continue;
    }
    if (literal) parts.push({ kind: 'literal', value: literal, at });
    literal = '';
    parts.push(hole);
  }
  if (literal || parts.length === 0) parts.push({ kind: 'literal', value: literal, at });
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'template', parts, at };
}

function queryItems(query: string | undefined, holes: Known[], at: At): UrlParts['query'] {
  if (!query) return [];
  return query
    .split('&')
    .filter(Boolean)
    .map((item) => {
      const equals = item.indexOf('=');
      const key = equals < 0 ? item : item.slice(0, equals);
      return { key: decoded(key), value: filled(equals < 0 ? '' : decoded(item.slice(equals + 1)), holes, at) };
    });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
