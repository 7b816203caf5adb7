/** What goes with a statement that is taken out: its line, the comments that are its own, one blank line too many. */

import type { Edit } from '../../src/model/change.js';
import type { Node } from './node.js';

/** Comments that speak to a tool about the next line only. */
const ABOUT_NEXT_LINE =
  /eslint-disable-next-line|@ts-ignore|@ts-expect-error|biome-ignore|prettier-ignore|istanbul ignore next/;
const ABOUT_FILE =
  /licen[cs]e|copyright|SPDX|@file|@overview|@module|@ts-(no)?check|@jsx|eslint-(disable|env)(?!-)|^!/i;

export interface Ranged {
  start: number;
  end: number;
}

/** Offset of the first unit of the line. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Offset behind the line's end mark, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

function blank(text: string): boolean {
  return /^[\s\uFEFF]*$/.test(text);
}

/** Which comments above go along: all that are attached, or only those that speak to a tool about the next line. */
export type Comments = 'attached' | 'tool';

/**
 * The range that goes with a statement. Alone on its lines: the whole lines, with a comment behind it and the comments
 * directly above. Beside others (`a(); b();`): itself and the space to its neighbour.
 */
export function removalOf(text: string, node: Ranged, comments: readonly Node[], wanted: Comments): Ranged {
  const first = lineStart(text, node.start);
  const stop = nextLine(text, node.end);
  const trailing = comments.filter((comment) => comment.start >= node.end && comment.start < stop);
  const last = trailing.at(-1);
  const after = text.slice(node.end, stop).replace(/\/\/.*|\/\*.*?\*\//g, '');
  const aloneBefore = blank(text.slice(first, node.start));
  const aloneAfter = blank(after) && (last === undefined || last.end <= stop);
  if (aloneBefore && aloneAfter) return { start: attachedStart(text, first, comments, wanted), end: stop };
  if (aloneAfter) return { start: node.start - trailingSpace(text.slice(first, node.start)), end: node.end };
  const space = /^[ \t]*/.exec(text.slice(node.end))?.[0].length ?? 0;
  return { start: node.start, end: node.end + space };
}

function trailingSpace(text: string): number {
  return /[ \t]*$/.exec(text)?.[0].length ?? 0;
}

/** Goes up over comments that stand directly above, each alone on its lines. */
function attachedStart(text: string, from: number, comments: readonly Node[], wanted: Comments): number {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  let start = Math.max(from, bom);
  for (const comment of [...comments].reverse()) {
    if (comment.end > start) continue;
    const begin = lineStart(text, comment.start);
    const touches = nextLine(text, comment.end) === start && blank(text.slice(comment.end, start));
    if (!touches || !blank(text.slice(begin, comment.start))) break;
    const body = String(comment.value);
    const own = ABOUT_NEXT_LINE.test(body) || (wanted === 'attached' && !ABOUT_FILE.test(body));
    if (!own || text.startsWith('#!', begin)) break;
    start = Math.max(begin, bom);
  }
  return start;
}

/** Nothing but blank lines is between two deletions, of whole lines then. */
function touch(text: string, last: Edit, edit: Edit): boolean {
  if (edit.start <= last.end) return true;
  const lines = last.start < last.end && text[last.end - 1] === '\n' && text[edit.end - 1] === '\n';
  return lines && blank(text.slice(last.end, edit.start)) && edit.start === lineStart(text, edit.start);
}

/** Deletions of whole lines that touch become one, and take a blank line along where two would be left. */
export function tidyDeletions(text: string, edits: readonly Edit[]): Edit[] {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const merged: Edit[] = [];
  for (const edit of sorted) {
    const last = merged.at(-1);
    if (last && last.text === '' && edit.text === '' && edit.start < edit.end && touch(text, last, edit)) {
      last.end = Math.max(last.end, edit.end);
    } else merged.push({ ...edit });
  }
  return merged.map((edit, index) =>
    withBlankLine(text, edit, merged[index - 1]?.end ?? 0, merged[index + 1]?.start ?? text.length),
  );
}

function withBlankLine(text: string, edit: Edit, least: number, most: number): Edit {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  const wholeLines = edit.start === Math.max(lineStart(text, edit.start), bom) && text[edit.end - 1] === '\n';
  if (edit.text !== '' || edit.start === edit.end || !wholeLines) return edit;
  const before = text.slice(lineStart(text, Math.max(edit.start - 1, 0)), edit.start);
  const after = text.slice(edit.end, nextLine(text, edit.end));
  const opens = edit.start === bom || blank(before) || /[{([]\s*$/.test(before);
  if (opens && blank(after) && after !== '' && edit.end + after.length <= most) {
    return { ...edit, end: edit.end + after.length };
  }
  const closes = after === '' || /^\s*[})\]]/.test(after);
  const start = edit.start - before.length;
  if (closes && edit.start > bom && blank(before) && start >= least) return { ...edit, start };
  return edit;
}
