/** Modules that the configuration names, and what the files of the tree say of them. */

import { posix } from 'node:path';
import { isSourcePath } from '../languages/module-language.js';
import type { Export, FileFacts } from '../model/facts.js';
import type { ProjectFile } from '../model/project.js';
import type { Context } from './context.js';

const SCRIPT = /(?:\/index)?(?:\.d)?\.[cm]?[jt]sx?$/;

/** Whether a specifier of a file means the module, also when there is no such module any more. */
export function leadsTo({ facts, resolutions }: ProjectFile, specifier: string, module: string): boolean {
  const found = resolutions[specifier];
  if (specifier === module) return true;
  if (facts.language === 'python') {
    if (found?.kind === 'file') return isModule(found.file, module);
    return specifier.startsWith('.') && isModule(`${relativePath(facts.file, specifier)}.py`, module);
  }
  if (!isSourcePath(module)) return false;
  if (found?.kind === 'file') return found.file === module;
  const path = posix.join(posix.dirname(facts.file), specifier);
  return specifier.startsWith('.') && path.replace(SCRIPT, '') === module.replace(SCRIPT, '');
}

/** Whether a Python file is imported by this dotted name: it may lie below a folder that is on the path. */
export function isModule(file: string, module: string): boolean {
  const path = file.replace(/(?:\/__init__)?\.py$/, '');
  const wanted = module.replaceAll('.', '/');
  return path === wanted || path.endsWith(`/${wanted}`);
}

/** `..redis` in `app/api/a.py` → `app/redis`. */
function relativePath(file: string, specifier: string): string {
  const dots = /^\.+/.exec(specifier)?.[0].length ?? 1;
  const folder = posix.join(posix.dirname(file), '../'.repeat(dots - 1));
  return posix.join(folder, specifier.slice(dots).replaceAll('.', '/'));
}

/** The parsed file that a module is; null when it is not parsed, or when several may be meant. */
export function fileOfModule({ files, project }: Context, module: string): ProjectFile | null {
  if (isSourcePath(module)) return files.get(module) ?? null;
  const found = project.files.filter(({ facts }) => facts.language === 'python' && isModule(facts.file, module));
  const path = module.replaceAll('.', '/');
  const exact = found.filter(({ facts }) => facts.file === `${path}.py` || facts.file === `${path}/__init__.py`);
  const [only, ...others] = exact.length > 0 ? exact : found;
  return only && others.length === 0 ? only : null;
}

/** Whether a module belongs to the tree, whatever became of its file. */
export function isOwnModule({ project }: Context, module: string): boolean {
  if (isSourcePath(module)) return true;
  const top = module.split('.')[0] ?? module;
  const within = new RegExp(`(?:^|/)${top}(?:/|\\.py$)`);
  return project.files.some(({ facts }) => facts.language === 'python' && within.test(facts.file));
}

/** What a name of a module is. `open`: it may be anything, the module gets it from elsewhere. Null: there is no such name. */
export type NameKind = 'function' | 'coroutine' | 'class' | 'value' | 'open';

export function kindOfName(facts: FileFacts, name: string): NameKind | null {
  const named = facts.exports.filter((one) => one.name === name && !one.typeOnly);
  const [only, ...others] = named;
  if (!only) return hidesNames(facts) ? 'open' : null;
  return others.length > 0 ? 'open' : kindOfExport(facts, only);
}

/** Names can come from elsewhere, or be made when they are asked for. */
function hidesNames({ exports }: FileFacts): boolean {
  return exports.some(({ name }) => name === '*' || name === '=' || name === '__getattr__');
}

function kindOfExport(facts: FileFacts, { value, specifier }: Export): NameKind {
  const found = value === null ? undefined : facts.values[value];
  if (specifier !== null || !found) return 'open';
  if (found.kind !== 'reference') return kindOfValue(facts, found);
  const local = facts.locals[found.local];
  if (local?.declares !== null && local?.declares !== undefined) {
    const scope = facts.scopes[local.declares];
    return scope?.kind === 'class' ? 'class' : scope?.async ? 'coroutine' : 'function';
  }
  if (local?.kind === 'import') return 'open';
  const flows = facts.flows.filter(({ place }) => place.kind === 'local' && place.local === found.local);
  const kinds = new Set(flows.map((flow) => (facts.values[flow.value] ? kindOfFlow(facts, flow.value) : 'open')));
  const [kind] = kinds;
  return kind !== undefined && kinds.size === 1 ? kind : kinds.size > 1 && !kinds.has('open') ? 'value' : 'open';
}

function kindOfFlow(facts: FileFacts, value: number): NameKind {
  const found = facts.values[value];
  return found ? kindOfValue(facts, found) : 'open';
}

function kindOfValue(facts: FileFacts, value: FileFacts['values'][number]): NameKind {
  switch (value.kind) {
    case 'function':
      return facts.scopes[value.of]?.async ? 'coroutine' : 'function';
    case 'class':
      return 'class';
    case 'call':
    case 'literal':
    case 'object':
    case 'array':
      return 'value';
    default:
      return 'open';
  }
}
