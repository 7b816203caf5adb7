/** Takes single names out of an import statement and leaves the rest as it is written. */

import type { Edit } from '../../../src/model/change.js';
import { lineStart, nextLine } from '../lines.js';
import type { Node } from '../node.js';

/** Edits that leave `items` without `gone`; at least one item must be left. */
export function dropNames(text: string, items: readonly Node[], gone: ReadonlySet<Node>): Edit[] {
  const lastKept = items.findLastIndex((item) => !gone.has(item));
  const edits: Edit[] = [];
  items.forEach((item, index) => {
    if (!gone.has(item)) return;
    const line = ownLine(text, item);
    const next = items[index + 1];
    if (line) edits.push(line);
    else if (index < lastKept && next) edits.push(cut(item.start, next.start));
    else edits.push(cut(items[index - 1]?.end ?? item.start, item.end));
  });
  return [...edits, ...danglingComma(text, items, lastKept, edits)];
}

function cut(start: number, end: number): Edit {
  return { kind: 'replace', start, end, text: '' };
}

/** The line of an item that stands alone on it, with its comma and its comment. */
function ownLine(text: string, item: Node): Edit | null {
  const start = lineStart(text, item.start);
  const end = nextLine(text, item.end);
  const alone =
    /^[ \t]+$/.test(text.slice(start, item.start)) && /^[ \t]*,?[ \t]*(?:#.*)?\r?\n$/.test(text.slice(item.end, end));
  return alone ? cut(start, end) : null;
}

/** The last item had no comma behind it: then the one that is last now gets none either. */
function danglingComma(text: string, items: readonly Node[], lastKept: number, edits: readonly Edit[]): Edit[] {
  const kept = items[lastKept];
  const last = items.at(-1);
  if (!kept || !last || kept === last || /^[ \t]*,/.test(text.slice(last.end))) return [];
  const comma = /^[ \t]*,/.exec(text.slice(kept.end));
  const end = kept.end + (comma?.[0].length ?? 0);
  const cutAlready = edits.some((edit) => edit.start < end && kept.end < edit.end);
  return comma && !cutAlready ? [cut(kept.end, end)] : [];
}
