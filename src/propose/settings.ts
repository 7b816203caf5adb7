/** Settings modules that an accessor can read addresses from: those that its own package exports. */

import { holdersIn, type SettingsImport } from '../accessors/index.js';
import { specifierStyleOf, writeSpecifier } from '../languages/javascript/write-specifier.js';
import { moduleName, relativeModule } from '../languages/python/module-name.js';
import type { FileFacts, Project, Site } from '../model.js';
import type { Package } from './packages.js';

/** Settings, as `file#name` or `file#get_settings()`, that every package which opens with them can import from itself, with their exported names. */
export function importableSettings(packages: readonly Package[]): Map<string, string> {
  const found = new Map<string, string | null>();
  for (const own of packages) {
    const files = new Map(own.files.map(({ facts }) => [facts.file, facts]));
    for (const holder of own.sites.flatMap(holdersOf)) {
      const [file = '', name = ''] = holder.replace(/\(\)$/, '').split(/#([^#]*)$/);
      const facts = files.get(file);
      const exported = facts ? exportedName(facts, name) : null;
      found.set(holder, found.get(holder) === null ? null : exported);
    }
  }
  return new Map([...found].flatMap(([holder, name]) => (name === null ? [] : [[holder, name]])));
}

/** Imports of the settings that some identities need, for an accessor at `file`. */
export function settingsImports(
  project: Project,
  { file, module }: { file: string; module?: string },
  own: Package,
  keys: readonly string[],
  names: ReadonlyMap<string, string>,
): SettingsImport[] {
  const specifierOf =
    module === undefined ? javascriptSpecifiers(file, own) : pythonSpecifiers(project, file, module, own);
  const holders = [...new Set(keys.flatMap(holdersIn))].sort();
  return holders.flatMap((holder): SettingsImport[] => {
    const exported = names.get(holder);
    const [from = ''] = holder.split('#');
    return exported === undefined ? [] : [{ holder, exported, specifier: specifierOf(from) }];
  });
}

/** A path from the root → how the accessor names that module. */
type Specifiers = (from: string) => string;

function javascriptSpecifiers(file: string, own: Package): Specifiers {
  const style = specifierStyleOf(own.files.map((one) => one.facts)) ?? (own.manifest?.module === true ? 'js' : 'none');
  return (from) => writeSpecifier(file, from, style);
}

/** As the package itself imports the module; relative only where the accessor is in the package that it goes up to. */
function pythonSpecifiers(project: Project, file: string, module: string, own: Package): Specifiers {
  const imported = own.files.flatMap(({ resolutions }) => Object.entries(resolutions));
  return (from) => {
    const used = imported.flatMap(([name, to]) => (to.kind === 'file' && to.file === from ? [name] : []));
    const absolute = used.find((name) => !name.startsWith('.'));
    if (absolute !== undefined) return absolute;
    const relative = used.length > 0 ? relativeModule(file, from) : null;
    const up = /^\.+/.exec(relative ?? '')?.[0].length ?? 0;
    return relative !== null && up < module.split('.').length ? relative : moduleName(project, from);
  };
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
