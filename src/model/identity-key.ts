/** Identity keys taken apart. */

import type { NamedDatabase } from './config.js';

/** Terms by name; `server` is always there, what else a key leaves out is the default. */
export interface KeyTerms {
  server: string;
  [name: string]: string | undefined;
}

/** `env:REDIS_HOST:env:REDIS_PORT;user=env:REDIS_USER`: the server stands first, the others as `name=term`. */
export function termsOfKey(key: string): KeyTerms {
  const [server = '', ...rest] = key.split(';');
  const terms = rest.map((term) => [term.slice(0, term.indexOf('=')), term.slice(term.indexOf('=') + 1)]);
  return { ...Object.fromEntries(terms), server };
}

/** Term of the number of a database whose entries say that it is not fixed: `env:REDIS_DB|literal:0`; null where it is. */
export function databaseFromSettings({ identity }: NamedDatabase): string | null {
  const terms = (identity ?? []).flatMap((key) => termsOfKey(key).database ?? []);
  return terms.find((term) => !term.startsWith('literal:')) ?? null;
}
