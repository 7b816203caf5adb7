/** Members of clients: what is called on them, read of them and written to them. */

import type { Value } from '../model/facts.js';
import type { AbstractObject, ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** Lets member `name` (null: any) of a client flow into `to`, and notes who reads it. */
export function loadClientMember(
  solver: Solver,
  client: ObjectId,
  name: string | null,
  to: Node,
  by: Node | null,
): void {
  // An element of a container that is known only by its elements: `for (const [name, client] of map)`.
  if (by === null && (name === null || /^\d+$/.test(name))) return solver.add(to, client);
  if (by !== null) recordMembers(solver, client, by, () => true);
  solver.add(to, solver.objects.intern({ kind: 'method', client, member: name, chained: null }));
}

/** Notes the members of a client that are the same node, those that are looked for. */
export function recordMembers(
  { clients, program, same }: Solver,
  client: ObjectId,
  by: Node,
  isAsked: (member: MemberValue) => boolean,
): void {
  for (const node of same.group(by)) {
    const where = program.valueOf(node);
    const value = where ? program.value(where.file, where.value) : null;
    if (value?.kind !== 'member' || !isAsked(value)) continue;
    const members = clients.members.get(client);
    if (members) members.add(node);
    else clients.members.set(client, new Set([node]));
  }
}

type MemberValue = Extract<Value, { kind: 'member' }>;

/** `client.connection_pool.disconnect()` closes the client: what a part of it does, it does. */
export function isPart(
  { clients }: Solver,
  { client, member, chained }: Extract<AbstractObject, { kind: 'method' }>,
): boolean {
  return chained === null && member !== null && (clients.libraryOf(client)?.parts?.includes(member) ?? false);
}

/** `client.options.keyPrefix = …` changes the client as `client.x = …` does. */
export function isWritten({ write }: MemberValue): boolean {
  return write;
}
