/** Where Python imports lead: modules of the tree, else installed packages. */

import type { Manifest, Resolution } from '../../model/project.js';
import type { Resolver, Tree } from '../language.js';
import { MANIFESTS, normalName, readManifest, scriptModules } from './manifest.js';
import { STDLIB } from './stdlib.js';

/** Directories of a project that are put on the path: `src/` layouts, and the usual names of applications. */
const SOURCE_ROOTS = ['', 'src/', 'lib/', 'python/'];

export function createResolver(tree: Tree): Resolver {
  const byDirectory = groupByDirectory(tree);
  const manifests = new Map<string, Manifest>();
  const resolved = new Map<string, Resolution>();
  const manifest = (file: string): Manifest | null => {
    const found = manifestAbove(tree, file);
    if (found === null) return null;
    const known = manifests.get(found);
    if (known) return known;
    const made = readManifest(tree, found, siblingsOf(byDirectory, prefixOf(found)));
    const entries = scriptModules(tree, found).flatMap((name) => findAbsolute(tree, found, name, made) ?? []);
    const full = { ...made, entries: [...new Set(entries)].sort() };
    manifests.set(found, full);
    return full;
  };
  return {
    manifest,
    resolve(file, specifier) {
      const key = `${prefixOf(file)}\n${specifier}`;
      const known = resolved.get(key);
      if (known) return known;
      const found = specifier.startsWith('.')
        ? resolveRelative(tree, file, specifier)
        : resolveAbsolute(tree, file, specifier, manifest(file));
      resolved.set(key, found);
      return found;
    },
  };
}

function resolveRelative(tree: Tree, file: string, specifier: string): Resolution {
  const dots = /^\.+/.exec(specifier)?.[0].length ?? 1;
  let directory = prefixOf(file);
  for (let up = 1; up < dots; up += 1) {
    if (directory === '') return { kind: 'unknown' };
    directory = prefixOf(directory.slice(0, -1));
  }
  const found = moduleAt(tree, directory, specifier.slice(dots));
  return found === null ? { kind: 'unknown' } : { kind: 'file', file: found };
}

function resolveAbsolute(tree: Tree, file: string, specifier: string, manifest: Manifest | null): Resolution {
  const top = specifier.split('.')[0] ?? specifier;
  const found = STDLIB.has(top) ? null : findAbsolute(tree, file, specifier, manifest);
  if (found !== null) return { kind: 'file', file: found };
  // A package of the tree that has no such module: not something installed.
  const local = top === specifier ? null : findAbsolute(tree, file, top, manifest);
  return local === null ? { kind: 'external', package: top } : { kind: 'unknown' };
}

/**
 * Looks below every directory that may be on the path, the nearest first. The file's own directory is on it only for a
 * script: inside a package, or when the project declares a dependency of that name, `import redis` is not `./redis.py`.
 */
function findAbsolute(tree: Tree, file: string, specifier: string, manifest: Manifest | null): string | null {
  const own = prefixOf(file);
  const declared = manifest?.dependencies[normalName(specifier.split('.')[0] ?? '')] !== undefined;
  for (const directory of prefixesAbove(own)) {
    const isPackage = tree.files.has(`${directory}__init__.py`);
    if (isPackage || (directory === own && declared && directory !== '')) continue;
    for (const root of SOURCE_ROOTS) {
      const found = moduleAt(tree, directory + root, specifier);
      if (found !== null && found !== file) return found;
    }
  }
  return null;
}

/** `a.b` below a directory: `a/b.py` or `a/b/__init__.py`; without a name the package itself. */
function moduleAt(tree: Tree, directory: string, name: string): string | null {
  const path = directory + name.replaceAll('.', '/');
  const candidates = name === '' ? [`${path}__init__.py`] : [`${path}/__init__.py`, `${path}.py`];
  return candidates.find((candidate) => tree.files.has(candidate)) ?? null;
}

function manifestAbove(tree: Tree, file: string): string | null {
  for (const directory of prefixesAbove(prefixOf(file))) {
    const found = MANIFESTS.find((name) => tree.files.has(directory + name));
    if (found !== undefined) return directory + found;
  }
  return null;
}

/** Directory of a path with its slash, '' for the root. */
function prefixOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function* prefixesAbove(prefix: string): Generator<string> {
  for (let at = prefix; at !== ''; at = prefixOf(at.slice(0, -1))) yield at;
  yield '';
}

/** Text files by directory: requirement files lie beside the manifest or in `requirements/`. */
function groupByDirectory(tree: Tree): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const file of [...tree.files].filter((name) => name.endsWith('.txt')).sort()) {
    const group = groups.get(prefixOf(file));
    if (group) group.push(file);
    else groups.set(prefixOf(file), [file]);
  }
  return groups;
}

function siblingsOf(groups: ReadonlyMap<string, string[]>, directory: string): string[] {
  return [...(groups.get(directory) ?? []), ...(groups.get(`${directory}requirements/`) ?? [])];
}
