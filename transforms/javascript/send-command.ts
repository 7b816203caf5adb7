/** `cache.get('k')` becomes `getRedisPool().execute('get', 'k')`: the arguments stay as they are written. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { child, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { foundCall } from './replace-call.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** The edit of what stands before the first argument; a refusal where the object is more than a name. */
export function sendCommand(
  source: Source,
  { span, use, method, command }: Extract<Instruction, { kind: 'send-command' }>,
): Edit | Refusal {
  const call = foundCall(source, span)?.node;
  const callee = call?.type === 'CallExpression' ? child(call, 'callee') : null;
  if (!call || callee?.type !== 'MemberExpression') {
    return refuse('parser-disagreement', 'no call of a method with exactly this span', source, span.start);
  }
  if (!isName(child(callee, 'object'))) {
    return refuse('statement-in-use', 'the object is more than a name, and that would be lost', source, span.start);
  }
  // What is not the parenthesis is a comment, type arguments, or the end of parentheses around the callee.
  const between = /^\s*\(/.exec(source.text.slice(callee.end));
  if (!between || callee.start !== span.start) {
    return refuse('no-transform', 'something stands between the method and its arguments', source, callee.end);
  }
  const end = callee.end + between[0].length;
  const first = source.text.slice(end);
  const comma = first.startsWith(')') ? '' : /^\s/.test(first) ? ',' : ', ';
  const quote = styleOf(source).quote === 'single' ? "'" : '"';
  const text = `${accessorCall(source, nameAt(source, use, span.start), use)}.${method}(${quote}${command}${quote}${comma}`;
  return { kind: 'replace', start: span.start, end, text };
}

/** `cache`, `this.cache`, `services.cache`: reading it does nothing that a program counts on. */
function isName(node: Node | null): boolean {
  if (node?.type === 'Identifier' || node?.type === 'ThisExpression') return true;
  return node?.type === 'MemberExpression' && node.computed !== true && isName(child(node, 'object'));
}
