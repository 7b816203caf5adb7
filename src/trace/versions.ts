/** Which version of a library a file opens with. */

import { ownVersion } from '../libraries/index.js';
import type { Tools } from './openings.js';

/** Version of the opening's library for its file: what a lockfile says, else the declared range. */
export function versionOf(tools: Tools, file: number, name: string, imported: string): string | null {
  const library = tools.solver.libraries.find((l) => l.name === name);
  if (library?.kind !== 'redis') return null;
  const { manifest } = tools.program.file(file).project;
  const owner = manifest === null ? undefined : tools.manifests[manifest];
  for (const packageName of [imported, ...library.packages]) {
    // A Python module is named with `_` where its project has `-`.
    for (const project of [packageName, packageName.replaceAll('_', '-')]) {
      const version = owner?.versions[project] ?? owner?.dependencies[project];
      if (version !== undefined) return ownVersion(library, packageName, version);
    }
  }
  return null;
}
