/** What verdicts assume where there is no config: the default accessor on the largest identity group. */

import { PRESETS, presetFor, presetIn } from '../accessors/index.js';
import type { Accessor, Config, NamedDatabase } from '../model/config.js';
import type { Identity, IdentityTerms } from '../model/site.js';
import { keyOf } from './identity-keys.js';
import { compare } from './order.js';
import { DEFAULT } from './terms.js';
import { topologyOfServer } from './topology.js';

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
  const assumed = presetAccessors(config, group?.library ?? null);
  const databases: NamedDatabase[] =
    group === null ? [] : [{ name: 'main', number: 0, identity: [group.key], ...prefixOf(group) }];
  const which =
    group === null
      ? 'no group of sites has an address that can be computed'
      : `the database of ${group.key} (${group.sites} sites) as \`main\``;
  return {
    accessors: config.accessors.length > 0 ? config.accessors : assumed,
    databases: config.databases.length > 0 ? config.databases : databases,
    text: `No config: the verdicts assume the default accessor and ${which}. Run \`redis-migrate init\` to state your own.`,
  };
}

/** Those of the preset for both languages; in the language of `library` the one for that library. */
function presetAccessors(config: Config, library: string | null): Accessor[] {
  const base = PRESETS[config.preset];
  if (!base) return [];
  const main = library === null ? null : presetFor(base, library);
  return (['javascript', 'python'] as const).flatMap((language) => {
    const preset = main?.language === language ? main : presetIn(base, language);
    if (!preset) return [];
    const { exports, async: functions } = preset;
    const accessor: Accessor = {
      language,
      file: preset.files[0]?.inSource ?? '',
      module: null,
      name: exports.name,
      open: exports.open,
      close: exports.close,
      library: preset.library,
      import: null,
      scope: '**/*',
      contract: preset.contract,
    };
    if (!functions) return [accessor];
    const { mode, ...own } = functions;
    return [accessor, { ...accessor, ...own, contract: { ...preset.contract, mode } }];
  });
}

/** The key with the most sites; of equal ones the first by text. Without the prefix, which a database states apart. */
function largest(
  identities: readonly Identity[],
): { key: string; prefix: string; sites: number; library: string } | null {
  const counts = new Map<string, { terms: IdentityTerms; sites: number }>();
  for (const { key, terms } of identities) {
    // The assumed accessor opens single servers.
    if (key !== null && topologyOfServer(terms.server) === 'single')
      counts.set(key, { terms, sites: (counts.get(key)?.sites ?? 0) + 1 });
  }
  const [first] = [...counts].sort(([a, many], [b, few]) => few.sites - many.sites || compare(a, b));
  if (!first) return null;
  const [whole, { terms, sites }] = first;
  const stated = terms.prefix.startsWith('literal:');
  const key = stated ? keyOf({ ...terms, prefix: DEFAULT }) : whole;
  return {
    key: key ?? whole,
    prefix: stated ? terms.prefix.slice('literal:'.length) : '',
    sites,
    library: terms.library,
  };
}

function prefixOf({ prefix }: { prefix: string }): Pick<NamedDatabase, 'prefix'> {
  return prefix === '' ? {} : { prefix };
}
