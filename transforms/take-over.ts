/** Names that are added to an import all of whose own names go: they take its place. */

import type { Edit } from '../src/model/change.js';

interface Range {
  start: number;
  end: number;
}

/**
 * The edits with those that add names behind the last of `items` turned into one that replaces all items; null when
 * nothing is added there. `statement` is what holds the items.
 */
export function takeOver(edits: readonly Edit[], statement: Range, items: readonly Range[]): Edit[] | null {
  const [first, last] = [items[0], items.at(-1)];
  const added = edits.filter(
    ({ start, end }) => last !== undefined && start === end && last.end <= start && start <= statement.end,
  );
  if (!first || !last || added.length === 0) return null;
  const end = Math.max(...added.map((one) => one.start));
  const names = [...new Set(added.map(({ text }) => text.replace(/^[\s,]+/, '').replace(/,$/, '')))];
  const comma = added.some(({ text }) => text.endsWith(',')) ? ',' : '';
  const whole: Edit = { kind: 'replace', start: first.start, end, text: names.join(', ') + comma };
  return [...edits.filter((one) => !added.includes(one)), whole];
}
