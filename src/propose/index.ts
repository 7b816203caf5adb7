/** What `init` proposes for a tree: accessors, named databases, a configuration. Pure: nothing is written here. */

import { parse } from 'node:path/posix';
import { holdersIn, PRESETS, type Preset } from '../accessors/index.js';
import { UserError } from '../errors.js';
import { moduleName } from '../languages/python/module-name.js';
import type { Finding, Project, Site } from '../model.js';
import { CONFIG_FILE, canBeStated, type ExistingAccessor } from './existing.js';
import { type Grouped, groupsOf, type Passwords, placeOf } from './groups.js';
import type { Guarded } from './guard/index.js';
import { namedTogether, sharesOf } from './languages.js';
import { nextSteps } from './next-steps.js';
import { inPackage, inputOf, type Package, packagesOf, scopeOf, styleOf } from './packages.js';
import { pythonPlace } from './python.js';
import { importableSettings, settingsImports } from './settings.js';

export { type Configured, configuredFiles } from './configured.js';
export { CONFIG_FILE, type ExistingAccessor } from './existing.js';
export { type Guarded, guardOf } from './guard/index.js';
export { guardSteps } from './next-steps.js';
export { suiteTests } from './suite-test.js';
export { type Survey, surveyOf } from './survey.js';

export interface ProposeInput {
  project: Project;
  sites: readonly Site[];
  passwords: Passwords;
  findings: readonly Finding[];
  /** Functions of the tree that give out one client for all, the most called first. */
  existing: readonly ExistingAccessor[];
  /** Preset to scaffold; null: only a configuration. */
  scaffold: string | null;
  /** Whether a path from the root can become a module without taking the name of one that is there. */
  isFree: (file: string) => boolean;
}

export interface Proposed {
  config: Record<string, unknown>;
  /** Files to write, the configuration last. */
  files: { file: string; text: string }[];
  /** The named databases, the largest first, with the sites that lead there. */
  groups: { name: string; identity: string; sites: number }[];
  /** Files that each accessor serves. */
  scopes: { file: string; scope: string }[];
  /** The proposed accessors, for lint rules. */
  guarded: Guarded[];
  next: string[];
}

/** Throws `UserError` for an unknown preset. A tree of two languages gets accessors for both: they share their databases. */
export function propose(input: ProposeInput): Proposed {
  const clients = input.sites.filter(({ category, zone }) => category === 'client' && isForUse(zone));
  const base = presetOf(input.scaffold);
  const parts: Part[] = [];
  for (const [preset, own] of sharesOf(base, clients, input.project)) parts.push(partOf(input, preset, own, parts));
  const accessors = parts.flatMap(({ preset, entries }) =>
    entries.length > 0 ? [[preset.language, entries.length === 1 ? entries[0] : entries]] : [],
  );
  const databases = parts.flatMap(({ grouped }) =>
    grouped.databases.map(({ named: { name, ...database } }) => [name, database]),
  );
  const config = {
    preset: base.name,
    ...(accessors.length > 0 ? { accessors: Object.fromEntries(accessors) } : {}),
    databases: Object.fromEntries(databases),
  };
  const next = parts.flatMap((part) => part.next);
  return {
    config,
    files: [
      ...parts.flatMap(({ files }) => files),
      { file: CONFIG_FILE, text: `${JSON.stringify(config, null, 2)}\n` },
    ],
    groups: parts.flatMap(({ grouped }) =>
      grouped.databases.map(({ key, named }) => ({
        name: named.name,
        identity: key,
        sites: grouped.sites.get(key)?.length ?? 0,
      })),
    ),
    scopes: parts.flatMap(({ entries }) => entries.map(({ file, scope }) => ({ file, scope: scope ?? '**/*' }))),
    guarded: parts.flatMap(({ guarded }) => guarded),
    // What is to be done at the end is said once, after what concerns one language.
    next: next.filter((step, index) => next.lastIndexOf(step) === index),
  };
}

/** What is proposed for one language. */
interface Part {
  preset: Preset;
  grouped: Grouped;
  entries: Entry[];
  files: { file: string; text: string }[];
  guarded: Guarded[];
  next: string[];
}

function partOf(input: ProposeInput, preset: Preset, clients: readonly Site[], before: readonly Part[]): Part {
  const openings = clients.filter(({ library }) => library === preset.library);
  const others = clients.filter(({ library }) => library !== preset.library);
  const packages = openings.length === 0 && others.length > 0 ? [] : packagesOf(input.project, openings);
  const settings = importableSettings(packages);
  const found = groupsOf(openings, input.passwords, preset.library, (holder) => settings.has(holder));
  const grouped = {
    ...found,
    databases: namedTogether(
      found.databases,
      preset.language,
      before.flatMap((one) => one.grouped.databases),
    ),
  };
  const made = packages
    .filter((one) => grouped.databases.length === 0 || opensNamed(one, grouped))
    .map((one) => accessorOf(input, preset, one, packages.length > 1));
  const files =
    input.scaffold === null || grouped.databases.length === 0
      ? []
      : made.map((one) => written(input.project, preset, one, grouped, settings));
  const entries = made.map(({ entry }) => entry);
  const existing = made.flatMap((one) => one.existing ?? []);
  const missing = files.length > 0 ? [] : made.flatMap((one) => (one.existing ? [] : one.entry.file));
  const next = nextSteps({
    grouped,
    openings,
    others,
    findings: input.findings,
    missing,
    existing,
    preset: preset.name,
  });
  const guarded = made.map(({ entry: { file, name }, library }) => ({
    language: preset.language,
    file,
    name,
    library,
  }));
  return { preset, grouped, entries, files, guarded, next };
}

