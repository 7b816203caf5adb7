/** Classes of the project that open clients for themselves, and where they are instantiated. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { WrapperInstance } from '../model/traced.js';
import { bindingOf } from './container.js';
import { located } from './located.js';
import type { ObjectId } from './objects.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';
import type { Solver } from './solver.js';

interface Construction {
  file: number;
  value: ValueId;
  call: CallValue;
  /** Classes that can be constructed there. */
  classes: ObjectId[];
}

/** Every `new` of a class that opens, in the order of files and places. */
export function wrapperInstances(followed: Followed): WrapperInstance[] {
  const constructions = constructionsOf(followed.solver);
  const wrappers = wrapperClasses(followed.solver, constructions);
  return constructions
    .filter(({ classes }) => classes.some((id) => wrappers.has(id)))
    .map((construction) => instanceOf(followed, construction))
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Classes that open clients for themselves. */
export function classesThatOpen(solver: Solver): Set<ObjectId> {
  return wrapperClasses(solver, constructionsOf(solver));
}

/** Calls that construct classes of the project. */
function constructionsOf(solver: Solver): Construction[] {
  const { program } = solver;
  const found: Construction[] = [];
  for (const file of program.files) {
    const python = file.facts.language === 'python';
    file.facts.values.forEach((call, value) => {
      if (call.kind !== 'call' || (!call.new && !python)) return;
      const objects = [...solver.of(program.valueNode(file.index, call.callee))];
      const classes = objects.filter((id) => solver.objects.get(id).kind === 'class');
      if (classes.length > 0) found.push({ file: file.index, value, call, classes });
    });
  }
  return found;
}

/**
 * Classes with an opening or a factory call in their own code; classes that construct one of those in their own code and
 * keep it; and what is derived from them.
 */
function wrapperClasses(solver: Solver, constructions: readonly Construction[]): Set<ObjectId> {
  const found = new Set<ObjectId>();
  solver.objects.all.forEach((object) => {
    if (object.kind !== 'client') return;
    const places = [solver.clients.openings[object.opening], ...object.via.map((node) => solver.program.valueOf(node))];
    for (const place of places) {
      const owner = place ? classAround(solver, place) : null;
      if (owner !== null) found.add(owner);
    }
  });
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const construction of constructions) {
      const owner = classAround(solver, construction);
      const keeps = owner !== null && construction.classes.some((id) => found.has(id) && id !== owner);
      if (keeps && isKeptInField(solver, construction)) found.add(owner);
    }
    for (const id of [...found]) for (const sub of solver.derived.of(id)) found.add(sub);
  }
  return found;
}

function classAround(solver: Solver, { file, value }: { file: number; value: ValueId }): ObjectId | null {
  const owner = solver.program.classOf(file, solver.program.value(file, value).scope);
  return owner === null ? null : solver.objects.intern({ kind: 'class', file, scope: owner });
}

/** `this.x = new W()`, `x = new W()` as a field, also behind `await`, `??` and the like. */
function isKeptInField(solver: Solver, { file, value }: Construction): boolean {
  const visit = (id: ValueId, seen: Set<ValueId>): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (solver.consumers(file).get(id) ?? []).some((consumer) => {
      if (consumer.kind === 'same') return visit(consumer.by, seen);
      return consumer.kind === 'flow' && consumer.flow.place.kind === 'field';
    });
  };
  return visit(value, new Set());
}

function instanceOf(
  { program, solver, reach }: Followed,
  { file, value, call, classes }: Construction,
): WrapperInstance {
  const instances = classes.map((id) => {
    const what = solver.objects.get(id);
    return what.kind === 'class' ? solver.objects.intern({ ...what, kind: 'instance' }) : id;
  });
  const isReturned = (result: number) => instances.some((id) => solver.of(result).has(id));
  const first = solver.objects.get(classes[0] ?? 0);
  const name = first.kind === 'class' ? program.scope(first.file, first.scope).name : null;
  const { container, bound } = bindingOf(solver, reach, file, value, isReturned);
  return {
    ...located(program, file, value, call),
    className: name ?? '',
    declaredIn: first.kind === 'class' ? program.file(first.file).facts.file : '',
    args: call.args.length,
    container,
    bound,
  };
}
