/** Puts a statement behind another one of the same body. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findStatement } from './find-node.js';
import { indentAt, lineStart, nextLine } from './lines.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** On a line of its own below the line that `behind` ends on; on that line when other statements stand there too. */
export function putBehind(source: Source, behind: Span, statement: string): Edit | Refusal {
  const node = findStatement(source, behind);
  if (!node) return refuse('parser-disagreement', 'no statement with exactly this span', source, behind.start);
  const { text, comments } = source;
  const stop = nextLine(text, node.end);
  const comment = comments.find(({ start }) => start >= node.end && start < stop);
  const ownLine = /^[ \t]*$/.test(text.slice(lineStart(text, node.start), node.start));
  if (!ownLine || !/^[ \t]*;?\s*$/.test(text.slice(node.end, comment?.start ?? stop))) {
    return { kind: 'replace', start: node.end, end: node.end, text: `; ${statement}` };
  }
  const at = comment?.end ?? node.end + (/^[ \t]*;/.exec(text.slice(node.end))?.[0].length ?? 0);
  const line = `${styleOf(source).eol}${indentAt(text, node.start)}${statement}`;
  return { kind: 'replace', start: at, end: at, text: line };
}
