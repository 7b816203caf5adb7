/**
 * Functions that pass any command on to a client: `(...args) => redis.call(...args)`. Whoever holds one has the client.
 */

import type { CallValue } from '../model/facts.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** Functions that pass commands on, with their clients, and the calls in them that do. */
export interface Forwards {
  functions: Map<ObjectId, Set<ObjectId>>;
  calls: Map<Node, ObjectId>;
}

/** Finds them. One that the project calls itself is none: its arguments say which commands there are. */
export function forwardsOf(solver: Solver): Forwards {
  const found: Forwards = { functions: new Map(), calls: new Map() };
  const candidates: { id: ObjectId; client: ObjectId; node: Node }[] = [];
  for (const client of solver.clients.called()) {
    const methods = solver.clients.libraryOf(client)?.methods ?? {};
    for (const [node, { member, chained }] of solver.clients.callsOf(client)) {
      const name = member?.toLowerCase() ?? '';
      if (chained !== null || !Object.hasOwn(methods, name) || !methods[name]?.commandArgument) continue;
      const id = forwarder(solver, node);
      if (id !== null) candidates.push({ id, client, node });
    }
  }
  for (const { id, client, node } of candidates) {
    if (solver.calls.of(id).length > 0) continue;
    found.calls.set(node, id);
    found.functions.set(id, (found.functions.get(id) ?? new Set()).add(client));
  }
  return found;
}

/** The function around a call whose command is the first thing that the function gets; null when it is not. */
function forwarder({ program, objects }: Solver, node: Node): ObjectId | null {
  const where = program.valueOf(node);
  const call = where ? (program.value(where.file, where.value) as CallValue) : null;
  const scope = where && call ? program.functionOf(where.file, call.scope) : null;
  const command = call?.args[0];
  if (!where || !command || scope === null) return null;
  const value = program.value(where.file, command.value);
  const first = firstParam(program.scope(where.file, scope).params ?? []);
  if (value.kind !== 'reference' || value.local !== first) return null;
  return objects.intern({ kind: 'function', file: where.file, scope: scope });
}

function firstParam(params: readonly { local: number | null; default: number | null }[]): number | null {
  const [first] = params;
  return first === undefined || first.default !== null ? null : first.local;
}
