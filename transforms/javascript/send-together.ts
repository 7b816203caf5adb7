/** Awaited calls that follow each other become one pipeline: `await pool.pipeline((pipeline) => pipeline.set(…).set(…))`. */

import type { Edit, Instruction, SentTogether } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { findStatement, isListed } from './find-node.js';
import { lineStart } from './lines.js';
import { child, nameOf } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import { foundCall } from './replace-call.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

type Together = Extract<Instruction, { kind: 'send-together' }>;

/** What fits on a line of most formatters. */
const LINE = 80;

/** Edits of what stands around the arguments, which stay as they are written. */
export function sendTogether(source: Source, { span, use, method, sent }: Together): (Edit | Refusal)[] {
  const { comments } = source;
  const [first, last] = [sent[0]?.statement, sent.at(-1)?.statement];
  if (!first || !last) return [refuse('no-transform', 'there is no command', source, span.start)];
  if (comments.some(({ start }) => start >= first.start && start < last.end))
    return [refuse('no-transform', 'comments stand between the commands', source, span.start)];
  const parts = sent.map((one) => partOf(source, one));
  const refused = parts.find((one) => 'ok' in one);
  if (refused) return [refused];
  const commands = parts.flatMap((one) => ('ok' in one ? [] : [one]));
  const name = freeName(source, 'pipeline');
  const head = `await ${accessorCall(source, nameAt(source, use, span.start), use)}.${method}((${name}) =>`;
  const end = `)${styleOf(source).semicolon ? ';' : ''}`;
  const { lead, link, tail } = layout(source, { first, head, end, name, commands });
  const edits = commands.map(({ command, given }, index): Edit => {
    const start = index === 0 ? first.start : (commands[index - 1]?.given.end ?? 0);
    return { kind: 'replace', start, end: given.start, text: `${index === 0 ? lead : ''}${link}.${command}` };
  });
  return [...edits, { kind: 'replace', start: commands.at(-1)?.given.end ?? last.end, end: last.end, text: tail }];
}

/** A command and where its arguments stand, with their parentheses. */
interface Part {
  command: string;
  given: Span;
}

function partOf(source: Source, { statement, call, command }: SentTogether): Part | Refusal {
  const path = findStatement(source, statement);
  const node = foundCall(source, call)?.node;
  const callee = node?.type === 'CallExpression' ? child(node, 'callee') : null;
  if (!path || !isListed(path) || !node || !callee)
    return refuse('parser-disagreement', 'no statement with exactly this call', source, call.start);
  if (!source.text.startsWith('(', callee.end))
    return refuse('no-transform', 'something stands between the method and its arguments', source, callee.end);
  return { command, given: { start: callee.end, end: node.end } };
}

/** What stands before the first command, before each, and at the end: on one line where that fits. */
function layout(
  source: Source,
  { first, head, end, name, commands }: { first: Span; head: string; end: string; name: string; commands: Part[] },
): { lead: string; link: string; tail: string } {
  const { text } = source;
  const all = commands.map(({ command, given }) => `.${command}${text.slice(given.start, given.end)}`).join('');
  const short = `${head} ${name}${all}${end}`;
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, first.start), first.start))?.[0] ?? '';
  if (indent.length + short.length <= LINE && !/[\r\n]/.test(short))
    return { lead: `${head} ${name}`, link: '', tail: end };
  const { eol } = styleOf(source);
  const step = indent.includes('\t') ? '\t' : '  ';
  return {
    lead: `${head}${eol}${indent}${step}${name}`,
    link: `${eol}${indent}${step}${step}`,
    tail: `,${eol}${indent}${end}`,
  };
}

function freeName({ bindings }: Source, name: string): string {
  const taken = (one: string) =>
    bindings.all.some((bound) => bound.name === one) || bindings.unbound.some((node) => nameOf(node) === one);
  for (let count = 1; ; count += 1) {
    const one = count === 1 ? name : `${name}${count}`;
    if (!taken(one)) return one;
  }
}
