/** At the head of a function: who gives a parameter that is ignored is warned. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { nodeOf, type Path } from './find-node.js';
import { lineStart } from './lines.js';
import { child, list, type Node } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { quoted, styleOf } from './style.js';

/** Behind the brace of its body; nothing where it must be given: then nobody can leave it out. */
export function warnParameter(
  source: Source,
  { span, name, given, message }: Extract<Instruction, { kind: 'warn-parameter' }>,
): (Edit | Refusal)[] {
  const found = parameterAt(source, span.start);
  const body = found && child(found.fn, 'body');
  const [first] = body ? list(body, 'body') : [];
  if (!found || body?.type !== 'BlockStatement' || !first) {
    return [refuse('parser-disagreement', `no function has the parameter \`${name}\` here`, source, span.start)];
  }
  if (given.not === 'nothing' && found.param.optional !== true) return [];
  const { text } = source;
  const style = styleOf(source);
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, first.start), first.start))?.[0] ?? '';
  if (!text.slice(body.start, first.start).includes('\n')) {
    return [refuse('statement-in-use', 'the body stands on the line of its function', source, body.start)];
  }
  const other = given.not === 'nothing' ? 'undefined' : text.slice(given.not.start, given.not.end);
  const call = `process.emitWarning(${quoted(message, style)}, ${quoted('DeprecationWarning', style)})`;
  const at = body.start + 1;
  const statement = `if (${name} !== ${other}) ${call}${style.semicolon ? ';' : ''}`;
  return [{ kind: 'replace', start: at, end: at, text: `${style.eol}${indent}${statement}` }];
}

/** The function whose parameter begins at an offset, and the name that the parameter is. */
function parameterAt({ j, root }: Source, offset: number): { fn: Node; param: Node } | null {
  for (const path of root.find(j.Function).paths()) {
    const fn = nodeOf(path as unknown as Path);
    for (const one of list(fn, 'params')) {
      const param = one.type === 'AssignmentPattern' ? child(one, 'left') : one;
      if (param?.type === 'Identifier' && param.start === offset) return { fn, param };
    }
  }
  return null;
}
