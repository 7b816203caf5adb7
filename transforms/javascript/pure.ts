/** Expressions that only give a value: leaving them out changes nothing else. */

import { child, isFunction, list, type Node, nameOf } from './node.js';

/** Global functions that only convert what they are given. */
const CONVERSIONS = new Set(['Number', 'String', 'Boolean', 'parseInt', 'parseFloat']);

const CONTENT: Record<string, readonly string[]> = {
  TemplateLiteral: ['expressions'],
  ArrayExpression: ['elements'],
  ConditionalExpression: ['test', 'consequent', 'alternate'],
  LogicalExpression: ['left', 'right'],
  BinaryExpression: ['left', 'right'],
  TSAsExpression: ['expression'],
  TSSatisfiesExpression: ['expression'],
  TSNonNullExpression: ['expression'],
  TSTypeAssertion: ['expression'],
  TypeCastExpression: ['expression'],
  ParenthesizedExpression: ['expression'],
};

/**
 * Literals, names, reads of members (`process.env.X`, `config.redis.host`), templates, arrays and objects of those,
 * functions, conditions, and conversions such as `Number(x)`. Calls, `new`, `await`, assignments and spreads are not.
 */
export function isPure(node: Node): boolean {
  if (/^(String|Numeric|Boolean|Null|BigInt|RegExp)Literal$|^(Identifier|ThisExpression|MetaProperty)$/.test(node.type))
    return true;
  if (isFunction(node)) return node.type !== 'ClassMethod';
  if (/^(Optional)?MemberExpression$/.test(node.type)) return isPureMember(node);
  if (node.type === 'UnaryExpression') return node.operator !== 'delete' && every(node, ['argument']);
  if (node.type === 'ObjectExpression') return list(node, 'properties').every(isPureProperty);
  if (node.type === 'CallExpression') return isConversion(node) && list(node, 'arguments').every(isPure);
  const fields = CONTENT[node.type];
  return fields !== undefined && every(node, fields);
}

function every(node: Node, fields: readonly string[]): boolean {
  return fields.every((field) => {
    const one = child(node, field);
    return one ? isPure(one) : list(node, field).every(isPure);
  });
}

function isPureMember(node: Node): boolean {
  const object = child(node, 'object');
  const property = child(node, 'property');
  if (!object || !property) return false;
  const key = node.computed !== true || property.type === 'StringLiteral' || property.type === 'NumericLiteral';
  return key && isPure(object);
}

function isPureProperty(node: Node): boolean {
  if (node.type === 'ObjectMethod') return node.computed !== true;
  const value = child(node, 'value');
  return node.type === 'ObjectProperty' && node.computed !== true && value !== null && isPure(value);
}

function isConversion(node: Node): boolean {
  const callee = child(node, 'callee');
  return callee?.type === 'Identifier' && CONVERSIONS.has(nameOf(callee) ?? '');
}
