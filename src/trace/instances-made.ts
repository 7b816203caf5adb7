/**
 * Python's `__new__`: what a construction gives it, and `X.__new__(X)`, `object.__new__(cls)`, `super().__new__(cls)`, which make
 * an instance whose constructor does not run.
 * Source: docs.python.org/3/reference/datamodel, object.__new__.
 */

import type { CallValue, ValueId } from '../model/facts.js';
import { argumentNode, type CallContext, passArguments } from './calls.js';
import { addInstance } from './clients.js';
import type { AbstractObject, ObjectId } from './objects.js';
import type { Solver } from './solver.js';

/** Bases of other packages that make instances as `object` does. */
const PLAIN_BASES = new Set([' object', 'abc ABC', 'typing Generic', 'typing Protocol']);

/** Lets the instance that such a call makes flow into its result. */
export function addMadeInstance(solver: Solver, call: CallContext): void {
  const made = receiverOfNew(solver, call.file, call.value) === null ? null : argumentNode(solver, call, 0);
  if (made === null) return;
  solver.watch(made, (object) => addInstance(solver, object, call.node));
}

/** `X(a)` calls the `__new__(cls, a)` of Python that the class has or inherits, and gives what that returns. */
export function passToNew(solver: Solver, call: CallContext, file: number, scope: number): void {
  const own = solver.methods.of(file, scope, '__new__', true);
  for (const [id] of own) {
    passArguments(solver, call, file, id, 0);
    solver.copy(solver.program.returnNode(file, id), call.node);
  }
  if (own.length > 0 || solver.program.file(file).facts.language !== 'python') return;
  solver.bases.each(solver.objects.intern({ kind: 'class', file, scope }), (base) => {
    const what = solver.objects.get(base);
    if (what.kind !== 'class' || !solver.isFirst(`makes ${call.node} ${base}`)) return;
    passToNew(solver, call, what.file, what.scope);
  });
}

/** `X.__new__(X, a)`, `super().__new__(cls, a)`: the class is an argument, and no parameter of the facts. */
export function isNewMethod(
  { program }: Solver,
  { file: from, value }: CallContext,
  file: number,
  scope: number,
): boolean {
  const { name, static: ofClass } = program.scope(file, scope);
  const callee = program.value(from, value.callee);
  return name === '__new__' && ofClass === true && callee.kind === 'member' && callee.name === '__new__';
}

/** Whether a call is one of `object`'s own `__new__`: it does nothing to the class that it is given but make an instance of it. */
export function isPlainNew(solver: Solver, file: number, call: CallValue): boolean {
  const receiver = receiverOfNew(solver, file, call);
  if (receiver === null) return false;
  const value = solver.program.value(file, receiver);
  if (value.kind === 'super') {
    return value.of !== null && basesArePlain(solver, file, value.of, new Set());
  }
  const objects = [...solver.of(solver.program.valueNode(file, receiver))];
  return objects.length > 0 && objects.every((id) => isPlain(solver, id, new Set()));
}

/** What `__new__` is read of; null for any other call. */
function receiverOfNew({ program }: Solver, file: number, { callee }: CallValue): ValueId | null {
  const value = program.value(file, callee);
  const isNew = value.kind === 'member' && value.name === '__new__' && program.file(file).facts.language === 'python';
  return isNew ? value.object : null;
}

function isPlain(solver: Solver, id: ObjectId, seen: Set<ObjectId>): boolean {
  const object = solver.objects.get(id);
  if (object.kind === 'external') return isPlainBase(object);
  if (object.kind !== 'class') return false;
  if (seen.has(id)) return true;
  return basesArePlain(solver, object.file, object.scope, seen.add(id));
}

function basesArePlain(solver: Solver, file: number, scope: number, seen: Set<ObjectId>): boolean {
  return (solver.program.scope(file, scope).bases ?? []).every((base) => {
    const value = solver.program.value(file, base);
    // `Generic[T]` is what `Generic` is.
    const named = value.kind === 'member' && value.key !== null ? value.object : base;
    const objects = [...solver.of(solver.program.valueNode(file, named))];
    return objects.length > 0 && objects.every((id) => isPlain(solver, id, seen));
  });
}

function isPlainBase({ package: name, path }: Extract<AbstractObject, { kind: 'external' }>): boolean {
  return PLAIN_BASES.has(`${name} ${path.join('.')}`);
}
