/** Calls and constructions. */

import type { ts as t } from 'ts-morph';
import type { Argument, CallValue, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { noteAssignedExports, requiredSpecifier } from './commonjs.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { wrapperParent } from './names.js';

/** `f(a)`, `require('x')`, `import('x')`. */
export function call(b: Builder, node: t.CallExpression): ValueId {
  const specifier = requiredSpecifier(b, node);
  if (specifier !== null) return moduleValue(b, node, specifier);
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return b.unknown(node, 'import', values(b, node.arguments));
  }
  const callee = expression(b, node.expression);
  const given = args(b, node.arguments);
  noteAssignedExports(b, node, given);
  return add(b, node, { callee, args: given, optional: node.questionDotToken !== undefined });
}

/** `new X(a)`. */
export function construct(b: Builder, node: t.NewExpression): ValueId {
  const callee = expression(b, node.expression);
  return add(b, node, { callee, args: args(b, node.arguments ?? []), optional: false });
}

function add(
  b: Builder,
  node: t.CallExpression | t.NewExpression,
  shape: Pick<CallValue, 'callee' | 'args' | 'optional'>,
): ValueId {
  const result = resultOf(node);
  return b.add(node, { kind: 'call', ...shape, new: ts.isNewExpression(node), result, digest: b.digest(node) });
}

function args(b: Builder, nodes: readonly t.Expression[]): Argument[] {
  return nodes.map((node) => {
    const spread = ts.isSpreadElement(node);
    return { value: expression(b, spread ? node.expression : node), spread, name: null };
  });
}

function values(b: Builder, nodes: readonly t.Expression[]): ValueId[] {
  return args(b, nodes).map((one) => one.value);
}

/** What a module gives: `=` for `require`, the namespace for `import()`. Further arguments are import attributes. */
function moduleValue(b: Builder, node: t.CallExpression, specifier: string): ValueId {
  values(b, node.arguments.slice(1));
  const dynamic = node.expression.kind === ts.SyntaxKind.ImportKeyword;
  const { scope, guarded } = b.at;
  const imported = dynamic ? '*' : '=';
  const span = b.span(node);
  const found = b.imports.push({ specifier, imported, local: null, typeOnly: false, guarded, dynamic, scope, span });
  return b.add(node, { kind: 'module', import: found - 1 });
}

/** What becomes of a call's result. */
function resultOf(node: t.Node): CallValue['result'] {
  const { parent, child } = wrapperParent(node);
  if (ts.isAwaitExpression(parent)) return 'awaited';
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === child)) return 'returned';
  return isDropped(parent, child) ? 'floating' : 'used';
}

/** Nobody looks at the result: `f();`, `void f()`, `a && f();`, `a ? f() : g();`, `f(), g()`. */
function isDropped(parent: t.Node, child: t.Node): boolean {
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return true;
  if (ts.isForStatement(parent)) return parent.incrementor === child || parent.initializer === child;
  const outer = () => {
    const next = wrapperParent(parent);
    return isDropped(next.parent, next.child);
  };
  if (ts.isConditionalExpression(parent)) return parent.condition !== child && outer();
  if (!ts.isBinaryExpression(parent)) return false;
  const K = ts.SyntaxKind;
  const kind = parent.operatorToken.kind;
  if (kind === K.CommaToken) return parent.left === child || outer();
  const logical = kind === K.AmpersandAmpersandToken || kind === K.BarBarToken || kind === K.QuestionQuestionToken;
  return logical && parent.right === child && outer();
}

/** A tag may do anything with what is put into its template. */
export function taggedTemplate(b: Builder, node: t.TaggedTemplateExpression): ValueId {
  const parts = [expression(b, node.tag)];
  if (ts.isTemplateExpression(node.template)) {
    for (const span of node.template.templateSpans) parts.push(expression(b, span.expression));
  }
  return b.unknown(node, 'tagged-template', parts);
}
