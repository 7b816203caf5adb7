/** Where an opening lives: what its client is bound to, and the kind of place that is. */

import type { Flow, LocalId, ScopeId, ValueId } from '../model/facts.js';
import type { Container } from '../model/traced.js';
import type { Consumer } from './consumers.js';
import type { Node } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';

export interface Binding {
  container: Container;
  /** Variable, field or property that holds the client; null if none. */
  bound: string | null;
  /** The local that directly holds it. */
  local: LocalId | null;
}

/** Whether what a call gives is among the results of a function. */
export type IsReturned = (result: Node) => boolean;

/** Finds the first thing that is true of a call, in the order of the contract. */
export function bindingOf(solver: Solver, reach: Reach, file: number, value: ValueId, isReturned: IsReturned): Binding {
  const { program } = solver;
  const sinks = sinksOf(solver, reach, file, value);
  const flows = sinks.flatMap((s) => (s.kind === 'flow' ? [s.flow] : []));
  const locals = flows.flatMap((f) => (f.place.kind === 'local' ? [f.place.local] : []));
  const local = locals[0] ?? null;
  const bound = boundName(solver, file, flows, sinks);
  const made = (container: Container): Binding => ({ container, bound, local });
  const scope = program.value(file, value).scope;
  const within = program.functionOf(file, scope);
  const later = locals.flatMap((id) => flowsFrom(solver, reach, file, id, within));
  if ([...flows, ...later].some((f) => isMember(solver, file, f))) return made('class-member');
  if (within !== null && isReturned(program.returnNode(file, within))) return made('factory');
  if (within === null || locals.some((id) => program.file(file).facts.locals[id]?.scope === 0))
    return made('module-singleton');
  if (sinks.some((s) => s.kind === 'default') || isParamDefault(solver, file, within, value))
    return made('default-param');
  if (sinks.some((s) => s.kind === 'argument')) return made('argument');
  return made('function-local');
}

/** What finally takes a value, looking through `await`, `?:`, `??`, assignments, object literals and `.on(…)` chains. */
function sinksOf(solver: Solver, reach: Reach, file: number, value: ValueId): Consumer[] {
  const { facts } = solver.program.file(file);
  const found: Consumer[] = [];
  const seen = new Set<ValueId>();
  const visit = (id: ValueId) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const consumer of reach.consumers(file).get(id) ?? []) {
      if (consumer.kind === 'same' || consumer.kind === 'entry') visit(consumer.by);
      else if (consumer.kind === 'object') visitChain(consumer.by);
      else found.push(consumer);
    }
  };
  /** `new Redis().on('error', f)` gives the client again. */
  const visitChain = (member: ValueId) => {
    for (const consumer of reach.consumers(file).get(member) ?? []) {
      if (consumer.kind !== 'callee') continue;
      const call = solver.program.valueNode(file, consumer.by);
      const origin = solver.program.valueNode(file, value);
      const same = solver.clientsIn(call).some((c) => solver.clientsIn(origin).includes(c));
      if (same && facts.values[consumer.by]) visit(consumer.by);
    }
  };
  visit(value);
  return found;
}

function flowsFrom(solver: Solver, reach: Reach, file: number, local: LocalId, within: ScopeId | null): Flow[] {
  const { facts } = solver.program.file(file);
  return facts.flows.filter((flow) => {
    const value = facts.values[flow.value];
    return (
      value?.kind === 'reference' &&
      value.local === local &&
      solver.program.functionOf(file, value.scope) === within &&
      reach.consumers(file).has(flow.value)
    );
  });
}

function isMember(solver: Solver, file: number, flow: Flow): boolean {
  if (flow.place.kind === 'field') return true;
  if (flow.place.kind !== 'member') return false;
  if (solver.program.value(file, flow.place.object).kind === 'this') return true;
  const holders = solver.of(solver.program.valueNode(file, flow.place.object));
  return [...holders].some((id) => ['instance', 'class'].includes(solver.objects.get(id).kind));
}

function isParamDefault(solver: Solver, file: number, within: ScopeId, value: ValueId): boolean {
  return (solver.program.scope(file, within).params ?? []).some((p) => p.default === value);
}

function boundName(solver: Solver, file: number, flows: Flow[], sinks: Consumer[]): string | null {
  const { facts } = solver.program.file(file);
  for (const { place } of flows) {
    if (place.kind === 'field') return place.name;
    if (place.kind === 'local') return facts.locals[place.local]?.name ?? null;
    if (place.kind === 'member') return place.name;
    if (place.kind === 'global') return place.name;
  }
  const argument = sinks.find((s) => s.kind === 'argument');
  return argument?.kind === 'argument' ? `argument ${argument.index}` : null;
}
