/** Exact versions of dependencies: from the nearest lockfile, else from an installed copy. */

import { posix } from 'node:path';
import type { Tree } from '../language.js';
import type { PackageJson, Packages } from './manifest.js';
import { parseJson } from './manifest.js';
import { LOCKFILES, type Lockfile, readLockfile } from './manifest-lockfiles.js';
import { join, upwards } from './resolve-path.js';

/**
 * Gives the versions that a package's dependencies have. What a package above declares counts too (hoisting), after
 * the package's own. Lockfiles are read when the first manifest asks, each once.
 */
export function createVersions(tree: Tree, packages: Packages): (of: PackageJson) => Record<string, string> {
  const lockfiles = new Map<string, Lockfile>();
  const lockfileAt = (directory: string): Lockfile | null => {
    const name = Object.keys(LOCKFILES).find((candidate) => tree.files.has(join(directory, candidate)));
    if (name === undefined) return null;
    const file = join(directory, name);
    const made = lockfiles.get(file) ?? readLockfile(name, tree.read(file) ?? '');
    lockfiles.set(file, made);
    return made;
  };
  return (of) => {
    const versions: Record<string, string> = {};
    for (const directory of upwards(of.directory)) {
      const declaring = packages.at(directory);
      if (!declaring) continue;
      for (const [name, range] of Object.entries(declaring.dependencies)) {
        versions[name] ??= exactVersion(tree, declaring.directory, name, range, lockfileAt) ?? '';
      }
    }
    const known = Object.entries(versions).filter(([, version]) => version !== '');
    return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
}

function exactVersion(
  tree: Tree,
  directory: string,
  name: string,
  range: string,
  lockfileAt: (directory: string) => Lockfile | null,
): string | null {
  for (const above of upwards(directory)) {
    const lockfile = lockfileAt(above);
    if (lockfile === null) continue;
    const found = lockfile(posix.relative(above, directory) || '.', name, range);
    if (found !== null) return found;
    break;
  }
  for (const above of upwards(directory)) {
    const version = parseJson(tree.read(join(above, 'node_modules', name, 'package.json')))?.version;
    if (typeof version === 'string') return version;
  }
  return null;
}
