/** Operators, without recursion along their left side: generated sums have thousands of terms. */

import type { ts as t } from 'ts-morph';
import type { ValueId } from '../../../model/facts.js';
import { assignment } from './assignments.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { access, isAccess } from './environment.js';
import { expression } from './expressions.js';
import { isAssignment, unwrap } from './names.js';
import { target } from './places.js';
import { sum } from './templates.js';

/** Nodes from `node` down its left operands, innermost first. An assignment ends the way: its left side is a place. */
function leftSpine(node: t.BinaryExpression): t.BinaryExpression[] {
  const spine = [node];
  for (let left = unwrap(node.left); ts.isBinaryExpression(left); left = unwrap(left.left)) {
    if (isAssignment(left.operatorToken.kind)) break;
    spine.push(left);
  }
  return spine.reverse();
}

/** How many nodes of the spine from `from` on are sums. */
function sumLength(spine: t.BinaryExpression[], from: number): number {
  let to = from;
  while (spine[to]?.operatorToken.kind === ts.SyntaxKind.PlusToken) to++;
  return to - from;
}

export function binary(b: Builder, node: t.BinaryExpression): ValueId {
  if (isAssignment(node.operatorToken.kind)) return assignment(b, node);
  const spine = leftSpine(node);
  let left: ValueId | null = null;
  for (let i = 0; i < spine.length; ) {
    const length = sumLength(spine, i);
    const step: t.BinaryExpression | undefined = spine[i + Math.max(length, 1) - 1];
    if (!step) break;
    if (length > 0) {
      const operands = spine.slice(i, i + length).map((one) => one.right);
      const leftmost = spine[i]?.left;
      left = sum(b, step, left, left === null && leftmost ? [leftmost, ...operands] : operands);
    } else left = combine(b, step, left ?? operand(b, step.left));
    i += Math.max(length, 1);
  }
  return left ?? b.unknown(node, 'missing');
}

function operand(b: Builder, node: t.Expression): ValueId {
  // `#x in object`: the name is no value.
  return ts.isPrivateIdentifier(node) ? b.add(node, { kind: 'literal', value: node.text }) : expression(b, node);
}

function combine(b: Builder, node: t.BinaryExpression, left: ValueId): ValueId {
  const K = ts.SyntaxKind;
  const kind = node.operatorToken.kind;
  if (kind === K.CommaToken) return expression(b, node.right);
  const operator = logicalOperator(kind);
  if (operator) {
    const right = b.within({ guarded: true }, () => expression(b, node.right));
    return b.add(node, { kind: 'logical', operator, left, right });
  }
  const right = expression(b, node.right);
  return b.add(node, { kind: 'comparison', operator: node.operatorToken.getText(b.source), parts: [left, right] });
}

function logicalOperator(kind: t.SyntaxKind): '&&' | '||' | '??' | null {
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return '&&';
  if (kind === ts.SyntaxKind.BarBarToken) return '||';
  return kind === ts.SyntaxKind.QuestionQuestionToken ? '??' : null;
}

/** `-1` is a literal; `!a`, `-a` look at their part; `++a` writes it. */
export function prefix(b: Builder, node: t.PrefixUnaryExpression): ValueId {
  const K = ts.SyntaxKind;
  const operator = ts.tokenToString(node.operator) ?? '?';
  if (node.operator === K.PlusPlusToken || node.operator === K.MinusMinusToken) return count(b, node, operator);
  const inner = unwrap(node.operand);
  if (ts.isNumericLiteral(inner) && (node.operator === K.MinusToken || node.operator === K.PlusToken)) {
    const value = Number(inner.text);
    return b.add(node, { kind: 'literal', value: node.operator === K.MinusToken ? -value : value });
  }
  return b.add(node, { kind: 'comparison', operator, parts: [expression(b, node.operand)] });
}

export function postfix(b: Builder, node: t.PostfixUnaryExpression): ValueId {
  return count(b, node, ts.tokenToString(node.operator) ?? '?');
}

function count(b: Builder, node: t.PrefixUnaryExpression | t.PostfixUnaryExpression, operator: string): ValueId {
  const { place, read } = target(b, node.operand, true);
  const value = b.add(node, { kind: 'comparison', operator, parts: read === null ? [] : [read] });
  if (place) b.flow(node, value, place);
  return value;
}

/** `delete a.b` writes the member. */
export function deleteOf(b: Builder, node: t.DeleteExpression): ValueId {
  const inner = unwrap(node.expression);
  const part = isAccess(inner) ? access(b, inner, expression(b, inner.expression), true) : expression(b, inner);
  return b.add(node, { kind: 'comparison', operator: 'delete', parts: [part] });
}
