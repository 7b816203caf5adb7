/** Targets of assignments: names, fields, members, elements, and patterns of those. */

import type { Flow, Place, ValueId } from '../../model/facts.js';
import type { Builder, Context } from './builder.js';
import { attribute, subscript } from './expressions.js';
import { isPattern } from './names.js';
import { type Node, parts, spanOf } from './tree.js';

type Part = Flow['part'];
const WHOLE: Part = { kind: 'whole' };

/** Lets `value` (or a part of it) flow to what `target` denotes. */
export function assign(builder: Builder, target: Node, value: ValueId, context: Context, part: Part = WHOLE): void {
  if (isPattern(target)) {
    assignPattern(builder, target, value, context, part);
    return;
  }
  const span = spanOf(target);
  for (const place of placesOf(builder, target, context)) {
    const declares = place.kind === 'local' && isDeclaredBy(builder, place.local, target);
    builder.flow(value, place, span, context, { part, declares });
  }
}

function isDeclaredBy(builder: Builder, local: number, target: Node): boolean {
  return builder.facts.locals[local]?.span.start === target.start;
}

function placesOf(builder: Builder, target: Node, context: Context): Place[] {
  if (target.type === 'identifier') {
    const local: Place = { kind: 'local', local: builder.target(target.text, context, target) };
    const scope = context.scope;
    if (builder.facts.scopes[scope]?.kind !== 'class') return [local];
    // An attribute of a class is read through the class and through its instances alike.
    const fields = [true, false].map(
      (isStatic): Place => ({ kind: 'field', scope, name: target.text, static: isStatic }),
    );
    return [local, ...fields];
  }
  if (target.type !== 'attribute' && target.type !== 'subscript') return [];
  const read = target.type === 'attribute' ? attribute : subscript;
  const member = builder.facts.values[read(builder, target, context, true)];
  if (member?.kind !== 'member') return [];
  const object = builder.facts.values[member.object];
  if (object?.kind === 'this' && object.of !== null && member.name !== null && target.type === 'attribute') {
    return [{ kind: 'field', scope: object.of, name: member.name, static: object.static }];
  }
  return [{ kind: 'member', object: member.object, name: member.name }];
}

/** `a, b = x, y` pairs up; `a, b = f()` gives each an element; `*rest` what is left. */
function assignPattern(builder: Builder, target: Node, value: ValueId, context: Context, part: Part): void {
  const targets = parts(target);
  const transparent = target.type === 'as_pattern_target' || target.type === 'parenthesized_expression';
  if (transparent || target.type === 'list_splat_pattern' || target.type === 'list_splat') {
    const inner: Part = transparent ? part : { kind: 'rest' };
    for (const child of targets) assign(builder, child, value, context, inner);
    return;
  }
  const given = builder.facts.values[value];
  const pairs =
    part.kind === 'whole' &&
    given?.kind === 'array' &&
    given.elements.length === targets.length &&
    given.elements.every(({ spread }) => !spread) &&
    targets.every(({ type }) => !type.startsWith('list_splat'));
  // Behind a starred target positions are not known; an element of an element has none here.
  const star = targets.findIndex(({ type }) => type.startsWith('list_splat'));
  const starred = part.kind !== 'whole' ? 0 : star < 0 ? targets.length : star;
  for (const [index, child] of targets.entries()) {
    const element = pairs ? given.elements[index] : undefined;
    if (element) assign(builder, child, element.value, context);
    else assign(builder, child, value, context, index < starred ? { kind: 'element', index } : { kind: 'element' });
  }
}
