/** Functions, classes, lambdas and comprehensions: what has a scope of its own. */

import type { Param, Scope, ScopeId, ValueId } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { expression, markResult } from './expressions.js';
import { bindingsOf } from './names.js';
import { body } from './statements.js';
import { assign } from './targets.js';
import { field, fields, firstOfType, type Node, namedChildren, parts, spanOf } from './tree.js';
import { typeRef } from './types.js';

/** Methods that get the class though nothing says so. Source: docs.python.org/3/reference/datamodel. */
const OF_THE_CLASS = new Set(['__new__', '__init_subclass__', '__class_getitem__']);

/** Declares all names that a body binds, before any of it is walked. */
export function declareNames(builder: Builder, scope: ScopeId, node: Node): void {
  const { bound, globals, nonlocals } = bindingsOf(node);
  if (scope !== 0) builder.globals.set(scope, globals);
  for (const { name, kind, node: at } of bound) {
    if (nonlocals.has(name) && scope !== 0) continue;
    builder.local(globals.has(name) ? 0 : scope, name, kind, at, null);
  }
}

/** `def f[T](…)`, `class C[T: int]`: the names between the brackets. */
function declareTypeNames(builder: Builder, scope: ScopeId, node: Node): void {
  const list = field(node, 'type_parameters');
  const names = list === null ? [] : parts(list).flatMap((one) => firstOfType(one, 'identifier')?.text ?? []);
  if (names.length > 0) builder.typeNames.set(scope, new Set(names));
}

/** `def`, with the decorators of the definition around it. */
export function functionDefinition(builder: Builder, node: Node, decorators: Node[], context: Context): void {
  const name = field(node, 'name');
  const block = field(node, 'body');
  const values = decorators.map((decorator) => expression(builder, parts(decorator)[0] ?? decorator, context));
  const inClass = builder.facts.scopes[context.scope]?.kind === 'class';
  const labels = decorators.map((decorator) => decorator.text.replace(/^@\s*/, ''));
  const ofClass =
    OF_THE_CLASS.has(name?.text ?? '') || labels.includes('classmethod') || labels.includes('staticmethod');
  const isStatic = inClass && ofClass;
  const scope = builder.scope({
    kind: 'function',
    parent: context.scope,
    name: name?.text ?? null,
    span: spanOf(node),
    body: spanOf(block ?? node),
    async: node.children[0]?.type === 'async',
    generator: false,
    form: formOf(name?.text ?? '', labels, inClass),
    static: isStatic,
    access: 'public',
    params: [],
    decorators: values,
  });
  const receiver = inClass && !labels.includes('staticmethod') ? { of: context.scope, static: isStatic } : null;
  addParams(builder, scope, field(node, 'parameters'), context, receiver);
  declareTypeNames(builder, scope, node);
  if (block) declareNames(builder, scope, block);
  if (name) bindDefinition(builder, name, scope, { kind: 'function', of: scope }, context);
  if (inClass) builder.facts.scopes[context.scope]?.members?.push(scope);
  typeRef(builder, field(node, 'return_type'), context);
  if (block) body(builder, block, { ...context, scope, block: null, statement: null, guarded: false });
}

function formOf(name: string, labels: readonly string[], inClass: boolean): NonNullable<Scope['form']> {
  if (!inClass) return 'function';
  if (name === '__init__') return 'constructor';
  if (labels.some((label) => /(?:^|\.)(?:cached_)?property$/.test(label))) return 'getter';
  return labels.some((label) => label.endsWith('.setter')) ? 'setter' : 'method';
}

/** The name of a function or class gets its value. A name bound twice (overloads, fallbacks) gets a flow for each. */
function bindDefinition(
  builder: Builder,
  name: Node,
  scope: ScopeId,
  value: { kind: 'function' | 'class'; of: ScopeId },
  context: Context,
): void {
  const local = builder.facts.locals[builder.target(name.text, context, name)];
  if (local && local.declares === null && local.kind === value.kind) {
    local.declares = scope;
    local.statement = context.statement;
  }
  assign(builder, name, builder.value(value, spanOf(name), context), context);
}

/** Parameters as callers see them: `self` and `cls` are none. */
function addParams(
  builder: Builder,
  scope: ScopeId,
  list: Node | null,
  context: Context,
  receiver: { of: ScopeId; static: boolean } | null,
): void {
  const nodes = list === null ? [] : parts(list).filter(({ type }) => !type.endsWith('_separator'));
  for (const [index, node] of nodes.entries()) {
    const name = parameterName(node);
    if (name === null) continue;
    const local = builder.local(scope, name.text, 'param', name, null);
    if (index === 0 && receiver) builder.receivers.set(local, receiver);
    else builder.facts.scopes[scope]?.params?.push(paramOf(builder, node, name, local, context));
  }
}

