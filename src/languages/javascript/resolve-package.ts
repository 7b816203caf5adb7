/** Sources of a workspace package in a clone where nothing is installed or built. */

import type { PackageJson } from './manifest.js';
import { allTargets, targetsOf } from './resolve-exports.js';
import { type Files, isSource, join, probeFile, probeIndex } from './resolve-path.js';
import type { TsConfigs } from './tsconfig.js';

/** Directories that hold what a build made. */
const OUTPUT = new Set(['dist', 'build', 'lib', 'out', 'output', 'es', 'esm', 'cjs', '.build']);

/** Directories below the output that only tell the format; the sources have no such level. */
const FORMAT = new Set(['esm', 'cjs', 'es', 'commonjs', 'module', 'main', 'node', 'types', 'umd', 'lib', 'src']);

/** Fields of package.json that name the entry of a package without `exports`; `source` is what bundlers read. */
const ENTRY_FIELDS = ['source', 'module', 'main', 'types', 'typings'];

export interface Sources {
  /** File behind `subpath` (`.` or `./x`) of a package; null when no source is found. */
  entry(of: PackageJson, subpath: string): string | null;
  /** All files that the package offers to others: `exports`, `main`, `bin`. Sorted. */
  entries(of: PackageJson): string[];
  /** Source of a file that a package.json names, built or not. */
  source(directory: string, target: string): string | null;
}

export function createSources(files: Files, tsconfigs: TsConfigs): Sources {
  const source = (directory: string, target: string): string | null => {
    for (const path of sourcePaths(directory, target, tsconfigs)) {
      const found = probeFile(files, path, true) ?? probeIndex(files, path);
      if (found !== null) return found;
    }
    return null;
  };
  const entry = (of: PackageJson, subpath: string): string | null => {
    for (const target of [...targetsFor(of, subpath), ...guesses(subpath)]) {
      const found = source(of.directory, target);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    source,
    entry,
    entries(of) {
      const targets = [...allTargets(of.fields.exports), ...fieldTargets(of), ...strings(of.fields.bin)];
      const found = targets.flatMap((target) =>
        target.includes('*')
          ? filesOfPattern(files, of.directory, target, tsconfigs)
          : (source(of.directory, target) ?? []),
      );
      const main = entry(of, '.');
      return [...new Set(main === null ? found : [...found, main])].filter(isSource).sort();
    },
  };
}

function targetsFor(of: PackageJson, subpath: string): string[] {
  const mapped = targetsOf(of.fields.exports, subpath);
  if (mapped.length > 0) return mapped;
  return subpath === '.' ? fieldTargets(of) : [subpath];
}

function fieldTargets(of: PackageJson): string[] {
  return ENTRY_FIELDS.flatMap((field) => strings(of.fields[field]));
}

/** A string, or the strings of an object (`bin`, `source` by entry). */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).filter((item) => typeof item === 'string');
}

function guesses(subpath: string): string[] {
  return subpath === '.' ? ['src/index', 'index', 'lib/index', 'src/main'] : [join('src', subpath)];
}

/** Places where the source of `target` may lie, the surest first. */
function sourcePaths(directory: string, target: string, tsconfigs: TsConfigs): string[] {
  const built = join(directory, target);
  const paths = [built];
  for (const { outDir, rootDir } of tsconfigs.outputs(directory)) {
    if (!built.startsWith(`${outDir}/`)) continue;
    const rest = built.slice(outDir.length + 1);
    // Without `rootDir` the compiler takes the common directory of the sources: nearly always `src` or the package.
    for (const root of rootDir === null ? [join(directory, 'src'), directory] : [rootDir]) paths.push(join(root, rest));
  }
  const [first = '', ...rest] = join(target).split('/');
  if (!OUTPUT.has(first)) return paths;
  for (let below = rest; below.length > 0; below = below.slice(1)) {
    paths.push(join(directory, 'src', ...below), join(directory, ...below));
    if (!FORMAT.has(below[0] ?? '')) break;
  }
  return paths;
}

/** Files that `./dist/*.js` offers: all sources below the directory that the part before `*` comes from. */
function filesOfPattern(files: Files, directory: string, target: string, tsconfigs: TsConfigs): string[] {
  const before = target.slice(0, target.indexOf('*'));
  const places = sourcePaths(directory, `${before}x`, tsconfigs).map((path) => path.slice(0, -1));
  for (const place of places) {
    const found = [...files].filter((file) => file.startsWith(place) && isSource(file));
    if (found.length > 0) return found;
  }
  return [];
}
