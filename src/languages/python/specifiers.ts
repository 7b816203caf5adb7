/** Specifiers of a Python text, found without parsing it, and those that names may stand for. */

import type { FileFacts } from '../../model/facts.js';
import { linesOfNotebook } from './notebook.js';

const FROM =
  /(?:^|[;:])[ \t]*from[ \t]+(\.*[ \t]*[\w.]*)[ \t\\\r\n]+import[ \t\\\r\n]*(\((?:#[^\n]*|[^)#])*\)|[^\n;\\]*(?:\\\r?\n[^\n;\\]*)*)/gm;
const IMPORT = /(?:^|[;:])[ \t]*import[ \t]+([^\n;#\\]*(?:\\\r?\n[^\n;#\\]*)*)/gm;

/** An import statement of a text: `names` of a `from`, null of a plain `import`. Names are without their aliases. */
export interface ImportText {
  specifier: string;
  names: string[] | null;
}

/** Import statements of a text; text in strings that looks like one is among them. */
export function importStatementsIn(given: string): ImportText[] {
  const text = linesOfNotebook(given);
  const found: ImportText[] = [];
  for (const [, module = '', names = ''] of text.matchAll(FROM)) {
    const list = names.replace(/#[^\n]*/g, '');
    const all = /^\s*\*/.test(list) ? ['*'] : namesIn(list);
    found.push({ specifier: module.replace(/[ \t]/g, ''), names: all });
  }
  for (const [, modules = ''] of text.matchAll(IMPORT)) {
    for (const specifier of namesIn(modules)) found.push({ specifier, names: null });
  }
  return found;
}

/**
 * Modules that a text may import. An imported name may be a submodule, so `from a import b` gives `a` and `a.b`; text in
 * strings that looks like an import gives more than there are.
 */
export function importsIn(text: string): string[] {
  const found = new Set<string>();
  for (const { specifier, names } of importStatementsIn(text)) {
    found.add(specifier);
    // `import a.b` binds a.
    if (names === null) found.add(specifier.split('.')[0] ?? specifier);
    for (const name of names ?? []) if (name !== '*') found.add(submoduleOf(specifier, name));
  }
  return [...found];
}

/** `a, b as c` → a, b. */
function namesIn(list: string): string[] {
  return list.split(/[,()\\\s]+as[\s\\]+\w+|[,()\\]/).flatMap((part) => /[\w.]+/.exec(part)?.[0] ?? []);
}

/** Specifiers that the names of `from a import b` stand for when b is a module. */
export function submodules(facts: FileFacts): string[] {
  const named = facts.imports.filter(({ imported }) => imported !== '*' && imported !== '=');
  return [...new Set(named.map(({ specifier, imported }) => submoduleOf(specifier, imported)))].sort();
}

function submoduleOf(specifier: string, name: string): string {
  return specifier === '' || specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`;
}
