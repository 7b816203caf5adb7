/** Calls, and the few builtins that are no calls to the analysis. */

import { createHash } from 'node:crypto';
import type { Argument, ValueId } from '../../model/facts.js';
import type { BareValue, Builder, Context } from './builder.js';
import { envCall } from './env.js';
import { expression } from './expressions.js';
import { field, type Node, parts, spanOf } from './tree.js';

/** Builtins that only look at their arguments. */
const LOOKS = new Set(['isinstance', 'issubclass', 'hasattr', 'callable', 'bool', 'type', 'id', 'len']);

/** Name of a `**mapping` argument: its keywords are not known. */
export const MAPPING = '**';

export function callValue(builder: Builder, node: Node, context: Context): ValueId {
  const env = envCall(builder, node, context);
  if (env !== null) return env;
  const callee = field(node, 'function');
  const args = argumentsOf(builder, field(node, 'arguments'), context);
  const builtin = callee === null ? null : builtinOf(builder, callee, args, context);
  if (builtin !== null) return builder.value(builtin, spanOf(node), context);
  const call: BareValue = {
    kind: 'call',
    callee: expression(builder, callee ?? node, context),
    args,
    new: false,
    optional: false,
    result: 'used',
    digest: digestOf(node.text),
  };
  return builder.value(call, spanOf(node), context);
}

function argumentsOf(builder: Builder, list: Node | null, context: Context): Argument[] {
  if (list === null) return [];
  if (list.type === 'generator_expression')
    return [{ value: expression(builder, list, context), spread: false, name: null }];
  return parts(list).map((node) => {
    const inner = field(node, 'value');
    if (node.type === 'keyword_argument' && inner !== null) {
      return { value: expression(builder, inner, context), spread: false, name: field(node, 'name')?.text ?? null };
    }
    const spread = node.type === 'list_splat' || node.type === 'dictionary_splat';
    const value = expression(builder, spread ? (parts(node)[0] ?? node) : node, context);
    return { value, spread, name: node.type === 'dictionary_splat' ? MAPPING : null };
  });
}

/** `super()`, `dict(a=1)` and builtins that only look, unless the file binds the name itself. */
function builtinOf(builder: Builder, callee: Node, args: readonly Argument[], context: Context): BareValue | null {
  if (callee.type !== 'identifier' || builder.lookup(callee.text, context.scope) !== null) return null;
  if (callee.text === 'super') return { kind: 'super', of: classAround(builder, context.scope) };
  if (LOOKS.has(callee.text)) {
    return { kind: 'comparison', operator: callee.text, parts: args.map(({ value }) => value) };
  }
  if (callee.text !== 'dict' || args.some(({ name }) => name === null)) return null;
  const entries = args.map(({ name, value, spread }) => {
    const span = builder.facts.values[value]?.span ?? spanOf(callee);
    return { key: spread ? null : name, value, spread, span };
  });
  return { kind: 'object', entries };
}

function classAround(builder: Builder, from: number): number | null {
  for (let at: number | null = from; at !== null; at = builder.facts.scopes[at]?.parent ?? null) {
    if (builder.facts.scopes[at]?.kind === 'class') return at;
  }
  return null;
}

const STRING_COMMENT_SPACE = /("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#[^\n]*|\s+/g;

/** Hash of a call without white space and comments: it stays when the code is formatted. */
function digestOf(text: string): string {
  const compact = text.replace(STRING_COMMENT_SPACE, (_, string: string | undefined) => string ?? '');
  return createHash('sha256').update(compact).digest('hex').slice(0, 16);
}
