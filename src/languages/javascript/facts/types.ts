/** Declared types, as far as they name something that the file binds. */

import type { ts as t } from 'ts-morph';
import type { TypeRef, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { resolveType } from './symbols.js';

/** `Redis`, `Redis.Cluster` as a value; null when the file does not bind the first name. */
function entity(b: Builder, name: t.EntityName): ValueId | null {
  if (ts.isIdentifier(name)) {
    const local = resolveType(b, name);
    return local === null ? null : b.reference(name, local);
  }
  const object = entity(b, name.left);
  if (object === null) return null;
  return b.add(name, { kind: 'member', object, name: name.right.text, key: null, optional: false, write: false });
}

/** The one name that a type is about: `Redis | null`, `(Redis)` and `readonly Redis` are about `Redis`. */
function named(type: t.TypeNode): t.TypeReferenceNode | null {
  if (ts.isParenthesizedTypeNode(type)) return named(type.type);
  if (ts.isTypeReferenceNode(type)) return type;
  if (!ts.isUnionTypeNode(type)) return null;
  const found = type.types.map(named).filter((one) => one !== null);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** A declared type; null when there is none. */
export function typeRef(b: Builder, type: t.TypeNode | undefined): TypeRef | null {
  if (!type) return null;
  const reference = named(type);
  const text = type.getText(b.source).replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  return { text: text.replace(/\s+/g, ''), value: reference && entity(b, reference.typeName) };
}
