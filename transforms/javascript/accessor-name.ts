/** By which name a file calls an accessor. Every site of the file and the import owner ask here, so they agree. */

import { posix } from 'node:path';
import type { AccessorUse } from '../../src/model/change.js';
import { type ImportedName, importStatements } from './imports/statements.js';
import { nameOf } from './node.js';
import type { Source } from './source.js';

/** The name under which the file already imports the accessor as a value; null when it does not. */
export function importedAs(source: Source, use: AccessorUse): ImportedName | null {
  const wanted = use.form === 'default' ? 'default' : use.name;
  for (const statement of importStatements(source)) {
    if (!statement.topLevel || statement.typeOnly || !sameModule(statement.specifier, use.specifier)) continue;
    const found = statement.names.find((name) => name.imported === wanted && !name.typeOnly);
    if (found && found.binding.scope === source.bindings.module) return found;
  }
  return null;
}

/** `./redis`, `./redis.js` and `./redis/index` name one module. */
export function sameModule(left: string, right: string): boolean {
  return left === right || (left.startsWith('.') && right.startsWith('.') && plain(left) === plain(right));
}

function plain(specifier: string): string {
  return posix
    .normalize(specifier)
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/\/index$/, '');
}

/**
 * The name to call at an offset: the import's own name where nothing shadows it, else an alias that nothing in the file
 * binds. Without an import the answer is the same for the whole file, whatever site asks.
 */
export function nameAt(source: Source, use: AccessorUse, offset: number): string {
  const existing = importedAs(source, use);
  if (existing && source.bindings.lookup(existing.local, offset) === existing.binding) return existing.local;
  return existing ? aliasOf(source, use) : newName(source, use);
}

/** The name of a new import: the accessor's own, or an alias when the file means something else by it. */
function newName(source: Source, use: AccessorUse): string {
  return taken(source, use.name) ? aliasOf(source, use) : use.name;
}

function aliasOf(source: Source, use: AccessorUse): string {
  const readable = use.name.startsWith('get') ? use.name.replace(/^get/, 'getShared') : `${use.name}Client`;
  for (let count = 1; ; count += 1) {
    const alias = count === 1 ? readable : `${readable}${count}`;
    if (!taken(source, alias)) return alias;
  }
}

function taken(source: Source, name: string): boolean {
  return (
    source.bindings.all.some((binding) => binding.name === name) ||
    source.bindings.unbound.some((node) => nameOf(node) === name)
  );
}

/** Every name that a site of this file may have been given for this use. */
export function possibleNames(source: Source, use: AccessorUse): string[] {
  const existing = importedAs(source, use);
  return existing ? [existing.local, aliasOf(source, use)] : [newName(source, use)];
}
