/** Accessors that a configuration names already: written with the databases that it names. Pure. */

import { besideServer, PRESETS, type Preset, presetFor, presetIn, type ScaffoldDatabase } from '../accessors/index.js';
import { UserError } from '../errors.js';
import type { Accessor, Config, NamedDatabase } from '../model/config.js';
import { databaseFromSettings, termsOfKey } from '../model/identity-key.js';
import type { Project, Site } from '../model.js';
import { inputOf, type Package, packagesOf, styleOf } from './packages.js';

export interface Configured {
  files: { file: string; text: string }[];
  /** Accessors of the configuration that are there already. */
  there: string[];
}

/**
 * Texts of the accessors of a configuration whose files are not there. Throws `UserError` for a preset that is another
 * one than the configuration's, for a library that it does not serve, for a function of another name than its own, and for
 * a database whose server is not named.
 */
export function configuredFiles(
  config: Config,
  scaffold: string,
  tree: { project: Project; sites: readonly Site[]; isFree: (file: string) => boolean },
): Configured {
  const preset = PRESETS[config.preset];
  if (scaffold !== config.preset || !preset)
    throw new UserError(
      `the configuration is for the preset ${config.preset}`,
      `Set \`preset\` to "${scaffold}" first.`,
    );
  const packages = packagesOf(
    tree.project,
    tree.sites.filter(({ category }) => category === 'client'),
  );
  const files = new Map<string, string>();
  const there: string[] = [];
  for (const accessor of config.accessors) {
    if (files.has(accessor.file) || there.includes(accessor.file)) continue;
    if (!tree.isFree(accessor.file)) {
      there.push(accessor.file);
      continue;
    }
    const own = presetOf(preset, accessor);
    files.set(accessor.file, textOf(config, own, accessor, packages));
  }
  return { files: [...files].map(([file, text]) => ({ file, text })), there };
}

function presetOf(base: Preset, { file, name, language, library }: Accessor): Preset {
  const preset = language === 'python' ? presetIn(base, language) : presetFor(base, library);
  if (!preset) throw new UserError(`preset ${base.name} has no accessor for ${library}`);
  if (![preset.exports.name, preset.async?.name].includes(name)) {
    throw new UserError(
      `${file}: the configuration calls its function ${name}, and the preset's is ${preset.exports.name}`,
      `Set \`name\` to "${preset.exports.name}", or write the file yourself.`,
    );
  }
  return preset;
}

function textOf(config: Config, preset: Preset, accessor: Accessor, packages: readonly Package[]): string {
  const own =
    packages.findLast(({ folder }) => folder !== '.' && accessor.file.startsWith(`${folder}/`)) ??
    packages.find(({ folder }) => folder === '.') ??
    packages[0];
  if (!own) throw new UserError('the tree has no package for the accessor');
  const style = styleOf(own);
  return preset.scaffold({
    ...inputOf(own, accessor.library),
    databases: inOrder(config.databases, preset).map((database) => scaffolded(database, accessor)),
    ...(accessor.language === 'python'
      ? { language: 'python', module: 'esm' }
      : { language: /\.[cm]?ts$/.test(accessor.file) ? 'typescript' : 'javascript', module: style.module }),
  });
}

/** What a call without an argument asks for comes first: that is what the accessor then gives. */
function inOrder(databases: readonly NamedDatabase[], { call, contract }: Preset): NamedDatabase[] {
  const standard = call.defaults[contract.parameters.database];
  return [...databases].sort((a, b) => Number(b.name === standard) - Number(a.name === standard));
}

/** The first of a database's servers is where its accessor connects; without one, the server of the contract. */
function scaffolded(database: NamedDatabase, { contract }: Accessor): ScaffoldDatabase {
  const { name, number, identity, prefix } = database;
  const [key] = identity ?? [];
  const declared: Record<string, string | undefined> = key === undefined ? contract.identity : termsOfKey(key);
  const { server, user, password, tls } = declared;
  if (server === undefined) {
    throw new UserError(
      `the server of the database "${name}" is not named`,
      'Give it `identity`, or the contract of the accessor one.',
    );
  }
  const settings = databaseFromSettings(database);
  return {
    name,
    // Zero is what a server gives without a word, and what a URL decides by itself.
    number: settings === null ? (number === 0 ? null : number) : besideServer(settings, server),
    server,
    tls: tls === 'literal:true' ? true : (tls ?? false),
    user: user ?? null,
    password: password ?? null,
    ...(prefix === undefined ? {} : { prefix }),
  };
}
