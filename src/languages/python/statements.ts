/** Simple statements, and the table of all kinds. */

import { forStatement, ifStatement, matchStatement, tryStatement, whileStatement, withStatement } from './blocks.js';
import type { Builder, Context } from './builder.js';
import { classDefinition, functionDefinition } from './definitions.js';
import { attribute, expression, markResult, subscript } from './expressions.js';
import { importFrom, importStatement } from './imports.js';
import { assign } from './targets.js';
import { field, type Node, parts, spanOf } from './tree.js';
import { typeRef } from './types.js';

type Visitor = (builder: Builder, node: Node, context: Context) => void;

const VISITORS: Readonly<Record<string, Visitor>> = {
  expression_statement: expressionStatement,
  import_statement: (b, n, c) => importStatement(b, n, b.statement('import', n, c)),
  import_from_statement: (b, n, c) => importFrom(b, n, b.statement('import', n, c)),
  future_import_statement: (b, n, c) => importFrom(b, n, b.statement('import', n, c)),
  function_definition: (b, n, c) => functionDefinition(b, n, [], b.statement('declaration', n, c)),
  class_definition: (b, n, c) => classDefinition(b, n, [], b.statement('declaration', n, c)),
  decorated_definition: decorated,
  return_statement: returnStatement,
  raise_statement: (b, n, c) => expressions(b, n, b.statement('throw', n, c)),
  delete_statement: deleteStatement,
  if_statement: ifStatement,
  for_statement: forStatement,
  while_statement: whileStatement,
  try_statement: tryStatement,
  with_statement: withStatement,
  match_statement: matchStatement,
  global_statement: (b, n, c) => void b.statement('other', n, c),
  nonlocal_statement: (b, n, c) => void b.statement('other', n, c),
  pass_statement: (b, n, c) => void b.statement('other', n, c),
  break_statement: (b, n, c) => void b.statement('other', n, c),
  continue_statement: (b, n, c) => void b.statement('other', n, c),
};

/** Walks the statements of a block or module. */
export function body(builder: Builder, node: Node, context: Context): void {
  for (const child of parts(node)) statement(builder, child, context);
}

function statement(builder: Builder, node: Node, context: Context): void {
  const visit = VISITORS[node.type];
  if (visit) visit(builder, node, context);
  else if (node.type === 'block' || node.type === 'ERROR') body(builder, node, context);
  else if (node.type.endsWith('_statement')) expressions(builder, node, builder.statement('other', node, context));
  else expression(builder, node, builder.statement('expression', node, context));
}

/** Statements that only hold expressions: `raise`, `assert`, and those of Python 2. */
function expressions(builder: Builder, node: Node, context: Context): void {
  for (const child of parts(node)) if (child.type !== 'type') expression(builder, child, context);
}

function expressionStatement(builder: Builder, node: Node, around: Context): void {
  const only = parts(node).length === 1 ? parts(node)[0] : undefined;
  if (only?.type === 'assignment') assignment(builder, only, builder.statement('declaration', node, around));
  else if (only?.type === 'augmented_assignment')
    augmented(builder, only, builder.statement('expression', node, around));
  else {
    const context = builder.statement('expression', node, around);
    for (const child of parts(node)) markResult(builder, expression(builder, child, context), 'floating');
  }
}

function assignment(builder: Builder, node: Node, context: Context): void {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (left === null) return;
  const type = typeRef(builder, field(node, 'type'), context);
  if (left.type === 'identifier') {
    const local = builder.facts.locals[builder.target(left.text, context, left)];
    if (local) {
      local.type ??= type;
      local.statement ??= context.statement;
    }
    const scope = builder.facts.scopes[context.scope];
    const declared = { name: left.text, static: false, access: 'public' as const, readonly: false, type };
    if (scope?.kind === 'class') scope.fields?.push({ ...declared, span: spanOf(left), decorators: [] });
  }
  if (right) assign(builder, left, expression(builder, right, context), context);
}

/** `a += b` looks at both and gives something new. */
function augmented(builder: Builder, node: Node, context: Context): void {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (left === null || right === null) return;
  const values = [expression(builder, left, context), expression(builder, right, context)];
  const operator = field(node, 'operator')?.text ?? '+=';
  const value = builder.value({ kind: 'comparison', operator, parts: values }, spanOf(node), context);
  assign(builder, left, value, context);
}

function decorated(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('declaration', node, around);
  const decorators = parts(node).filter(({ type }) => type === 'decorator');
  const definition = field(node, 'definition');
  if (definition?.type === 'class_definition') classDefinition(builder, definition, decorators, context);
  else if (definition) functionDefinition(builder, definition, decorators, context);
}

function returnStatement(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('return', node, around);
  const [given] = parts(node);
  if (given === undefined) return;
  const value = expression(builder, given, context);
  markResult(builder, value, 'returned');
  const scope = functionAround(builder, context.scope);
  if (scope !== null) builder.flow(value, { kind: 'return', scope }, spanOf(given), context);
}

function functionAround(builder: Builder, from: number): number | null {
  for (let at: number | null = from; at !== null; at = builder.facts.scopes[at]?.parent ?? null) {
    if (builder.facts.scopes[at]?.kind === 'function') return at;
  }
  return null;
}

function deleteStatement(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('other', node, around);
  for (const target of parts(node)) {
    if (target.type === 'attribute') attribute(builder, target, context, true);
    else if (target.type === 'subscript') subscript(builder, target, context, true);
    else expression(builder, target, context);
  }
}
