/** Texts that are put together: templates, and `+` that begins with a text. */

import type { ts as t } from 'ts-morph';
import type { ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { unwrap } from './names.js';

type Parts = (string | ValueId)[];

function pushText(parts: Parts, text: string): void {
  if (text === '') return;
  const last = parts.at(-1);
  if (typeof last === 'string') parts[parts.length - 1] = last + text;
  else parts.push(text);
}

function pushTemplate(b: Builder, parts: Parts, node: t.TemplateExpression): void {
  pushText(parts, node.head.text);
  for (const span of node.templateSpans) {
    parts.push(expression(b, span.expression));
    pushText(parts, span.literal.text);
  }
}

/** `redis://${host}/1`. */
export function templateOf(b: Builder, node: t.TemplateExpression): ValueId {
  const parts: Parts = [];
  pushTemplate(b, parts, node);
  return b.add(node, { kind: 'template', parts });
}

function isText(node: t.Expression | undefined): boolean {
  return node !== undefined && (ts.isStringLiteralLike(unwrap(node)) || ts.isTemplateExpression(unwrap(node)));
}

/**
 * `a + b + c`, given as its operands. It is a template when a text is among the first two (then every `+` joins texts);
 * else the sum cannot be told from a number and only looks at its parts.
 */
export function sum(b: Builder, node: t.BinaryExpression, first: ValueId | null, operands: t.Expression[]): ValueId {
  const joins = isText(operands[0]) || isText(operands[1]);
  if (first !== null || !joins) {
    const parts = operands.map((operand) => expression(b, operand));
    return b.add(node, { kind: 'comparison', operator: '+', parts: first === null ? parts : [first, ...parts] });
  }
  const parts: Parts = [];
  for (const operand of operands) {
    const inner = unwrap(operand);
    if (ts.isStringLiteralLike(inner)) pushText(parts, inner.text);
    else if (ts.isTemplateExpression(inner)) pushTemplate(b, parts, inner);
    else parts.push(expression(b, operand));
  }
  return b.add(node, { kind: 'template', parts });
}
