/** What each node holds, and the reverse: the sets that the solver grows. Nodes that are the same have one set. */

import { putAt } from './dense.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { SameNodes } from './same-nodes.js';

export class Points {
  /** A set of one object is shared by all nodes that hold just it: most nodes do. */
  private readonly held: (Set<ObjectId> | undefined)[] = [];
  private readonly singles: (Set<ObjectId> | undefined)[] = [];
  /** The reverse: nodes by object. */
  private readonly places: (Node[] | undefined)[] = [];

  constructor(private readonly same: SameNodes) {}

  /** Objects that may be in a node which stands for itself. */
  at(first: Node): ReadonlySet<ObjectId> | undefined {
    return this.held[first];
  }

  /** Puts an object that it does not hold yet into a node which stands for itself. */
  put(first: Node, object: ObjectId): void {
    const set = this.held[first];
    if (set === undefined) putAt(this.held, first, this.single(object));
    else if (set.size > 1) set.add(object);
    else this.held[first] = new Set(set).add(object);
    const places = this.places[object];
    if (places) places.push(first);
    else putAt(this.places, object, [first]);
  }

  /** Every node that an object may be in, each once. */
  nodesOf(object: ObjectId): Node[] {
    const found: Node[] = [];
    for (const first of this.places[object] ?? []) for (const node of this.same.group(first)) found.push(node);
    return found;
  }

  /** Nodes that may hold an object and stand for others, or for themselves. */
  firstsOf(object: ObjectId): readonly Node[] {
    return this.places[object] ?? [];
  }

  private single(object: ObjectId): Set<ObjectId> {
    const known = this.singles[object] ?? new Set([object]);
    putAt(this.singles, object, known);
    return known;
  }
}
