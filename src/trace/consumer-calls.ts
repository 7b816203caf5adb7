/** Calls of consumer libraries: who is called, and with what. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { ConsumerConstruct, ConsumerLibrary } from '../model/library.js';
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
  return solver.program.files.flatMap((file) =>
    file.facts.values.flatMap((call, value) => {
      if (call.kind !== 'call') return [];
      const callee = solver.program.valueNode(file.index, call.callee);
      const found = [...constructsIn(solver, callee, false), ...pluginConstructs(solver, file.index, call)];
      return found.map((one) => ({ file: file.index, value, call, ...one }));
    }),
  );
}

/** Constructs that a call installs: its first argument is one. */
export function pluginConstructs(solver: Solver, file: number, call: CallValue): ReturnType<typeof consumerConstructs> {
  const [first] = call.args;
  return first && !first.spread ? constructsIn(solver, solver.program.valueNode(file, first.value), true) : [];
}

function constructsIn(solver: Solver, node: Node, plugin: boolean): ReturnType<typeof consumerConstructs> {
  return [...solver.of(node)].flatMap((id) => {
    const what = solver.objects.get(id);
    if (what.kind !== 'external' || what.package === '') return [];
    return consumerConstructs(solver.libraries, what.package, what.path, plugin);
  });
}
