/** The syntax tree as every file of this room sees it: plain nodes with exact UTF-16 offsets of the original text. */

/** A node of @babel/parser. Fields are read by name and narrowed where they are used. */
export interface Node {
  type: string;
  start: number;
  end: number;
  [field: string]: unknown;
}

const NOT_SYNTAX = new Set([
  'loc',
  'extra',
  'errors',
  'comments',
  'tokens',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'original',
]);

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** A field that holds a node, or null. */
export function child(node: Node, field: string): Node | null {
  const value = node[field];
  return isNode(value) ? value : null;
}

/** A field that holds a list of nodes; holes of arrays are left out. */
export function list(node: Node, field: string): Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** A field that holds a text, or null. */
export function word(node: Node | null, field: string): string | null {
  const value = node?.[field];
  return typeof value === 'string' ? value : null;
}

/** Every child with the field it stands in, in source order of the fields. */
export function* children(node: Node): Generator<{ field: string; node: Node }> {
  for (const field of Object.keys(node)) {
    if (NOT_SYNTAX.has(field)) continue;
    const value = node[field];
    if (isNode(value)) yield { field, node: value };
    else if (Array.isArray(value)) for (const item of value) if (isNode(item)) yield { field, node: item };
  }
}

/** Every node below `node`, itself included. `enter` returning false leaves the node's children out. */
export function walk(node: Node, enter: (node: Node) => boolean | undefined): void {
  if (enter(node) === false) return;
  for (const below of children(node)) walk(below.node, enter);
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
  'TSDeclareFunction',
  'TSDeclareMethod',
]);

export function isFunction(node: Node): boolean {
  return FUNCTIONS.has(node.type);
}

/** Name of an identifier or the text of a string literal (`import { "a-b" as c }`), else null. */
export function nameOf(node: Node | null): string | null {
  if (node?.type === 'Identifier' || node?.type === 'JSXIdentifier') return word(node, 'name');
  return node?.type === 'StringLiteral' ? word(node, 'value') : null;
}

/** 1-based line of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
