/** Puts a statement behind another one of the same list. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findStatement, isListed, nodeOf } from './find-node.js';
import { lineStart, nextLine } from './lines.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** On a line of its own below the line that `behind` ends on; on that line when something else stands there too. */
export function putBehind(source: Source, behind: Span, statement: string): Edit | Refusal {
  const path = findStatement(source, behind);
  if (!path || !isListed(path)) {
    return refuse('parser-disagreement', 'no statement of a list with exactly this span', source, behind.start);
  }
  const { text, comments } = source;
  const { start, end } = nodeOf(path);
  const stop = nextLine(text, end);
  const comment = comments.find((one) => one.start >= end && one.start < stop && one.end <= stop);
  const lineEnd = text.slice(end, stop).trim() === '' ? end : comment?.end;
  if (
    lineEnd === undefined ||
    text.slice(lineEnd, stop).trim() !== '' ||
    text.slice(end, comment?.start ?? end).trim() !== ''
  ) {
    return {
      kind: 'replace',
      start: end,
      end,
      text: `${/[;}]$/.test(text.slice(start, end)) ? '' : ';'} ${statement}`,
    };
  }
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
  return { kind: 'replace', start: lineEnd, end: lineEnd, text: `${styleOf(source).eol}${indent}${statement}` };
}
