/** Questions of the transforms to a Python syntax tree. */

import { isExtra, type Node } from '../../src/languages/python/tree.js';

export { field as child, isExtra, type Node, parts, walk } from '../../src/languages/python/tree.js';

/** Nodes around a node, innermost first. */
export function around(node: Node): Node[] {
  const found: Node[] = [];
  for (let above = node.parent; above; above = above.parent) found.push(above);
  return found;
}

/** Whether `inner` lies in `outer`. */
export function holds(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Function or lambda: a body of its own that runs later. */
export function isFunction(node: Node): boolean {
  return node.type === 'function_definition' || node.type === 'lambda';
}

const SUITES = new Set(['module', 'block']);

/** A statement: what stands directly in a module or a block. */
export function isStatement(node: Node): boolean {
  return node.named && !isExtra(node) && node.parent !== null && SUITES.has(node.parent.type);
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
