/** Where the project's own classes that open clients are instantiated. */

import type { WrapperInstance } from '../model/traced.js';
import { type Construction, classesThatOpen, constructionsOf, type OpeningClasses } from './classes-that-open.js';
import { bindingOf } from './container.js';
import { propertyNode } from './members.js';
import { followed, type Gathered } from './openings.js';
import { compare } from './order.js';

/**
 * Every `new` of a class that opens, in the order of files and places; not those that are given what it would open, nor
 * those that only ask an accessor (a file of `accessors`).
 */
export function wrapperInstances(gathered: Gathered, accessors: ReadonlySet<string>): WrapperInstance[] {
  const constructions = constructionsOf(gathered.tools);
  const wrappers = classesThatOpen(gathered.tools, constructions, accessors);
  return constructions
    .filter((one) => !isOpening(gathered, one) && one.classes.some((id) => wrappers.opens(id, one)))
    .map((construction) => instanceOf(gathered, wrappers, construction))
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

/** A subclass of a client: its `new` is the opening, and listed as that. */
function isOpening({ tools }: Gathered, { file, value }: Construction): boolean {
  return tools.solver.clients.openings.some((one) => one.file === file && one.value === value);
}

function instanceOf(gathered: Gathered, wrappers: OpeningClasses, construction: Construction): WrapperInstance {
  const { program, solver, reach } = gathered.tools;
  const { file, value, call, classes } = construction;
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
  const clients = [...new Set(classes.flatMap((id) => wrappers.clientsOf(id)))];
  return {
    ...followed(gathered, construction, clients),
    ...bindingOf(solver, reach, file, value, isReturned),
    openings: gathered.openingsOf(clients),
    className: name ?? '',
    declaredIn: first.kind === 'class' ? program.file(first.file).facts.file : '',
    args: call.args.length,
  };
}
