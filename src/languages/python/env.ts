/** Reads of the environment: `os.environ["X"]`, `os.environ.get("X", d)`, `os.getenv("X", d)`, under any import name. */

import type { ValueId } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { expression } from './expressions.js';
import { piecesOf } from './literals.js';
import { field, type Node, parts, spanOf } from './tree.js';

const GETTERS = new Set(['os.getenv', 'os.environ.get', 'os.environ.setdefault', 'os.environ.pop']);

/** `os.environ["X"]`; null when the subscript is of something else. */
export function envSubscript(builder: Builder, node: Node, context: Context): ValueId | null {
  const object = field(node, 'value');
  const key = field(node, 'subscript');
  if (object === null || key === null || pathOf(builder, object, context) !== 'os.environ') return null;
  return envValue(builder, node, key, null, context);
}

/** `os.getenv("X", d)`; null when the call is of something else. */
export function envCall(builder: Builder, node: Node, context: Context): ValueId | null {
  const callee = field(node, 'function');
  const path = callee === null ? null : pathOf(builder, callee, context);
  const arguments_ = field(node, 'arguments');
  if (path === null || !GETTERS.has(path) || arguments_ === null) return null;
  const plain = parts(arguments_).map((argument) =>
    argument.type === 'keyword_argument' ? (field(argument, 'value') ?? argument) : argument,
  );
  const [name, fallback] = plain;
  return name === undefined ? null : envValue(builder, node, name, fallback ?? null, context);
}

function envValue(builder: Builder, node: Node, key: Node, fallback: Node | null, context: Context): ValueId {
  const pieces = key.type === 'string' ? piecesOf(key) : [];
  const [name] = pieces;
  const known = pieces.length === 1 && typeof name === 'string' ? name : null;
  if (known === null) expression(builder, key, context);
  const given = fallback === null ? null : expression(builder, fallback, context);
  return builder.value({ kind: 'env', name: known, fallback: given }, spanOf(node), context);
}

/** Dotted path of a name that an import of `os` gives; null for anything else. */
function pathOf(builder: Builder, node: Node, context: Context): string | null {
  if (node.type === 'attribute') {
    const [object, name] = [field(node, 'object'), field(node, 'attribute')];
    const before = object === null ? null : pathOf(builder, object, context);
    return before === null || name === null ? null : `${before}.${name.text}`;
  }
  if (node.type !== 'identifier') return null;
  const local = builder.lookup(node.text, context.scope);
  const of = local === null ? null : (builder.facts.locals[local]?.import ?? null);
  const imported = of === null ? undefined : builder.facts.imports[of];
  if (imported?.specifier !== 'os') return null;
  return imported.imported === '*' ? 'os' : `os.${imported.imported}`;
}
