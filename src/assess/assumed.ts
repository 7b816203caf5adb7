/** What verdicts assume where there is no config: the default accessor on the largest identity group. */

import { PRESETS, presetFor } from '../accessors/index.js';
import type { Accessor, Config, NamedDatabase } from '../model/config.js';
import type { Identity } from '../model/site.js';
import { compare } from './order.js';

export interface Assumption {
  accessors: Accessor[];
  databases: NamedDatabase[];
  /** For people; null when there is a config. */
  text: string | null;
}

/** The config's own accessors and databases, or the assumed ones. `identities` are those of the sites that could move. */
export function assumptionOf(config: Config, identities: readonly Identity[]): Assumption {
  if (config.path !== null) return { accessors: config.accessors, databases: config.databases, text: null };
  const group = largest(identities);
  const accessor = presetAccessor(config, group?.library ?? null);
  const databases: NamedDatabase[] = group === null ? [] : [{ name: 'main', number: 0, identity: [group.key] }];
  const which =
    group === null
      ? 'no group of sites has an address that can be computed'
      : `the database of ${group.key} (${group.sites} sites) as \`main\``;
  return {
    accessors: config.accessors.length > 0 ? config.accessors : accessor ? [accessor] : [],
    databases: config.databases.length > 0 ? config.databases : databases,
    text: `No config: the verdicts assume the default accessor and ${which}. Run \`redis-migrate init\` to state your own.`,
  };
}

function presetAccessor(config: Config, library: string | null): Accessor | null {
  const base = PRESETS[config.preset];
  if (!base) return null;
  const preset = (library === null ? null : presetFor(base, library)) ?? base;
  return {
    language: preset.language,
    file: preset.files[0]?.inSource ?? '',
    module: null,
    name: preset.exports.name,
    open: preset.exports.open,
    close: preset.exports.close,
    library: preset.library,
    import: null,
    scope: '**/*',
    contract: preset.contract,
  };
}

/** The key with the most sites; of equal ones the first by text. */
function largest(identities: readonly Identity[]): { key: string; sites: number; library: string } | null {
  const counts = new Map<string, { sites: number; library: string }>();
  for (const { key, terms } of identities) {
    if (key !== null) counts.set(key, { sites: (counts.get(key)?.sites ?? 0) + 1, library: terms.library });
  }
  const [first] = [...counts].sort(([a, many], [b, few]) => few.sites - many.sites || compare(a, b));
  return first ? { key: first[0], ...first[1] } : null;
}
