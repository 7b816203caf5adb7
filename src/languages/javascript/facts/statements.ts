/** Statements. */

import type { ts as t } from 'ts-morph';
import type { Statement } from '../../../model/facts.js';
import { bind, bindWhole } from './bindings.js';
import type { Builder } from './builder.js';
import { classDeclaration } from './classes.js';
import { noteCreatedRequire } from './commonjs.js';
import { ts } from './compiler.js';
import { ifStatement, loop, switchStatement, tryStatement, withStatement } from './control.js';
import { enumDeclaration, namespaceDeclaration } from './declarations.js';
import { exportAssignment, exportDeclaration, exportedDeclaration } from './exports.js';
import { expression } from './expressions.js';
import { functionDeclaration } from './functions.js';
import { importDeclaration, importEquals } from './imports.js';
import { hasModifier } from './names.js';
import { hoistBlock, listKind } from './scoping.js';

export function statements(b: Builder, nodes: readonly t.Statement[]): void {
  for (const node of nodes) statement(b, node);
}

/** Lowers one statement. A block is no statement of its own: what stands in it is. */
export function statement(b: Builder, node: t.Statement): void {
  if (ts.isBlock(node)) {
    b.inBlockScope(node, (scope) => {
      hoistBlock(b, scope, node.statements);
      statements(b, node.statements);
    });
    return;
  }
  if (ts.isEmptyStatement(node)) return;
  const { scope, block } = b.at;
  const id = b.statements.push({ kind: kindOf(node), span: b.span(node), scope, block }) - 1;
  b.within({ statement: id }, () => {
    // What is only declared makes no code.
    if (!hasModifier(node, ts.SyntaxKind.DeclareKeyword) && !b.source.isDeclarationFile) lower(b, node);
    exportedDeclaration(b, node);
  });
}

function kindOf(node: t.Statement): Statement['kind'] {
  if (ts.isExpressionStatement(node)) return 'expression';
  if (ts.isReturnStatement(node)) return 'return';
  if (ts.isThrowStatement(node)) return 'throw';
  if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return 'import';
  if (ts.isExportDeclaration(node) || ts.isExportAssignment(node)) return 'export';
  const declares =
    ts.isVariableStatement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    isTypeOrSpace(node);
  return declares ? 'declaration' : 'other';
}

function isTypeOrSpace(node: t.Statement): boolean {
  return (
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isModuleDeclaration(node)
  );
}

type Lower<N> = (b: Builder, node: N) => unknown;
let table: Map<t.SyntaxKind, Lower<never>> | undefined;

function lower(b: Builder, node: t.Statement): void {
  table ??= lowerings();
  const one = table.get(node.kind) as Lower<t.Statement> | undefined;
  one?.(b, node);
}

function lowerings(): Map<t.SyntaxKind, Lower<never>> {
  const K = ts.SyntaxKind;
  return new Map<t.SyntaxKind, Lower<never>>([
    [K.ExpressionStatement, (b, node: t.ExpressionStatement) => expression(b, node.expression)],
    [K.VariableStatement, (b, node: t.VariableStatement) => variables(b, node.declarationList)],
    [K.FunctionDeclaration, functionDeclaration],
    [K.ClassDeclaration, classDeclaration],
    [K.EnumDeclaration, enumDeclaration],
    [K.ModuleDeclaration, namespaceDeclaration],
    [K.ImportDeclaration, importDeclaration],
    [K.ImportEqualsDeclaration, importEquals],
    [K.ExportDeclaration, exportDeclaration],
    [K.ExportAssignment, exportAssignment],
    [K.ReturnStatement, returnStatement],
    [K.ThrowStatement, (b, node: t.ThrowStatement) => expression(b, node.expression)],
    [K.LabeledStatement, (b, node: t.LabeledStatement) => statement(b, node.statement)],
    [K.IfStatement, ifStatement],
    [K.TryStatement, tryStatement],
    [K.SwitchStatement, switchStatement],
    [K.WithStatement, withStatement],
    [K.ForStatement, loop],
    [K.ForOfStatement, loop],
    [K.ForInStatement, loop],
    [K.WhileStatement, loop],
    [K.DoStatement, loop],
  ]);
}

/** `const a = 1, { b } = c`. */
export function variables(b: Builder, list: t.VariableDeclarationList): void {
  const kind = listKind(list);
  for (const one of list.declarations) {
    noteCreatedRequire(b, one);
    if (one.initializer) bindWhole(b, one.name, kind, expression(b, one.initializer), one.type);
    else bind(b, one.name, kind, null, { type: one.type });
  }
}

/** `return v` gives v to whoever calls the function. */
function returnStatement(b: Builder, node: t.ReturnStatement): void {
  if (!node.expression) return;
  const value = expression(b, node.expression);
  if (b.at.fn !== null) b.flow(node, value, { kind: 'return', scope: b.at.fn });
}
