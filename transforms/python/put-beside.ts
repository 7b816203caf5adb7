/** Puts a call of the accessor's function before or behind a statement: where an application begins and ends. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { whyNoAwait } from './await-context.js';
import { findStatement } from './find-node.js';
import { indentAt, lineStart } from './lines.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

type Beside = Extract<Instruction, { kind: 'call-before' | 'call-behind' }>;

export function putBeside(source: Source, { kind, span, use }: Beside): Edit | Refusal {
  const node = findStatement(source, span);
  if (!node) return refuse('parser-disagreement', 'no statement with exactly this span', source, span.start);
  const why = use.awaited ? whyNoAwait(source, node) : null;
  if (why !== null) return refuse('context-not-async', `\`await\` cannot stand here: ${why}`, source, span.start);
  const call = `${use.awaited ? 'await ' : ''}${accessorCall(source, nameAt(source, use, span.start), use)}`;
  if (kind === 'call-behind') return putBehind(source, span, call);
  const line = lineStart(source.text, node.start);
  const own = /^[ \t]*$/.test(source.text.slice(line, node.start));
  // At the begin of its line: what takes the statement out takes the line.
  return own
    ? {
        kind: 'replace',
        start: line,
        end: line,
        text: `${indentAt(source.text, node.start)}${call}${styleOf(source).eol}`,
      }
    : { kind: 'replace', start: node.start, end: node.start, text: `${call}; ` };
}