function paramOf(builder: Builder, node: Node, name: Node, local: number, context: Context): Param {
  const given = field(node, 'value');
  const type = typeRef(builder, field(node, 'type'), context);
  const made = builder.facts.locals[local];
  if (made) made.type = type;
  // Defaults are evaluated where the function is defined.
  const fallback = given === null ? null : expression(builder, given, context);
  if (fallback !== null) builder.flow(fallback, { kind: 'local', local }, spanOf(node), context);
  return {
    local,
    name: name.text,
    default: fallback,
    rest: /splat/.test(node.type) || /splat/.test(namedChildren(node)[0]?.type ?? ''),
    type,
    field: null,
    decorators: [],
  };
}

function parameterName(node: Node): Node | null {
  if (node.type === 'identifier') return node;
  const name = field(node, 'name') ?? parts(node)[0] ?? null;
  return name === null || name === node ? null : parameterName(name);
}

export function classDefinition(builder: Builder, node: Node, decorators: Node[], context: Context): void {
  const name = field(node, 'name');
  const block = field(node, 'body');
  const bases = field(node, 'superclasses');
  const values = bases === null ? [] : parts(bases).map((base) => baseValue(builder, base, context));
  const scope = builder.scope({
    kind: 'class',
    parent: context.scope,
    name: name?.text ?? null,
    span: spanOf(node),
    body: spanOf(block ?? node),
    bases: values.flatMap((value) => value ?? []),
    fields: [],
    members: [],
    decorators: decorators.map((decorator) => expression(builder, parts(decorator)[0] ?? decorator, context)),
  });
  declareTypeNames(builder, scope, node);
  if (block) declareNames(builder, scope, block);
  if (name) bindDefinition(builder, name, scope, { kind: 'class', of: scope }, context);
  if (block) body(builder, block, { ...context, scope, block: null, statement: null });
}

/** A keyword (`metaclass=M`) is no base, but its value is walked. */
function baseValue(builder: Builder, base: Node, context: Context): ValueId | null {
  const keyword = base.type === 'keyword_argument' ? field(base, 'value') : null;
  const value = expression(builder, keyword ?? base, context);
  return keyword === null ? value : null;
}

export function lambda(builder: Builder, node: Node, context: Context): ValueId {
  const given = field(node, 'body');
  const scope = builder.scope({
    kind: 'function',
    parent: context.scope,
    name: null,
    span: spanOf(node),
    body: spanOf(given ?? node),
    async: false,
    generator: false,
    form: 'arrow',
    params: [],
    decorators: [],
  });
  addParams(builder, scope, field(node, 'parameters'), context, null);
  const inside: Context = { ...context, scope, block: null };
  if (given) {
    const value = expression(builder, given, inside);
    markResult(builder, value, 'returned');
    builder.flow(value, { kind: 'return', scope }, spanOf(given), inside);
  }
  return builder.value({ kind: 'function', of: scope }, spanOf(node), context);
}

/** A comprehension is the array (or object) of what it makes; its variables have a scope of their own. */
export function comprehension(builder: Builder, node: Node, context: Context): ValueId {
  const span = spanOf(node);
  const scope = builder.scope({ kind: 'block', parent: context.scope, name: null, span, body: span });
  const inside: Context = { ...context, scope };
  const made = field(node, 'body');
  for (const clause of parts(node)) {
    if (clause.type === 'if_clause') for (const test of parts(clause)) expression(builder, test, inside);
    if (clause.type !== 'for_in_clause') continue;
    const [left, ...rights] = [field(clause, 'left'), ...fields(clause, 'right')];
    const iterated = rights.flatMap((right) => (right === null ? [] : expression(builder, right, inside)));
    if (left) declareTargets(builder, scope, left);
    for (const value of iterated) if (left) assign(builder, left, value, inside, { kind: 'element' });
  }
  const [key, value] = made?.type === 'pair' ? [field(made, 'key'), field(made, 'value')] : [null, made];
  if (key) expression(builder, key, inside);
  const result = value
    ? expression(builder, value, inside)
    : builder.value({ kind: 'literal', value: null }, span, inside);
  return key
    ? builder.value({ kind: 'object', entries: [{ key: null, value: result, spread: false, span }] }, span, context)
    : builder.value({ kind: 'array', elements: [{ value: result, spread: false }] }, span, context);
}

function declareTargets(builder: Builder, scope: ScopeId, node: Node): void {
  if (node.type === 'identifier') builder.local(scope, node.text, 'let', node, null);
  else if (node.type !== 'attribute' && node.type !== 'subscript') {
    for (const child of parts(node)) declareTargets(builder, scope, child);
  }
}
