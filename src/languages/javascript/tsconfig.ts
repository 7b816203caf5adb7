/** tsconfig.json and jsconfig.json: `paths`, `baseUrl`, and where built files come from. */

import type { Tree } from '../language.js';
import { parseJson } from './manifest.js';
import { isRecord, matchPattern } from './resolve-exports.js';
import { directoryOf, join, upwards } from './resolve-path.js';

export interface TsConfig {
  /** Pattern → targets, as paths from the root. */
  paths: { pattern: string; targets: string[] }[];
  baseUrl: string | null;
  outDir: string | null;
  rootDir: string | null;
}

export interface TsConfigs {
  /** Candidates for a specifier that is neither relative nor `#…`, best first, as paths from the root. */
  candidates(file: string, specifier: string): string[];
  /** Pairs of build output and source directory that the configs of a directory state. */
  outputs(directory: string): readonly Output[];
}

export interface Output {
  outDir: string;
  rootDir: string | null;
}

const EMPTY: TsConfig = { paths: [], baseUrl: null, outDir: null, rootDir: null };
/** Stands for the directory of the config that was asked for, in the ones it extends too. */
const CONFIG_DIR = '$' + '{configDir}';
const NAMES = ['tsconfig.json', 'jsconfig.json'];

/** `findPackage` gives the file behind a bare `extends`, null when the package is not in the tree. */
export function readTsConfigs(tree: Tree, findPackage: (specifier: string) => string | null): TsConfigs {
  const cache = new Map<string, TsConfig[]>();
  const outputs = new Map<string, Output[]>();
  let configFiles: string[] | null = null;
  const load = (file: string, home: string, seen: readonly string[]): TsConfig =>
    loadConfig({ tree, findPackage }, file, home, seen);
  const above = (directory: string): TsConfig[] => {
    const known = cache.get(directory);
    if (known) return known;
    const found = configsAbove(tree, directory, (file) => load(file, directoryOf(file), []));
    cache.set(directory, found);
    return found;
  };
  return {
    candidates(file, specifier) {
      return [...new Set(above(directoryOf(file)).flatMap((config) => candidatesOf(config, specifier)))];
    },
    outputs(directory) {
      const known = outputs.get(directory);
      if (known) return known;
      configFiles ??= [...tree.files].filter((file) => /(?:^|\/)tsconfig(?:\.[\w-]+)*\.json$/.test(file)).sort();
      const configs = configFiles.filter((file) => directoryOf(file) === directory);
      // Longer directories first: `dist/esm` says more than `dist`.
      const found = configs
        .map((file) => load(file, directory, []))
        .flatMap(({ outDir, rootDir }) => (outDir === null ? [] : [{ outDir, rootDir }]))
        .sort((a, b) => b.outDir.length - a.outDir.length);
      outputs.set(directory, found);
      return found;
    },
  };
}

/**
 * Configs that may govern a directory, nearest first, each followed by those it references (a "solution" has no
 * settings of its own). TypeScript asks only the nearest; a farther one is a fallback for tools that start at the top.
 */
function configsAbove(tree: Tree, start: string, load: (file: string) => TsConfig): TsConfig[] {
  const found: TsConfig[] = [];
  for (const directory of upwards(start)) {
    for (const name of NAMES) {
      const file = join(directory, name);
      if (!tree.files.has(file)) continue;
      found.push(load(file));
      for (const reference of referencesOf(tree, file)) found.push(load(reference));
    }
  }
  return found;
}

function referencesOf(tree: Tree, file: string): string[] {
  const references = parseJson(tree.read(file))?.references;
  if (!Array.isArray(references)) return [];
  return references.flatMap((reference: unknown) => {
    const path = isRecord(reference) && typeof reference.path === 'string' ? reference.path : null;
    if (path === null) return [];
    const target = join(directoryOf(file), path);
    const files = [target, `${target}/tsconfig.json`].filter((name) => name.endsWith('.json') && tree.files.has(name));
    return files.slice(0, 1);
  });
}

interface Surroundings {
  tree: Tree;
  findPackage: (specifier: string) => string | null;
}

/** Settings of a config with what it extends. `home` is the directory of the config that was asked for. */
function loadConfig(around: Surroundings, file: string, home: string, seen: readonly string[]): TsConfig {
  const fields = seen.includes(file) ? null : parseJson(around.tree.read(file));
  if (fields === null) return EMPTY;
  const directory = directoryOf(file);
  const bases = [fields.extends].flat().filter((base) => typeof base === 'string');
  let settings = EMPTY;
  for (const base of bases) {
    const found = findBase(around, directory, base);
    if (found !== null) settings = merge(settings, loadConfig(around, found, home, [...seen, file]));
  }
  return merge(settings, ownSettings(fields.compilerOptions, directory, home, settings.baseUrl));
}

function merge(base: TsConfig, own: TsConfig): TsConfig {
  return {
    paths: own.paths.length > 0 ? own.paths : base.paths,
    baseUrl: own.baseUrl ?? base.baseUrl,
    outDir: own.outDir ?? base.outDir,
    rootDir: own.rootDir ?? base.rootDir,
  };
}

function ownSettings(options: unknown, directory: string, home: string, inherited: string | null): TsConfig {
  if (!isRecord(options)) return EMPTY;
  const place = (path: string): string =>
    path.startsWith(CONFIG_DIR) ? join(home, path.slice(CONFIG_DIR.length)) : join(directory, path);
  const at = (value: unknown): string | null => (typeof value === 'string' ? place(value) : null);
  const baseUrl = at(options.baseUrl);
  // Targets of `paths` start at `baseUrl` if there is one, else at the config that states them.
  const from = baseUrl ?? inherited;
  const target = (path: string) => (from === null || path.startsWith(CONFIG_DIR) ? place(path) : join(from, path));
  const paths = isRecord(options.paths) ? Object.entries(options.paths) : [];
  return {
    paths: paths.map(([pattern, targets]) => ({
      pattern,
      targets: [targets]
        .flat()
        .filter((path) => typeof path === 'string')
        .map(target),
    })),
    baseUrl,
    outDir: at(options.outDir),
    rootDir: at(options.rootDir),
  };
}

function findBase(around: Surroundings, directory: string, base: string): string | null {
  if (!base.startsWith('.')) return around.findPackage(base);
  const target = join(directory, base);
  return [target, `${target}.json`, `${target}/tsconfig.json`].find((file) => around.tree.files.has(file)) ?? null;
}

function candidatesOf(config: TsConfig, specifier: string): string[] {
  const matching = config.paths
    .filter(({ pattern }) => matchPattern(pattern, specifier) !== null)
    .sort((a, b) => prefixOf(b.pattern).length - prefixOf(a.pattern).length)[0];
  const star = matching ? (matchPattern(matching.pattern, specifier) ?? '') : '';
  const targets = matching?.targets.map((target) => join(target.replace('*', star))) ?? [];
  return config.baseUrl === null ? targets : [...targets, join(config.baseUrl, specifier)];
}

function prefixOf(pattern: string): string {
  return pattern.split('*')[0] ?? '';
}
