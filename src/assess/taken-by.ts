/** Who imports what from which file: the imports and re-exports of all parsed files, by the file that they lead to. */

import type { Export, FileFacts, Import } from '../model/facts.js';
import type { ProjectFile } from '../model/project.js';
import type { Context } from './context.js';

/** One import or re-export that leads to a file. */
export interface Taking {
  facts: FileFacts;
  /** `module`: the module itself, by a name of its package (`from app import cache`). */
  what:
    | { kind: 'import'; index: number; import: Import }
    | { kind: 'module'; import: Import }
    | { kind: 'export'; export: Export };
}

const INDEXES = new WeakMap<Context, Map<string, Taking[]>>();

/** Imports and re-exports of a file by others, in the order of files. */
export function takingsOf(context: Context, file: string): readonly Taking[] {
  let index = INDEXES.get(context);
  if (!index) {
    index = new Map();
    for (const user of context.files.values()) {
      for (const [target, taking] of takingsBy(user)) index.set(target, [...(index.get(target) ?? []), taking]);
    }
    INDEXES.set(context, index);
  }
  return index.get(file) ?? [];
}

function takingsBy({ facts, resolutions }: ProjectFile): [string, Taking][] {
  const leadsTo = (specifier: string) => {
    const found = resolutions[specifier];
    return found?.kind === 'file' ? found.file : null;
  };
  const imports = facts.imports.flatMap((one, index): [string, Taking][] => {
    const module = facts.language === 'python' ? leadsTo(submodule(one)) : null;
    const target = leadsTo(one.specifier);
    const taken: [string, Taking][] =
      module === null ? [] : [[module, { facts, what: { kind: 'module', import: one } }]];
    return target === null ? taken : [...taken, [target, { facts, what: { kind: 'import', index, import: one } }]];
  });
  const exports = facts.exports.flatMap((one): [string, Taking][] => {
    const target = one.specifier === null ? null : leadsTo(one.specifier);
    return target === null ? [] : [[target, { facts, what: { kind: 'export', export: one } }]];
  });
  return [...imports, ...exports];
}

/** `from app import cache` → `app.cache`. */
function submodule({ specifier, imported }: Import): string {
  if (imported === '*') return '';
  return specifier.endsWith('.') ? specifier + imported : `${specifier}.${imported}`;
}
