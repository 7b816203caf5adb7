/** `self.client.setex(k, 60, v)` becomes `get_unified_manager().set_cached(k, v, ttl_seconds=60)`. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { findCall } from './find-node.js';
import { around, child, holds } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';

/** The edit of the whole call; its arguments stay as they are written. Refuses where a comment between them would be lost. */
export function sendCached(
  source: Source,
  { span, use, method, args }: Extract<Instruction, { kind: 'send-cached' }>,
): Edit | Refusal {
  const call = findCall(source, span);
  const given = call && child(call, 'arguments');
  if (!call || child(call, 'function')?.type !== 'attribute' || given?.type !== 'argument_list') {
    return refuse('parser-disagreement', 'no call of a method with exactly this span', source, span.start);
  }
  if (around(call).some(({ type }) => type === 'interpolation')) {
    return refuse('statement-in-use', 'it is called inside of an f-string', source, span.start);
  }
  const lost = source.comments.find((one) => holds(span, one) && !args.some((kept) => holds(kept.span, one)));
  if (lost) return refuse('statement-in-use', 'a comment stands between the arguments', source, lost.start);
  const texts = args.map(({ span: { start, end }, keyword }) => {
    const text = source.text.slice(start, end);
    return keyword === null ? text : `${keyword}=${text}`;
  });
  const text = `${accessorCall(source, nameAt(source, use, span.start), use)}.${method}(${texts.join(', ')})`;
  return { kind: 'replace', start: span.start, end: span.end, text, keeps: args.map((one) => one.span) };
}
