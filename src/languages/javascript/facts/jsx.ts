/** JSX: whatever is put into an element is handed to code that is not followed. */

import type { ts as t } from 'ts-morph';
import type { ValueId } from '../../../model/facts.js';
import type { Builder } from './builder.js';
import { ts } from './compiler.js';
import { expression } from './expressions.js';

/** A component; a lower-case tag names an element of the page. */
function tag(b: Builder, name: t.JsxTagNameExpression): ValueId[] {
  if (ts.isJsxNamespacedName(name)) return [];
  if (ts.isIdentifier(name) && /^[a-z]/.test(name.text)) return [];
  return [expression(b, name)];
}

function attribute(b: Builder, node: t.JsxAttributeLike): ValueId[] {
  if (ts.isJsxSpreadAttribute(node)) return [expression(b, node.expression)];
  return node.initializer ? child(b, node.initializer) : [];
}

function child(b: Builder, node: t.JsxChild | t.JsxAttributeValue): ValueId[] {
  if (ts.isJsxText(node)) return [];
  if (!ts.isJsxExpression(node)) return [expression(b, node)];
  return node.expression ? [expression(b, node.expression)] : [];
}

export function jsx(b: Builder, node: t.JsxElement | t.JsxSelfClosingElement | t.JsxFragment): ValueId {
  const opening = ts.isJsxElement(node) ? node.openingElement : ts.isJsxSelfClosingElement(node) ? node : null;
  const parts = opening ? tag(b, opening.tagName) : [];
  for (const one of opening?.attributes.properties ?? []) parts.push(...attribute(b, one));
  if (!ts.isJsxSelfClosingElement(node)) for (const one of node.children) parts.push(...child(b, one));
  return b.unknown(node, 'jsx', parts);
}
