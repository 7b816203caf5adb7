/** What files load, and what that loads in turn: for the files that ask, whatever words the others hold. */

import type { ModuleGraph } from '../model/mock.js';
import type { ProjectFile, Resolution } from '../model/project.js';

export interface GraphSource {
  parsed: ReadonlyMap<string, ProjectFile>;
  /** Specifiers that a file which is not parsed may import, by its text. */
  importsIn(file: string): string[];
  resolve(file: string, specifier: string): Resolution;
}

/** Where the asked specifiers lead, and the imports of everything that the asking files load. */
export function graphOf(source: GraphSource, asked: readonly { file: string; specifiers: string[] }[]): ModuleGraph {
  const imports = new Map<string, string[]>();
  const resolutions = asked.map(
    ({ file, specifiers }) =>
      [file, Object.fromEntries(specifiers.map((one) => [one, source.resolve(file, one)]))] as const,
  );
  const open = asked.map(({ file }) => file);
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (imports.has(file)) continue;
    const targets = importedBy(source, file);
    imports.set(file, targets);
    open.push(...targets);
  }
  return { resolutions: Object.fromEntries(resolutions), imports: Object.fromEntries(imports) };
}

function importedBy(source: GraphSource, file: string): string[] {
  const known = source.parsed.get(file);
  const all = known ? resolvedImports(known) : source.importsIn(file).map((one) => source.resolve(file, one));
  return [...new Set(all.flatMap((one) => (one.kind === 'file' ? [one.file] : [])))];
}

function resolvedImports({ facts, resolutions }: ProjectFile): Resolution[] {
  const types = new Set([...facts.imports, ...facts.exports].flatMap((one) => (one.typeOnly ? [one.specifier] : [])));
  const values = new Set([...facts.imports, ...facts.exports].flatMap((one) => (one.typeOnly ? [] : [one.specifier])));
  return Object.entries(resolutions).flatMap(([specifier, one]) =>
    types.has(specifier) && !values.has(specifier) ? [] : [one],
  );
}
