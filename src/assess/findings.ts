/** Security findings, first form: credentials that are written in the code. The text itself is never repeated. */

import { redisLibrary } from '../libraries/index.js';
import type { Finding } from '../model/site.js';
import type { At, Known, Trace } from '../model/traced.js';
import { effectiveOptions } from './arguments.js';
import { alternatives, textOf } from './known.js';
import { compare } from './order.js';
import { urlParts } from './urls.js';

const MESSAGE =
  'A credential of Redis is written in the code: move it to the environment or a secret store, and change it.';

/** One finding for each line with a credential, in the order of files and lines. */
export function findingsOf(trace: Trace): Finding[] {
  const places: At[] = [];
  for (const opening of trace.openings) {
    const options = redisLibrary(opening.library)?.options ?? {};
    for (const way of effectiveOptions(opening, trace.openings)) {
      for (const [name, { value }] of Object.entries(way.settings)) {
        if (options[name]?.secret) places.push(...literalPlaces(value));
      }
      if (way.url) places.push(...urlPlaces(way.url));
    }
    for (const arg of opening.args) places.push(...urlPlaces(arg));
  }
  for (const { known, at, not } of trace.urls) if (not === null && holdsCredential(known)) places.push(at);
  const unique = new Map(places.map((at) => [`${at.file}\0${at.line}`, at]));
  return [...unique.values()]
    .sort((a, b) => compare(a.file, b.file) || a.line - b.line)
    .map(({ file, line }) => ({ code: 'literal-credential', severity: 'high', file, line, message: MESSAGE }));
}

/** Places of non-empty literal texts among the values that may arrive, fallbacks included. */
function literalPlaces(known: Known): At[] {
  return alternatives(known).flatMap((one) => {
    if (one.kind === 'env' || one.kind === 'config') return one.fallback ? literalPlaces(one.fallback) : [];
    if (one.kind === 'converted') return literalPlaces(one.value);
    const text = textOf(one);
    return text !== null && text !== '' ? [one.at] : [];
  });
}

function urlPlaces(known: Known): At[] {
  return alternatives(known).flatMap((one) => {
    if (one.kind === 'env' || one.kind === 'config') return one.fallback ? urlPlaces(one.fallback) : [];
    return holdsCredential(one) ? [one.at] : [];
  });
}

/** Whether the password of a URL is a literal text that is not empty. */
function holdsCredential(known: Known): boolean {
  const password = urlParts(known)?.password;
  const text = textOf(password);
  return text !== null && text !== '';
}
