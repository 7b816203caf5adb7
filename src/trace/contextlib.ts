/** Python's contextlib (docs.python.org/3/library/contextlib.html): what enters a client that it is given, and closes it later. */

import type { ValueId } from '../model/facts.js';
import { MADE } from './objects.js';
import type { Solver } from './solver.js';

export const CONTEXTLIB = 'contextlib';
/** As what they are given, in a `with`: they close it at its end. */
const CLOSING: ReadonlySet<string> = new Set(['closing', 'aclosing']);
const STACKS: ReadonlySet<string> = new Set(['ExitStack', 'AsyncExitStack']);
const ENTERS: ReadonlySet<string> = new Set(['enter_context', 'enter_async_context']);

/** A call makes a stack of contexts. */
export function makesStack(packageName: string, [name = '', ...more]: readonly string[]): boolean {
  return packageName === CONTEXTLIB && more.length === 0 && STACKS.has(name);
}

/** A call of a stack's method enters what it is given, and gives what that gives. */
export function entersStack(packageName: string, [name = '', made, member = '', ...more]: readonly string[]): boolean {
  return packageName === CONTEXTLIB && STACKS.has(name) && made === MADE && ENTERS.has(member) && more.length === 0;
}

/** A call gives what closes its first argument at the end of a `with`. */
export function closesAtEnd(packageName: string, [name = '', ...more]: readonly string[]): boolean {
  return packageName === CONTEXTLIB && more.length === 0 && CLOSING.has(name);
}

/** The expression that is entered: `client` of `with closing(client)` and of `stack.enter_context(client)`. */
export function enteredValue(solver: Solver, file: number, id: ValueId): ValueId {
  const value = solver.program.value(file, id);
  const [argument, ...more] = value.kind === 'call' ? value.args : [];
  if (value.kind !== 'call' || !argument || argument.spread || more.length > 0) return id;
  const callees = [...solver.of(solver.program.valueNode(file, value.callee))].map((one) => solver.objects.get(one));
  const enters = callees.every(
    (one) => one.kind === 'external' && (closesAtEnd(one.package, one.path) || entersStack(one.package, one.path)),
  );
  return callees.length > 0 && enters ? enteredValue(solver, file, argument.value) : id;
}
