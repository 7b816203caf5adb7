/**
 * Calls of functions that open a client and give back what works with it: an object whose functions use it, a record that
 * holds it, a function around it. Each call opens another client, though none comes out of it.
 */

import type { CallValue, ScopeId } from '../model/facts.js';
import { isKept } from './kept.js';
import type { ObjectId } from './objects.js';
import type { Followed } from './openings.js';
import { perProgram } from './per-program.js';
import type { Node } from './program.js';

/** A function of the project, and what it gives back. */
interface HolderFactory {
  file: number;
  scope: ScopeId;
  /** Records and functions made in it that hold clients made in it. */
  holders: Set<ObjectId>;
  clients: Set<ObjectId>;
}

/** Factories of factories are looked through this deep, as those of clients are. */
const MAX_DEPTH = 3;

/** Clients behind each call of such a function, by the node of the call. */
export const holderCalls: (followed: Followed) => ReadonlyMap<Node, ObjectId[]> = perProgram((followed) => {
  let factories = ownFactories(followed);
  const calls = new Map<Node, Set<ObjectId>>();
  for (let depth = 0; depth < MAX_DEPTH && factories.length > 0; depth += 1) {
    const found = callsOf(followed, factories);
    for (const { node, factory } of found) {
      const clients = calls.get(node) ?? new Set();
      for (const client of factory.clients) clients.add(client);
      calls.set(node, clients);
    }
    factories = passedOn(followed, found);
  }
  return new Map([...calls].map(([node, clients]) => [node, [...clients]]));
});

/** Functions that make a client in their own code and give back something made there that holds it. */
function ownFactories(followed: Followed): HolderFactory[] {
  const { solver, program } = followed;
  const made = new Map<string, { file: number; scope: ScopeId; clients: Set<ObjectId> }>();
  for (const [id, object] of solver.objects.ofKind('client')) {
    const { file, value } = solver.clients.placeOf(object);
    const scope = program.functionOf(file, program.value(file, value).scope);
    if (scope === null || program.scope(file, scope).form === 'constructor' || isKept(solver, file, value, scope))
      continue;
    const known = made.get(`${file} ${scope}`) ?? { file, scope, clients: new Set() };
    known.clients.add(id);
    made.set(`${file} ${scope}`, known);
  }
  return [...made.values()].flatMap(({ file, scope, clients }) => {
    const holders = new Set<ObjectId>();
    const held = new Set<ObjectId>();
    for (const id of solver.of(program.returnNode(file, scope))) {
      const own = heldBy(followed, { file, scope }, id, clients);
      if (own.size > 0) holders.add(id);
      for (const client of own) held.add(client);
    }
    return holders.size > 0 ? [{ file, scope, holders, clients: held }] : [];
  });
}

/** Which of the clients of a function a record or a function made in it holds. */
function heldBy(
  { solver, program, reach }: Followed,
  { file, scope }: { file: number; scope: ScopeId },
  id: ObjectId,
  clients: ReadonlySet<ObjectId>,
): Set<ObjectId> {
  const object = solver.objects.get(id);
  const held = new Set<ObjectId>();
  const look = (other: ObjectId) => {
    for (const client of reach.clientsOf(other)) if (clients.has(client)) held.add(client);
    const what = solver.objects.get(other);
    if (what.kind !== 'function' || what.file !== file || !isInside(what.scope)) return;
    for (const client of usedIn(what.scope, new Set())) held.add(client);
  };
  const isInside = (inner: ScopeId): boolean => {
    const { parent } = program.scope(file, inner);
    const around = parent === null ? null : program.functionOf(file, parent);
    return around !== null && (around === scope || isInside(around));
  };
  /** Clients in variables that the code of a function reads, that of the functions around which it calls included. */
  const usedIn = (inner: ScopeId, seen: Set<ScopeId>): ObjectId[] => {
    if (seen.has(inner)) return [];
    seen.add(inner);
    return solver.bodies.values(file, inner).flatMap((value) => {
      if (value.kind === 'function') return usedIn(value.of, seen);
      if (value.kind !== 'reference') return [];
      const objects = [...solver.of(program.localNode(file, value.local))];
      return objects.flatMap((one) => {
        if (clients.has(one)) return [one];
        const called = solver.objects.get(one);
        const near = called.kind === 'function' && called.file === file && isInside(called.scope);
        return near ? usedIn(called.scope, seen) : [];
      });
    });
  };
  if (object.kind === 'function') look(id);
  if (object.kind !== 'record' || object.file !== file || object.value < 0) return held;
  const record = program.value(file, object.value);
  if (program.functionOf(file, record.scope) !== scope || isKept(solver, file, object.value, scope)) return held;
  look(id);
  if (record.kind !== 'object') return held;
  for (const entry of record.entries) for (const one of solver.of(program.valueNode(file, entry.value))) look(one);
  return held;
}

interface HolderCall {
  node: Node;
  file: number;
  call: CallValue;
  factory: HolderFactory;
}

function callsOf({ solver, program }: Followed, factories: readonly HolderFactory[]): HolderCall[] {
  return factories.flatMap((factory) => {
    const id = solver.objects.intern({ kind: 'function', file: factory.file, scope: factory.scope });
    return solver.calls.of(id).map(({ file, value }) => ({
      node: program.valueNode(file, value),
      file,
      call: program.value(file, value) as CallValue,
      factory,
    }));
  });
}

/** Functions that give back what such a call in them gave, without keeping it: their calls are the next to count. */
function passedOn({ solver, program }: Followed, calls: readonly HolderCall[]): HolderFactory[] {
  const next = new Map<string, HolderFactory>();
  for (const { node, file, call, factory } of calls) {
    const scope = program.functionOf(file, call.scope);
    if (scope === null || isKept(solver, file, node - program.file(file).values, scope)) continue;
    const returned = solver.of(program.returnNode(file, scope));
    const holders = [...factory.holders].filter((id) => returned.has(id));
    if (holders.length === 0 || (file === factory.file && scope === factory.scope)) continue;
    const known = next.get(`${file} ${scope}`) ?? { file, scope, holders: new Set(), clients: new Set() };
    for (const id of holders) known.holders.add(id);
    for (const client of factory.clients) known.clients.add(client);
    next.set(`${file} ${scope}`, known);
  }
  return [...next.values()];
}
