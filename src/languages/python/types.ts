/** Annotations: their text and the class that they name. */

import type { TypeRef } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { nameValue } from './expressions.js';
import { field, type Node, parts, spanOf } from './tree.js';

/** Types that only wrap another: the first type inside is meant. */
const WRAPPERS = new Set([
  'Optional',
  'Annotated',
  'Union',
  'ClassVar',
  'Final',
  'Required',
  'NotRequired',
  'Type',
  'type',
]);

/** The declared type of a `type` node. */
export function typeRef(builder: Builder, node: Node | null, context: Context): TypeRef | null {
  if (node === null) return null;
  const named = firstName(node);
  return { text: node.text.replace(/\s+/g, ''), value: named === null ? null : typeValue(builder, named, context) };
}

/** The node whose name is meant: identifier, attribute, or a string that holds a name (a forward reference). */
function firstName(node: Node): Node | null {
  switch (node.type) {
    case 'identifier':
    case 'attribute':
    case 'member_type':
      return node;
    case 'string':
      return /^['"][\w.]+['"]$/.test(node.text) ? node : null;
    case 'generic_type':
    case 'subscript': {
      const [head, ...inside] = parts(node);
      const wraps = head !== undefined && WRAPPERS.has(head.text.split('.').at(-1) ?? '');
      return head === undefined ? null : wraps ? firstOf(inside) : firstName(head);
    }
    default:
      return firstOf(parts(node));
  }
}

/** `None | Redis` means Redis. */
function firstOf(nodes: readonly Node[]): Node | null {
  for (const node of nodes) {
    const found = node.type === 'none' ? null : firstName(node);
    if (found !== null) return found;
  }
  return null;
}

function typeValue(builder: Builder, node: Node, context: Context): number {
  const path = node.text.replace(/['"\s]/g, '').split('.');
  const [head = '', ...members] = path;
  const span = spanOf(field(node, 'object') ?? node);
  let value = nameValue(builder, head, span, context);
  for (const name of members) {
    const member = { kind: 'member' as const, object: value, name, key: null, optional: false, write: false };
    value = builder.value(member, spanOf(node), context);
  }
  return value;
}
