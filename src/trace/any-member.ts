/** Members of instances and classes that are read by a name which is not known. */

import { addMethods, allFieldsNode, type Made } from './members.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/**
 * Any member of an instance or of a class itself. What is copied from it (`{ ...object }`) is its fields alone; code that
 * reads a member of a computed name can get a method too, also one that a base class of another package has.
 */
export function loadAny(solver: Solver, object: ObjectId, made: Made, to: Node, methods: boolean): void {
  solver.copy(allFieldsNode(solver, object), to);
  if (!methods) return;
  const add = ({ kind, file, scope }: Made) =>
    addMethods(solver, file, solver.methods.all(file, scope, kind === 'class'), to);
  add(made);
  const own = solver.objects.intern({ ...made, kind: 'class' });
  solver.derived.each(own, (sub) => {
    const what = solver.objects.get(sub);
    if (what.kind === 'class') add({ ...what, kind: made.kind });
  });
  solver.bases.each(own, (base) => {
    const what = solver.objects.get(base);
    if (what.kind !== 'class') return solver.add(to, solver.crowds.unknown);
    const inherited = solver.objects.intern({ ...what, kind: made.kind });
    if (solver.isFirstLoad(inherited, null, to)) loadAny(solver, inherited, { ...what, kind: made.kind }, to, true);
  });
}
