/** Declared names and patterns: which locals they bind, and what flows to them. */

import type { ts as t } from 'ts-morph';
import type { Local, LocalId, ValueId } from '../../../model/facts.js';
import type { Builder, Part } from './builder.js';
import { WHOLE } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { propertyName } from './names.js';
import { declare, hiddenLocal } from './symbols.js';

/** What arrives at a name or pattern; null when nothing does that could be followed (`catch (e)`, `for (k in o)`). */
interface Arriving {
  value: ValueId;
  part: Part;
  default?: ValueId | undefined;
}

/** Binds a name or takes a pattern apart. Gives the local of the name, or the hidden one of the pattern. */
export function bind(
  b: Builder,
  name: t.BindingName,
  kind: Local['kind'],
  arriving: Arriving | null,
  options: { type?: t.TypeNode | undefined; ordinal?: number } = {},
): LocalId {
  if (ts.isIdentifier(name)) {
    const local = declare(b, name, { kind, type: options.type });
    if (arriving) flowTo(b, name, local, arriving);
    return local;
  }
  const hidden = hiddenLocal(b, name, kind, options.ordinal ?? b.locals.length);
  if (arriving) flowTo(b, name, hidden, arriving);
  takeApart(b, name, kind, b.reference(name, hidden));
  return hidden;
}

/** `const { a } = v`: the parts come straight from `v`, no hidden local stands between. */
export function bindWhole(b: Builder, name: t.BindingName, kind: Local['kind'], value: ValueId, type?: t.TypeNode) {
  if (ts.isIdentifier(name)) bind(b, name, kind, { value, part: WHOLE }, { type });
  else takeApart(b, name, kind, value);
}

function flowTo(b: Builder, node: t.Node, local: LocalId, arriving: Arriving): void {
  const { value, part, default: fallback } = arriving;
  const how = fallback === undefined ? { part } : { part, default: fallback };
  b.flow(node.parent, value, { kind: 'local', local }, { declares: true, ...how });
}

function takeApart(b: Builder, pattern: t.BindingPattern, kind: Local['kind'], source: ValueId): void {
  pattern.elements.forEach((element, index) => {
    if (ts.isOmittedExpression(element)) return;
    const part = partOf(b, element, index);
    const fallback = element.initializer && expression(b, element.initializer);
    bind(b, element.name, kind, { value: source, part, default: fallback });
  });
}

/** Which part of a pattern's source an element takes. */
function partOf(b: Builder, element: t.BindingElement, index: number): Part {
  if (element.dotDotDotToken) return { kind: 'rest' };
  if (ts.isArrayBindingPattern(element.parent)) return { kind: 'element', index };
  const key = element.propertyName ?? element.name;
  if (ts.isComputedPropertyName(key)) expression(b, key.expression);
  const name = ts.isObjectBindingPattern(key) || ts.isArrayBindingPattern(key) ? null : propertyName(key);
  return name === null ? { kind: 'element' } : { kind: 'member', name };
}
