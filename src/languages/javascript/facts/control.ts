/** Statements that decide whether, how often and under whose care code runs: they make blocks. */

import type { ts as t } from 'ts-morph';
import type { Block, ValueId } from '../../../model/facts.js';
import { bind } from './bindings.js';
import { type Builder, type Part, WHOLE } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { unwrap } from './names.js';
import { assignTo } from './places.js';
import { bindName, boundNames, hoistBlock, hoistList, listKind } from './scoping.js';
import { statement, statements, variables } from './statements.js';

/** Lowers `run` in a new block. A block guards what is imported in it, unless it only cleans up. */
function inBlock(
  b: Builder,
  node: t.Node,
  shape: { kind: Block['kind']; test: ValueId | null; exit: Block['exit'] },
  run: (block: Block) => void,
): void {
  const { scope, block: parent } = b.at;
  const block: Block = { ...shape, parent, scope, span: b.span(node) };
  const id = b.blocks.push(block) - 1;
  const guarded = b.at.guarded || (shape.kind !== 'finally' && shape.kind !== 'with');
  b.within({ block: id, guarded }, () => run(block));
}

export function ifStatement(b: Builder, node: t.IfStatement): void {
  const test = expression(b, node.expression);
  const { thenStatement: then, elseStatement: other } = node;
  inBlock(b, then, { kind: 'if', test, exit: exitOf(then) }, () => statement(b, then));
  if (other) inBlock(b, other, { kind: 'else', test, exit: exitOf(other) }, () => statement(b, other));
}

export function tryStatement(b: Builder, node: t.TryStatement): void {
  const { tryBlock, catchClause, finallyBlock } = node;
  inBlock(b, tryBlock, { kind: 'try', test: null, exit: exitOf(tryBlock) }, () => statement(b, tryBlock));
  if (catchClause) {
    const exit = exitOf(catchClause.block);
    inBlock(b, catchClause, { kind: 'catch', test: null, exit }, () => {
      b.inBlockScope(catchClause, (scope) => {
        const name = catchClause.variableDeclaration?.name;
        for (const one of name ? boundNames(name) : []) bindName(b, scope, one, 'catch');
        hoistBlock(b, scope, catchClause.block.statements);
        if (name) bind(b, name, 'catch', null);
        statements(b, catchClause.block.statements);
      });
    });
  }
  if (!finallyBlock) return;
  inBlock(b, finallyBlock, { kind: 'finally', test: null, exit: exitOf(finallyBlock) }, () =>
    statement(b, finallyBlock),
  );
}

export function switchStatement(b: Builder, node: t.SwitchStatement): void {
  expression(b, node.expression);
  b.inBlockScope(node.caseBlock, (scope) => {
    for (const clause of node.caseBlock.clauses) hoistBlock(b, scope, clause.statements);
    for (const clause of node.caseBlock.clauses) {
      if (ts.isCaseClause(clause)) expression(b, clause.expression);
      const exit = exitOfLast(clause.statements);
      inBlock(b, clause, { kind: 'case', test: null, exit }, () => statements(b, clause.statements));
    }
  });
}

export function withStatement(b: Builder, node: t.WithStatement): void {
  const test = expression(b, node.expression);
  inBlock(b, node.statement, { kind: 'with', test, exit: exitOf(node.statement) }, () => {
    b.within({ inWith: true }, () => statement(b, node.statement));
  });
}

type Loop = t.ForStatement | t.ForOfStatement | t.ForInStatement | t.WhileStatement | t.DoStatement;

/** A loop's block spans the whole statement: its condition runs as often as its body. */
export function loop(b: Builder, node: Loop): void {
  const list = 'initializer' in node && node.initializer;
  if (!list || !ts.isVariableDeclarationList(list) || listKind(list) === 'var') {
    lowerLoop(b, node);
    return;
  }
  b.inBlockScope(node, (scope) => {
    hoistList(b, scope, list);
    lowerLoop(b, node);
  });
}

function lowerLoop(b: Builder, node: Loop): void {
  const each = ts.isForOfStatement(node) || ts.isForInStatement(node);
  if (ts.isForStatement(node) && node.initializer) initialise(b, node.initializer);
  const over = each ? expression(b, node.expression) : null;
  inBlock(b, node, { kind: 'loop', test: null, exit: exitOf(node.statement) }, (block) => {
    if (each) {
      // `for (k in o)` gives names of members, never what they hold.
      const arriving = ts.isForOfStatement(node) && over !== null ? over : null;
      eachItem(b, node.initializer, arriving);
    } else if (ts.isForStatement(node)) {
      if (node.condition) block.test = expression(b, node.condition);
      if (node.incrementor) expression(b, node.incrementor);
    } else block.test = expression(b, node.expression);
    statement(b, node.statement);
  });
}

function initialise(b: Builder, node: t.ForInitializer): void {
  if (ts.isVariableDeclarationList(node)) variables(b, node);
  else expression(b, node);
}

const ELEMENT: Part = { kind: 'element' };

/** The variable of `for (… of …)`: each time an element of what is gone over. */
function eachItem(b: Builder, node: t.ForInitializer, over: ValueId | null): void {
  if (!ts.isVariableDeclarationList(node)) {
    const value = over ?? b.unknown(node, 'key');
    assignTo(b, node, value, over === null ? WHOLE : ELEMENT);
    return;
  }
  const kind = listKind(node);
  const arriving = over === null ? null : { value: over, part: ELEMENT };
  for (const one of node.declarations) bind(b, one.name, kind, arriving, { type: one.type });
}

/** How a statement ends, seen from the last one in it. */
function exitOf(node: t.Statement | undefined): Block['exit'] {
  if (!node) return 'fall-through';
  if (ts.isBlock(node)) return exitOfLast(node.statements);
  if (ts.isReturnStatement(node)) return givesNothing(node.expression) ? 'return-none' : 'return';
  if (ts.isThrowStatement(node)) return 'raise';
  if (ts.isBreakStatement(node)) return 'break';
  return ts.isContinueStatement(node) ? 'continue' : 'fall-through';
}

function exitOfLast(nodes: readonly t.Statement[]): Block['exit'] {
  return exitOf(nodes.at(-1));
}

function givesNothing(node: t.Expression | undefined): boolean {
  if (!node) return true;
  const inner = unwrap(node);
  return inner.kind === ts.SyntaxKind.NullKeyword || (ts.isIdentifier(inner) && inner.text === 'undefined');
}
