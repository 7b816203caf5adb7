/** Calls that follow each other become one pipeline: `with pool.get_client() as client:`, its commands, `execute()`. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { findCall, findStatement } from './find-node.js';
import { indentAt, lineStart, nextLine } from './lines.js';
import { child } from './node.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

type Together = Extract<Instruction, { kind: 'send-together' }>;

/** One edit for the head, one for each command, one behind the last. The arguments stay as they are written. */
export function sendTogether(source: Source, instruction: Together): (Edit | Refusal)[] {
  const { span, use, method, sent } = instruction;
  const { text } = source;
  const [first] = sent;
  const last = sent.at(-1);
  const why = first && last ? whyNot(source, instruction) : 'there is no command';
  if (!first || !last || why !== null) return [refuse('no-transform', why ?? '', source, span.start)];
  const [client, pipeline] = [freeName(source, 'client'), freeName(source, 'pipeline')];
  const { eol } = styleOf(source);
  const outer = indentAt(text, first.statement.start);
  const step = stepOf(text, outer);
  const head = [
    `with ${accessorCall(source, nameAt(source, use, span.start), use)}.${method}() as ${client}:`,
    // No transaction: the commands were none either.
    `${step}${pipeline} = ${client}.pipeline(transaction=False)`,
  ];
  const commands = sent.map(({ statement, call, command }, index): Edit | Refusal => {
    const node = findCall(source, call);
    const given = node && child(node, 'arguments');
    if (!given) return refuse('parser-disagreement', 'no call with exactly this span', source, call.start);
    const begin = index === 0 ? `${head.join(eol + outer)}${eol}${outer}` : '';
    return { kind: 'replace', start: statement.start, end: given.start, text: `${begin}${step}${pipeline}.${command}` };
  });
  return [...commands, putBehind(source, last.statement, `${step}${pipeline}.execute()`)];
}

/** Why the statements cannot be moved into a `with`; null: they can. */
function whyNot(source: Source, { sent }: Together): string | null {
  const { text, comments } = source;
  for (const [index, { statement, call }] of sent.entries()) {
    const node = findStatement(source, statement);
    const callee = findCall(source, call);
    if (!node || !callee || callee.start !== statement.start) return 'a command is not a statement of its own';
    const own = text.slice(lineStart(text, statement.start), statement.start).trim() === '';
    const behind = text.slice(statement.end, nextLine(text, statement.end)).replace(/#.*/, '').trim() === '';
    if (!own || !behind) return 'something else stands on the line of a command';
    const next = sent[index + 1]?.statement.start ?? statement.end;
    if (comments.some(({ start }) => start >= nextLine(text, statement.end) && start < next))
      return 'comments stand between the commands';
  }
  return null;
}

function freeName({ bindings }: Source, name: string): string {
  const taken = (one: string) =>
    bindings.all.some((bound) => bound.name === one) || bindings.unbound.some((read) => read.name === one);
  for (let count = 1; ; count += 1) {
    const one = count === 1 ? name : `${name}${count}`;
    if (!taken(one)) return one;
  }
}

/** One step to the right, as the first body of the file has it. */
function stepOf(text: string, outer: string): string {
  if (outer.includes('\t')) return '\t';
  return /:[ \t]*(?:#.*)?\r?\n([ \t]+)\S/.exec(text)?.[1] ?? '    ';
}
