/** A name for a database that code uses and the configuration does not have. */

import { baseName } from '../accessors/index.js';
import type { NamedDatabase } from '../model/config.js';
import type { IdentityTerms } from '../model/site.js';
import { serverKeysOf, unsaid } from './identity-keys.js';

/**
 * An entry of `databases` to copy into the configuration: `"redis-db7": { "number": 7, "identity": […] }`. It is named as
 * `init` names databases. Null where no number is written, or where more than server and number makes the database.
 */
export function proposedEntry(terms: IdentityTerms, databases: readonly NamedDatabase[]): string | null {
  const number =
    terms.database === unsaid(terms, 'database') ? '0' : /(?:^|\|)literal:(\d+)$/.exec(terms.database)?.[1];
  const server = serverKeysOf(terms).at(-1);
  if (number === undefined || server === undefined || terms.prefix !== 'default') return null;
  const base = baseName(terms.server) || 'redis';
  const wanted = number === '0' ? base : `${base}-db${number}`;
  const taken = new Set(databases.map(({ name }) => name));
  let name = wanted;
  for (let next = 2; taken.has(name); next += 1) name = `${wanted}-${next}`;
  return `"${name}": { "number": ${number}, "identity": [${JSON.stringify(server)}] }`;
}
