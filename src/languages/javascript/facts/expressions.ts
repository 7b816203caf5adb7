/** Every expression becomes a value. */

import type { ts as t } from 'ts-morph';
import type { ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { call, construct, taggedTemplate } from './calls.js';
import { classValue } from './classes.js';
import { ts } from './compiler.js';
import { member, metaProperty } from './environment.js';
import { functionValue } from './functions.js';
import { jsx } from './jsx.js';
import { array, object } from './literals.js';
import { unwrap } from './names.js';
import { binary, deleteOf, postfix, prefix } from './operators.js';
import { resolve } from './symbols.js';
import { templateOf } from './templates.js';

type Lower<N> = (b: Builder, node: N) => ValueId;
let table: Map<t.SyntaxKind, Lower<never>> | undefined;

/** The value of an expression. Wrappers (`(x)`, `x as T`, `x!`) give the value of what they hold. */
export function expression(b: Builder, node: t.Expression): ValueId {
  table ??= lowerings();
  const inner = unwrap(node);
  const lower = table.get(inner.kind) as Lower<t.Expression> | undefined;
  return lower ? lower(b, inner) : anything(b, inner);
}

function lowerings(): Map<t.SyntaxKind, Lower<never>> {
  const K = ts.SyntaxKind;
  return new Map<t.SyntaxKind, Lower<never>>([
    [K.Identifier, identifier],
    [K.StringLiteral, text],
    [K.NoSubstitutionTemplateLiteral, text],
    [K.NumericLiteral, number],
    [K.TrueKeyword, (b, node: t.Node) => b.add(node, { kind: 'literal', value: true })],
    [K.FalseKeyword, (b, node: t.Node) => b.add(node, { kind: 'literal', value: false })],
    [K.NullKeyword, (b, node: t.Node) => b.add(node, { kind: 'literal', value: null })],
    [K.RegularExpressionLiteral, (b, node: t.Node) => b.unknown(node, 'regular-expression')],
    [K.TemplateExpression, templateOf],
    [K.TaggedTemplateExpression, taggedTemplate],
    [K.ArrayLiteralExpression, array],
    [K.ObjectLiteralExpression, object],
    [K.PropertyAccessExpression, member],
    [K.ElementAccessExpression, member],
    [K.MetaProperty, metaProperty],
    [K.ThisKeyword, (b, node: t.Node) => b.add(node, { kind: 'this', ...b.at.self })],
    [K.SuperKeyword, (b, node: t.Node) => b.add(node, { kind: 'super', of: b.at.self.of })],
    [K.CallExpression, call],
    [K.NewExpression, construct],
    [K.BinaryExpression, binary],
    [K.PrefixUnaryExpression, prefix],
    [K.PostfixUnaryExpression, postfix],
    [K.DeleteExpression, deleteOf],
    [K.TypeOfExpression, (b, node: t.TypeOfExpression) => plain(b, node, 'typeof')],
    [K.VoidExpression, voidOf],
    [K.ConditionalExpression, conditional],
    [K.AwaitExpression, awaitOf],
    [K.YieldExpression, yieldOf],
    [K.FunctionExpression, functionValue],
    [K.ArrowFunction, functionValue],
    [K.ClassExpression, classValue],
    [K.JsxElement, jsx],
    [K.JsxSelfClosingElement, jsx],
    [K.JsxFragment, jsx],
    [K.OmittedExpression, (b, node: t.Node) => b.add(node, { kind: 'literal', value: null, undefined: true })],
  ]);
}

/** What has no lowering of its own (a missing expression after a syntax error, future syntax): its parts escape. */
function anything(b: Builder, node: t.Node): ValueId {
  const parts: ValueId[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isExpression(child)) parts.push(expression(b, child));
  });
  return b.unknown(node, ts.SyntaxKind[node.kind] ?? 'expression', parts);
}

function identifier(b: Builder, node: t.Identifier): ValueId {
  if (node.text === '') return b.unknown(node, 'missing');
  const local = resolve(b, node);
  // Inside `with (o)` any name may be a member of o.
  if (b.at.inWith) return b.unknown(node, 'with', local === null ? [] : [b.reference(node, local)]);
  if (local !== null) return b.reference(node, local);
  if (node.text === 'undefined') return b.add(node, { kind: 'literal', value: null, undefined: true });
  if (node.text === 'arguments' && b.at.fn !== null) return b.unknown(node, 'arguments', ownParameters(b, node));
  return b.add(node, { kind: 'global', name: node.text });
}

/** `arguments` gives away every parameter of the nearest function that is no arrow. */
function ownParameters(b: Builder, node: t.Identifier): ValueId[] {
  for (let id = b.at.fn; id !== null; ) {
    const scope = b.scopes[id];
    if (!scope) return [];
    if (scope.kind === 'function' && scope.form !== 'arrow') {
      const locals = (scope.params ?? []).flatMap((param) => (param.local === null ? [] : [param.local]));
      return locals.map((local) => b.reference(node, local));
    }
    id = scope.parent;
  }
  return [];
}

function text(b: Builder, node: t.StringLiteralLike): ValueId {
  return b.add(node, { kind: 'literal', value: node.text });
}

function number(b: Builder, node: t.NumericLiteral): ValueId {
  return b.add(node, { kind: 'literal', value: Number(node.text) });
}

function plain(b: Builder, node: t.TypeOfExpression | t.VoidExpression, operator: string): ValueId {
  const part = expression(b, node.expression);
  return b.add(node, { kind: 'comparison', operator, parts: [part] });
}

/** `void 0` is how old code writes `undefined`. */
function voidOf(b: Builder, node: t.VoidExpression): ValueId {
  if (ts.isNumericLiteral(unwrap(node.expression))) {
    return b.add(node, { kind: 'literal', value: null, undefined: true });
  }
  return plain(b, node, 'void');
}

function conditional(b: Builder, node: t.ConditionalExpression): ValueId {
  const test = expression(b, node.condition);
  const [then, other] = b.within({ guarded: true }, () => [
    expression(b, node.whenTrue),
    expression(b, node.whenFalse),
  ]);
  // biome-ignore lint/suspicious/noThenProperty: the IR names the branches as every reader does; it is never awaited.
  return b.add(node, { kind: 'conditional', test, then: then ?? test, else: other ?? test });
}

function awaitOf(b: Builder, node: t.AwaitExpression): ValueId {
  return b.add(node, { kind: 'await', value: expression(b, node.expression) });
}

/** `yield x` hands x to whoever runs the generator; its own value is what they send in. */
function yieldOf(b: Builder, node: t.YieldExpression): ValueId {
  if (node.expression && b.at.fn !== null) {
    const value = expression(b, node.expression);
    const place = { kind: 'return', scope: b.at.fn } as const;
    b.flow(node, value, place, node.asteriskToken ? { part: { kind: 'element' } } : {});
  }
  return b.unknown(node, 'yield');
}
