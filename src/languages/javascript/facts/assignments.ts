/** `=` and its kin. */

import type { ts as t } from 'ts-morph';
import type { ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { commonJsExport } from './commonjs.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { unwrap } from './names.js';
import { destructure, target } from './places.js';

/** An assignment as a value; a flow tells where its right side is kept. */
export function assignment(b: Builder, node: t.BinaryExpression): ValueId {
  const K = ts.SyntaxKind;
  const kind = node.operatorToken.kind;
  if (kind === K.EqualsToken) return plainAssignment(b, node);
  if (kind === K.BarBarEqualsToken) return logicalAssignment(b, node, '||');
  if (kind === K.AmpersandAmpersandEqualsToken) return logicalAssignment(b, node, '&&');
  if (kind === K.QuestionQuestionEqualsToken) return logicalAssignment(b, node, '??');
  const { place, read } = target(b, node.left, true);
  const right = expression(b, node.right);
  const operator = node.operatorToken.getText(b.source).slice(0, -1);
  const parts = read === null ? [right] : [read, right];
  const value = b.add(node, { kind: 'comparison', operator, parts });
  if (place) b.flow(node, value, place);
  return b.add(node, { kind: 'assign', value, operator: 'other' });
}

function plainAssignment(b: Builder, node: t.BinaryExpression): ValueId {
  const left = unwrap(node.left);
  let value: ValueId;
  const exported = commonJsExport(b, left);
  if (exported !== null) {
    value = expression(b, node.right);
    exported(value);
  } else if (ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left)) {
    value = expression(b, node.right);
    destructure(b, left, value);
  } else {
    const { place } = target(b, left, false);
    value = expression(b, node.right);
    if (place) b.flow(node, value, place);
  }
  return b.add(node, { kind: 'assign', value, operator: '=' });
}

/** `a ||= v` keeps v, and gives what a holds or v. */
function logicalAssignment(b: Builder, node: t.BinaryExpression, operator: '||' | '&&' | '??'): ValueId {
  const { place, read } = target(b, node.left, true);
  const right = b.within({ guarded: true }, () => expression(b, node.right));
  if (place) b.flow(node, right, place);
  const value = read === null ? right : b.add(node, { kind: 'logical', operator, left: read, right });
  return b.add(node, { kind: 'assign', value, operator: `${operator}=` });
}
