/** By which name a file calls an accessor. Every site of the file and the import owner ask here, so they agree. */

import type { AccessorUse } from '../../src/model/change.js';
import { type ImportedName, importStatements } from './imports/statements.js';
import { sameModule } from './modules.js';
import type { Source } from './source.js';

/** The name under which the file imports the accessor already, for the whole module; null when it does not. */
export function importedAs(source: Source, use: AccessorUse): ImportedName | null {
  for (const statement of importStatements(source)) {
    if (statement.form !== 'from' || !statement.topLevel || statement.guarded || statement.typeOnly) continue;
    if (!sameModule(source.file, statement.specifier, use.specifier)) continue;
    const found = statement.names.find(({ imported, binding }) => imported === use.name && binding.imported);
    if (found) return found;
  }
  return null;
}

/**
 * The name to call at an offset: the import's own name where nothing shadows it, else an alias that nothing in the file
 * binds. Without an import the answer is the same for the whole file, whatever site asks.
 */
export function nameAt(source: Source, use: AccessorUse, offset: number): string {
  const existing = importedAs(source, use);
  if (!existing) return taken(source, use.name) ? aliasOf(source, use) : use.name;
  const seen = source.bindings.lookup(existing.local, offset);
  return seen === existing.binding ? existing.local : aliasOf(source, use);
}

function aliasOf(source: Source, use: AccessorUse): string {
  const readable = use.name.startsWith('get_') ? use.name.replace(/^get_/, 'get_shared_') : `${use.name}_client`;
  for (let count = 1; ; count += 1) {
    const alias = count === 1 ? readable : `${readable}_${count}`;
    if (!taken(source, alias)) return alias;
  }
}

function taken({ bindings }: Source, name: string): boolean {
  return bindings.all.some((one) => one.name === name) || bindings.unbound.some((one) => one.name === name);
}

/** Every name that a site of this file may have been given for this use. */
export function possibleNames(source: Source, use: AccessorUse): string[] {
  const existing = importedAs(source, use);
  const own = existing ? [existing.local] : taken(source, use.name) ? [] : [use.name];
  return [...own, aliasOf(source, use)];
}
