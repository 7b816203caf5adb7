/** Replaces what reads a client by a call of the accessor: `redis`, `db.redis`, `this.redis`, `getClient()`. */

import type { AccessorUse, Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { whyNoAwait } from './await-context.js';
import { around, findReading, nodeOf } from './find-node.js';
import { child, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { awaited, effectIn } from './replace-call.js';
import type { Source } from './source.js';

const MEMBERS = new Set(['MemberExpression', 'OptionalMemberExpression']);
const WRITES = new Set(['UpdateExpression', 'ForInStatement', 'ForOfStatement', 'RestElement', 'ArrayPattern']);

/** The edit, or why there is none: nothing reads there, it is written to, `await` may not stand there. */
export function replaceReference(source: Source, span: Span, use: AccessorUse): Edit | Refusal {
  const path = findReading(source, span);
  if (!path) return refuse('parser-disagreement', 'nothing with exactly this span reads a client', source, span.start);
  const node = nodeOf(path);
  const parents = around(path);
  const [parent] = parents;
  if (!parent || isWritten(node, parent)) {
    return refuse('statement-in-use', 'what held the client is written to here', source, span.start);
  }
  if (isConstructed(node, parents)) {
    return refuse('statement-in-use', 'what held the client is called with `new` here', source, span.start);
  }
  const effect = node.type === 'CallExpression' ? effectIn(node) : null;
  if (effect) {
    return refuse('statement-in-use', 'an argument assigns or yields, and that would be lost', source, effect.start);
  }
  const call = accessorCall(source, nameAt(source, use, span.start), use);
  const whole = use.awaited ? span : withParentheses(source, node);
  const edit = (text: string): Edit => ({ kind: 'replace', start: whole.start, end: whole.end, text });
  const short = parent.type === 'ObjectProperty' && parent.shorthand === true;
  const key = short ? `${source.text.slice(span.start, span.end)}: ` : '';
  if (!use.awaited || parent.type === 'AwaitExpression') return edit(key + call);
  const why = whyNoAwait(source, path);
  if (why !== null) return refuse('context-not-async', `\`await\` cannot stand here: ${why}`, source, span.start);
  return edit(key + awaited(source, { path, node, parents }, call));
}

/** `(await getClient())`: what takes its place needs no parentheses. */
function withParentheses({ text }: Source, node: Node): Span {
  const extra = node.extra as { parenthesized?: boolean; parenStart?: number } | undefined;
  const close = /^\s*\)/.exec(text.slice(node.end))?.[0].length;
  const wrapped = node.type === 'AwaitExpression' && extra?.parenthesized === true && close !== undefined;
  return wrapped ? { start: extra.parenStart ?? node.start, end: node.end + close } : node;
}

function isWritten(node: Node, parent: Node): boolean {
  if (parent.type === 'AssignmentExpression' || parent.type === 'AssignmentPattern')
    return child(parent, 'left') === node;
  return WRITES.has(parent.type) || (parent.type === 'UnaryExpression' && parent.operator === 'delete');
}

/** `new redis.Command()`: a call in its place would be what is constructed. */
function isConstructed(node: Node, parents: readonly Node[]): boolean {
  let from = node;
  for (const above of parents) {
    if (above.type === 'NewExpression') return child(above, 'callee') === from;
    if (!MEMBERS.has(above.type) || child(above, 'object') !== from) return false;
    from = above;
  }
  return false;
}
