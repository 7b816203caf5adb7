/** Imports inside of functions: where the library was imported there, or one of the module would close a circle. */

import type { Edit } from '../../../src/model/change.js';
import { indentAt } from '../lines.js';
import { around, child, type Node, parts } from '../node.js';
import type { Source } from '../source.js';
import { styleOf } from '../style.js';
import type { ImportStatement } from './statements.js';

/** The outermost function whose body holds an offset; null at module level. */
export function functionAt({ module }: Source, offset: number): Node | null {
  for (let at: Node | undefined = module; at; ) {
    const next: Node | undefined = at.children.find(({ start, end }) => start <= offset && offset < end);
    if (next?.field === 'body' && next.parent?.type === 'function_definition') return next.parent;
    at = next;
  }
  return null;
}

/** The dead import of a function that runs before an offset in it; null when there is none. */
export function localPlace(dying: ReadonlySet<ImportStatement>, offset: number): ImportStatement | null {
  for (const one of dying) {
    const body = one.node.parent;
    const inFunction = body?.field === 'body' && body.parent?.type === 'function_definition';
    if (inFunction && !one.guarded && one.node.end <= offset && offset < body.end) return one;
  }
  return null;
}

/** An import as the first statement of a function, behind its docstring. */
export function localImport(source: Source, fn: Node, statement: string): Edit {
  const [first, second] = parts(child(fn, 'body') ?? fn);
  const isDocstring = first?.type === 'expression_statement' && parts(first)[0]?.type === 'string';
  const place = (isDocstring ? second : first) ?? fn;
  const { text } = source;
  const head = child(fn, 'parameters') ?? fn;
  const beside = !text.slice(head.end, place.start).includes('\n') || around(place)[0] === fn;
  const glue = beside ? '; ' : `${styleOf(source).eol}${indentAt(text, place.start)}`;
  return { kind: 'replace', start: place.start, end: place.start, text: statement + glue };
}
