/** Identity keys taken apart. */

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
