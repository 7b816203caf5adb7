/** Compound statements: regions that may run never, or more than once, or with their errors caught. */

import type { Block, ValueId } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { expression } from './expressions.js';
import { patternNames } from './names.js';
import { body } from './statements.js';
import { assign } from './targets.js';
import { field, fields, type Node, parts, spanOf } from './tree.js';

/** Walks a region as a block of its own. `node` is the whole clause, its statements are those of `inside`. */
function region(
  builder: Builder,
  kind: Block['kind'],
  node: Node | null,
  test: ValueId | null,
  context: Context,
): Context {
  if (node === null) return context;
  const { scope, block: parent } = context;
  const inside = node.type === 'block' ? node : (field(node, 'body') ?? field(node, 'consequence') ?? lastBlock(node));
  const block = builder.block({ kind, parent, scope, span: spanOf(node), test, exit: exitOf(inside) });
  const within: Context = { ...context, block, guarded: true, statement: null };
  if (inside) body(builder, inside, within);
  return within;
}

function lastBlock(node: Node): Node | null {
  return parts(node).findLast(({ type }) => type === 'block') ?? null;
}

function exitOf(node: Node | null): Block['exit'] {
  const last = node === null ? undefined : parts(node).at(-1);
  switch (last?.type) {
    case 'return_statement':
      return /^return(?:\s+None)?$/.test(last.text.trim()) ? 'return-none' : 'return';
    case 'raise_statement':
      return 'raise';
    case 'break_statement':
      return 'break';
    case 'continue_statement':
      return 'continue';
    default:
      return 'fall-through';
  }
}

export function ifStatement(builder: Builder, node: Node, around: Context): void {
  let context = builder.statement('other', node, around);
  let test = branch(builder, node, context);
  for (const clause of fields(node, 'alternative')) {
    if (clause.type === 'elif_clause') {
      const { scope, block: parent } = context;
      const exit = exitOf(field(clause, 'consequence'));
      const block = builder.block({ kind: 'else', parent, scope, span: spanOf(clause), test, exit });
      context = { ...context, block, guarded: true };
      test = branch(builder, clause, context);
    } else region(builder, 'else', clause, test, context);
  }
}

/** Condition and first branch of `if` or `elif`. */
function branch(builder: Builder, node: Node, context: Context): ValueId | null {
  const condition = field(node, 'condition');
  const test = condition === null ? null : expression(builder, condition, context);
  const typeOnly = context.typeOnly || /^(?:\w+\.)?TYPE_CHECKING$/.test(condition?.text ?? '');
  region(builder, 'if', field(node, 'consequence'), test, { ...context, typeOnly });
  return test;
}

export function forStatement(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('other', node, around);
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  const value = right === null ? null : expression(builder, right, context);
  if (left !== null && value !== null) assign(builder, left, value, context, { kind: 'element' });
  region(builder, 'loop', field(node, 'body'), value, context);
  region(builder, 'else', field(node, 'alternative'), null, context);
}

export function whileStatement(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('other', node, around);
  const condition = field(node, 'condition');
  const test = condition === null ? null : expression(builder, condition, context);
  region(builder, 'loop', field(node, 'body'), test, context);
  region(builder, 'else', field(node, 'alternative'), null, context);
}

export function tryStatement(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('other', node, around);
  region(builder, 'try', field(node, 'body'), null, context);
  for (const clause of parts(node)) {
    if (clause.type === 'except_clause' || clause.type === 'except_group_clause')
      exceptClause(builder, clause, context);
    else if (clause.type === 'else_clause') region(builder, 'else', clause, null, context);
    else if (clause.type === 'finally_clause') region(builder, 'finally', clause, null, context);
  }
}

/** `except redis.X as e`: the caught classes are read. */
function exceptClause(builder: Builder, node: Node, context: Context): void {
  const caught =
    fields(node, 'value').length > 0 ? fields(node, 'value') : parts(node).filter((n) => n.type !== 'block');
  for (const item of caught) {
    const [what] = item.type === 'as_pattern' ? parts(item) : [item];
    if (what) expression(builder, what, context);
  }
  region(builder, 'catch', node, null, context);
}

/** `with a as b, c:` is one region inside the other; `b` is taken to be `a` itself, as for clients and pipelines. */
export function withStatement(builder: Builder, node: Node, around: Context): void {
  let context = builder.statement('other', node, around);
  const { statement: own } = context;
  const items = parts(node).flatMap((clause) => (clause.type === 'with_clause' ? withItems(clause) : []));
  const inside = field(node, 'body');
  for (const item of items) {
    const given = item.type === 'as_pattern' ? item : (field(item, 'value') ?? parts(item)[0] ?? item);
    const [what, alias] = given.type === 'as_pattern' ? [parts(given)[0], field(given, 'alias')] : [given, null];
    const value = expression(builder, what ?? given, context);
    if (alias) assign(builder, alias, value, context);
    const { scope, block: parent } = context;
    const block = builder.block({ kind: 'with', parent, scope, span: spanOf(node), test: value, exit: exitOf(inside) });
    context = { ...context, block, statement: own };
  }
  if (inside) body(builder, inside, { ...context, statement: null });
}

/** `with (a as b, c as d):` is parsed as one item that holds a tuple, `with (a as b):` as one in parentheses. */
function withItems(clause: Node): Node[] {
  return parts(clause).flatMap((item) => {
    const given = field(item, 'value');
    const [inner] = given?.type === 'parenthesized_expression' ? parts(given) : [];
    if (inner?.type === 'as_pattern') return [inner];
    return given?.type === 'tuple' && parts(given).some(({ type }) => type === 'as_pattern') ? parts(given) : [item];
  });
}

export function matchStatement(builder: Builder, node: Node, around: Context): void {
  const context = builder.statement('other', node, around);
  const subjects = fields(node, 'subject').map((subject) => expression(builder, subject, context));
  const clauses = parts(field(node, 'body') ?? node).filter(({ type }) => type === 'case_clause');
  for (const clause of clauses) {
    const names = parts(clause)
      .filter(({ type }) => type === 'case_pattern')
      .flatMap(patternNames);
    for (const value of subjects) for (const name of names) assign(builder, name, value, context, { kind: 'element' });
    const guard = field(clause, 'guard');
    if (guard) for (const test of parts(guard)) expression(builder, test, context);
    region(builder, 'case', clause, subjects[0] ?? null, context);
  }
}
