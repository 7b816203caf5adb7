/** Where each function and class of the project is called. */

import type { ValueId } from '../model/facts.js';
import type { ObjectId } from './objects.js';
import type { Solver } from './solver.js';

export interface CallPlace {
  file: number;
  value: ValueId;
}

/** Answers for the program as it is when it is asked for the first time; in the order of files and values. */
export class CallIndex {
  private readonly places = new Map<ObjectId, readonly CallPlace[]>();

  constructor(private readonly solver: Solver) {}

  /** Calls that can lead to a function or a class. */
  of(id: ObjectId): readonly CallPlace[] {
    const known = this.places.get(id) ?? this.find(id);
    this.places.set(id, known);
    return known;
  }

  private find(id: ObjectId): CallPlace[] {
    const found = this.solver.nodesOf(id).flatMap((node): CallPlace[] => {
      const where = this.solver.program.valueOf(node);
      const call = where
        ? this.solver
            .consumers(where.file)
            .get(where.value)
            ?.find((c) => c.kind === 'callee')
        : null;
      return where && call?.kind === 'callee' ? [{ file: where.file, value: call.by }] : [];
    });
    return found.sort((a, b) => a.file - b.file || a.value - b.value);
  }
}
