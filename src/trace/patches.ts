/** Names of modules of the project that tests replace by their dotted names. */

import type { MockFound, ModuleGraph, Patched } from '../model/mock.js';
import type { Project, ProjectFile } from '../model/project.js';
import { loadedBy, prefixesOf, resolved } from './mocks.js';
import { compare } from './order.js';

/** `patch("app.cache.Cache")`, `monkeypatch.setattr(cache, "Cache", …)`, in the order of files and lines. */
export function patchesOf(project: Project, found: readonly MockFound[], graph: ModuleGraph): Patched[] {
  const patches = found.flatMap((one): Patched[] => {
    const place = one.form === 'name' ? placeOf(one, graph) : null;
    if (place === null) return [];
    const { file, line, target } = one;
    return [{ file, line, target, ...place, users: usersOf(project, place, loadedBy(one, graph)) }];
  });
  return patches.sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.target, b.target));
}

/** The longest beginning that is a module, and the name behind it. */
function placeOf({ file, target }: MockFound, graph: ModuleGraph): Pick<Patched, 'module' | 'name'> | null {
  for (const prefix of prefixesOf(target)) {
    const resolution = resolved(graph, file, prefix);
    const [name = ''] = target.slice(prefix.length).replace(/^\./, '').split('.');
    if (resolution.kind === 'file') return name === '' ? null : { module: resolution.file, name };
  }
  return null;
}

function usersOf(
  { files }: Project,
  { module, name }: Pick<Patched, 'module' | 'name'>,
  loaded: ReadonlySet<string>,
): string[] {
  const takes = ({ facts, resolutions }: ProjectFile) =>
    facts.imports.some(({ specifier, imported }) => {
      const resolution = resolutions[specifier];
      return imported === name && resolution?.kind === 'file' && resolution.file === module;
    });
  const users = files.filter((file) => loaded.has(file.facts.file) && takes(file));
  return users.map(({ facts }) => facts.file).sort(compare);
}
