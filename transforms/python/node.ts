/** A Python syntax tree as plain objects: tree-sitter's own nodes live only as long as their tree. */

import { parsePython } from '../../src/languages/python/parser.js';

export interface Node {
  type: string;
  /** Offsets in UTF-16 units of the text. */
  start: number;
  end: number;
  /** Tokens such as `(` are not named. */
  named: boolean;
  /** The parser put it in where something is missing. */
  missing: boolean;
  /** Name of the field of the parent that holds it. */
  field: string | null;
  parent: Node | null;
  children: Node[];
}

/** The whole tree of a text. Needs `loadParser()` before. */
export function treeOf(text: string): Node {
  return parsePython(text, (root) => {
    const cursor = root.walk();
    const node = (parent: Node | null): Node => ({
      type: cursor.nodeType,
      start: cursor.startIndex,
      end: cursor.endIndex,
      named: cursor.nodeIsNamed,
      missing: cursor.nodeIsMissing,
      field: cursor.currentFieldName,
      parent,
      children: [],
    });
    const top = node(null);
    // No recursion: a sum of thousands of terms nests deeper than calls can.
    for (let at: Node | null = cursor.gotoFirstChild() ? top : null; at !== null; ) {
      const made = node(at);
      at.children.push(made);
      if (cursor.gotoFirstChild()) {
        at = made;
        continue;
      }
      while (at !== null && !cursor.gotoNextSibling()) {
        cursor.gotoParent();
        at = at.parent;
      }
    }
    cursor.delete();
    // tree-sitter begins a module behind the blank lines at its head.
    return Object.assign(top, { start: 0, end: text.length });
  });
}

/** The node and all below it, in the order of the text. */
export function* walk(node: Node): Generator<Node> {
  const stack = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    yield at;
    for (let index = at.children.length - 1; index >= 0; index -= 1) stack.push(at.children[index] as Node);
  }
}

/** The child in a field; null when there is none. */
export function child(node: Node, field: string): Node | null {
  return node.children.find((one) => one.field === field) ?? null;
}

/** Named children that are code: comments can stand anywhere. */
export function parts(node: Node): Node[] {
  return node.children.filter((one) => one.named && !isExtra(one));
}

export function isExtra(node: Node): boolean {
  return node.type === 'comment' || node.type === 'line_continuation';
}

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
