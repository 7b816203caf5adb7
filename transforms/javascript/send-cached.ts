/** `this.client.setex(k, 60, v)` becomes `getUnifiedManager().setCached(k, v, 60)`. */

import type { Edit, Instruction } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { child } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { foundCall } from './replace-call.js';
import type { Source } from './source.js';

/** The edit of the whole call; its arguments stay as they are written. Refuses where a comment between them would be lost. */
export function sendCached(
  source: Source,
  { span, use, method, args }: Extract<Instruction, { kind: 'send-cached' }>,
): Edit | Refusal {
  const call = foundCall(source, span)?.node;
  if (call?.type !== 'CallExpression' || child(call, 'callee')?.type !== 'MemberExpression') {
    return refuse('parser-disagreement', 'no call of a method with exactly this span', source, span.start);
  }
  if (child(call, 'typeParameters') ?? child(call, 'typeArguments')) {
    return refuse('no-transform', 'it is called with type arguments', source, span.start);
  }
  const lost = source.comments.find((one) => holds(span, one) && !args.some((kept) => holds(kept.span, one)));
  if (lost) return refuse('statement-in-use', 'a comment stands between the arguments', source, lost.start);
  const texts = args.map(({ span: { start, end } }) => source.text.slice(start, end));
  const text = `${accessorCall(source, nameAt(source, use, span.start), use)}.${method}(${texts.join(', ')})`;
  return { kind: 'replace', start: span.start, end: span.end, text, keeps: args.map((one) => one.span) };
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
