/** A body must hold a statement: what is left of one whose statements all go. */

import type { Edit } from '../../src/model/change.js';
import { indentAt, removalOf } from './lines.js';
import { child, holds, isStatement, type Node, parts, walk } from './node.js';
import { isPure } from './pure.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/**
 * All edits of a file, with `pass` where a body would be empty. An `else`, a `finally` beside an `except`, an `if` that only
 * looks at something, and a `try` that has nothing left to try, go as a whole.
 */
export function keepBodies(source: Source, edits: readonly Edit[]): Edit[] {
  let current = [...edits];
  for (let empty = emptied(source, current); empty !== null; empty = emptied(source, current)) {
    const whole = wholeOf(empty, source);
    const range = whole ? removalOf(source.text, whole, source.comments, true) : bodyRange(empty, current);
    const text = whole ? '' : passFor(source, empty, range);
    current = [...current.filter((edit) => !holds(range, edit)), { kind: 'replace', ...range, text }];
  }
  return current;
}

/** The first block whose statements are all taken out. */
function emptied(source: Source, edits: readonly Edit[]): Node | null {
  const gone = edits.filter(({ start, end, text }) => start < end && text.trim() === '');
  for (const node of walk(source.module)) {
    const owner = node.parent;
    if (node.type !== 'block' || !owner || gone.some((edit) => holds(edit, owner))) continue;
    const statements = parts(node).filter(isStatement);
    const all = statements.length > 0 && statements.every((one) => gone.some((edit) => holds(edit, one)));
    if (all && !isFilled(node, owner, edits)) return node;
  }
  return null;
}

/** A statement is written into it. */
function isFilled(block: Node, owner: Node, edits: readonly Edit[]): boolean {
  const head = owner.children.filter((one) => !one.named && one.end <= block.start).at(-1)?.end ?? block.start;
  return edits.some(({ start, end, text }) => {
    return start === end && head <= start && end <= block.end && text.trim() !== '';
  });
}

/** The statement or clause that goes with its only body; null when its place in the code must stay. */
function wholeOf(block: Node, source: Source): Node | null {
  const owner = block.parent;
  if (!owner) return null;
  const tried = owner.parent?.children.some(({ type }) => type === 'except_clause') ?? false;
  if (owner.type === 'else_clause' || (owner.type === 'finally_clause' && tried)) return owner;
  const others = owner.children.filter((one) => /_clause$/.test(one.type));
  if (owner.type === 'if_statement' && others.length === 0) {
    const condition = child(owner, 'condition');
    return condition && isPure(condition, source.text) ? owner : null;
  }
  const plain = others.every(({ type }) => type === 'except_clause');
  return owner.type === 'try_statement' && block.field === 'body' && plain ? owner : null;
}

/** From the first to the last deletion in a block. */
function bodyRange(block: Node, edits: readonly Edit[]): { start: number; end: number } {
  const own = edits.filter((edit) => edit.text.trim() === '' && parts(block).some((one) => holds(edit, one)));
  return { start: Math.min(...own.map(({ start }) => start)), end: Math.max(...own.map(({ end }) => end)) };
}

function passFor(source: Source, block: Node, range: { start: number; end: number }): string {
  const first = parts(block)[0] ?? block;
  const lines = source.text.slice(range.start, range.end);
  return lines.endsWith('\n') ? `${indentAt(source.text, first.start)}pass${styleOf(source).eol}` : 'pass';
}
