/** Where imports lead. Modules of Python packages are members of their package without being exported by it. */

import type { Resolution } from '../model/project.js';
import type { NameTarget, Program } from './program.js';

/** Where `imported` of `specifier`, named in `file`, leads. */
export function targetOf(program: Program, file: number, specifier: string, imported: string): NameTarget {
  const { facts, project } = program.file(file);
  const resolution: Resolution = project.resolutions[specifier] ?? { kind: 'unknown' };
  const path = imported === '*' || imported === '=' ? [] : [imported];
  const module = path.length > 0 ? submodule(program, file, specifier, imported) : null;
  if (resolution.kind !== 'file' && module !== null) return module;
  if (resolution.kind === 'external') {
    // `import redis.asyncio as redis`: the module is a member of the package.
    const modules = facts.language === 'python' ? specifier.split('.').slice(1) : [];
    return { kind: 'external', package: resolution.package, path: [...modules, ...path] };
  }
  if (resolution.kind === 'unknown') return { kind: 'external', package: `?${specifier}`, path };
  const target = program.lookFor(resolution.file, imported);
  const own: NameTarget = target
    ? program.exported(target.index, imported)
    : { kind: 'unparsed', importer: file, specifier, path };
  const isEmpty = own.kind === 'nodes' ? own.nodes.length === 0 : own.kind === 'unparsed';
  return (isEmpty ? module : null) ?? own;
}

/** `from app import cache` where `cache` is a module of the package `app`; null when it is none. */
function submodule(program: Program, file: number, specifier: string, imported: string): NameTarget | null {
  const { facts, project } = program.file(file);
  if (facts.language !== 'python') return null;
  const name = specifier.endsWith('.') ? specifier + imported : `${specifier}.${imported}`;
  const resolution = project.resolutions[name];
  if (resolution?.kind !== 'file') return null;
  const target = program.lookFor(resolution.file, '*');
  if (!target) return { kind: 'unparsed', importer: file, specifier: name, path: [] };
  return { kind: 'namespace', file: target.index };
}

/** What a file exports under a name, or the module of that name of the package whose `__init__.py` the file is. */
export function memberOfModule(program: Program, file: number, name: string): NameTarget {
  const own = program.exported(file, name);
  if (own.kind !== 'nodes' || own.nodes.length > 0) return own;
  const init = /^(.*\/)?__init__\.py$/.exec(program.file(file).facts.file);
  const paths = init ? [`${name}/__init__.py`, `${name}.py`] : [];
  const module = paths.map((path) => program.fileAt((init?.[1] ?? '') + path)).find((one) => one !== null);
  return module ? { kind: 'namespace', file: module.index } : own;
}
