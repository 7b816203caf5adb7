/** Openings by where they lead, and the named databases for them. */

import {
  type IdentityGroup,
  type Proposal,
  proposeDatabases,
  type RefusedGroup,
  type SettingsOf,
} from '../accessors/index.js';
import type { Site } from '../model.js';

/** Site id → term of the password that the site gives beside its address. */
export type Passwords = Readonly<Record<string, string>>;

export interface Grouped extends Proposal {
  /** Identity key → sites that have it. */
  sites: ReadonlyMap<string, readonly Site[]>;
}

/** The library whose accessor decodes replies where it is asked to: there decoding makes no database of its own. */
const DECODES = 'redis-py';

/** Identity key of a site without its decoding; null when it is not known. */
export function placeOf({ identity }: Site): string | null {
  if (!identity || identity.key === null) return null;
  const { key, terms } = identity;
  return terms.library === DECODES ? key.replace(`;decode=${terms.decode}`, '') : key;
}

/** Databases for the identities of some sites; those whose replies are decoded are no database of their own. */
export function groupsOf(sites: readonly Site[], passwords: Passwords, library: string, settings: SettingsOf): Grouped {
  const byKey = new Map<string, Site[]>();
  for (const site of sites) {
    const key = placeOf(site);
    if (key === null || (library !== DECODES && site.identity?.terms.decode !== 'default')) continue;
    byKey.set(key, [...(byKey.get(key) ?? []), site]);
  }
  const groups: IdentityGroup[] = [];
  const refused: RefusedGroup[] = [];
  for (const [key, members] of byKey) {
    const terms = members[0]?.identity?.terms;
    const password = commonPassword(members.map(({ id }) => passwords[id] ?? 'default'));
    if (!terms) continue;
    if (password !== null)
      groups.push({ key, terms: { ...terms, decode: 'default' }, sites: members.length, password });
    else
      refused.push({
        key,
        reason: { code: 'passwords-differ', message: 'its sites give different passwords', at: null },
      });
  }
  const proposal = proposeDatabases(groups, library, settings);
  const all = [...refused, ...proposal.refused].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { databases: proposal.databases, refused: all, sites: byKey };
}

/** The password of a group: the one that is given, if any is. One that is written in the code counts first. Null: several. */
function commonPassword(terms: readonly string[]): string | null {
  const hidden = terms.find((term) => term.includes('***'));
  if (hidden !== undefined) return hidden;
  const given = [...new Set(terms.filter((term) => term !== 'default'))];
  return given.length > 1 ? null : (given[0] ?? 'default');
}
