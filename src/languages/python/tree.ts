/** A Python syntax tree as plain objects: the parser's own nodes are read through WebAssembly, and live only as long as their tree. */

import type { Span } from '../../model/facts.js';

/** What a node is; all but its children is known when it is made. */
interface NodeParts {
  type: string;
  start: number;
  end: number;
  named: boolean;
  missing: boolean;
  field: string | null;
  parent: Node | null;
}

export class Node {
  readonly type: string;
  /** Offsets in UTF-16 units of the text. */
  readonly start: number;
  readonly end: number;
  /** Tokens such as `(` are not named. */
  readonly named: boolean;
  /** The parser put it in where something is missing. */
  readonly missing: boolean;
  /** Name of the field of the parent that holds it. */
  readonly field: string | null;
  readonly parent: Node | null;
  readonly children: Node[] = [];
  /** An error or something missing is in it. */
  hasError = false;

  constructor(
    private readonly source: string,
    { type, start, end, named, missing, field, parent }: NodeParts,
  ) {
    this.type = type;
    this.start = start;
    this.end = end;
    this.named = named;
    this.missing = missing;
    this.field = field;
    this.parent = parent;
  }

  /** Its characters, of the text as it was parsed. */
  get text(): string {
    return this.source.slice(this.start, this.end);
  }
}

export function spanOf(node: Node): Span {
  return { start: node.start, end: node.end };
}

/** Comments and joined lines can stand anywhere. */
export function isExtra({ type }: Node): boolean {
  return type === 'comment' || type === 'line_continuation';
}

/** Children that are code. */
export function parts(node: Node): Node[] {
  return node.children.filter((child) => child.named && !isExtra(child));
}

/** Children that are more than tokens, comments included. */
export function namedChildren(node: Node): Node[] {
  return node.children.filter(({ named }) => named);
}

/** The child in a field; null when there is none. */
export function field(node: Node, name: string): Node | null {
  return node.children.find((child) => child.field === name) ?? null;
}

export function fields(node: Node, name: string): Node[] {
  return node.children.filter((child) => child.field === name && child.named && child.type !== 'comment');
}

/** The node and all below it, in the order of the text. */
export function* walk(node: Node): Generator<Node> {
  const stack = [node];
  for (let at = stack.pop(); at; at = stack.pop()) {
    yield at;
    for (let index = at.children.length - 1; index >= 0; index -= 1) stack.push(at.children[index] as Node);
  }
}

/** The first node of a type, the node itself included. */
export function firstOfType(node: Node, type: string): Node | null {
  for (const one of walk(node)) if (one.type === type) return one;
  return null;
}
