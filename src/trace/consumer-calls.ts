/** Calls of consumer libraries: who is called, and with what. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { ConsumerConstruct, ConsumerLibrary } from '../model/library.js';
import { callsOf, externals } from './calls-of.js';
import type { ObjectId } from './objects.js';
import { compare } from './order.js';
import { consumerConstructs } from './packages.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

export interface ConsumerCall {
  file: number;
  value: ValueId;
  call: CallValue;
  library: ConsumerLibrary;
  construct: ConsumerConstruct;
}

/** Every call that can be one of a consumer library, in the order of files and values. */
export function consumerCalls(solver: Solver): ConsumerCall[] {
  const all: ConsumerCall[] = [];
  for (const [file, calls] of callsOf(solver, constructs(solver, false), constructs(solver, true))) {
    for (const { id: value, call } of calls) {
      const callee = solver.program.valueNode(file, call.callee);
      for (const one of constructsIn(solver, callee, false)) all.push({ file, value, call, ...one });
      for (const one of pluginConstructs(solver, file, call)) all.push({ file, value, call, ...one });
    }
  }
  return all;
}

/** Members of packages that are constructs of consumers. */
function constructs(solver: Solver, plugin: boolean): ObjectId[] {
  const isConstruct = (name: string, path: readonly string[]) =>
    name !== '' && consumerConstructs(solver.libraries, name, path, plugin).length > 0;
  return externals(solver, (what) => isConstruct(what.package, what.path));
}

/** Constructs that a call installs: its first argument is one. */
export function pluginConstructs(solver: Solver, file: number, call: CallValue): ReturnType<typeof consumerConstructs> {
  const [first] = call.args;
  return first && !first.spread ? constructsIn(solver, solver.program.valueNode(file, first.value), true) : [];
}

function constructsIn(solver: Solver, node: Node, plugin: boolean): ReturnType<typeof consumerConstructs> {
  const found: ReturnType<typeof consumerConstructs> = [];
  for (const id of solver.of(node)) {
    const what = solver.objects.get(id);
    if (what.kind === 'external' && what.package !== '')
      found.push(...consumerConstructs(solver.libraries, what.package, what.path, plugin));
  }
  // Of several only the first counts: it must not be whichever arrived first.
  return found.length > 1 ? found.sort((a, b) => compare(a.construct.api, b.construct.api)) : found;
}
