/** Calls of consumer libraries: who is called, and with what. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { ConsumerConstruct, ConsumerLibrary } from '../model/library.js';
import { callsIn } from './calls-in.js';
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
  for (const file of solver.program.files) {
    for (const [value, call] of callsIn(file.facts)) {
      const callee = solver.program.valueNode(file.index, call.callee);
      for (const one of constructsIn(solver, callee, false)) all.push({ file: file.index, value, call, ...one });
      for (const one of pluginConstructs(solver, file.index, call)) all.push({ file: file.index, value, call, ...one });
    }
  }
  return all;
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
