/** Classes: fields, members, bases. */

import type { ts as t } from 'ts-morph';
import type { Field, Place, Scope, ScopeId, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { decoratorValues, methodScope } from './functions.js';
import { accessOf, boundName, hasModifier, propertyName } from './names.js';
import { hoistBody } from './scoping.js';
import { statements } from './statements.js';
import { declare, declareOwnName } from './symbols.js';
import { typeRef } from './types.js';

/** A class expression. */
export function classValue(b: Builder, node: t.ClassExpression): ValueId {
  const of = classScope(b, node, node.name?.text ?? boundName(node));
  const value = b.add(node, { kind: 'class', of });
  const local = b.ownNames.get(of);
  if (local !== undefined) b.flow(node, value, { kind: 'local', local }, { declares: true });
  return value;
}

/** A class declaration. */
export function classDeclaration(b: Builder, node: t.ClassDeclaration): ValueId {
  const of = classScope(b, node, node.name?.text ?? null);
  const value = b.add(node, { kind: 'class', of });
  if (node.name) {
    const local = declare(b, node.name, { kind: 'class', declares: of });
    b.flow(node, value, { kind: 'local', local }, { declares: true });
  }
  return value;
}

function classScope(b: Builder, node: t.ClassLikeDeclaration, name: string | null): ScopeId {
  const decorators = decoratorValues(b, node);
  const bases = (node.heritageClauses ?? [])
    .filter((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)
    .flatMap((clause) => clause.types.map((type) => expression(b, type.expression)));
  const body = b.braces(node.members.pos, node);
  const lists = { fields: [] as Field[], members: [] as ScopeId[] };
  const shape: Omit<Scope, 'parent' | 'span'> = { kind: 'class', name, body, bases, ...lists };
  if (decorators.length > 0) shape.decorators = decorators;
  const scope = b.openScope(node, shape);
  for (const one of node.typeParameters ?? []) b.namesOf(scope).types.add(one.name.text);
  if (ts.isClassExpression(node) && node.name) declareOwnName(b, node.name, scope, 'class');
  b.within({ scope, fn: null, block: null }, () => {
    for (const member of node.members) classElement(b, member, scope, lists);
  });
  return scope;
}

interface Lists {
  fields: Field[];
  members: ScopeId[];
}

function classElement(b: Builder, node: t.ClassElement, of: ScopeId, lists: Lists): void {
  const self = { of, static: hasModifier(node, ts.SyntaxKind.StaticKeyword) };
  if (node.name && ts.isComputedPropertyName(node.name)) expression(b, node.name.expression);
  if (ts.isPropertyDeclaration(node)) {
    b.within({ self }, () => field(b, node, of, lists.fields));
  } else if (ts.isClassStaticBlockDeclaration(node)) {
    lists.members.push(staticBlock(b, node, of));
  } else if (ts.isMethodDeclaration(node) || ts.isAccessor(node) || ts.isConstructorDeclaration(node)) {
    const member = methodScope(b, node, self);
    if (member === null) return;
    lists.members.push(member);
    if (ts.isConstructorDeclaration(node)) parameterProperties(b, node, member, of, lists.fields);
  }
}

function field(b: Builder, node: t.PropertyDeclaration, of: ScopeId, fields: Field[]): void {
  const name = propertyName(node.name);
  const isStatic = b.at.self.static;
  const decorators = decoratorValues(b, node);
  const type = typeRef(b, node.type);
  if (name !== null) {
    const readonly = hasModifier(node, ts.SyntaxKind.ReadonlyKeyword);
    fields.push({ name, static: isStatic, access: accessOf(node), readonly, type, span: b.span(node), decorators });
  }
  if (!node.initializer) return;
  const value = expression(b, node.initializer);
  b.flow(node, value, fieldPlace(b, node, of, name), { declares: true });
}

/** A field whose name is computed is some member of the instance. */
function fieldPlace(b: Builder, node: t.Node, of: ScopeId, name: string | null): Place {
  if (name !== null) return { kind: 'field', scope: of, name, static: b.at.self.static };
  return { kind: 'member', object: b.add(node, { kind: 'this', ...b.at.self }), name: null };
}

function staticBlock(b: Builder, node: t.ClassStaticBlockDeclaration, of: ScopeId): ScopeId {
  const scope = b.openScope(node, {
    kind: 'function',
    name: null,
    body: b.braces(node.body.getStart(b.source) + 1, node.body),
    async: false,
    generator: false,
    form: 'static-block',
    static: true,
    access: 'private',
    params: [],
  });
  const inside = { scope, fn: scope, varScope: scope, block: null, self: { of, static: true } };
  b.within(inside, () => {
    hoistBody(b, scope, node.body.statements);
    statements(b, node.body.statements);
  });
  return scope;
}

/** `constructor(private redis: Redis)`: the parameter flows to the field of its name. */
function parameterProperties(
  b: Builder,
  node: t.ConstructorDeclaration,
  scope: ScopeId,
  of: ScopeId,
  fields: Field[],
): void {
  const params = b.scopes[scope]?.params ?? [];
  b.within({ scope, fn: scope, self: { of, static: false } }, () => {
    for (const parameter of node.parameters) {
      const found = params.find((one) => ts.isIdentifier(parameter.name) && one.name === parameter.name.text);
      if (!found?.field || found.local === null || found.name === null) continue;
      const { name, field: access, type, decorators } = found;
      const readonly = hasModifier(parameter, ts.SyntaxKind.ReadonlyKeyword);
      fields.push({ name, static: false, access, readonly, type, span: b.span(parameter), decorators });
      const value = b.reference(parameter.name, found.local);
      b.flow(parameter, value, { kind: 'field', scope: of, name, static: false }, { declares: true });
    }
  });
}
