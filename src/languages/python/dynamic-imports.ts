/** Imports by a call: `importlib.import_module("redis.asyncio")`, `__import__("redis")`. */

import type { ValueId } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { piecesOf } from './literals.js';
import { field, type Node, parts, spanOf } from './tree.js';

/** The module that such a call gives; null for any other call, and where the name is computed or relative. */
export function dynamicImport(builder: Builder, node: Node, context: Context): ValueId | null {
  const callee = field(node, 'function');
  const given = field(node, 'arguments');
  const by = callee === null ? null : importerOf(builder, callee, context);
  const [name, ...more] = given === null ? [] : parts(given);
  if (by === null || name?.type !== 'string' || (by === 'import_module' && more.length > 0)) return null;
  const pieces = piecesOf(name);
  const [module] = pieces;
  if (pieces.length !== 1 || typeof module !== 'string' || !/^\w+(?:\.\w+)*$/.test(module)) return null;
  // With a list of names `__import__` gives the module, without one the package that it is in.
  const specifier = by === 'import_module' || more.length > 0 ? module : (module.split('.')[0] ?? module);
  const { guarded, typeOnly, scope } = context;
  const span = spanOf(node);
  const made = { specifier, imported: '*', local: null, typeOnly, guarded, dynamic: true, scope, span };
  return builder.value({ kind: 'module', import: builder.facts.imports.push(made) - 1 }, span, context);
}

function importerOf(builder: Builder, callee: Node, context: Context): 'import_module' | '__import__' | null {
  if (callee.type === 'attribute') {
    const [object, name] = [field(callee, 'object'), field(callee, 'attribute')];
    const isOwn = object?.type === 'identifier' && imports(builder, object.text, context)?.specifier === 'importlib';
    return isOwn && name?.text === 'import_module' ? 'import_module' : null;
  }
  if (callee.type !== 'identifier') return null;
  const found = imports(builder, callee.text, context);
  if (found?.specifier === 'importlib' && found.imported === 'import_module') return 'import_module';
  return callee.text === '__import__' && builder.lookup('__import__', context.scope) === null ? '__import__' : null;
}

function imports(builder: Builder, name: string, context: Context) {
  const local = builder.lookup(name, context.scope);
  const record = local === null ? null : (builder.facts.locals[local]?.import ?? null);
  return record === null ? undefined : builder.facts.imports[record];
}
