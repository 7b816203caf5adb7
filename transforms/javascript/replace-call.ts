/** Replaces one call or `new` expression by a call of the accessor. */

import type { AccessorUse, Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { accessorCall } from './accessor-call.js';
import { nameAt } from './accessor-name.js';
import { whyNoAwait } from './await-context.js';
import { around, findCall, nodeOf, type Path } from './find-node.js';
import { children, isFunction, type Node, word } from './node.js';
import { type Refusal, refuse } from './refuse.js';
import type { Source } from './source.js';

/** Fields in which `await x` needs parentheses. */
const TIGHT: Record<string, string> = {
  MemberExpression: 'object',
  OptionalMemberExpression: 'object',
  CallExpression: 'callee',
  OptionalCallExpression: 'callee',
  NewExpression: 'callee',
  TaggedTemplateExpression: 'tag',
  BinaryExpression: 'left',
  ClassDeclaration: 'superClass',
  ClassExpression: 'superClass',
  TSNonNullExpression: 'expression',
};

const EFFECTS = new Set(['AssignmentExpression', 'UpdateExpression', 'YieldExpression']);

export interface FoundCall {
  path: Path;
  node: Node;
  /** Nodes around it, innermost first. */
  parents: Node[];
}

/** The call with exactly this span; null when the two parsers do not agree. */
export function foundCall(source: Source, span: Span): FoundCall | null {
  const path = findCall(source, span);
  return path ? { path, node: nodeOf(path), parents: around(path) } : null;
}

/** The edit, or why there is none: no such node, `await` where none may stand, an argument that does more than give a value. */
export function replaceCall(source: Source, span: Span, use: AccessorUse): Edit | Refusal {
  const found = foundCall(source, span);
  if (!found) return refuse('parser-disagreement', 'no call with exactly this span', source, span.start);
  const effect = effectIn(found.node);
  if (effect) {
    return refuse('statement-in-use', 'an argument assigns or yields, and that would be lost', source, effect.start);
  }
  const call = accessorCall(source, nameAt(source, use, span.start), use);
  const edit = (text: string): Edit => ({ kind: 'replace', start: span.start, end: span.end, text });
  if (!use.awaited || found.parents[0]?.type === 'AwaitExpression') return edit(call);
  const why = whyNoAwait(source, found.path);
  if (why !== null) return refuse('context-not-async', `\`await\` cannot stand here: ${why}`, source, span.start);
  return edit(awaited(source, found, call));
}

/** `await` in front of a call, in parentheses where it needs them. */
export function awaited(source: Source, found: FoundCall, call: string): string {
  const parent = found.parents[0];
  const extra = found.node.extra as { parenthesized?: boolean } | undefined;
  const exponent = parent?.type !== 'BinaryExpression' || parent.operator === '**';
  const tight = parent !== undefined && exponent && parent[TIGHT[parent.type] ?? ''] === found.node;
  if (!tight || extra?.parenthesized === true) return `await ${call}`;
  return `${startsGluedStatement(source, found) ? ';' : ''}(await ${call})`;
}

/** Without semicolons, a line that begins with `(` would be a call of what stands on the line before. */
function startsGluedStatement(source: Source, found: FoundCall): boolean {
  const statement = found.parents.find((node) => node.type === 'ExpressionStatement');
  if (statement?.start !== found.node.start) return false;
  const before = withoutComments(source, statement.start).trimEnd();
  return before !== '' && !/[;{}]$/.test(before);
}

function withoutComments(source: Source, end: number): string {
  const chars = source.text.slice(0, end).split('');
  for (const comment of source.comments) {
    if (comment.end <= end) chars.fill(' ', comment.start, comment.end);
  }
  return chars.join('');
}

/** An assignment or `yield` that runs when the arguments are computed; those inside of functions do not. */
export function effectIn(node: Node): Node | null {
  for (const below of children(node)) {
    if (isFunction(below.node)) continue;
    const unary = below.node.type === 'UnaryExpression' && word(below.node, 'operator') === 'delete';
    if (EFFECTS.has(below.node.type) || unary) return below.node;
    const inner = effectIn(below.node);
    if (inner) return inner;
  }
  return null;
}
