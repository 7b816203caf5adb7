/** What surely runs before and after what inside one function. Positions count: a loop that runs again is not followed. */

import type { BlockId, FileFacts, ScopeId, Span, Statement, Value, ValueId } from '../model/facts.js';
import { functionAround } from './context.js';

/** A piece of code: where it stands and what is around it. */
export interface Placed {
  span: Span;
  scope: ScopeId;
  block: BlockId | null;
}

/** Calls that end the process: nothing behind them runs. */
const ENDS_PROCESS = new Set(['process.exit', 'process.abort', 'process.kill', 'sys.exit', 'os._exit', 'exit']);

/** Ends of blocks that leave more than the block. */
const LEAVES = new Set(['return', 'return-none', 'raise', 'break', 'continue']);

/** Whether `late` runs whenever `early` ran and nothing failed: it is further down, no deeper, and no way out lies between. */
export function runsAfter(facts: FileFacts, early: Placed, late: Placed): boolean {
  const fn = functionAround(facts, early.scope);
  if (functionAround(facts, late.scope) !== fn || late.span.start < early.span.end) return false;
  if (!blocksOf(facts, early.block).includes(late.block)) return false;
  return !leavesBetween(facts, fn, early.span.end, late.span.start);
}

/** The blocks around a place, innermost first; null, which is no block, is the last. */
export function blocksOf(facts: FileFacts, block: BlockId | null): (BlockId | null)[] {
  const found: (BlockId | null)[] = [block];
  for (let at = block; at !== null; ) {
    at = facts.blocks[at]?.parent ?? null;
    found.push(at);
  }
  return found;
}

/** Whether the function can be left between two offsets, other than by an error. */
export function leavesBetween(facts: FileFacts, fn: ScopeId | null, from: number, to: number): boolean {
  const within = ({ span, scope }: { span: Span; scope: ScopeId }) =>
    span.start >= from && span.start < to && functionAround(facts, scope) === fn;
  if (facts.statements.some((one) => (one.kind === 'return' || one.kind === 'throw') && within(one))) return true;
  const ends = facts.blocks.filter((one) => LEAVES.has(one.exit) && functionAround(facts, one.scope) === fn);
  if (ends.some(({ span }) => span.end > from && span.end <= to)) return true;
  return facts.values.some(
    (value) => value.kind === 'call' && within(value) && ENDS_PROCESS.has(nameOf(facts, value.callee)),
  );
}

/** The outermost statement around an offset that runs whenever `early` ran; null when there is none behind it. */
export function statementAfter(facts: FileFacts, early: Placed, inside: Span): Statement | null {
  const around = facts.statements.filter(
    (one) => one.span.start <= inside.start && inside.end <= one.span.end && runsAfter(facts, early, one),
  );
  const [outermost] = around.toSorted((a, b) => b.span.end - b.span.start - (a.span.end - a.span.start));
  if (!outermost) return null;
  const fn = functionAround(facts, early.scope);
  return leavesBetween(facts, fn, outermost.span.start, outermost.span.end) ? null : outermost;
}

/**
 * Calls that a function makes from an offset on, those of functions inside of it too. At module level (null) those of
 * declared functions do not count: whoever calls them from there does.
 */
export function callsFrom(facts: FileFacts, fn: ScopeId | null, from: number): ValueId[] {
  const declared = fn === null ? declaredFunctions(facts) : [];
  return facts.values.flatMap((value, id) => {
    if (value.kind !== 'call' || value.span.start < from || !isWithin(facts, value.scope, fn)) return [];
    return declared.some((one) => isWithin(facts, value.scope, one)) ? [] : [id];
  });
}

function declaredFunctions(facts: FileFacts): ScopeId[] {
  return facts.locals.flatMap(({ kind, declares }) => (kind === 'function' && declares !== null ? [declares] : []));
}

export function isWithin(facts: FileFacts, scope: ScopeId, fn: ScopeId | null): boolean {
  if (fn === null) return true;
  for (let at: ScopeId | null = scope; at !== null; at = facts.scopes[at]?.parent ?? null) if (at === fn) return true;
  return false;
}

/** Whether something waits for a call inside of its statement: `await a.b().catch(c)`. */
export function isAwaited(facts: FileFacts, call: Span, statement: Span): boolean {
  return facts.values.some(
    ({ kind, span }) =>
      kind === 'await' &&
      span.start >= statement.start &&
      span.end <= statement.end &&
      span.start <= call.start &&
      call.end <= span.end,
  );
}

/** The statement of a call that does nothing else: `await close();`, `close();`, `void close();`. Else null. */
export function soleStatement(facts: FileFacts, id: ValueId): Statement | null {
  const call = facts.values[id];
  const statement = call && call.statement !== null ? facts.statements[call.statement] : undefined;
  if (!call || statement?.kind !== 'expression') return null;
  const whole = facts.values.find((value) => value.kind === 'await' && value.value === id) ?? call;
  const before = whole.span.start - statement.span.start;
  // Nothing but `void ` may stand before it, and nothing but `;` behind it.
  const sole = (before === 0 || before === 'void '.length) && statement.span.end - whole.span.end <= 1;
  return sole ? statement : null;
}

/** A callee as it is written: `this.logger.info`, `server.close`; `…` for what is no name. */
export function nameOf(facts: FileFacts, id: ValueId): string {
  const value: Value | undefined = facts.values[id];
  switch (value?.kind) {
    case 'reference':
      return facts.locals[value.local]?.name ?? '…';
    case 'global':
      return value.name;
    case 'this':
      return 'this';
    case 'super':
      return 'super';
    case 'member':
      return `${nameOf(facts, value.object)}.${value.name ?? '[…]'}`;
    case 'call':
      return `${nameOf(facts, value.callee)}()`;
    case 'await':
      return nameOf(facts, value.value);
    default:
      return '…';
  }
}

/** Whether a statement is a doc string. */
export function isText({ values, statements }: FileFacts, statement: Statement): boolean {
  const own = values.filter((one) => one.statement !== null && statements[one.statement] === statement);
  return own.length === 1 && own[0]?.kind === 'literal';
}
