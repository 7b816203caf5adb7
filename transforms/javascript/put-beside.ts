/** Puts a call of the accessor's function before or behind a statement: where a program begins and ends. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { whyNoAwait } from './await-context.js';
import { findStatement, isListed, nodeOf } from './find-node.js';
import { lineStart, removalOf } from './lines.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

type Beside = Extract<Instruction, { kind: 'call-before' | 'call-behind' }>;

export function putBeside(source: Source, { kind, span, use }: Beside): Edit | Refusal {
  const path = findStatement(source, span);
  if (!path || !isListed(path)) {
    return refuse('parser-disagreement', 'no statement of a list with exactly this span', source, span.start);
  }
  const why = use.awaited ? whyNoAwait(source, path) : null;
  if (why !== null) return refuse('context-not-async', `\`await\` cannot stand here: ${why}`, source, span.start);
  const { eol, semicolon } = styleOf(source);
  const call = `${use.awaited ? 'await ' : ''}${accessorCall(source, nameAt(source, use, span.start), use)}`;
  const statement = `${call}${semicolon ? ';' : ''}`;
  if (kind === 'call-behind') return putBehind(source, span, statement);
  const { text, comments } = source;
  const { start, end } = nodeOf(path);
  const first = lineStart(text, start);
  const indent = text.slice(first, start);
  if (indent.trim() !== '') return { kind: 'replace', start, end: start, text: `${call}; ` };
  // Above the comments that speak of the statement; where it is taken out, they go with it.
  const above = removalOf(text, { start, end }, comments, 'attached').start;
  const at = Math.min(above, first);
  return { kind: 'replace', start: at, end: at, text: `${indent}${statement}${eol}` };
}
