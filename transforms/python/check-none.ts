/** A check behind an opening whose accessor may return nothing. */

import type { Edit, NonePolicy } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findStatement } from './find-node.js';
import { indentAt } from './lines.js';
import { child, type Node, parts } from './node.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { styleOf } from './style.js';

const NAMES = ['client', 'redis_client', 'shared_client'];

/** `client = …` is followed by `if client is None: raise …`; `return …` gets a name for what it returns first. */
export function checkNone(source: Source, span: Span, opening: Span, policy: NonePolicy): (Edit | Refusal)[] {
  const statement = findStatement(source, span);
  if (!statement) return [refuse('parser-disagreement', 'no statement with exactly this span', source, span.start)];
  if (statement.type === 'return_statement') return returned(source, statement, policy);
  const target = keptAs(statement, opening);
  if (!target) return [refuse('statement-in-use', NOT_KEPT, source, span.start)];
  return [putBehind(source, span, checkOf(source, statement, textOf(source, target), policy))];
}

/** Text of the check behind a statement `keep` that is moved to where `at` begins, with its line break. */
export function checkBehind(
  source: Source,
  { keep, opening, at }: { keep: Node; opening: Span; at: Node },
  policy: NonePolicy,
): string | Refusal {
  const target = keptAs(keep, opening);
  if (!target) return refuse('statement-in-use', NOT_KEPT, source, keep.start);
  return styleOf(source).eol + indentAt(source.text, at.start) + checkOf(source, at, textOf(source, target), policy);
}

const NOT_KEPT = 'what is opened is not kept under one name here';

/** The one name, or the one attribute, that a statement gives to an opening. */
function keptAs(statement: Node, opening: Span): Node | null {
  const assignment = parts(statement)[0];
  const target = assignment?.type === 'assignment' ? child(assignment, 'left') : null;
  const value = assignment ? child(assignment, 'right') : null;
  const plain = target?.type === 'identifier' || target?.type === 'attribute';
  const holds = value && value.start <= opening.start && value.end >= opening.end && value.type !== 'assignment';
  return plain && holds ? target : null;
}

function textOf({ text }: Source, { start, end }: Span): string {
  return text.slice(start, end);
}

function returned(source: Source, statement: Node, policy: NonePolicy): (Edit | Refusal)[] {
  const { bindings } = source;
  const used = new Set([...bindings.all, ...bindings.unbound].map(({ name }) => name));
  const name = NAMES.find((one) => !used.has(one)) ?? 'none_or_client';
  const { start } = statement;
  const eol = styleOf(source).eol + indentAt(source.text, start);
  return [
    { kind: 'replace', start, end: start + 'return'.length, text: `${name} =` },
    putBehind(source, statement, `${checkOf(source, statement, name, policy)}${eol}return ${name}`),
  ];
}

function checkOf(source: Source, statement: Node, name: string, policy: NonePolicy): string {
  const { eol, quote } = styleOf(source);
  const indent = indentAt(source.text, statement.start);
  const inner = indent + (indent.includes('\t') ? '\t' : '    ');
  const action = policy === 'raise' ? `raise ConnectionError(${quote}Redis is not available${quote})` : 'return None';
  return `if ${name} is None:${eol}${inner}${action}`;
}
