/** `cache.get("k")` becomes `get_redis_pool().execute("get", "k")`: the arguments stay as they are written. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { findCall } from './find-node.js';
import { child, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** The edit of what stands before the first argument; a refusal where the object is more than a name. */
export function sendCommand(
  source: Source,
  { span, use, method, command }: Extract<Instruction, { kind: 'send-command' }>,
): Edit | Refusal {
  const call = findCall(source, span);
  const callee = call && child(call, 'function');
  const given = call && child(call, 'arguments');
  if (callee?.type !== 'attribute' || given?.type !== 'argument_list') {
    return refuse('parser-disagreement', 'no call of a method with exactly this span', source, span.start);
  }
  if (!isName(child(callee, 'object'))) {
    return refuse('statement-in-use', 'the object is more than a name, and that would be lost', source, span.start);
  }
  if (source.text.slice(callee.end, given.start).trim() !== '') {
    return refuse('no-transform', 'something stands between the method and its arguments', source, callee.end);
  }
  const { quote } = styleOf(source);
  const first = source.text.slice(given.start + 1);
  const comma = first.startsWith(')') ? '' : /^\s/.test(first) ? ',' : ', ';
  const text = `${accessorCall(source, nameAt(source, use, span.start), use)}.${method}(${quote}${command}${quote}${comma}`;
  return { kind: 'replace', start: span.start, end: given.start + 1, text };
}

/** `cache`, `self.cache`, `services.cache`: reading it does nothing. */
function isName(node: Node | null): boolean {
  if (node?.type === 'identifier') return true;
  return node?.type === 'attribute' && isName(child(node, 'object'));
}
