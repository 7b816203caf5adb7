/** Small questions about the syntax: what a name says, what only wraps an expression, which modifiers stand before it. */

import type { ts as t } from 'ts-morph';
import { ts } from './compiler.js';

type Wrapper =
  | t.ParenthesizedExpression
  | t.AsExpression
  | t.SatisfiesExpression
  | t.NonNullExpression
  | t.TypeAssertion
  | t.ExpressionWithTypeArguments
  | t.PartiallyEmittedExpression;

/** Parentheses, `as`, `satisfies`, `!`, `<T>x` and `f<T>`: none of them changes the value. */
function isWrapper(node: t.Node): node is Wrapper {
  switch (node.kind) {
    case ts.SyntaxKind.ParenthesizedExpression:
    case ts.SyntaxKind.AsExpression:
    case ts.SyntaxKind.SatisfiesExpression:
    case ts.SyntaxKind.NonNullExpression:
    case ts.SyntaxKind.TypeAssertionExpression:
    case ts.SyntaxKind.ExpressionWithTypeArguments:
    case ts.SyntaxKind.PartiallyEmittedExpression:
      return true;
    default:
      return false;
  }
}

/** The expression that has the value: without what only wraps it. */
export function unwrap(node: t.Expression): t.Expression {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

/** The nearest node above that is no wrapper, and its child on the way. */
export function wrapperParent(node: t.Node): { parent: t.Node; child: t.Node } {
  let child = node;
  while (isWrapper(child.parent)) child = child.parent;
  return { parent: child.parent, child };
}

/** Text of a key that is known without running the program; null otherwise. */
export function literalKey(node: t.Node): string | null {
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  return null;
}

/** Name of a property or member as written: `a`, `'a'`, `['a']`, `1`, `#a`; null when it is computed. */
export function propertyName(node: t.PropertyName | t.BindingName | undefined): string | null {
  if (!node) return null;
  if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) return node.text;
  if (ts.isComputedPropertyName(node)) return literalKey(unwrap(node.expression));
  return literalKey(node);
}

export function hasModifier(node: t.Node, kind: t.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some((modifier) => modifier.kind === kind) ?? false);
}

/** Access of a class member; `#x` is private. */
export function accessOf(node: t.Node & { name?: t.PropertyName | t.BindingName | undefined }) {
  const K = ts.SyntaxKind;
  if ((node.name && ts.isPrivateIdentifier(node.name)) || hasModifier(node, K.PrivateKeyword)) return 'private';
  return hasModifier(node, K.ProtectedKeyword) ? 'protected' : 'public';
}

/** `=`, `+=`, `??=` and the like. */
export function isAssignment(operator: t.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}

/** Name that an anonymous function or class gets from what it is bound to. */
export function boundName(node: t.Node): string | null {
  const { parent, child } = wrapperParent(node);
  if (ts.isVariableDeclaration(parent) || ts.isBindingElement(parent) || ts.isParameter(parent)) {
    return parent.initializer === child && ts.isIdentifier(parent.name) ? parent.name.text : null;
  }
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return propertyName(parent.name);
  if (ts.isBinaryExpression(parent) && parent.right === child && isAssignment(parent.operatorToken.kind)) {
    const target = unwrap(parent.left);
    if (ts.isIdentifier(target) || ts.isPropertyAccessExpression(target)) {
      return ts.isIdentifier(target) ? target.text : target.name.text;
    }
    if (ts.isElementAccessExpression(target)) return literalKey(target.argumentExpression);
  }
  return null;
}
