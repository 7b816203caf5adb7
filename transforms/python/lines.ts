/** What goes with a statement that is taken out: its line, the comments that are its own, blank lines too many. */

import type { Edit } from '../../src/model/change.js';
import type { Node } from './node.js';

const BOM = '\uFEFF';
/** Comments that speak to a tool about the whole file, or head a section. */
const NOT_ATTACHED =
  /^#(?:!|.*coding[:=]|\s*(?:type:|pylint:|ruff:|flake8:|mypy:|isort:|fmt:|!|-{3,}|={3,}|#))|licen[cs]e|copyright|SPDX/i;

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

/** White space at the begin of the line that holds an offset. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t\f]*/.exec(text.slice(start === 0 && text.startsWith(BOM) ? 1 : start))?.[0] ?? '';
}

function blank(text: string): boolean {
  return /^[\s\uFEFF]*$/.test(text);
}

/**
 * The range that goes with a statement. Alone on its lines: the whole lines, with a comment behind it and, if wanted, the
 * comments directly above. Beside others (`a(); b()`): itself, a semicolon, and the space to its neighbour.
 */
export function removalOf(text: string, node: Ranged, comments: readonly Node[], withComments: boolean): Ranged {
  const first = lineStart(text, node.start);
  const stop = nextLine(text, node.end);
  const comment = comments.find(({ start }) => start >= node.end && start < stop);
  const behind = text.slice(node.end, comment?.start ?? stop);
  const before = text.slice(first, node.start);
  const aloneAfter = /^[ \t]*;?\s*$/.test(behind);
  if (blank(before) && aloneAfter) {
    return { start: withComments ? attachedStart(text, first, node, comments) : headOf(text, first), end: stop };
  }
  const next = /^[ \t]*;[ \t]*/.exec(behind)?.[0].length ?? 0;
  if (!aloneAfter) return { start: node.start, end: node.end + next };
  const previous = /[ \t]*;[ \t]*$/.exec(before);
  const own = /^[ \t]*;/.exec(behind)?.[0].length ?? 0;
  return previous
    ? { start: node.start - previous[0].length, end: node.end }
    : { start: node.start, end: node.end + own };
}

function headOf(text: string, lineBegin: number): number {
  return lineBegin === 0 && text.startsWith(BOM) ? 1 : lineBegin;
}

/** Goes up over comments that stand directly above at the same depth, each alone on its line. */
function attachedStart(text: string, from: number, node: Ranged, comments: readonly Node[]): number {
  const depth = indentAt(text, node.start);
  let start = headOf(text, from);
  for (const comment of [...comments].reverse()) {
    if (comment.start >= start) continue;
    const begin = lineStart(text, comment.start);
    const own = text.slice(comment.start, comment.end);
    const touches = nextLine(text, comment.end) === start && text.slice(begin, comment.start) === depth;
    if (!touches || NOT_ATTACHED.test(own)) break;
    start = headOf(text, begin);
  }
  return start;
}

/** Nothing but blank lines is between two deletions, of whole lines then. */
function touch(text: string, last: Edit, edit: Edit): boolean {
  if (edit.start <= last.end) return true;
  const lines = last.start < last.end && text[last.end - 1] === '\n' && text[edit.end - 1] === '\n';
  return lines && blank(text.slice(last.end, edit.start)) && edit.start === lineStart(text, edit.start);
}

/** Deletions of whole lines that touch become one, and take blank lines along so that no gap grows. */
export function tidyDeletions(text: string, edits: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last && last.text === '' && edit.text === '' && edit.start < edit.end && touch(text, last, edit)) {
      last.end = Math.max(last.end, edit.end);
    } else merged.push({ ...edit });
  }
  const tidy: Edit[] = [];
  for (const [index, edit] of merged.entries()) {
    tidy.push(withBlankLines(text, edit, tidy.at(-1)?.end ?? 0, merged[index + 1]?.start ?? text.length));
  }
  return tidy;
}

/** Of the blank lines above and below what goes, the larger gap stays; at the edge of a body none does. */
function withBlankLines(text: string, edit: Edit, least: number, most: number): Edit {
  const whole = edit.start === headOf(text, lineStart(text, edit.start)) && text[edit.end - 1] === '\n';
  if (edit.text !== '' || edit.start === edit.end || !whole) return edit;
  const above = blankAbove(text, edit.start, least);
  const below = blankBelow(text, edit.end, most);
  const opens = edit.start === headOf(text, 0) || /:[ \t]*(?:#.*)?\r?$/.test(lineBefore(text, above[0] ?? edit.start));
  const closes = (below.at(-1) ?? edit.end) >= text.length;
  if (opens || (!closes && below.length <= above.length)) return { ...edit, end: below.at(-1) ?? edit.end };
  const dedents = below.length === 0 && isShallower(text, edit);
  return below.length > 0 || closes || dedents ? { ...edit, start: above[0] ?? edit.start } : edit;
}

/** Starts of the blank lines directly above an offset, the highest first. */
function blankAbove(text: string, offset: number, least: number): number[] {
  const found: number[] = [];
  for (let at = offset; at > least; ) {
    const start = lineStart(text, at - 1);
    if (start < least || !/^[ \t\r]*\n$/.test(text.slice(start, at))) break;
    found.unshift(start);
    at = start;
  }
  return found;
}

/** Ends of the blank lines directly below an offset. */
function blankBelow(text: string, offset: number, most: number): number[] {
  const found: number[] = [];
  for (let at = offset; at < most; ) {
    const end = nextLine(text, at);
    if (end > most || !/^[ \t\r]*\n?$/.test(text.slice(at, end))) break;
    found.push(end);
    at = end;
  }
  return found;
}

function lineBefore(text: string, offset: number): string {
  return offset === 0 ? '' : text.slice(lineStart(text, offset - 1), offset - 1);
}

function isShallower(text: string, edit: Edit): boolean {
  return indentAt(text, edit.end).length < indentAt(text, edit.end - 1).length || edit.end >= text.length;
}
