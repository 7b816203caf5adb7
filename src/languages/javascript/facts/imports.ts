/** Import statements. `require()` and `import()` expressions are in commonjs.ts and calls.ts. */

import type { ts as t } from 'ts-morph';
import type { Import, ImportId, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { declare, resolve } from './symbols.js';

interface Name {
  node: t.Node;
  /** The name that the file binds; none for `import 'x'`. */
  local: t.Identifier | null;
  imported: string;
  typeOnly: boolean;
}

function addImport(b: Builder, specifier: string, name: Name): void {
  const found: Import = {
    specifier,
    imported: name.imported,
    local: null,
    typeOnly: name.typeOnly,
    guarded: b.at.guarded,
    dynamic: false,
    scope: b.at.scope,
    span: b.span(name.node),
  };
  const id: ImportId = b.imports.push(found) - 1;
  if (name.local) found.local = declare(b, name.local, { kind: 'import', import: id });
}

/** `import d, { a as b, type T } from 'x'`, `import * as ns from 'x'`, `import 'x'`. */
export function importDeclaration(b: Builder, node: t.ImportDeclaration): void {
  if (!ts.isStringLiteralLike(node.moduleSpecifier)) return;
  const specifier = node.moduleSpecifier.text;
  const clause = node.importClause;
  if (!clause) {
    addImport(b, specifier, { node, local: null, imported: '*', typeOnly: false });
    return;
  }
  const typeOnly = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (clause.name) addImport(b, specifier, { node: clause.name, local: clause.name, imported: 'default', typeOnly });
  const { namedBindings } = clause;
  if (!namedBindings) return;
  if (ts.isNamespaceImport(namedBindings)) {
    addImport(b, specifier, { node: namedBindings, local: namedBindings.name, imported: '*', typeOnly });
    return;
  }
  for (const one of namedBindings.elements) {
    const imported = (one.propertyName ?? one.name).text;
    addImport(b, specifier, { node: one, local: one.name, imported, typeOnly: typeOnly || one.isTypeOnly });
  }
}

/** `import R = require('x')`; `import C = N.C` is an alias of a member. */
export function importEquals(b: Builder, node: t.ImportEqualsDeclaration): void {
  const { moduleReference: reference, name } = node;
  if (ts.isExternalModuleReference(reference)) {
    if (!ts.isStringLiteralLike(reference.expression)) return;
    addImport(b, reference.expression.text, { node, local: name, imported: '=', typeOnly: node.isTypeOnly });
    return;
  }
  const value = entity(b, reference);
  const local = declare(b, name, { kind: 'const' });
  b.flow(node, value, { kind: 'local', local }, { declares: true });
}

function entity(b: Builder, name: t.EntityName): ValueId {
  if (ts.isIdentifier(name)) {
    const local = resolve(b, name);
    return local === null ? b.add(name, { kind: 'global', name: name.text }) : b.reference(name, local);
  }
  const object = entity(b, name.left);
  return b.add(name, { kind: 'member', object, name: name.right.text, key: null, optional: false, write: false });
}
