/** What is wrong with a changed text: it does not parse or compile, or it uses a name that nothing binds any more. */

import type { TextProblem } from '../../src/languages/language.js';
import { compileErrors } from './compile.js';
import { lineAt } from './node.js';
import { parse } from './source.js';

/** Names of the language that new text may use. */
const BUILTINS = new Set(['ConnectionError', 'DeprecationWarning']);

/** Errors that `before` had already are not the migration's and are left out. */
export function problemsOf(file: string, before: string, after: string): TextProblem[] {
  const parsed = parse(file, after);
  if (!parsed.ok) return [{ code: 'does-not-parse', message: parsed.message, line: parsed.line }];
  const old = parse(file, before);
  const knownFree = new Set(old.ok ? old.source.bindings.unbound.map(({ name }) => name) : []);
  const unbound = parsed.source.bindings.unbound
    .filter(({ name }) => !knownFree.has(name) && !BUILTINS.has(name))
    .map(({ name, node }): TextProblem => {
      return { code: 'name-unbound', message: `\`${name}\` is used but not bound`, line: lineAt(after, node.start) };
    });
  return unbound.length > 0 ? unbound : compileErrors(before, after);
}
