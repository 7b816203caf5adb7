/** Where the first import of a file belongs: behind hashbang, directives and licence. */

import { lineStart, nextLine } from '../lines.js';
import { child, list } from '../node.js';
import type { Source } from '../source.js';

/** Offset at which code begins; comments that belong to the first statement count as code. */
export function headerEnd(source: Source): number {
  const { text, program, comments } = source;
  const directive = list(program, 'directives').at(-1);
  const interpreter = child(program, 'interpreter');
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  if (directive) at = nextLine(text, directive.end);
  else if (interpreter) at = nextLine(text, interpreter.end);
  const first = list(program, 'body')[0];
  const limit = first ? lineStart(text, first.start) : text.length;
  if (first && at > first.start) return directive?.end ?? at;
  for (const comment of comments) {
    if (comment.start < at || comment.end > limit || text.startsWith('#!', comment.start)) continue;
    const behind = nextLine(text, comment.end);
    const attached =
      behind === limit && !/licen[cs]e|copyright|SPDX|@file|@ts-|@jsx|eslint-/i.test(String(comment.value));
    if (attached) break;
    at = behind;
  }
  return skipBlank(text, at, limit);
}

function skipBlank(text: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && /^\s*\n$/.test(text.slice(at, nextLine(text, at)))) at = nextLine(text, at);
  return at;
}
