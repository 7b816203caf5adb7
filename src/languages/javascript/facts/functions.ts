/** Functions: scopes, parameters, bodies. */

import type { ts as t } from 'ts-morph';
import type { Param, Scope, ScopeId, Span, ValueId } from '../../../model/facts.js';
import { bind } from './bindings.js';
import { type Builder, WHOLE } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { accessOf, boundName, hasModifier, propertyName } from './names.js';
import { bindName, boundNames, hoistBody } from './scoping.js';
import { statements } from './statements.js';
import { declare, declareOwnName } from './symbols.js';
import { typeRef } from './types.js';

type Functional = t.FunctionLikeDeclaration;
type Self = Builder['at']['self'];

/** A function or arrow expression. */
export function functionValue(b: Builder, node: t.FunctionExpression | t.ArrowFunction): ValueId {
  const arrow = ts.isArrowFunction(node);
  const self = arrow ? b.at.self : { of: null, static: false };
  const name = ts.isFunctionExpression(node) && node.name ? node.name.text : boundName(node);
  const own = ts.isFunctionExpression(node) ? node.name : undefined;
  const of = functionScope(b, node, { form: arrow ? 'arrow' : 'function', name, self, own });
  const value = b.add(node, { kind: 'function', of });
  const local = b.ownNames.get(of);
  if (own && local !== undefined) b.flow(own, value, { kind: 'local', local }, { declares: true });
  return value;
}

/** A function declaration with a body; overloads and ambient ones make no code. Gives its value. */
export function functionDeclaration(b: Builder, node: t.FunctionDeclaration): ValueId | null {
  if (!node.body) return null;
  const self = { of: null, static: false };
  const of = functionScope(b, node, { form: 'function', name: node.name?.text ?? null, self });
  const value = b.add(node, { kind: 'function', of });
  if (node.name) {
    const local = declare(b, node.name, { kind: 'function', declares: of });
    b.flow(node, value, { kind: 'local', local }, { declares: true });
  }
  return value;
}

type Method = t.MethodDeclaration | t.AccessorDeclaration | t.ConstructorDeclaration;

/** Scope of a method, accessor or constructor with a body; null without one. */
export function methodScope(b: Builder, node: Method, self: Self): ScopeId | null {
  if (!node.body) return null;
  const name = ts.isConstructorDeclaration(node) ? 'constructor' : propertyName(node.name);
  return functionScope(b, node, { form: formOf(node), name, self });
}

function formOf(node: Method): NonNullable<Scope['form']> {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isGetAccessorDeclaration(node)) return 'getter';
  return ts.isSetAccessorDeclaration(node) ? 'setter' : 'method';
}

/** A method of an object literal, as the value of its entry. */
export function methodValue(b: Builder, node: t.MethodDeclaration | t.AccessorDeclaration, self: Self): ValueId {
  const of = methodScope(b, node, self);
  return of === null ? b.unknown(node, 'missing') : b.add(node, { kind: 'function', of });
}

interface How {
  form: NonNullable<Scope['form']>;
  name: string | null;
  self: Self;
  /** Name that is bound inside alone. */
  own?: t.Identifier | undefined;
}

function functionScope(b: Builder, node: Functional, how: How): ScopeId {
  const K = ts.SyntaxKind;
  const decorators = decoratorValues(b, node);
  const shape: Omit<Scope, 'parent' | 'span'> = {
    kind: 'function',
    name: how.name,
    body: bodySpan(b, node),
    async: hasModifier(node, K.AsyncKeyword),
    generator: node.asteriskToken !== undefined,
    form: how.form,
    static: hasModifier(node, K.StaticKeyword),
    access: accessOf(node),
    params: [],
  };
  if (decorators.length > 0) shape.decorators = decorators;
  const scope = b.openScope(node, shape);
  if (how.own) declareOwnName(b, how.own, scope, 'function');
  const inside = { scope, fn: scope, varScope: scope, block: null, self: how.self };
  b.within(inside, () => {
    const params = parameters(b, node);
    Object.assign(b.scopes[scope] ?? {}, { params });
    body(b, node, scope);
  });
  return scope;
}

function bodySpan(b: Builder, node: Functional): Span {
  if (!node.body) return b.span(node);
  return ts.isBlock(node.body) ? b.braces(node.body.getStart(b.source) + 1, node.body) : b.span(node.body);
}

function body(b: Builder, node: Functional, scope: ScopeId): void {
  if (!node.body) return;
  if (ts.isBlock(node.body)) {
    hoistBody(b, scope, node.body.statements);
    statements(b, node.body.statements);
  } else b.flow(node.body, expression(b, node.body), { kind: 'return', scope });
}

function parameters(b: Builder, node: Functional): Param[] {
  const { scope } = b.at;
  for (const one of node.typeParameters ?? []) b.namesOf(scope).types.add(one.name.text);
  // `this: T` is a type, no parameter.
  const real = node.parameters.filter((one) => !ts.isIdentifier(one.name) || one.name.text !== 'this');
  // A default sees every parameter, and nothing that the body declares.
  for (const one of real) for (const name of boundNames(one.name)) bindName(b, scope, name, 'param');
  return real.map((parameter, index) => {
    const decorators = decoratorValues(b, parameter);
    const fallback = parameter.initializer ? expression(b, parameter.initializer) : null;
    const arriving = fallback === null ? null : { value: fallback, part: WHOLE };
    const { name, type } = parameter;
    const local = bind(b, name, 'param', arriving, { type, ordinal: index });
    const known = b.locals[local];
    if (known && !known.type) known.type = typeRef(b, type);
    return {
      local,
      name: ts.isIdentifier(name) ? name.text : null,
      default: fallback,
      rest: parameter.dotDotDotToken !== undefined,
      type: known?.type ?? null,
      field: ts.isParameterPropertyDeclaration(parameter, node) ? accessOf(parameter) : null,
      decorators,
    };
  });
}

/** Decorators of a class, member or parameter, evaluated where they stand. */
export function decoratorValues(b: Builder, node: t.Node): ValueId[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).map((one) => expression(b, one.expression));
}
