/** Finds again, by its exact span, what the facts speak of. */

import type { ASTNode, ASTPath, Collection } from 'jscodeshift';
import type { Span } from '../../src/model/facts.js';
import type { Node } from './node.js';
import type { Source } from './source.js';

export type Path = ASTPath<ASTNode>;

interface Paths {
  calls: Path[];
  statements: Path[];
  /** Names, members, and calls with what waits for them: made when one is first asked for. */
  readings: Path[] | null;
}

/** Walking a whole tree is slow, and a file may have many sites: each tree is walked once. */
const walked = new WeakMap<Source, Paths>();

function pathsOf(source: Source): Paths {
  const known = walked.get(source);
  if (known) return known;
  const { j, root } = source;
  const made: Paths = {
    calls: [
      ...pathsIn(root.find(j.NewExpression)),
      ...pathsIn(root.find(j.CallExpression)),
      ...pathsIn(root.find(j.OptionalCallExpression)),
    ],
    statements: pathsIn(root.find(j.Statement)).filter((path) => isListed(path) || isSoleBody(path)),
    readings: null,
  };
  walked.set(source, made);
  return made;
}

function pathsIn<T>(found: Collection<T>): Path[] {
  return found.paths() as unknown as Path[];
}

/** The path of a call or `new` expression with exactly that span, else null. */
export function findCall(source: Source, span: Span): Path | null {
  return pathsOf(source).calls.find((path) => spans(nodeOf(path), span)) ?? null;
}

/** The path of a statement with exactly that span, else null. */
export function findStatement(source: Source, span: Span): Path | null {
  return pathsOf(source).statements.find((path) => spans(nodeOf(path), span)) ?? null;
}

/** The path of an expression that can read a client, with exactly that span, else null. */
export function findReading(source: Source, span: Span): Path | null {
  const { j, root } = source;
  const paths = pathsOf(source);
  paths.readings ??= [
    ...pathsIn(root.find(j.Identifier)).filter((path) => !isKey(path)),
    ...pathsIn(root.find(j.MemberExpression)),
    ...pathsIn(root.find(j.OptionalMemberExpression)),
    ...pathsIn(root.find(j.CallExpression)),
    ...pathsIn(root.find(j.AwaitExpression)),
    ...pathsIn(root.find(j.ConditionalExpression)),
  ];
  return paths.readings.find((path) => spans(nodeOf(path), span)) ?? null;
}

/** The key of `{ redis }` has the span of its value. */
function isKey(path: Path): boolean {
  return path.name === 'key' && path.parent !== null && parentOf(path)?.computed !== true;
}

/** In a list of statements: a member of a class is a declaration too, but no statement. */
export function isListed(path: Path): boolean {
  return Array.isArray(path.parentPath?.value) && parentOf(path)?.type !== 'ClassBody';
}

function isSoleBody(path: Path): boolean {
  return path.name === 'body' || path.name === 'consequent' || path.name === 'alternate';
}

function spans(node: Node, span: Span): boolean {
  return node.start === span.start && node.end === span.end;
}

/** The node of a path as the rest of the room sees it. */
export function nodeOf(path: Path): Node {
  return path.node as unknown as Node;
}

function parentOf(path: Path): Node | null {
  const parent = path.parent as Path | null;
  return parent ? nodeOf(parent) : null;
}

/** Nodes around a path, innermost first. */
export function around(path: Path): Node[] {
  const found: Node[] = [];
  for (let above = path.parent as Path | null; above; above = above.parent as Path | null) found.push(nodeOf(above));
  return found;
}
