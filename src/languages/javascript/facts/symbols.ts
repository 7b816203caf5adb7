/** From a name in the program to the local that it denotes. */

import type { ts as t } from 'ts-morph';
import type { ImportId, Local, LocalId, ScopeId, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { isAmbient } from './names.js';
import { typeRef } from './types.js';

/** Declarations that bind a value at run time. A name that only types declare is none of ours. */
function bindsValue(declaration: t.Declaration): boolean {
  const binds =
    ts.isVariableDeclaration(declaration) ||
    ts.isParameter(declaration) ||
    ts.isBindingElement(declaration) ||
    ts.isFunctionDeclaration(declaration) ||
    ts.isFunctionExpression(declaration) ||
    ts.isClassLike(declaration) ||
    ts.isEnumDeclaration(declaration) ||
    ts.isModuleDeclaration(declaration) ||
    ts.isImportClause(declaration) ||
    ts.isImportSpecifier(declaration) ||
    ts.isNamespaceImport(declaration) ||
    ts.isImportEqualsDeclaration(declaration);
  return binds && !isAmbient(declaration);
}

function newLocal(b: Builder, name: t.Node, text: string, kind: Local['kind']): LocalId {
  const local: Local = {
    name: text,
    scope: b.at.scope,
    kind,
    span: b.span(name),
    statement: null,
    import: null,
    declares: null,
    type: null,
    exported: false,
  };
  return b.locals.push(local) - 1;
}

/** Local of a symbol, made at its first mention wherever that is; null when nothing in the file binds its value. */
function localOfSymbol(b: Builder, found: t.Symbol | undefined): LocalId | null {
  if (!found) return null;
  const symbol = b.checker.getExportSymbolOfSymbol(found);
  const known = b.bySymbol.get(symbol);
  if (known !== undefined) return known;
  const declaration = symbol.declarations?.find(bindsValue);
  const name = declaration && ts.getNameOfDeclaration(declaration);
  const local = name && ts.isIdentifier(name) ? newLocal(b, name, name.text, 'const') : null;
  b.bySymbol.set(symbol, local);
  return local;
}

/** The local that an identifier refers to; null when the file does not bind it. */
export function resolve(b: Builder, name: t.Identifier): LocalId | null {
  const { parent } = name;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === name) {
    return localOfSymbol(b, b.checker.getShorthandAssignmentValueSymbol(parent));
  }
  if (ts.isExportSpecifier(parent)) return localOfSymbol(b, b.checker.getExportSpecifierLocalTargetSymbol(parent));
  return localOfSymbol(b, b.checker.getSymbolAtLocation(name));
}

/** What is known of a local where it is declared. */
interface Declaration {
  kind: Local['kind'];
  type?: t.TypeNode | undefined;
  import?: ImportId;
  declares?: ScopeId;
}

/**
 * The local that a name declares. A second declaration of the same name (`var x; var x`, overloads, a class that is a
 * namespace too) gives the same local and keeps what the first one said.
 */
export function declare(b: Builder, name: t.Identifier, how: Declaration): LocalId {
  const id = localOfSymbol(b, b.checker.getSymbolAtLocation(name)) ?? newLocal(b, name, name.text, how.kind);
  const local = b.locals[id];
  if (!local || b.declared.has(id)) return id;
  b.declared.add(id);
  local.kind = how.kind;
  local.scope = how.kind === 'var' ? b.at.varScope : b.at.scope;
  local.span = b.span(name);
  local.statement = how.kind === 'param' ? null : b.at.statement;
  local.import = how.import ?? null;
  local.declares = how.declares ?? null;
  local.type = typeRef(b, how.type);
  return id;
}

/** A local without a name in the program: what a pattern takes apart. `ordinal` keeps parameters apart. */
export function hiddenLocal(b: Builder, pattern: t.BindingPattern, kind: Local['kind'], ordinal: number): LocalId {
  const text = ts.isObjectBindingPattern(pattern) ? `{…}#${ordinal}` : `[…]#${ordinal}`;
  const id = newLocal(b, pattern, text, kind);
  b.declared.add(id);
  const local = b.locals[id];
  if (local && kind === 'var') local.scope = b.at.varScope;
  if (local && kind !== 'param') local.statement = b.at.statement;
  return id;
}

/** References to every local of that name: all that can be said inside `with (…)`. */
export function sameName(b: Builder, name: t.Identifier): ValueId[] {
  return b.locals.flatMap((local, id) => (local.name === name.text ? [b.reference(name, id)] : []));
}
