/** Finds again, by its exact span, what the facts speak of. */

import type { Span } from '../../src/model/facts.js';
import { isStatement, type Node, walk } from './node.js';
import type { Source } from './source.js';

/** The call with exactly that span, else null. */
export function findCall(source: Source, span: Span): Node | null {
  return find(source, span, (node) => node.type === 'call');
}

/** The statement with exactly that span, else null. */
export function findStatement(source: Source, span: Span): Node | null {
  return find(source, span, isStatement);
}

const READINGS = new Set(['identifier', 'attribute', 'call', 'await', 'conditional_expression']);

/** What can read a client, with exactly that span: the outermost such node, else null. */
export function findReading(source: Source, span: Span): Node | null {
  return find(source, span, (node) => READINGS.has(node.type));
}

function find({ module }: Source, { start, end }: Span, wanted: (node: Node) => boolean): Node | null {
  for (const node of walk(module)) if (node.start === start && node.end === end && wanted(node)) return node;
  return null;
}
