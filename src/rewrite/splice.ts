/** The one place where edits meet a text. */

import type { Edit, RefusalCode } from '../model/change.js';

export type Spliced<T> = { ok: true; value: T } | { ok: false; code: RefusalCode; message: string; offset: number };

/** First by start; insertions before what begins at the same place. */
function inOrder(a: Edit, b: Edit): number {
  return a.start - b.start || a.end - b.end || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);
}

function equal(a: Edit, b: Edit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/**
 * An edit wholly inside what another one replaces: the inner of two nested openings goes with the outer one, and what is
 * taken out of a line with the line.
 */
function swallows(outer: Edit, inner: Edit): boolean {
  const inside = outer.start <= inner.start && inner.end <= outer.end;
  return (
    inside &&
    (outer.text !== '' || inner.text === '') &&
    inner.start < inner.end &&
    outer.end - outer.start > inner.end - inner.start
  );
}

/**
 * Puts edits in the order of the text: equal ones become one, nested ones leave the outermost. Refuses an edit outside
 * of the text (`edit-out-of-bounds`) and two that meet in any other way (`edits-overlap`).
 */
export function settle(length: number, edits: readonly Edit[]): Spliced<Edit[]> {
  const settled: Edit[] = [];
  for (const edit of [...edits].sort(inOrder)) {
    if (!(Number.isInteger(edit.start) && edit.start >= 0 && edit.start <= edit.end && edit.end <= length)) {
      const message = `an edit of ${edit.start} to ${edit.end} is outside of a text of ${length}`;
      return { ok: false, code: 'edit-out-of-bounds', message, offset: Math.max(0, Math.min(edit.start, length)) };
    }
    const meets = settled.filter((other) => edit.start < other.end || equal(edit, other));
    if (meets.some((other) => equal(edit, other) || swallows(other, edit))) continue;
    const clash = meets.find((other) => !swallows(edit, other));
    if (clash) {
      return { ok: false, code: 'edits-overlap', message: 'two edits change the same text', offset: edit.start };
    }
    for (const other of meets) settled.splice(settled.indexOf(other), 1);
    settled.push(edit);
  }
  return { ok: true, value: settled.sort(inOrder) };
}

/** The text with the edits made. Refuses as `settle` does. */
export function splice(text: string, edits: readonly Edit[]): Spliced<string> {
  const settled = settle(text.length, edits);
  if (!settled.ok) return settled;
  let made = '';
  let at = 0;
  for (const edit of settled.value) {
    made += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return { ok: true, value: made + text.slice(at) };
}
