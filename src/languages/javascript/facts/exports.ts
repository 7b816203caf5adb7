/** ES exports, `export =`, and what a namespace exports. CommonJS assignments are in commonjs.ts. */

import type { ts as t } from 'ts-morph';
import type { Export, LocalId, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { hasModifier } from './names.js';
import { boundNames } from './scoping.js';
import { resolve } from './symbols.js';

/** Records an export of the file, or a member of the namespace around. */
function record(b: Builder, node: t.Node, found: Partial<Export> & { name: string }): void {
  const span = b.span(node);
  const { namespace } = b.at;
  if (!namespace) b.exports.push({ value: null, specifier: null, imported: null, typeOnly: false, ...found, span });
  else if (typeof found.value === 'number') {
    namespace.push({ key: found.name, value: found.value, spread: false, span });
  }
}

/** The local of a name as a value; null when it names a type only. */
function named(b: Builder, name: t.Identifier): ValueId | null {
  const local = resolve(b, name);
  if (local === null) return null;
  if (!b.at.namespace) markExported(b, local);
  return b.reference(name, local);
}

/** False for a type, and for what the file imports as a type. */
function hasValue(b: Builder, value: ValueId | null): boolean {
  const found = value === null ? undefined : b.values[value];
  if (found?.kind !== 'reference') return false;
  const imported = b.locals[found.local]?.import ?? null;
  return imported === null || b.imports[imported]?.typeOnly !== true;
}

function markExported(b: Builder, local: LocalId): void {
  const found = b.locals[local];
  if (found) found.exported = true;
}

/** `export { a as b }`, `export * from 'x'`, `export * as ns from 'x'`, `export { a } from 'x'`. */
export function exportDeclaration(b: Builder, node: t.ExportDeclaration): void {
  const from = node.moduleSpecifier;
  const specifier = from && ts.isStringLiteralLike(from) ? from.text : null;
  const { exportClause: clause, isTypeOnly } = node;
  if (!clause || ts.isNamespaceExport(clause)) {
    record(b, node, { name: clause?.name.text ?? '*', specifier, imported: '*', typeOnly: isTypeOnly });
    return;
  }
  for (const one of clause.elements) {
    const typeOnly = isTypeOnly || one.isTypeOnly;
    const source = one.propertyName ?? one.name;
    if (specifier !== null) record(b, one, { name: one.name.text, specifier, imported: source.text, typeOnly });
    else if (ts.isIdentifier(source)) {
      const value = named(b, source);
      record(b, one, { name: one.name.text, value, typeOnly: typeOnly || !hasValue(b, value) });
    }
  }
}

/** `export default v`, `export = v`. */
export function exportAssignment(b: Builder, node: t.ExportAssignment): void {
  const value = expression(b, node.expression);
  const found = b.values[value];
  if (found?.kind === 'reference') markExported(b, found.local);
  record(b, node, { name: node.isExportEquals ? '=' : 'default', value });
}

/** A declaration that begins with `export`: called when it is lowered already. */
export function exportedDeclaration(b: Builder, node: t.Statement): void {
  const K = ts.SyntaxKind;
  if (!hasModifier(node, K.ExportKeyword)) return;
  if (ts.isVariableStatement(node)) {
    for (const one of node.declarationList.declarations) {
      for (const name of boundNames(one.name)) exportName(b, name, name.text);
    }
    return;
  }
  const isDefault = hasModifier(node, K.DefaultKeyword);
  const name = declaredName(node);
  // A constant may have the same name as an exported type: it is not exported with it.
  const isType = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
  if (name && isType) record(b, name, { name: isDefault ? 'default' : name.text, typeOnly: true });
  else if (name) exportName(b, name, isDefault ? 'default' : name.text);
  else if (isDefault) record(b, node, { name: 'default', value: anonymous(b) });
}

function exportName(b: Builder, name: t.Identifier, as: string): void {
  const value = named(b, name);
  record(b, name, { name: as, value, typeOnly: value === null });
}

function declaredName(node: t.Statement): t.Identifier | null {
  const has =
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isModuleDeclaration(node) ||
    ts.isImportEqualsDeclaration(node);
  return has && node.name && ts.isIdentifier(node.name) ? node.name : null;
}

/** `export default function () {}` and `class {}`: its value was added last, after everything inside. */
function anonymous(b: Builder): ValueId | null {
  const last = b.values.length - 1;
  const kind = b.values[last]?.kind;
  return kind === 'function' || kind === 'class' ? last : null;
}
