/** CommonJS: `require`, `exports.a = v`, `module.exports = v`. */

import type { ts as t } from 'ts-morph';
import type { Argument, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { accessName, isAccess } from './environment.js';
import { unwrap } from './names.js';
import { resolve } from './symbols.js';

function isGlobal(b: Builder, node: t.Expression, name: string): boolean {
  const inner = unwrap(node);
  return ts.isIdentifier(inner) && inner.text === name && resolve(b, inner) === null;
}

function isModuleExports(b: Builder, node: t.Expression): boolean {
  const inner = unwrap(node);
  return isAccess(inner) && accessName(inner) === 'exports' && isGlobal(b, inner.expression, 'module');
}

/**
 * When `left` is what a module gives away, answers with a function that records the value. `exports = v` gives nothing
 * away by itself (it comes after `module.exports =`) and is not recorded.
 */
export function commonJsExport(b: Builder, left: t.Expression): ((value: ValueId) => void) | null {
  const record = (name: string) => (value: ValueId) => exportValue(b, left.parent, name, value);
  if (isModuleExports(b, left)) return record('=');
  if (isGlobal(b, left, 'exports')) return () => undefined;
  if (!isAccess(left)) return null;
  const name = accessName(left);
  const onExports = isGlobal(b, left.expression, 'exports') || isModuleExports(b, left.expression);
  return onExports && name !== null ? record(name) : null;
}

function exportValue(b: Builder, node: t.Node, name: string, value: ValueId): void {
  const kept = b.values[value];
  const local = kept?.kind === 'reference' ? b.locals[kept.local] : undefined;
  if (local) local.exported = true;
  b.exports.push({ name, value, specifier: null, imported: null, typeOnly: false, span: b.span(node) });
}

/** `Object.assign(module.exports, { a, b }, require('./c'))`: every member of what is assigned is given away. */
export function noteAssignedExports(b: Builder, node: t.CallExpression, args: readonly Argument[]): void {
  const [target] = node.arguments;
  const callee = unwrap(node.expression);
  if (!target || !isAccess(callee) || accessName(callee) !== 'assign' || !isGlobal(b, callee.expression, 'Object'))
    return;
  if (!isModuleExports(b, target) && !isGlobal(b, target, 'exports')) return;
  for (const { value, spread } of args.slice(1)) {
    const given = spread ? undefined : b.values[value];
    if (given?.kind === 'object') {
      for (const entry of given.entries) if (entry.key !== null) exportValue(b, node, entry.key, entry.value);
    } else if (given?.kind === 'module') {
      const { specifier } = b.imports[given.import] ?? { specifier: null };
      const all = { name: '*', value: null, specifier, imported: '*', typeOnly: false };
      if (specifier !== null) b.exports.push({ ...all, span: b.span(node) });
    } else if (given) exportValue(b, node, '=', value);
  }
}

/** Remembers a local `require` that `createRequire` of `node:module` made: it requires as the global one does. */
export function noteCreatedRequire(b: Builder, node: t.VariableDeclaration): void {
  if (!node.initializer || !ts.isIdentifier(node.name)) return;
  const made = unwrap(node.initializer);
  if (!ts.isCallExpression(made)) return;
  const callee = unwrap(made.expression);
  const name = ts.isIdentifier(callee) ? callee.text : isAccess(callee) ? accessName(callee) : null;
  const local = name === 'createRequire' ? resolve(b, node.name) : null;
  if (local !== null) b.requires.add(local);
}

/** Specifier of `require('x')` or `import('x')`; null for any other call. */
export function requiredSpecifier(b: Builder, node: t.CallExpression): string | null {
  const [first] = node.arguments;
  if (!first || !ts.isStringLiteralLike(first)) return null;
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return first.text;
  const callee = unwrap(node.expression);
  if (!ts.isIdentifier(callee)) return null;
  const local = resolve(b, callee);
  const requires = local === null ? callee.text === 'require' : b.requires.has(local);
  return requires ? first.text : null;
}
