/** By which dotted name a file of the tree is imported. */

import type { Project } from '../../model/project.js';

/** Folders that are put on the path without being packages. */
const SOURCE_ROOT = /^(?:src|lib|python)\//;

/**
 * `src/app/clients.py` → `app.clients` where the project's own imports go from `src`. Without any, the folder of the
 * manifest and a source folder in it are taken for the root.
 */
export function moduleName(project: Project, file: string): string {
  const roots = [...rootsOf(project)].filter(([root]) => file.startsWith(root));
  const [voted] = roots.sort(([a, many], [b, few]) => few - many || b.length - a.length);
  return dotted(file.slice((voted?.[0] ?? unvoted(project, file)).length));
}

/** Folders that absolute imports of the project begin at, with how many do. */
function rootsOf({ files }: Project): Map<string, number> {
  const found = new Map<string, number>();
  for (const { facts, resolutions } of files) {
    if (facts.language !== 'python') continue;
    for (const [specifier, resolution] of Object.entries(resolutions)) {
      if (resolution.kind !== 'file' || specifier.startsWith('.')) continue;
      const path = specifier.replaceAll('.', '/');
      const module = resolution.file.replace(/(?:\/__init__)?\.py$/, '');
      if (module !== path && !module.endsWith(`/${path}`)) continue;
      const root = module.slice(0, module.length - path.length);
      found.set(root, (found.get(root) ?? 0) + 1);
    }
  }
  return found;
}

/** `..core.config` for `app/core/config.py` in `app/cache/clients.py`: both in one package. */
export function relativeModule(from: string, to: string): string {
  const folder = from.split('/').slice(0, -1);
  const target = dotted(to).split('.');
  let common = 0;
  while (common < folder.length && common < target.length - 1 && folder[common] === target[common]) common += 1;
  return '.'.repeat(folder.length - common + 1) + target.slice(common).join('.');
}

function unvoted({ manifests }: Project, file: string): string {
  const folders = manifests.map((one) => one.file.slice(0, one.file.lastIndexOf('/') + 1));
  const folder = folders.filter((one) => file.startsWith(one)).sort((a, b) => b.length - a.length)[0] ?? '';
  return folder + (SOURCE_ROOT.exec(file.slice(folder.length))?.[0] ?? '');
}

function dotted(path: string): string {
  return path.replace(/(?:\/__init__)?\.py$/, '').replaceAll('/', '.');
}
