/** Small questions to a syntax node. */

import type { Span } from '../../model/facts.js';
import type { Node } from './parser.js';

export type { Node };

export function spanOf(node: Node): Span {
  return { start: node.startIndex, end: node.endIndex };
}

/** Children that are code: comments can stand anywhere. */
export function parts(node: Node): Node[] {
  return node.namedChildren.filter((child) => child.type !== 'comment' && child.type !== 'line_continuation');
}

export function field(node: Node, name: string): Node | null {
  return node.childForFieldName(name);
}

export function fields(node: Node, name: string): Node[] {
  return node.childrenForFieldName(name).filter((child) => child.isNamed && child.type !== 'comment');
}
