/** A check behind an opening whose accessor may return nothing. */

import type { Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { findStatement, isListed, nodeOf } from './find-node.js';
import { lineStart } from './lines.js';
import { child, list, type Node, nameOf } from './node.js';
import { putBehind } from './put-behind.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';
import { quoted, styleOf } from './style.js';

const NAMES = ['client', 'redisClient', 'sharedClient'];

/** `const client = …` is followed by `if (!client) throw …`; `return …` gets a name for what it returns first. */
export function checkNone(source: Source, span: Span, opening: Span, policy: 'raise' | 'return'): (Edit | Refusal)[] {
  const path = findStatement(source, span);
  if (!path || !isListed(path)) {
    return [refuse('parser-disagreement', 'no statement of a list with exactly this span', source, span.start)];
  }
  const statement = nodeOf(path);
  if (statement.type === 'ReturnStatement') return returned(source, statement, policy);
  const [declarator, ...more] = list(statement, 'declarations');
  const name = declarator ? nameOf(child(declarator, 'id')) : null;
  const init = declarator ? child(declarator, 'init') : null;
  if (more.length > 0 || name === null || !init || init.start > opening.start || init.end < opening.end) {
    return [refuse('statement-in-use', 'what is opened is not kept under one name here', source, span.start)];
  }
  return [putBehind(source, span, checkOf(source, name, policy))];
}

function returned(source: Source, statement: Node, policy: 'raise' | 'return'): (Edit | Refusal)[] {
  const { bindings, text } = source;
  const used = new Set([...bindings.all.map((one) => one.name), ...bindings.unbound.map((node) => nameOf(node))]);
  const name = NAMES.find((one) => !used.has(one)) ?? 'clientOrNothing';
  const { start } = statement;
  const { eol, semicolon } = styleOf(source);
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
  const last = `return ${name}${semicolon ? ';' : ''}`;
  return [
    { kind: 'replace', start, end: start + 'return'.length, text: `const ${name} =` },
    putBehind(source, statement, `${checkOf(source, name, policy)}${eol}${indent}${last}`),
  ];
}

function checkOf(source: Source, name: string, policy: 'raise' | 'return'): string {
  const style = styleOf(source);
  const action = policy === 'raise' ? `throw new Error(${quoted('Redis is not available', style)})` : 'return null';
  return `if (!${name}) ${action}${style.semicolon ? ';' : ''}`;
}
