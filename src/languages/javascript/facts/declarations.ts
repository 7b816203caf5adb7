/** Enumerations and namespaces: objects that a declaration makes. */

import type { ts as t } from 'ts-morph';
import type { ObjectEntry, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { propertyName } from './names.js';
import { bindName, hoistBody } from './scoping.js';
import { statements } from './statements.js';
import { declare } from './symbols.js';

/** `enum E { A, B = 'b' }` is an object of its members; one without an initialiser counts on from the one before. */
export function enumDeclaration(b: Builder, node: t.EnumDeclaration): void {
  let next: number | null = 0;
  const entries = node.members.map((member): ObjectEntry => {
    const value = enumMember(b, member, next);
    const known = b.values[value];
    next = known?.kind === 'literal' && typeof known.value === 'number' ? known.value + 1 : null;
    return { key: propertyName(member.name), value, spread: false, span: b.span(member) };
  });
  const value = b.add(node, { kind: 'object', entries });
  const local = declare(b, node.name, { kind: 'enum' });
  b.flow(node, value, { kind: 'local', local }, { declares: true });
}

function enumMember(b: Builder, member: t.EnumMember, next: number | null): ValueId {
  if (member.initializer) return expression(b, member.initializer);
  return next === null ? b.unknown(member, 'enum-member') : b.add(member, { kind: 'literal', value: next });
}

/** `namespace N { export const a = … }` is an object of what it exports. */
export function namespaceDeclaration(b: Builder, node: t.ModuleDeclaration): void {
  if (!ts.isIdentifier(node.name) || !node.body) return;
  const value = namespaceObject(b, node);
  const local = declare(b, node.name, { kind: 'const' });
  b.flow(node, value, { kind: 'local', local }, { declares: true });
}

function namespaceObject(b: Builder, node: t.ModuleDeclaration): ValueId {
  const entries: ObjectEntry[] = [];
  const { body } = node;
  const name = node.name.text;
  const scope = b.openScope(node, { kind: 'block', name, body: body ? b.span(body) : b.span(node) });
  b.within({ scope, varScope: scope, namespace: entries, self: { of: null, static: false } }, () => {
    if (body && ts.isModuleBlock(body)) {
      hoistBody(b, scope, body.statements);
      statements(b, body.statements);
    } else if (body && ts.isModuleDeclaration(body)) {
      if (ts.isIdentifier(body.name)) bindName(b, scope, body.name, 'const');
      // `namespace A.B { … }`: B is a member of A.
      namespaceDeclaration(b, body);
      const inner = declare(b, body.name as t.Identifier, { kind: 'const' });
      const value = b.reference(body.name, inner);
      entries.push({ key: body.name.text, value, spread: false, span: b.span(body) });
    }
  });
  return b.add(node, { kind: 'object', entries });
}
