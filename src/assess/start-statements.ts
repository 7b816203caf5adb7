/** Beside which statements of a function the accessor's start and close are called. */

import { isEnvironment } from '../libraries/environment-changes.js';
import type { BlockId, FileFacts, ScopeId, Span, Statement, ValueId } from '../model/facts.js';
import type { StartPlace } from '../model/traced.js';
import { type Context, functionAround } from './context.js';
import { isText, nameOf } from './function-order.js';
import { isCloser } from './hook-uses.js';

/**
 * The first statement of a function behind its doc string, or of a module that does something; null: it has none. What
 * JavaScript puts into the environment before is read by the accessor: it comes first.
 */
export function beginOf(facts: FileFacts, scope: ScopeId): Span | null {
  const body = bodyOf(facts, scope, null);
  const runs = scope === 0 ? body.filter((one) => does(facts, one)) : body;
  const rest =
    facts.language === 'python' ? runs : runs.slice(runs.findLastIndex((one) => fillsEnvironment(facts, one)) + 1);
  return rest.find((one, index) => index > 0 || !isText(facts, one))?.span ?? null;
}

/** Whether a statement of a module does more than to declare. */
function does(facts: FileFacts, { kind, span }: Statement): boolean {
  if (kind === 'import') return false;
  return facts.values.some(
    (value) =>
      (value.kind === 'call' || value.kind === 'await') &&
      value.span.start >= span.start &&
      value.span.end <= span.end &&
      functionAround(facts, value.scope) === null,
  );
}

/** `dotenv.config()`, `process.loadEnvFile()`, `process.env.A = …`. */
function fillsEnvironment(facts: FileFacts, { span }: Statement): boolean {
  const within = (other: Span) => other.start >= span.start && other.end <= span.end;
  const called = facts.values.some(
    (value) => value.kind === 'call' && within(value.span) && fillsIt(facts, value.callee),
  );
  return (
    called ||
    facts.flows.some(
      ({ place, span: at }) => place.kind === 'member' && within(at) && isEnvironment(nameOf(facts, place.object)),
    )
  );
}

function fillsIt(facts: FileFacts, callee: ValueId): boolean {
  const name = nameOf(facts, callee);
  if (name === 'process.loadEnvFile') return true;
  const root = rootOf(facts, callee);
  return root !== null && /^dotenv(?:-|$)/.test(root);
}

/** Module of the import that the first name of a callee is. */
function rootOf(facts: FileFacts, id: ValueId): string | null {
  const value = facts.values[id];
  if (value?.kind === 'member') return rootOf(facts, value.object);
  const local = value?.kind === 'reference' ? facts.locals[value.local] : undefined;
  return local?.import === null || local?.import === undefined
    ? null
    : (facts.imports[local.import]?.specifier ?? null);
}

/**
 * The statement behind which everything is closed: the last of the function, or of the `finally` around the `yield` of a
 * lifespan. Closers of clients do not count: those that move go. Null: there is no such statement that always runs.
 */
export function endOf(context: Context, facts: FileFacts, { form, scope }: StartPlace): Span | null {
  const block = form === 'lifespan' ? endingBlock(facts, scope) : null;
  if (block === undefined) return null;
  const closers = (context.uses.get(facts.file) ?? []).flatMap(({ opening, use }) =>
    use.wholeStatement !== null && isCloser(opening, use) ? [use.wholeStatement.start] : [],
  );
  const body = bodyOf(facts, scope, block);
  const last = body.findLast(({ span }) => !closers.includes(span.start));
  const leaves = body.some(({ kind }) => kind === 'return' || kind === 'throw');
  return last === undefined || leaves || (block === null && isText(facts, last)) ? null : last.span;
}

/** The block whose end is that of a lifespan; null: its body; undefined: none. */
function endingBlock(facts: FileFacts, scope: ScopeId): BlockId | null | undefined {
  const yields = facts.values.filter((one) => one.kind === 'unknown' && one.what === 'yield' && one.scope === scope);
  const [only, other] = yields;
  if (!only || other) return undefined;
  let found: BlockId | null = null;
  for (let at: BlockId | null = only.block; at !== null; at = facts.blocks[at]?.parent ?? null) {
    const block = facts.blocks[at];
    if (!block || block.kind === 'loop' || block.kind === 'catch' || block.kind === 'finally') return undefined;
    if (block.kind === 'try') found = finallyOf(facts, at) ?? found;
  }
  return found;
}

/** The `finally` of a `try`: one statement holds both. */
function finallyOf(facts: FileFacts, id: BlockId): BlockId | null {
  const own = facts.blocks[id];
  if (!own) return null;
  const at = facts.blocks.findIndex(
    ({ kind, parent, span }) => kind === 'finally' && parent === own.parent && span.start >= own.span.end,
  );
  const end = facts.blocks[at];
  const together = facts.statements.some(
    ({ span, block }) =>
      end !== undefined && block === own.parent && span.start < own.span.start && end.span.end <= span.end,
  );
  return together ? at : null;
}

function bodyOf(facts: FileFacts, scope: ScopeId, block: BlockId | null): Statement[] {
  return facts.statements
    .filter((one) => one.scope === scope && one.block === block)
    .sort((a, b) => a.span.start - b.span.start);
}
