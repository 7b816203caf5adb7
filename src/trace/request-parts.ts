/** What a handler keeps in the request that it is given (`request.redis = client`): handlers that run later read it there. */

import { DECORATED, type Decorated } from '../libraries/containers.js';
import { FRAMEWORKS } from '../libraries/frameworks.js';
import type { Flow } from '../model/facts.js';
import { MADE } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** The framework in whose requests a flow keeps its value under a name; null for any other flow. */
export function keepsInRequest(solver: Solver, file: number, { place, part }: Flow): Decorated | null {
  if (place.kind !== 'member' || place.name === null || part.kind !== 'whole') return null;
  const { program, objects } = solver;
  const object = program.value(file, place.object);
  const local = object.kind === 'reference' ? program.file(file).facts.locals[object.local] : undefined;
  if (object.kind !== 'reference' || local?.kind !== 'param') return null;
  const { params } = program.scope(file, local.scope);
  const isFirst = params?.[0]?.local === object.local;
  if (!isFirst || solver.of(program.localNode(file, object.local)).size > 0) return null;
  const nodes = solver.nodesOf(objects.intern({ kind: 'function', file, scope: local.scope }));
  return DECORATED.find((one) => one.request && nodes.some((node) => isHandler(solver, node, one))) ?? null;
}

/** What is in a node is given to a method of the framework's object that takes handlers. */
function isHandler(solver: Solver, node: Node, { packages }: Decorated): boolean {
  const { program, objects } = solver;
  const where = program.valueOf(node);
  return (where ? (solver.consumers(where.file).get(where.value) ?? []) : []).some((consumer) => {
    const call = where && consumer.kind === 'argument' ? program.value(where.file, consumer.by) : null;
    if (where === null || call?.kind !== 'call') return false;
    return [...solver.of(program.valueNode(where.file, call.callee))].some((id) => {
      const what = objects.get(id);
      if (what.kind !== 'external' || !packages.includes(what.package) || !what.path.includes(MADE)) return false;
      const name = what.path.at(-1) ?? '';
      return FRAMEWORKS.some((one) => one.packages.includes(what.package) && one.registers.includes(name));
    });
  });
}
