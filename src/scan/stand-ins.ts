/** Which files that are not parsed put something in the place of a module, or of a name of one: tests of other code. */

import type { FileFacts } from '../model/facts.js';
import type { StandIn } from '../model/mock.js';
import type { IndexSource } from './importers.js';

/** Words of JavaScript's test frameworks for it. A file with such a word and the name of the module is enough. */
const REPLACES = /\b(?:\w*[mM]ock\w*|proxyquire|esmock|rewire|stub\w*|substitute\w*|replace(?:Esm)?|td)\b/;
const QUOTED = /["'`]([^"'`\n]+)["'`]/g;

/** Stand-ins for these modules in the files of `source`; those that are parsed are left out. */
export function standIns(
  modules: readonly FileFacts[],
  parsed: ReadonlyMap<string, unknown>,
  source: IndexSource,
): StandIn[] {
  const languages = new Map(source.files.map(({ file, language }) => [file, language]));
  return source.files.flatMap(({ file, language }) => {
    const own = parsed.has(file) ? [] : modules.filter((one) => languages.get(one.file) === language);
    const text = own.length > 0 ? source.text(file) : null;
    if (text === null) return [];
    return own.flatMap((facts): StandIn[] => {
      const leads = (specifier: string) => source.resolve(file, specifier) === facts.file;
      if (language.namesTaken) {
        const names = new Set(facts.locals.flatMap(({ scope, name }) => (scope === 0 ? [name] : [])));
        const found = language.namesTaken(text, { file: facts.file, names, lists: true, leads });
        return found.length > 0 ? [{ module: facts.file, names: found, by: file }] : [];
      }
      return replacesModule(text, facts.file, leads) ? [{ module: facts.file, names: null, by: file }] : [];
    });
  });
}

function replacesModule(text: string, module: string, leads: (specifier: string) => boolean): boolean {
  const [name = '', folder = ''] = module.split('/').reverse();
  const stem = /^index\./.test(name) ? folder : name.replace(/\.\w+$/, '');
  if (!text.includes(stem) || !REPLACES.test(text)) return false;
  const written = new Set([...text.matchAll(QUOTED)].map(([, found = '']) => found));
  return [...written].some((one) => one.includes(stem) && leads(one));
}
