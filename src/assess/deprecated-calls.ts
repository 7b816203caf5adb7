/** Whether calls of the old name fit what stands for it: arguments, and who waits. */

import type { CallValue, FileFacts, Param, ScopeId } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import { placeIn } from './instance-reasons.js';
import type { NameKind } from './modules.js';
import { reason } from './reasons.js';

/** A function or class of a module, as its callers see it. */
export interface Callable {
  kind: NameKind;
  /** Null: not seen. */
  params: readonly Param[] | null;
}

/** The callable that a module exports under a name; null when it is not seen there. */
export function callableOf(facts: FileFacts, name: string, kind: NameKind): Callable {
  const value = facts.exports.find((one) => one.name === name)?.value ?? null;
  const found = value === null ? undefined : facts.values[value];
  const declared =
    found?.kind === 'reference'
      ? (facts.locals[found.local]?.declares ?? null)
      : found?.kind === 'function' || found?.kind === 'class'
        ? found.of
        : null;
  return { kind, params: declared === null ? null : paramsOf(facts, declared) };
}

function paramsOf({ scopes }: FileFacts, id: ScopeId): readonly Param[] | null {
  const scope = scopes[id];
  if (scope?.kind === 'function') return scope.params ?? [];
  const made = (scope?.members ?? []).map((one) => scopes[one]).find((one) => one?.form === 'constructor');
  if (made) return made.params ?? [];
  return (scope?.bases ?? []).length > 0 ? null : [];
}

/** The first call that does not fit; null when all do. `name` is the old name, `to` the new one. */
export function misfit(
  facts: FileFacts,
  calls: readonly CallValue[],
  names: { name: string; to: string },
  { was, is }: { was: Callable; is: Callable },
): Reason | null {
  for (const call of calls) {
    const why = waits(facts, call, is) ?? whyNot(call, was, is);
    if (why !== null) return reason('import-call', { ...names, why }, placeIn(facts, call.span.start));
  }
  return null;
}

/** Python: what is awaited must be a coroutine, and a coroutine must be awaited. */
function waits({ language }: FileFacts, { result }: CallValue, { kind }: Callable): string | null {
  if (language !== 'python') return null;
  if (kind === 'coroutine' && result !== 'awaited') return 'it is a coroutine function, and this call does not wait';
  return result === 'awaited' && kind !== 'coroutine' ? 'this call waits, and it is no coroutine function' : null;
}

/** Why the arguments of a call do not fit. */
function whyNot({ args }: CallValue, was: Callable, { params }: Callable): string | null {
  if (args.length === 0 && params === null) return null;
  if (params === null) return 'its parameters are not seen';
  const positional = args.filter(({ name }) => name === null);
  if (args.some(({ spread }) => spread)) return 'the arguments are spread';
  const rest = params.some((one) => one.rest);
  for (const [index] of positional.entries()) {
    const mine = params[index];
    if (!mine) return rest ? null : 'it takes fewer arguments';
    const before = was.params?.[index];
    if (before === undefined || before.name !== mine.name) return `argument ${index + 1} may mean something else there`;
  }
  const unknown = args.find(({ name }) => name !== null && !rest && !params.some((one) => one.name === name));
  if (unknown) return `it has no parameter \`${unknown.name}\``;
  const given = new Set([
    ...args.flatMap(({ name }) => name ?? []),
    ...params.slice(0, positional.length).map((one) => one.name),
  ]);
  const missing = params.find((one) => one.default === null && !one.rest && !given.has(one.name));
  return missing ? `it asks for \`${missing.name}\`` : null;
}
