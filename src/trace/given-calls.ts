/** Calls that get an object as an argument, found once for each place that it arrives in: every round asks anew. */

import type { CallPlace } from './call-index.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** The calls of one object, and in how many of its places they were looked for. */
interface Known {
  places: number;
  calls: Map<Node, CallPlace>;
}

export class GivenCalls {
  private readonly known = new Map<ObjectId, Known>();

  constructor(private readonly solver: Solver) {}

  /** Calls with one of some objects among their arguments, by what is known now, each once. */
  of(objects: Iterable<ObjectId>): Iterable<CallPlace> {
    const found = new Map<Node, CallPlace>();
    for (const object of objects) for (const [node, call] of this.callsWith(object)) found.set(node, call);
    return found.values();
  }

  private callsWith(object: ObjectId): ReadonlyMap<Node, CallPlace> {
    const known = this.known.get(object) ?? { places: 0, calls: new Map<Node, CallPlace>() };
    this.known.set(object, known);
    const firsts = this.solver.firstsOf(object);
    for (; known.places < firsts.length; known.places += 1) {
      for (const node of this.solver.same.group(firsts[known.places] ?? 0)) this.note(node, known.calls);
    }
    return known.calls;
  }

  private note(node: Node, calls: Map<Node, CallPlace>): void {
    const { program } = this.solver;
    const where = program.valueOf(node);
    if (!where) return;
    const { file } = where;
    for (const consumer of this.solver.consumers(file).get(where.value) ?? []) {
      if (consumer.kind !== 'argument') continue;
      calls.set(program.valueNode(file, consumer.by), { file, value: consumer.by });
    }
  }
}
