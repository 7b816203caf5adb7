/** Specifiers of a Python text, found without parsing it, and those that names may stand for. */

import type { FileFacts } from '../../model/facts.js';

const FROM =
  /(?:^|[;:])[ \t]*from[ \t]+(\.*[ \t]*[\w.]*)[ \t\\\r\n]+import[ \t\\\r\n]*(\((?:#[^\n]*|[^)#])*\)|[^\n;\\]*(?:\\\r?\n[^\n;\\]*)*)/gm;
const IMPORT = /(?:^|[;:])[ \t]*import[ \t]+([^\n;#\\]*(?:\\\r?\n[^\n;#\\]*)*)/gm;

/**
 * Modules that a text may import. An imported name may be a submodule, so `from a import b` gives `a` and `a.b`; text in
 * strings that looks like an import gives more than there are.
 */
export function importsIn(text: string): string[] {
  const found = new Set<string>();
  for (const [, module = '', names = ''] of text.matchAll(FROM)) {
    const specifier = module.replace(/[ \t]/g, '');
    found.add(specifier);
    for (const name of namesIn(names.replace(/#[^\n]*/g, ''))) found.add(submoduleOf(specifier, name));
  }
  for (const [, modules = ''] of text.matchAll(IMPORT)) {
    // `import a.b` binds a.
    for (const name of namesIn(modules)) found.add(name).add(name.split('.')[0] ?? name);
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
