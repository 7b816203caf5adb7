/** What stands at the places of a call where a consumer library expects a client. */

import type { ArgumentPath } from '../model/library.js';
import { propertyNode } from './members.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';

/** Nodes under a path of keys of what is in a node; `()` is what a function gives. */
export function nodesAt(solver: Solver, node: Node, keys: ArgumentPath): Node[] {
  const [key, ...deeper] = keys;
  if (key === undefined) return [node];
  return [...solver.of(node)].flatMap((id) => {
    const object = solver.objects.get(id);
    if (key === '()' && object.kind === 'function') {
      return nodesAt(solver, solver.program.returnNode(object.file, object.scope), deeper);
    }
    if (object.kind !== 'record') return [];
    return [id, ...solver.spreads.of(id)].flatMap((source) =>
      nodesAt(solver, propertyNode(solver, source, String(key)), deeper),
    );
  });
}

/** Clients in a node, also in a list or made by a function there, and functions that stand for one. */
export function clientsAt(solver: Solver, reach: Reach, node: Node): ObjectId[] {
  const held = [...solver.of(node)].flatMap((id) => [
    ...elementsOf(solver, id),
    ...madeBy(solver, id),
    ...(reach.forwards.functions.has(id) ? [id] : []),
  ]);
  return [...new Set([...solver.clientsIn(node), ...held])];
}

/** Clients in a list. */
function elementsOf(solver: Solver, id: ObjectId): ObjectId[] {
  const object = solver.objects.get(id);
  return object.kind === 'record' && object.array ? solver.clientsIn(propertyNode(solver, id, null)) : [];
}

/** Clients that a function gives: `createClient: () => new Redis()`. */
function madeBy(solver: Solver, id: ObjectId): ObjectId[] {
  const object = solver.objects.get(id);
  return object.kind === 'function' ? solver.clientsIn(solver.program.returnNode(object.file, object.scope)) : [];
}
