/**
 * Which names a scope binds, found before its code is lowered: a function can be called, and a `var` written, above the
 * line that declares it.
 *
 * Why not the TypeScript checker: a program for each file costs three times as much as parsing it (2.8 ms against
 * 0.9 ms in the median of 431 files), its look-up climbs from every identifier through the whole tree (4.5 minutes for a
 * sum of 50,000 terms), and its binder overflows the stack on a chain of 5,000 `||`. Scopes are followed here anyway.
 * A test compares every name of this project's own sources with what the checker says.
 */

import type { ts as t } from 'ts-morph';
import type { Local, LocalId, ScopeId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { hasModifier } from './names.js';

/** What one scope binds. */
export interface Names {
  values: Map<string, LocalId>;
  /** Interfaces, type aliases and type parameters: they hide types of the same name further out. */
  types: Set<string>;
}

/** Binds a name in a scope, once: a second declaration of it gives the same local. */
export function bindName(b: Builder, scope: ScopeId, name: t.Identifier, kind: Local['kind']): LocalId {
  const { values } = b.namesOf(scope);
  const known = values.get(name.text);
  if (known !== undefined) return known;
  const id = b.newLocal(name, name.text, kind, scope);
  values.set(name.text, id);
  return id;
}

/** Identifiers that a name or pattern binds, in order. */
export function boundNames(name: t.BindingName): t.Identifier[] {
  if (ts.isIdentifier(name)) return [name];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

/** Kind of the locals that a declaration list makes. `using` is a constant. */
export function listKind(list: t.VariableDeclarationList): 'const' | 'let' | 'var' {
  if (list.flags & (ts.NodeFlags.Const | ts.NodeFlags.Using)) return 'const';
  return list.flags & ts.NodeFlags.Let ? 'let' : 'var';
}

export function hoistList(b: Builder, scope: ScopeId, list: t.VariableDeclarationList): void {
  const kind = listKind(list);
  for (const one of list.declarations) {
    for (const name of boundNames(one.name)) bindName(b, scope, name, kind);
  }
}

/** Binds what the statements of a block declare: everything but `var`. */
export function hoistBlock(b: Builder, scope: ScopeId, statements: readonly t.Statement[]): void {
  for (const node of statements) {
    if (hasModifier(node, ts.SyntaxKind.DeclareKeyword)) continue;
    if (ts.isVariableStatement(node)) {
      if (listKind(node.declarationList) !== 'var') hoistList(b, scope, node.declarationList);
    } else if (ts.isFunctionDeclaration(node)) hoistFunction(b, scope, node);
    else if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      b.namesOf(scope).types.add(node.name.text);
    } else if (ts.isImportDeclaration(node)) hoistImport(b, scope, node);
    else hoistNamed(b, scope, node);
  }
}

function hoistNamed(b: Builder, scope: ScopeId, node: t.Statement): void {
  if (ts.isClassDeclaration(node) && node.name) bindName(b, scope, node.name, 'class');
  else if (ts.isEnumDeclaration(node)) bindName(b, scope, node.name, 'enum');
  else if (ts.isImportEqualsDeclaration(node)) bindName(b, scope, node.name, 'import');
  else if (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name)) bindName(b, scope, node.name, 'const');
}

/** In a script that is not strict, a function in a block is a name of the function around as well. */
function hoistFunction(b: Builder, scope: ScopeId, node: t.FunctionDeclaration): void {
  if (!node.name) return;
  const outside = scope === b.at.varScope ? undefined : b.namesOf(b.at.varScope).values.get(node.name.text);
  const kind = outside === undefined ? null : b.locals[outside]?.kind;
  if (outside !== undefined && isScript(b) && (kind === 'function' || kind === 'var')) {
    b.namesOf(scope).values.set(node.name.text, outside);
  } else bindName(b, scope, node.name, 'function');
}

function isScript(b: Builder): boolean {
  return !ts.isExternalModule(b.source);
}

function hoistImport(b: Builder, scope: ScopeId, node: t.ImportDeclaration): void {
  const clause = node.importClause;
  if (!clause) return;
  if (clause.name) bindName(b, scope, clause.name, 'import');
  const bindings = clause.namedBindings;
  if (!bindings) return;
  if (ts.isNamespaceImport(bindings)) bindName(b, scope, bindings.name, 'import');
  else for (const one of bindings.elements) bindName(b, scope, one.name, 'import');
}

/** Binds what the body of a function, a module or a namespace declares, with the `var`s of the blocks inside. */
export function hoistBody(b: Builder, scope: ScopeId, statements: readonly t.Statement[]): void {
  hoistBlock(b, scope, statements);
  const direct = new Set<t.Node>(statements);
  const stack: t.Node[] = [...statements].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (ts.isVariableDeclarationList(node)) {
      if (listKind(node) === 'var') hoistList(b, scope, node);
    } else if (ts.isFunctionDeclaration(node)) {
      if (node.name && isScript(b) && !direct.has(node)) bindName(b, scope, node.name, 'function');
    } else if (holdsVars(node) && !hasModifier(node, ts.SyntaxKind.DeclareKeyword)) {
      const children: t.Node[] = [];
      ts.forEachChild(node, (child) => void children.push(child));
      stack.push(...children.reverse());
    }
  }
}

/** Statements in which a `var` or a function can stand: expressions, functions and classes keep theirs. */
function holdsVars(node: t.Node): boolean {
  const K = ts.SyntaxKind;
  switch (node.kind) {
    case K.VariableStatement:
    case K.Block:
    case K.IfStatement:
    case K.ForStatement:
    case K.ForInStatement:
    case K.ForOfStatement:
    case K.WhileStatement:
    case K.DoStatement:
    case K.TryStatement:
    case K.CatchClause:
    case K.SwitchStatement:
    case K.CaseBlock:
    case K.CaseClause:
    case K.DefaultClause:
    case K.LabeledStatement:
    case K.WithStatement:
      return true;
    default:
      return false;
  }
}
