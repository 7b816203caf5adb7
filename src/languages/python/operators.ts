/** Operators: those that choose between values, and those that only look at them. */

import type { ValueId } from '../../model/facts.js';
import type { BareValue, Builder, Context } from './builder.js';
import { expression, unknown } from './expressions.js';
import { numberOf } from './literals.js';
import { field, type Node, parts, spanOf } from './tree.js';

/** `then if test else other`: the grammar has no field names here. */
export function conditional(builder: Builder, node: Node, context: Context): ValueId {
  const [then, test, other] = parts(node);
  if (!then || !test || !other) return unknown(builder, node, context);
  const [tested, chosen, otherwise] = [test, then, other].map((child) => expression(builder, child, context));
  if (tested === undefined || chosen === undefined || otherwise === undefined) return unknown(builder, node, context);
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the IR, and no promise is near.
  const value: BareValue = { kind: 'conditional', test: tested, then: chosen, else: otherwise };
  return builder.value(value, spanOf(node), context);
}

export function logical(builder: Builder, node: Node, context: Context): ValueId {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (left === null || right === null) return unknown(builder, node, context);
  const value: BareValue = {
    kind: 'logical',
    operator: field(node, 'operator')?.text === 'and' ? '&&' : '||',
    left: expression(builder, left, context),
    right: expression(builder, right, context),
  };
  return builder.value(value, spanOf(node), context);
}

export function comparison(builder: Builder, node: Node, operator: string, context: Context): ValueId {
  const values = parts(node).map((child) => expression(builder, child, context));
  return builder.value({ kind: 'comparison', operator, parts: values }, spanOf(node), context);
}

export function operatorOf(node: Node): string {
  return field(node, 'operators')?.text ?? '==';
}

export function unary(builder: Builder, node: Node, context: Context): ValueId {
  const negative = /^-\s*[\d._]+$/.test(node.text) ? numberOf(node.text.replace(/\s/g, '')) : null;
  return negative === null
    ? comparison(builder, node, node.children[0]?.text ?? '-', context)
    : builder.value({ kind: 'literal', value: negative }, spanOf(node), context);
}

/** `"redis://" + host` is a template; other arithmetic only looks at its parts. Long sums nest deeply, so they are flattened. */
export function binary(builder: Builder, node: Node, context: Context): ValueId {
  const operator = field(node, 'operator')?.text ?? '+';
  const operands = flatten(node, operator);
  const values = operands.map((child) => expression(builder, child, context));
  const isText = (id: ValueId) => {
    const value = builder.facts.values[id];
    return value?.kind === 'template' || (value?.kind === 'literal' && typeof value.value === 'string');
  };
  if (operator !== '+' || !values.some(isText)) {
    return builder.value({ kind: 'comparison', operator, parts: values }, spanOf(node), context);
  }
  const pieces = values.map((id) => {
    const value = builder.facts.values[id];
    return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : id;
  });
  return builder.value({ kind: 'template', parts: pieces }, spanOf(node), context);
}

function flatten(node: Node, operator: string): Node[] {
  const operands: Node[] = [];
  let at: Node | null = node;
  while (at?.type === 'binary_operator' && field(at, 'operator')?.text === operator) {
    const right = field(at, 'right');
    if (right) operands.unshift(right);
    at = field(at, 'left');
  }
  return at === null ? operands : [at, ...operands];
}
