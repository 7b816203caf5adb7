/** Which names that a module imports other files take from it, so that the import must stay. */

import type { FileFacts } from '../model/facts.js';
import type { IndexSource } from './importers.js';

/**
 * Reads every file of a language where such names can be taken, once, whatever words it holds.
 * @returns module → names; modules of which nothing is taken are left out.
 */
export function takenNames(modules: readonly FileFacts[], source: IndexSource): Map<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>();
  const languages = new Map(source.files.map(({ file, language }) => [file, language]));
  const open = modules.flatMap((facts) => {
    const names = importedNames(facts);
    const language = languages.get(facts.file);
    return names.size > 0 && language?.namesTaken ? [{ facts, names, language }] : [];
  });
  for (const { file, language } of open.length > 0 ? source.files : []) {
    const own = open.filter((one) => one.language === language && one.facts.file !== file);
    const text = own.length > 0 ? source.text(file) : null;
    if (text === null) continue;
    for (const { facts, names } of own) {
      const lists = facts.locals.some(({ name, scope }) => name === '__all__' && scope === 0);
      const leads = (specifier: string) => source.resolve(file, specifier) === facts.file;
      const found = language.namesTaken?.(text, { file: facts.file, names, lists, leads }) ?? [];
      if (found.length > 0) taken.set(facts.file, new Set([...(taken.get(facts.file) ?? []), ...found]));
    }
  }
  return taken;
}

/** Names that the module itself imports, not its functions. */
function importedNames({ imports, locals }: FileFacts): Set<string> {
  return new Set(
    imports.flatMap(({ scope, local }) => (scope === 0 && local !== null ? (locals[local]?.name ?? []) : [])),
  );
}
