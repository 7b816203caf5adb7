/** Calls of assertion libraries and test frameworks, which only look at what they are given. */

import { type Inspects, inspects } from '../libraries/inspectors.js';
import { PARAMETER } from '../libraries/mocks.js';
import type { ValueId } from '../model/facts.js';
import type { Consumer } from './consumers.js';
import { dottedName } from './dotted-name.js';
import type { AbstractObject, ObjectId } from './objects.js';
import type { Solver } from './solver.js';

/** What calling an object in a file does with its first argument; null: it is no inspector. */
export function inspectedBy(solver: Solver, file: number, callee: AbstractObject): Inspects | null {
  if (callee.kind !== 'external') return null;
  const isTest = solver.program.file(file).project.zone === 'test';
  return callee.package === '' && !isTest ? null : inspects(callee.package, callee.path);
}

/** The same of a callee that is a member of a test's fixture: `mocker.patch.object`. */
export function inspectedByFixture({ program }: Solver, file: number, callee: ValueId): Inspects | null {
  const { facts, project } = program.file(file);
  const name = project.zone === 'test' ? dottedName(facts, callee) : null;
  return name?.root.kind === 'parameter' ? inspects(PARAMETER, [...name.root.path, ...name.path]) : null;
}

/** Whether a client's way into that argument ends there: looked at, or patched by a test that did not open it. */
export function isInspected(solver: Solver, file: number, how: Inspects, clients: Iterable<ObjectId>): boolean {
  if (how === 'looks') return true;
  const isTest = (index: number) => solver.program.file(index).project.zone === 'test';
  return isTest(file) && [...clients].every((id) => !isTest(solver.clients.openingOf(id).found.file));
}

/** A member that is read for inspectors alone: `expect(redis.get)`. Nothing calls it. */
export function isOnlyLookedAt(solver: Solver, file: number, value: ValueId): boolean {
  const taken = solver.consumers(file).get(value) ?? [];
  return taken.length > 0 && taken.every((consumer) => isLook(solver, file, consumer));
}

function isLook(solver: Solver, file: number, consumer: Consumer): boolean {
  if (consumer.kind !== 'argument' || consumer.index !== 0 || consumer.spread) return false;
  const call = solver.program.value(file, consumer.by);
  if (call.kind !== 'call') return false;
  const callees = [...solver.of(solver.program.valueNode(file, call.callee))].map((id) => solver.objects.get(id));
  return callees.length > 0 && callees.every((callee) => inspectedBy(solver, file, callee) === 'looks');
}
