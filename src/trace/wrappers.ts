/** Where the project's own classes that open clients are instantiated. */

import type { WrapperInstance } from '../model/traced.js';
import { type Construction, classesThatOpen, constructionsOf } from './classes-that-open.js';
import { bindingOf } from './container.js';
import { located } from './located.js';
import { propertyNode } from './members.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';

/** Every `new` of a class that opens, in the order of files and places; not those that are given what it would open. */
export function wrapperInstances(followed: Followed): WrapperInstance[] {
  const constructions = constructionsOf(followed.solver);
  const wrappers = classesThatOpen(followed, constructions);
  return constructions
    .filter((one) => one.classes.some((id) => wrappers.opens(id, one)))
    .map((construction) => instanceOf(followed, construction))
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

function instanceOf(
  { program, solver, reach }: Followed,
  { file, value, call, classes }: Construction,
): WrapperInstance {
  const instances = classes.map((id) => {
    const what = solver.objects.get(id);
    return what.kind === 'class' ? solver.objects.intern({ ...what, kind: 'instance' }) : id;
  });
  const holds = (node: number) => instances.some((id) => solver.of(node).has(id));
  const isReturned = (result: number) =>
    holds(result) ||
    [...solver.of(result)].some((id) => {
      const list = solver.objects.get(id);
      return list.kind === 'record' && list.array && holds(propertyNode(solver, id, null));
    });
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
