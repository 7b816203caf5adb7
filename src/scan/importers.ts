/** Which walked files import given modules, whatever words they hold. */

import type { Language } from '../languages/language.js';

export interface ImportIndex {
  /** Files that import one of the modules, each with the modules it imports. */
  importersOf(modules: ReadonlySet<string>): Map<string, string[]>;
}

export interface IndexSource {
  files: readonly { file: string; language: Language }[];
  /** Latin-1 text of a file, null when it cannot be parsed. */
  text(file: string): string | null;
  /** Where a specifier of a file leads, when that is a file. */
  resolve(file: string, specifier: string): string | null;
}

/**
 * Reads every file once and keeps only its specifiers; each call then resolves those that name a module by its basename
 * or by a directory above it. Names that do not have to say so (packages, aliases) are always resolved.
 */
export function indexImports(source: IndexSource): ImportIndex {
  const specifiers = new Map<string, string[]>();
  const interned = new Map<string, string>();
  for (const { file, language } of source.files) {
    const text = source.text(file);
    const found = text === null ? [] : language.importsIn(text);
    if (found.length > 0) specifiers.set(file, [...new Set(found.map((specifier) => intern(interned, specifier)))]);
  }
  return {
    importersOf(modules) {
      const stems = new Set([...modules].flatMap(stemsOf));
      const importers = new Map<string, string[]>();
      for (const [file, list] of specifiers) {
        const hits = new Set<string>();
        for (const specifier of list) {
          if (!mayName(specifier, stems)) continue;
          const target = source.resolve(file, specifier);
          if (target !== null && modules.has(target)) hits.add(target);
        }
        if (hits.size > 0) importers.set(file, [...hits]);
      }
      return importers;
    },
  };
}

/** A copy: a part of a string keeps the whole file in memory. The text was Latin-1, the names are UTF-8. */
function intern(known: Map<string, string>, specifier: string): string {
  const found = known.get(specifier);
  if (found !== undefined) return found;
  const copy = Buffer.from(specifier, 'latin1').toString('utf8');
  known.set(Buffer.from(specifier, 'latin1').toString('latin1'), copy);
  return copy;
}

/** `src/lib/redis.server.ts` → redis, lib, src: an import may name the file, or a directory whose manifest leads to it. */
function stemsOf(module: string): string[] {
  return module.split('/').flatMap((part) => tokens(part)[0] ?? []);
}

function mayName(specifier: string, stems: ReadonlySet<string>): boolean {
  if (!specifier.startsWith('.')) return true;
  const parts = tokens(specifier);
  return parts.length === 0 || parts.some((part) => stems.has(part)) || specifier.endsWith('/');
}

function tokens(path: string): string[] {
  return path.split(/[/.]+/).filter((part) => part !== '');
}
