/** Places that assignments write: names, members, fields, and what a destructuring assignment takes apart. */

import type { ts as t } from 'ts-morph';
import type { Place, ValueId } from '../../../model/facts.js';
import { type Builder, type Part, WHOLE } from './builder.js';
import { ts } from './compiler.js';
import { access, isAccess, memberName } from './environment.js';
import { expression } from './expressions.js';
import { propertyName, unwrap } from './names.js';
import { resolve } from './symbols.js';

interface Target {
  /** Null for what is no place (`f() = 1` after a syntax error). */
  place: Place | null;
  /** The target as a value: the member that is written, or (on demand) what a name holds before. */
  read: ValueId | null;
}

/** Lowers the target of an assignment once. `reads` says that the old value counts too (`+=`, `??=`). */
export function target(b: Builder, node: t.Expression, reads: boolean): Target {
  const inner = unwrap(node);
  if (ts.isIdentifier(inner)) {
    const local = resolve(b, inner);
    const place: Place = local === null ? { kind: 'global', name: inner.text } : { kind: 'local', local };
    return { place, read: reads ? expression(b, inner) : null };
  }
  if (!isAccess(inner)) return { place: null, read: expression(b, inner) };
  const object = expression(b, inner.expression);
  const read = access(b, inner, object, true);
  const name = memberName(b, inner);
  const { of, static: isStatic } = b.at.self;
  const ownField = unwrap(inner.expression).kind === ts.SyntaxKind.ThisKeyword && of !== null && name !== null;
  if (ownField) return { place: { kind: 'field', scope: of, name, static: isStatic }, read };
  return { place: { kind: 'member', object, name }, read };
}

/** Lets a part of `source` flow to where `node` (the left side of a destructuring assignment, or one piece of it) says. */
export function assignTo(b: Builder, node: t.Expression, source: ValueId, part: Part): void {
  let left = unwrap(node);
  let fallback: ValueId | undefined;
  if (ts.isBinaryExpression(left) && left.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    fallback = expression(b, left.right);
    left = unwrap(left.left);
  }
  const how = fallback === undefined ? { part } : { part, default: fallback };
  if (ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left)) {
    const whole = part.kind === 'whole' && fallback === undefined;
    const inner = whole ? source : piece(b, left, source, part, fallback);
    if (ts.isObjectLiteralExpression(left)) assignObject(b, left, inner);
    else assignArray(b, left, inner);
    return;
  }
  const { place } = target(b, left, false);
  if (place) b.flow(node, source, place, how);
}

/** A nested piece of a pattern as a value of its own: a member or element of what is taken apart. */
function piece(b: Builder, node: t.Node, source: ValueId, part: Part, fallback: ValueId | undefined): ValueId {
  const name = part.kind === 'member' ? part.name : part.kind === 'element' ? indexName(part) : null;
  const read =
    part.kind === 'whole'
      ? source
      : b.add(node, { kind: 'member', object: source, name, key: null, optional: false, write: false });
  if (fallback === undefined) return read;
  return b.add(node, { kind: 'logical', operator: '??', left: read, right: fallback });
}

function indexName(part: { kind: 'element'; index?: number }): string | null {
  return part.index === undefined ? null : String(part.index);
}

function assignObject(b: Builder, pattern: t.ObjectLiteralExpression, source: ValueId): void {
  for (const property of pattern.properties) {
    if (ts.isSpreadAssignment(property)) assignTo(b, property.expression, source, { kind: 'rest' });
    else if (ts.isShorthandPropertyAssignment(property)) assignShorthand(b, property, source);
    else if (ts.isPropertyAssignment(property)) {
      if (ts.isComputedPropertyName(property.name)) expression(b, property.name.expression);
      const name = propertyName(property.name);
      assignTo(b, property.initializer, source, name === null ? { kind: 'element' } : { kind: 'member', name });
    }
  }
}

function assignShorthand(b: Builder, property: t.ShorthandPropertyAssignment, source: ValueId): void {
  const part: Part = { kind: 'member', name: property.name.text };
  const given = property.objectAssignmentInitializer;
  const { place } = target(b, property.name, false);
  if (place) b.flow(property, source, place, given ? { part, default: expression(b, given) } : { part });
}

function assignArray(b: Builder, pattern: t.ArrayLiteralExpression, source: ValueId): void {
  pattern.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    if (ts.isSpreadElement(element)) assignTo(b, element.expression, source, { kind: 'rest' });
    else assignTo(b, element, source, { kind: 'element', index });
  });
}

/** Lets the whole of `source` flow to the left side of an assignment that takes it apart. */
export function destructure(b: Builder, pattern: t.Expression, source: ValueId): void {
  assignTo(b, pattern, source, WHOLE);
}
