/** Member reads, and among them the variables of the environment. */

import type { ts as t } from 'ts-morph';
import type { ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { constantKey } from './constant-keys.js';
import { expression } from './expressions.js';
import { literalKey, unwrap } from './names.js';
import { resolve } from './symbols.js';

type Access = t.PropertyAccessExpression | t.ElementAccessExpression;

export function isAccess(node: t.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** Name that an access reads; null when it is computed. */
export function accessName(node: Access): string | null {
  return ts.isPropertyAccessExpression(node) ? node.name.text : literalKey(unwrap(node.argumentExpression));
}

/** Name that an access reads, also by a constant of the module; null when it is computed. */
export function memberName(b: Builder, node: Access): string | null {
  const known = accessName(node);
  return known === null && ts.isElementAccessExpression(node) ? constantKey(b, node.argumentExpression) : known;
}

/** A name that the file imports from Node's `process` module. */
function importedFromProcess(b: Builder, node: t.Identifier, names: string[]): boolean {
  const local = resolve(b, node);
  const from = local === null ? null : (b.locals[local]?.import ?? null);
  const found = from === null ? undefined : b.imports[from];
  return found !== undefined && /^(node:)?process$/.test(found.specifier) && names.includes(found.imported);
}

/** `process`, `globalThis.process`, `Bun`, or the default import of `node:process`. */
function isProcess(b: Builder, node: t.Expression): boolean {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) {
    if (importedFromProcess(b, inner, ['default', '*'])) return true;
    return (inner.text === 'process' || inner.text === 'Bun') && resolve(b, inner) === null;
  }
  if (!isAccess(inner) || accessName(inner) !== 'process') return false;
  const root = unwrap(inner.expression);
  return ts.isIdentifier(root) && /^(globalThis|global)$/.test(root.text) && resolve(b, root) === null;
}

/** `process.env`, `import.meta.env`, or `env` imported from `node:process`. */
function isEnvironment(b: Builder, node: t.Expression): boolean {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) return importedFromProcess(b, inner, ['env']);
  if (!isAccess(inner) || accessName(inner) !== 'env') return false;
  return isImportMeta(inner.expression) || isProcess(b, inner.expression);
}

function isImportMeta(node: t.Expression): boolean {
  const inner = unwrap(node);
  return ts.isMetaProperty(inner) && inner.keywordToken === ts.SyntaxKind.ImportKeyword;
}

/** The computed key of an access as a value; null when the name is known. */
function keyOf(b: Builder, node: Access): ValueId | null {
  return ts.isElementAccessExpression(node) && accessName(node) === null
    ? expression(b, node.argumentExpression)
    : null;
}

/** A read: `a.b`, `a[0]`, `a[key]`, `process.env.X`. */
export function member(b: Builder, node: Access): ValueId {
  const name = accessName(node);
  if (isEnvironment(b, node.expression)) {
    keyOf(b, node);
    return b.add(node, { kind: 'env', name, fallback: null });
  }
  return access(b, node, expression(b, node.expression), false);
}

/** The member value of an access whose object is lowered already. */
export function access(b: Builder, node: Access, object: ValueId, write: boolean): ValueId {
  const key = keyOf(b, node);
  const optional = node.questionDotToken !== undefined;
  return b.add(node, { kind: 'member', object, name: memberName(b, node), key, optional, write });
}

/** `import.meta`, `new.target`. */
export function metaProperty(b: Builder, node: t.MetaProperty): ValueId {
  return b.unknown(node, isImportMeta(node) ? 'import.meta' : 'new.target');
}
