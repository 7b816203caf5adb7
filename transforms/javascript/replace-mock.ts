/** A stand-in for a library becomes one for the accessor's module: `vi.mock('ioredis', () => ({ default: Stub }))`. */

import type { Edit, Instruction } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findCall, nodeOf } from './find-node.js';
import { list } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';

/** The name of the module, and a factory whose function gives one stub, made as the code made its client. */
export function replaceMock(source: Source, told: Extract<Instruction, { kind: 'replace-mock' }>): (Edit | Refusal)[] {
  const { span, stub, specifier, gives, construct, names } = told;
  const path = findCall(source, span);
  const [target, factory] = path ? list(nodeOf(path), 'arguments') : [];
  const { text } = source;
  const isText = target && (target.type === 'StringLiteral' || target.type === 'Literal');
  if (!path || !isText || !factory || !/Function/.test(factory.type)) {
    return [refuse('parser-disagreement', 'no stand-in with exactly this span', source, span.start)];
  }
  const quote = text[target.start] ?? "'";
  const indent = indentAt(source, span.start);
  const step = /\n([ \t]+)/.exec(text.slice(factory.start, factory.end))?.[1]?.slice(indent.length) || '  ';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const made = construct ? `new ${names.made}()` : `${names.made}()`;
  const lines = [
    '() => {',
    `${indent}${step}const ${names.made} = ${textOf(source, stub, indent + step)};`,
    `${indent}${step}const ${names.kept} = ${made};`,
    `${indent}${step}return { ${gives}: () => ${names.kept} };`,
    `${indent}}`,
  ];
  return [
    { kind: 'replace', start: target.start, end: target.end, text: quote + specifier + quote },
    { kind: 'replace', start: factory.start, end: factory.end, text: lines.join(newline) },
  ];
}

/** Blanks in front of the line of an offset. */
function indentAt({ text }: Source, offset: number): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** Text of the stub with its lines moved to the left with the first one; a template in it keeps its lines as they are. */
function textOf(source: Source, stub: Span, indent: string): string {
  const text = source.text.slice(stub.start, stub.end);
  const own = indentAt(source, stub.start);
  if (text.includes('`') || !own.startsWith(indent) || own === indent) return text;
  return text.replaceAll(`\n${own}`, `\n${indent}`);
}
