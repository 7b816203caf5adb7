/** Expressions to values. What is not known becomes `unknown` with its parts, so that nothing disappears. */

import type { ValueId } from '../../model/facts.js';
import type { BareValue, Builder, Context } from './builder.js';
import { callValue } from './calls.js';
import { comprehension, lambda } from './definitions.js';
import { envSubscript } from './env.js';
import { numberOf, piecesOf } from './literals.js';
import { binary, comparison, conditional, logical, operatorOf, unary } from './operators.js';
import { starName } from './star-names.js';
import { assign } from './targets.js';
import { field, fields, type Node, parts, spanOf } from './tree.js';

type Visitor = (builder: Builder, node: Node, context: Context) => ValueId;

const VISITORS: Readonly<Record<string, Visitor>> = {
  identifier: (b, n, c) => nameValue(b, n.text, spanOf(n), c),
  attribute: (b, n, c) => attribute(b, n, c, false),
  subscript: (b, n, c) => envSubscript(b, n, c) ?? subscript(b, n, c, false),
  call: callValue,
  string: stringValue,
  concatenated_string: stringValue,
  integer: numberValue,
  float: numberValue,
  true: (b, n, c) => b.value({ kind: 'literal', value: true }, spanOf(n), c),
  false: (b, n, c) => b.value({ kind: 'literal', value: false }, spanOf(n), c),
  none: (b, n, c) => b.value({ kind: 'literal', value: null }, spanOf(n), c),
  parenthesized_expression: (b, n, c) => onlyPart(b, n, c),
  await: awaitValue,
  list: arrayValue,
  tuple: arrayValue,
  set: arrayValue,
  expression_list: arrayValue,
  dictionary,
  conditional_expression: conditional,
  boolean_operator: logical,
  not_operator: (b, n, c) => comparison(b, n, 'not', c),
  comparison_operator: (b, n, c) => comparison(b, n, operatorOf(n), c),
  unary_operator: unary,
  binary_operator: binary,
  named_expression: walrus,
  lambda,
  list_comprehension: comprehension,
  set_comprehension: comprehension,
  dictionary_comprehension: comprehension,
  generator_expression: comprehension,
  yield: yieldValue,
  assignment: (b, n, c) => assignmentValue(b, n, c),
};

/** The value of an expression. */
export function expression(builder: Builder, node: Node, context: Context): ValueId {
  return (VISITORS[node.type] ?? unknown)(builder, node, context);
}

/** Whatever is not known: its parts are lost to the analysis. */
export function unknown(builder: Builder, node: Node, context: Context): ValueId {
  const children = parts(node).filter(({ type }) => type !== 'type' && type !== 'type_parameter');
  const values = children.map((child) => expression(builder, child, context));
  return builder.value({ kind: 'unknown', what: node.type, parts: values }, spanOf(node), context);
}

function onlyPart(builder: Builder, node: Node, context: Context): ValueId {
  const [only, ...more] = parts(node);
  return only && more.length === 0 ? expression(builder, only, context) : unknown(builder, node, context);
}

/** A read of a name. */
export function nameValue(
  builder: Builder,
  name: string,
  span: { start: number; end: number },
  context: Context,
): ValueId {
  const local = builder.lookup(name, context.scope);
  if (local === null)
    return starName(builder, name, span, context) ?? builder.value({ kind: 'global', name }, span, context);
  const receiver = builder.receivers.get(local);
  return builder.value(receiver ? { kind: 'this', ...receiver } : { kind: 'reference', local }, span, context);
}

/** `a.b`; `write` when it is assigned to or deleted. */
export function attribute(builder: Builder, node: Node, context: Context, write: boolean): ValueId {
  const [object, name] = [field(node, 'object'), field(node, 'attribute')];
  if (object === null || name === null) return unknown(builder, node, context);
  const value: BareValue = {
    kind: 'member',
    object: expression(builder, object, context),
    name: name.text,
    key: null,
    optional: false,
    write,
  };
  return builder.value(value, spanOf(node), context);
}

/** `a["b"]`, `a[0]`, `a[i]`, `a[1:2]`. */
export function subscript(builder: Builder, node: Node, context: Context, write: boolean): ValueId {
  const object = field(node, 'value');
  if (object === null) return unknown(builder, node, context);
  const keys = fields(node, 'subscript').map((key) => expression(builder, key, context));
  const key = keys.length === 1 ? (keys[0] ?? null) : null;
  const value: BareValue = {
    kind: 'member',
    object: expression(builder, object, context),
    name: key === null ? null : literalName(builder, key),
    key,
    optional: false,
    write,
  };
  return builder.value(value, spanOf(node), context);
}

