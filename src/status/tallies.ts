/** Sites counted by what became of them. Pure. */

import type { Tally, TallyRow } from '../model/gate.js';
import type { Site } from '../model/site.js';

/** The accessor's own openings, and connections that a library makes from a client which it is given. */
const NOT_COUNTED: ReadonlySet<string> = new Set(['accessor', 'consumer-duplicates']);

/** Where a site counts; null: nowhere (a URL, a close, a part of another site, the accessor's own openings). */
export function fateOf(site: Site): keyof Tally | null {
  if (site.category === 'accessor-call') return site.library === null ? null : 'migrated';
  if (site.category !== 'client' && site.category !== 'consumer-options') return null;
  if (site.partOf !== null || site.reasons.some(({ code }) => NOT_COUNTED.has(code))) return null;
  if (site.exempt !== null) return 'exempt';
  return site.verdict === 'rewrite' ? 'planned' : site.verdict === 'review' ? 'review' : 'kept';
}

export function tallyOf(sites: readonly Site[]): Tally {
  const tally: Tally = { migrated: 0, planned: 0, review: 0, kept: 0, exempt: 0 };
  for (const site of sites) {
    const fate = fateOf(site);
    if (fate !== null) tally[fate] += 1;
  }
  return tally;
}

/** Rows by name, sorted; sites for which `nameOf` gives null are left out. */
export function talliesBy(sites: readonly Site[], nameOf: (site: Site) => string | null): TallyRow[] {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const name = fateOf(site) === null ? null : nameOf(site);
    if (name !== null) groups.set(name, [...(groups.get(name) ?? []), site]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, members]) => ({ name, ...tallyOf(members) }));
}

/** The folder of a file, two deep at most: `packages/api`; `.` for the root. */
export function directoryOf(file: string): string {
  return file.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
}
