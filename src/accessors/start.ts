import type { AccessorContract } from '../model/config.js';

/** Name of the function that must have run before a client is asked for; null: there is none. */
export function startOf({ notBefore }: AccessorContract): string | null {
  return notBefore === 'import' ? null : notBefore;
}
