/** The rules of ESLint, from what is forbidden. Pure. */

import type { GuardScope } from './scope.js';

/** ESLint 9.37.0 is the first whose own rule has `allowTypeImports` (lib/rules/no-restricted-imports.js); older ones refuse it. */
export const WITH_TYPES = '>=9.37.0';

/** How imports of types alone are let pass: by the rule of ESLint itself, by that of typescript-eslint, or not at all. */
export type Types = 'core' | 'typescript-eslint' | 'none';

/** Settings of `rules`. Those for `require` only where the code has it: that rule is deprecated, though still there. */
export function eslintRules({ banned, message, requires }: GuardScope, types: Types): Record<string, unknown> {
  const paths = banned.map((one) => ({
    name: one.package,
    importNames: one.names,
    ...(types === 'none' ? {} : { allowTypeImports: true }),
    message,
  }));
  const modules = banned.map((one) => ({ name: one.package, message }));
  const name = types === 'typescript-eslint' ? '@typescript-eslint/no-restricted-imports' : 'no-restricted-imports';
  return {
    [name]: ['error', { paths }],
    ...(requires ? { 'no-restricted-modules': ['error', { paths: modules }] } : {}),
  };
}

/** Rules of the same names would replace each other instead of adding up. */
export const SAME_RULES = /no-restricted-(?:imports|modules)/;