function isForUse(zone: Site['zone']): boolean {
  return zone === 'production' || zone === 'example';
}

function presetOf(name: string | null): Preset {
  const preset = PRESETS[name ?? 'default'];
  if (preset && Object.hasOwn(PRESETS, name ?? 'default')) return preset;
  throw new UserError(`there is no preset "${name}"`, `Known: ${Object.keys(PRESETS).sort().join(', ')}.`);
}

function opensNamed({ sites }: Package, { databases }: Grouped): boolean {
  return sites.some((site) => databases.some(({ key }) => key === placeOf(site)));
}

/** An accessor as the configuration states it. */
interface Entry {
  file: string;
  module?: string;
  name: string;
  open: string | null;
  close: string | null;
  library?: string;
  scope?: string;
  contract?: object;
}

interface ProposedAccessor {
  own: Package;
  entry: Entry;
  existing: ExistingAccessor | null;
  library: string;
}

/** The accessor of a package: a function that it has already, unless one is to be scaffolded; else the preset's. */
function accessorOf(input: ProposeInput, preset: Preset, own: Package, scoped: boolean): ProposedAccessor {
  const { library } = preset;
  const stated = library === presetOf(preset.name).library || preset.language === 'python' ? {} : { library };
  const scope = { ...stated, ...(scoped ? { scope: scopeOf(own) } : {}) };
  const inside = new Set(own.files.map(({ facts }) => facts.file));
  const existing = input.existing.find((one) => one.library === library && inside.has(one.file) && canBeStated(one));
  if (existing && input.scaffold === null) {
    const { file, name, fixed } = existing;
    const mode = existing.mode === 'sync' ? {} : { mode: existing.mode };
    const contract = { ...mode, roles: ['command'], fixed: Object.keys(fixed).length > 0 ? { '*': fixed } : {} };
    return { own, library, existing, entry: { file, name, open: null, close: null, ...scope, contract } };
  }
  if (preset.language === 'python')
    return { own, library, existing: null, entry: pythonEntry(input, preset, own, scope) };
  const style = styleOf(own);
  const place = preset.files.find(({ language, module }) => language === style.language && module === style.module);
  if (!place) throw new UserError(`preset ${preset.name} has no accessor for ${style.language} (${style.module})`);
  const file = freeFile(inPackage(own, style.inSource ? place.inSource : place.path), preset, input.isFree);
  const { name, open, close } = preset.exports;
  return { own, library, existing: null, entry: { file, name, open, close, ...scope } };
}

/** Its module is the name by which the project's own imports would find it. */
function pythonEntry({ project, isFree }: ProposeInput, preset: Preset, own: Package, scope: Partial<Entry>): Entry {
  const { name, open, close } = preset.exports;
  const file = freeFile(pythonPlace(own, preset.files[0]?.path ?? ''), preset, isFree);
  return { file, module: moduleName(project, file), name, open, close, ...scope };
}

/** The path, or one beside it: a file that is there already is somebody's own, and not the accessor. */
function freeFile(file: string, { language }: Preset, isFree: (file: string) => boolean): string {
  const { dir, name, ext } = parse(file);
  const between = language === 'python' ? '_' : '-';
  const others = ['accessor', 'clients', 'connections'].map((word) => `${dir}/${name}${between}${word}${ext}`);
  return [file, ...others].find(isFree) ?? file;
}

/**
 * The accessor's file: with the databases that the package opens, and the default one, because calls leave its name out,
 * unless its address is in the settings of another package, where no call of this one can mean it.
 */
function written(
  project: Project,
  preset: Preset,
  { own, entry, library }: ProposedAccessor,
  { databases }: Grouped,
  names: ReadonlyMap<string, string>,
): { file: string; text: string } {
  const keys = new Set(own.sites.map(placeOf));
  const needed = databases.filter(({ key }, index) => keys.has(key) || (index === 0 && holdersIn(key).length === 0));
  const settings = settingsImports(
    project,
    entry,
    own,
    needed.map(({ key }) => key),
    names,
  );
  const { language, module } =
    preset.language === 'python' ? { language: preset.language, module: 'esm' as const } : styleOf(own);
  return {
    file: entry.file,
    text: preset.scaffold({
      ...inputOf(own, library),
      databases: needed.map(({ scaffold }) => scaffold),
      ...(settings.length > 0 ? { settings } : {}),
      language,
      module,
    }),
  };
}