function literalName(builder: Builder, key: ValueId): string | null {
  const value = builder.facts.values[key];
  const named = value?.kind === 'literal' && (typeof value.value === 'string' || typeof value.value === 'number');
  return named ? String(value.value) : null;
}

function stringValue(builder: Builder, node: Node, context: Context): ValueId {
  const pieces = piecesOf(node);
  const [first = ''] = pieces;
  if (pieces.length <= 1 && typeof first === 'string') {
    return builder.value({ kind: 'literal', value: first }, spanOf(node), context);
  }
  const made = pieces.map((piece) => (typeof piece === 'string' ? piece : expression(builder, piece, context)));
  return builder.value({ kind: 'template', parts: made }, spanOf(node), context);
}

function numberValue(builder: Builder, node: Node, context: Context): ValueId {
  const value = numberOf(node.text);
  return value === null
    ? unknown(builder, node, context)
    : builder.value({ kind: 'literal', value }, spanOf(node), context);
}

function awaitValue(builder: Builder, node: Node, context: Context): ValueId {
  const [awaited] = parts(node);
  if (awaited === undefined) return unknown(builder, node, context);
  const value = expression(builder, awaited, context);
  markResult(builder, value, 'awaited');
  return builder.value({ kind: 'await', value }, spanOf(node), context);
}

/** Says what happens to the result of a call. */
export function markResult(builder: Builder, id: ValueId, result: 'awaited' | 'floating' | 'returned'): void {
  const value = builder.facts.values[id];
  if (value?.kind === 'call') value.result = result;
}

function arrayValue(builder: Builder, node: Node, context: Context): ValueId {
  const elements = parts(node).map((child) => {
    const spread = child.type === 'list_splat';
    const inner = spread ? (parts(child)[0] ?? child) : child;
    return { value: expression(builder, inner, context), spread };
  });
  return builder.value({ kind: 'array', elements }, spanOf(node), context);
}

function dictionary(builder: Builder, node: Node, context: Context): ValueId {
  const entries = parts(node).map((child) => {
    const [key, value] = [field(child, 'key'), field(child, 'value')];
    if (key === null || value === null) {
      const spread = parts(child)[0] ?? child;
      return { key: null, value: expression(builder, spread, context), spread: true, span: spanOf(child) };
    }
    const name = literalName(builder, expression(builder, key, context));
    return { key: name, value: expression(builder, value, context), spread: false, span: spanOf(child) };
  });
  return builder.value({ kind: 'object', entries }, spanOf(node), context);
}

function walrus(builder: Builder, node: Node, context: Context): ValueId {
  const [name, given] = [field(node, 'name'), field(node, 'value')];
  if (name === null || given === null) return unknown(builder, node, context);
  const value = expression(builder, given, context);
  assign(builder, name, value, context);
  return builder.value({ kind: 'assign', value, operator: '=' }, spanOf(node), context);
}

/** `a = b = c`: the inner assignment is the value of the outer one. */
export function assignmentValue(builder: Builder, node: Node, context: Context): ValueId {
  const [left, right] = [field(node, 'left'), field(node, 'right')];
  if (left === null || right === null) return unknown(builder, node, context);
  const value = expression(builder, right, context);
  assign(builder, left, value, context);
  return builder.value({ kind: 'assign', value, operator: '=' }, spanOf(node), context);
}

/** What a generator yields is what its callers get: of context managers, fixtures and dependencies the thing itself. */
function yieldValue(builder: Builder, node: Node, context: Context): ValueId {
  const scope = builder.facts.scopes[context.scope];
  const [given] = parts(node);
  if (scope?.kind !== 'function' || given === undefined || /^yield\s+from\b/.test(node.text)) {
    if (scope?.kind === 'function') scope.generator = true;
    return unknown(builder, node, context);
  }
  scope.generator = true;
  const value = expression(builder, given, context);
  builder.flow(value, { kind: 'return', scope: context.scope }, spanOf(given), context);
  // What comes back is what the caller sends.
  return builder.value({ kind: 'unknown', what: 'yield', parts: [] }, spanOf(node), context);
}
