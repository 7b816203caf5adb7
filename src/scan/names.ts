/** Whether a file imports one of the names of a module: a guess by its text, then the answer by its facts. */

import type { FileFacts } from '../model/facts.js';
import type { ProjectFile } from '../model/project.js';

/** Names under which a whole module travels: `require`, a namespace, a default import of CommonJS. */
const WHOLE = new Set(['*', '=', 'default']);

/** Text that may pass a module on without naming anything of it: `export *`, `module.exports = require(…)`. */
const PASSES_ON = /export\s*\*|\bexports\b|\bimport\s*\*/;

/** May the file, by its Latin-1 text, import or pass on one of `names`? Never says no wrongly. */
export function mayImportOneOf(text: string, names: ReadonlySet<string>): boolean {
  for (const name of names) if (WHOLE.has(name) || !isAscii(name) || text.includes(name)) return true;
  return PASSES_ON.test(text);
}

/** Does the file import one of the names of one of `modules`, or pass on such a module? */
export function importsOneOf(file: ProjectFile, modules: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const { facts, resolutions } = file;
  const means = (specifier: string, imported: string): boolean => {
    const names = namesOf(resolutions, specifier, modules);
    if (names !== null && (WHOLE.has(imported) || names.has(imported) || names.has('='))) return true;
    // A Python name may be a module: `from app import cache`.
    return namesOf(resolutions, submodule(specifier, imported), modules) !== null;
  };
  return (
    facts.imports.some(({ specifier, imported }) => means(specifier, imported)) ||
    facts.exports.some(({ specifier, imported }) => specifier !== null && means(specifier, imported ?? '*'))
  );
}

function namesOf(
  resolutions: ProjectFile['resolutions'],
  specifier: string,
  modules: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> | null {
  const found = resolutions[specifier];
  return found?.kind === 'file' ? (modules.get(found.file) ?? null) : null;
}

/** Specifier of the Python module that `from specifier import name` may mean. */
export function submodule(specifier: string, name: string): string {
  return specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`;
}

/** Specifiers of imports and re-exports, each once, sorted. */
export function specifiersOf(facts: FileFacts): string[] {
  const exported = facts.exports.flatMap(({ specifier }) => specifier ?? []);
  return [...new Set([...facts.imports.map(({ specifier }) => specifier), ...exported])].sort();
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
