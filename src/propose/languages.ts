/** Two languages in one configuration: which preset serves which openings, and how their databases are named. */

import { type Preset, type ProposedDatabase, presetFor, presetIn } from '../accessors/index.js';
import type { Project, Site } from '../model.js';
import { placeOf } from './groups.js';

/** Openings by the preset that serves them: those of the most used library with all that nobody serves, then of the other language. */
export function sharesOf(base: Preset, clients: readonly Site[], project: Project): [Preset, Site[]][] {
  const first = presetFor(base, mostUsed(clients)) ?? presetOfTree(base, project);
  const isFirst = ({ language }: Site) => (language === 'python') === (first.language === 'python');
  const rest = clients.filter((site) => !isFirst(site));
  const second = presetFor(base, mostUsed(rest));
  if (!second || second.language === first.language) return [[first, [...clients]]];
  return [
    [first, clients.filter(isFirst)],
    [second, rest],
  ];
}

/** Where nothing opens yet: the preset of Python where all that speaks of Redis is Python. */
function presetOfTree(base: Preset, { files }: Project): Preset {
  const isPython = files.length > 0 && files.every(({ facts }) => facts.language === 'python');
  return (isPython ? presetIn(base, 'python') : null) ?? base;
}

/** The library of the largest group of sites that lead to one place; empty when there is none. */
function mostUsed(clients: readonly Site[]): string {
  const counts = new Map<string, { library: string; sites: number }>();
  for (const site of clients) {
    const { identity, library } = site;
    if (!identity?.key || library === null) continue;
    const key = placeOf(site) ?? identity.key;
    counts.set(key, { library, sites: (counts.get(key)?.sites ?? 0) + 1 });
  }
  const sorted = [...counts].sort(([a, many], [b, few]) => few.sites - many.sites || (a < b ? -1 : 1));
  return sorted[0]?.[1].library ?? '';
}

/**
 * The databases of a language with names that agree with those proposed before for another: one for the same place, another
 * one where a name is taken. The one called as those before call their first comes first: calls leave its name out.
 */
export function namedTogether(
  databases: readonly ProposedDatabase[],
  language: string,
  before: readonly ProposedDatabase[],
): ProposedDatabase[] {
  const taken = new Set(before.map(({ named }) => named.name));
  const named = databases.map((one): ProposedDatabase => {
    const same = before.find((other) => addressOf(other) === addressOf(one));
    const name = same?.named.name ?? (taken.has(one.named.name) ? `${one.named.name}-${language}` : one.named.name);
    return { ...one, named: { ...one.named, name }, scaffold: { ...one.scaffold, name } };
  });
  const [first] = before;
  return [
    ...named.filter((one) => one.named.name === first?.named.name),
    ...named.filter((one) => one.named.name !== first?.named.name),
  ];
}

function addressOf({ named: { name: _, ...place } }: ProposedDatabase): string {
  return JSON.stringify([place.number, place.identity, place.prefix]);
}
