/** Calls that construct a class of Python with arguments that it does not have: they raise whenever they are reached. */

import type { CallValue, FileFacts } from '../model/facts.js';

/**
 * The first argument that the constructor of a class takes under no circumstances: its keyword, or `argument 2` for a
 * position; null where it takes all of them, or may (a base, a decorator, a metaclass, `*args`, arguments that are spread).
 */
export function argumentThatFails(home: FileFacts, className: string, call: CallValue): string | null {
  if (home.language !== 'python' || call.args.some(({ spread, name }) => spread || name === '**')) return null;
  const classes = home.scopes.filter(({ kind, name }) => kind === 'class' && name === className);
  const [own] = classes;
  if (!own || classes.length > 1 || (own.bases ?? []).length > 0 || (own.decorators ?? []).length > 0) return null;
  if (hasMetaclass(home, own)) return null;
  const methods = (own.members ?? []).flatMap((id) => home.scopes[id] ?? []);
  if (methods.some(({ name }) => name === '__new__')) return null;
  const constructors = methods.filter(({ name }) => name === '__init__');
  const [makes] = constructors;
  if (constructors.length > 1 || (makes?.decorators ?? []).length > 0) return null;
  const params = makes?.params ?? [];
  if (params.some(({ rest }) => rest)) return null;
  const names = new Set(params.map(({ name }) => name));
  const keyword = call.args.find(({ name }) => name !== null && !names.has(name));
  if (keyword) return `\`${keyword.name}\``;
  const positions = call.args.filter(({ name }) => name === null).length;
  return positions > params.length ? `argument ${params.length + 1}` : null;
}

/** A keyword of the header is no base, but a value there. */
function hasMetaclass({ values }: FileFacts, { span, body, name }: FileFacts['scopes'][number]): boolean {
  const behindName = span.start + 'class '.length + (name ?? '').length;
  return values.some((value) => value.span.start > behindName && value.span.start < body.start);
}
