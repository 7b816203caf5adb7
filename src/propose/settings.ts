/** Settings modules that an accessor can read addresses from: those that its own package exports. */

import { holdersIn, type SettingsImport } from '../accessors/index.js';
import { specifierStyleOf, writeSpecifier } from '../languages/javascript/write-specifier.js';
import type { FileFacts, Site } from '../model.js';
import type { Package } from './packages.js';

/** Settings, as `file#name`, that every package which opens with them can import from itself, with their exported names. */
export function importableSettings(packages: readonly Package[]): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const own of packages) {
    const files = new Map(own.files.map(({ facts }) => [facts.file, facts]));
    for (const holder of own.sites.flatMap(holdersOf)) {
      const [file = '', name = ''] = holder.split(/#([^#]*)$/);
      const facts = files.get(file);
      const exported = facts ? exportedName(facts, name) : null;
      found.set(holder, found.get(holder) === null ? null : exported);
    }
  }
  return new Map([...found].flatMap(([holder, name]) => (name === null ? [] : [[holder, name]])));
}

/** Imports of the settings that some identities need, for an accessor at `file`. */
export function settingsImports(
  file: string,
  own: Package,
  keys: readonly string[],
  names: ReadonlyMap<string, string>,
): SettingsImport[] {
  const facts = own.files.map((one) => one.facts);
  const style = specifierStyleOf(facts) ?? (own.manifest?.module === true ? 'js' : 'none');
  const holders = [...new Set(keys.flatMap(holdersIn))].sort();
  return holders.flatMap((holder): SettingsImport[] => {
    const exported = names.get(holder);
    const [from = ''] = holder.split('#');
    return exported === undefined ? [] : [{ holder, exported, specifier: writeSpecifier(file, from, style) }];
  });
}

function holdersOf({ identity }: Site): string[] {
  return identity ? Object.values(identity.terms).flatMap(holdersIn) : [];
}

/** The name under which a module exports one of its constants; null when it does not. */
function exportedName({ exports, values, locals }: FileFacts, name: string): string | null {
  const found = exports.find(({ value, typeOnly }) => {
    const exported = value === null || typeOnly ? undefined : values[value];
    return (
      exported?.kind === 'reference' && locals[exported.local]?.name === name && locals[exported.local]?.scope === 0
    );
  });
  return found?.name ?? null;
}
