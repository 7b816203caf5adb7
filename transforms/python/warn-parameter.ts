/** At the head of a function: who gives a parameter that is ignored is warned. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { nameAt } from './accessor-name.js';
import { indentAt, nextLine } from './lines.js';
import { around, child, type Node, parts, walk } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

/** On lines of its own behind the head of the function, or behind what documents it. */
export function warnParameter(
  source: Source,
  { span, name, given, message, use }: Extract<Instruction, { kind: 'warn-parameter' }>,
): Edit | Refusal {
  const fn = functionOf(source, span.start);
  const body = fn && child(fn, 'body');
  const first = body ? parts(body)[0] : undefined;
  if (!fn || !body || !first || !use || typeof given.not === 'string') {
    return refuse('parser-disagreement', `no function has the parameter \`${name}\` here`, source, span.start);
  }
  const { text } = source;
  const behind = isText(first) ? first.end : headEnd(fn, body);
  const stop = nextLine(text, behind);
  const end = stop - (/\r?\n$/.exec(text.slice(behind, stop))?.[0].length ?? 0);
  if (!/^[ \t]*(?:#.*)?$/.test(text.slice(behind, end)) || (first.start < end && !isText(first))) {
    return refuse('statement-in-use', 'the body stands on the line of its function', source, body.start);
  }
  const { eol, quote } = styleOf(source);
  const indent = indentAt(text, first.start);
  const inner = indent + (indent.includes('\t') ? '\t' : '    ');
  const other = text.slice(given.not.start, given.not.end);
  const test = other === 'None' ? `${name} is not None` : `${name} != ${other}`;
  const call = `${nameAt(source, use, body.start)}(${quote}${message}${quote}, DeprecationWarning, stacklevel=2)`;
  return { kind: 'replace', start: end, end, text: `${eol}${indent}if ${test}:${eol}${inner}${call}` };
}

function functionOf({ module }: Source, offset: number): Node | null {
  for (const node of walk(module)) {
    if (node.type === 'identifier' && node.start === offset)
      return around(node).find(({ type }) => type === 'function_definition') ?? null;
  }
  return null;
}

function headEnd(fn: Node, body: Node): number {
  const colon = fn.children.filter((one) => !one.named && one.end <= body.start).at(-1);
  return colon?.end ?? body.start;
}

function isText(statement: Node): boolean {
  return statement.type === 'expression_statement' && parts(statement)[0]?.type === 'string';
}
