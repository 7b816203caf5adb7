/** Calls, and the few builtins that are no calls to the analysis. */

import { createHash } from 'node:crypto';
import type { Argument, ValueId } from '../../model/facts.js';
import type { BareValue, Builder, Context } from './builder.js';
import { dynamicImport } from './dynamic-imports.js';
import { envCall } from './env.js';
import { expression } from './expressions.js';
import { field, type Node, parts, spanOf } from './tree.js';

/** Builtins that only look at their arguments. */
const LOOKS = new Set(['isinstance', 'issubclass', 'hasattr', 'callable', 'bool', 'type', 'id', 'len']);

/** Name of a `**mapping` argument: its keywords are not known. */
export const MAPPING = '**';

export function callValue(builder: Builder, node: Node, context: Context): ValueId {
  const known = envCall(builder, node, context) ?? dynamicImport(builder, node, context);
  if (known !== null) return known;
  const callee = field(node, 'function');
  const args = argumentsOf(builder, field(node, 'arguments'), context);
  const builtin =
    callee === null
      ? null
      : (builtinOf(builder, callee, args, context) ?? attributeCall(builder, node, callee, args, context));
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

/**
 * `getattr(a, "b")` is `a.b`, with a computed name any attribute of `a`; `setattr(a, "b", v)`, and pytest's
 * `monkeypatch.setattr`, are `a.b = v`. FastAPI calls what it is given: `Depends(f)` is `f()`. Null for any other call.
 */
function attributeCall(
  builder: Builder,
  node: Node,
  callee: Node,
  args: readonly Argument[],
  context: Context,
): BareValue | null {
  const [object, name, last] = args;
  if (!object || args.some(({ spread }) => spread)) return null;
  if (callee.type === 'identifier' && isDependency(builder, callee.text, context)) {
    return {
      kind: 'call',
      callee: object.value,
      args: [],
      new: false,
      optional: false,
      result: 'used',
      digest: digestOf(node.text),
    };
  }
  const key = name === undefined ? undefined : builder.facts.values[name.value];
  if (!name) return null;
  const isBuiltin = callee.type === 'identifier' && builder.lookup(callee.text, context.scope) === null;
  const fixed = key?.kind === 'literal' && typeof key.value === 'string' ? key.value : null;
  const member = { kind: 'member' as const, object: object.value, name: fixed, key: null, optional: false };
  if (isBuiltin && callee.text === 'getattr') {
    const read = fixed === null ? { ...member, key: name.value, attribute: true as const } : member;
    if (!last) return { ...read, write: false };
    const left = builder.value({ ...read, write: false }, spanOf(node), context);
    return { kind: 'logical', operator: '||', left, right: last.value };
  }
  if (fixed === null) return null;
  const sets = (isBuiltin && callee.text === 'setattr') || /^monkeypatch\.setattr$/.test(callee.text);
  if (!sets || !last || last.name !== null) return null;
  const undone = isBuiltin ? {} : { undone: true as const };
  builder.value({ ...member, write: true, ...undone }, spanOf(node), context);
  builder.flow(last.value, { kind: 'member', object: object.value, name: fixed }, spanOf(node), context);
  return { kind: 'literal', value: null };
}

/** `from fastapi import Depends` (or `Security`). */
function isDependency(builder: Builder, name: string, context: Context): boolean {
  const local = builder.lookup(name, context.scope);
  const record = local === null ? null : (builder.facts.locals[local]?.import ?? null);
  const found = record === null ? undefined : builder.facts.imports[record];
  return found?.specifier === 'fastapi' && (found.imported === 'Depends' || found.imported === 'Security');
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
