/** Array and object literals. */

import type { ts as t } from 'ts-morph';
import type { ObjectEntry, ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';
import { methodValue } from './functions.js';
import { propertyName } from './names.js';

export function array(b: Builder, node: t.ArrayLiteralExpression): ValueId {
  const elements = node.elements.map((element) =>
    ts.isSpreadElement(element)
      ? { value: expression(b, element.expression), spread: true }
      : { value: expression(b, element), spread: false },
  );
  return b.add(node, { kind: 'array', elements });
}

/** Value of one entry of an object literal. */
function entryValue(b: Builder, node: t.ObjectLiteralElementLike): ValueId {
  if (ts.isPropertyAssignment(node)) return expression(b, node.initializer);
  if (ts.isSpreadAssignment(node)) return expression(b, node.expression);
  if (ts.isShorthandPropertyAssignment(node)) return expression(b, node.name);
  // `this` of a method in a literal is the object, which no class stands for.
  return methodValue(b, node, { of: null, static: false });
}

export function object(b: Builder, node: t.ObjectLiteralExpression): ValueId {
  const entries = node.properties.map((property): ObjectEntry => {
    // A computed key runs too, whatever it gives.
    if (property.name && ts.isComputedPropertyName(property.name)) expression(b, property.name.expression);
    const key = propertyName(property.name);
    return { key, value: entryValue(b, property), spread: ts.isSpreadAssignment(property), span: b.span(property) };
  });
  return b.add(node, { kind: 'object', entries });
}
