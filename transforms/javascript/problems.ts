/** What is wrong with a changed text: it does not parse, or it uses a name that nothing binds any more. */

import { lineAt, nameOf } from './node.js';
import { parse } from './source.js';

export interface Problem {
  code: 'does-not-parse' | 'name-unbound';
  message: string;
  line: number;
}

/** Names of the language, and of Node, that new text may use. */
const LANGUAGE = new Set(['Error', 'process', 'undefined']);

/** Errors that `before` had already are not the migration's and are left out. */
export function problemsOf(file: string, before: string, after: string): Problem[] {
  const old = parse(file, before);
  const parsed = parse(file, after);
  if (!parsed.ok) return [{ code: 'does-not-parse', message: parsed.message, line: parsed.line }];
  const knownErrors = new Set(old.ok ? old.source.errors.map((error) => error.message) : []);
  const knownFree = new Set(old.ok ? old.source.bindings.unbound.map(nameOf) : []);
  const errors = parsed.source.errors
    .filter((error) => !knownErrors.has(error.message))
    .map((error): Problem => ({ code: 'does-not-parse', ...error }));
  const unbound = parsed.source.bindings.unbound
    .filter((node) => !knownFree.has(nameOf(node)) && !LANGUAGE.has(nameOf(node) ?? ''))
    .map((node): Problem => {
      const message = `\`${nameOf(node)}\` is used but not bound`;
      return { code: 'name-unbound', message, line: lineAt(after, node.start) };
    });
  return [...errors, ...unbound];
}
