/** Calls of a client's member that go, while the client that they are called on stays: `x.connect()`, `x.on(…)`. */

import type { AccessorUse, Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { nameAt } from './accessor-name.js';
import { child } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { effectIn, foundCall } from './replace-call.js';
import type { Source } from './source.js';

/** `x.connect()` → `redisReady(x)`. The text of `x` stays as it is. */
export function passReceiver(source: Source, span: Span, use: AccessorUse): (Edit | Refusal)[] {
  const end = receiverEnd(source, span);
  if (typeof end !== 'number') return [end];
  const name = nameAt(source, use, span.start);
  return [
    { kind: 'replace', start: span.start, end: span.start, text: `${name}(` },
    { kind: 'replace', start: end, end: span.end, text: ')' },
  ];
}

/** `x.on('error', log)` → `x`. Refuses when an argument does more than give a value. */
export function leaveReceiver(source: Source, span: Span): Edit | Refusal {
  const end = receiverEnd(source, span);
  return typeof end === 'number' ? { kind: 'replace', start: end, end: span.end, text: '' } : end;
}

/** Where the object ends that a member of it is called on, with the parentheses around it. */
function receiverEnd(source: Source, span: Span): number | Refusal {
  const found = foundCall(source, span);
  const callee = found ? child(found.node, 'callee') : null;
  const object = callee ? child(callee, 'object') : null;
  const property = callee ? child(callee, 'property') : null;
  if (found?.node.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || !object || !property) {
    return refuse('parser-disagreement', 'no call of a member with exactly this span', source, span.start);
  }
  const effect = effectIn({ ...found.node, callee: null });
  if (effect) {
    return refuse('statement-in-use', 'an argument assigns or yields, and that would be lost', source, effect.start);
  }
  const between = withoutComments(source, object.end, property.start);
  return object.end + (/^\s*\)+/.exec(between)?.[0].length ?? 0);
}

/** Text between two offsets with blanks in the place of comments. */
function withoutComments({ text, comments }: Source, start: number, end: number): string {
  const chars = text.slice(start, end).split('');
  for (const comment of comments) {
    if (comment.start >= start && comment.end <= end) chars.fill(' ', comment.start - start, comment.end - start);
  }
  return chars.join('');
}
