/** Who is told of each object that arrives in a node. */

import { callObject } from './calls.js';
import { literalKey } from './literal-keys.js';
import { loadMember } from './members.js';
import { NumberSets } from './number-sets.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Watcher } from './relation.js';
import type { Solver } from './solver.js';

export class Watchers {
  /** Calls and members by what they call or read of: most nodes of a program have some, and numbers are small. */
  private readonly users = new NumberSets(1 << 16);
  private readonly others = new Map<Node, Watcher[]>();

  constructor(private readonly solver: Solver) {}

  /** Lets `then` be told of what arrives in a node which stands for itself, and of what is there. */
  add(first: Node, then: Watcher, held: ReadonlySet<ObjectId> | undefined): void {
    const watchers = this.others.get(first);
    if (watchers) watchers.push(then);
    else this.others.set(first, [then]);
    if (held) for (const object of [...held]) then(object);
  }

  /** Lets the call or member at `by` have what arrives in a node which stands for itself, and what is there. */
  use(first: Node, by: Node, held: ReadonlySet<ObjectId> | undefined): void {
    this.users.add(first, by);
    if (held) for (const object of held.size === 1 ? held : [...held]) useObject(this.solver, by, object);
  }

  /** The calls and members that call or read of a node which stands for itself. */
  usersOf(first: Node): readonly Node[] {
    return this.users.listOf(first);
  }

  /** Tells who watches a node of an object that arrived there. */
  tell(first: Node, object: ObjectId): void {
    const user = this.users.first(first);
    // Those that are added meanwhile are told when they are added.
    const others = this.users.behindFirst(first);
    const { length } = others;
    if (user !== null) useObject(this.solver, user, object);
    for (let at = 0; at < length; at++) useObject(this.solver, others[at] ?? 0, object);
    const watchers = this.others.get(first);
    const count = watchers?.length ?? 0;
    for (let at = 0; at < count; at++) watchers?.[at]?.(object);
  }
}

/** Calls `object`, or reads a member of it, as the value at `by` says. */
function useObject(solver: Solver, by: Node, object: ObjectId): void {
  const { program } = solver;
  const where = program.valueOf(by);
  if (!where) throw new Error(`node ${by} is no value`);
  const { file } = where;
  const value = program.value(file, where.value);
  if (value.kind === 'call') return callObject(solver, { file, value, node: by }, object);
  if (value.kind !== 'member') throw new Error(`value ${where.value} of file ${file} is neither a call nor a member`);
  loadMember(solver, object, value.name ?? literalKey(program.file(file).facts, value.key), by, by);
}
