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
    const { program } = this.solver;
    const found: CallPlace[] = [];
    this.solver.eachUser(id, (by) => {
      const where = program.valueOf(by);
      if (where && program.value(where.file, where.value).kind === 'call') found.push(where);
    });
    return found.sort((a, b) => a.file - b.file || a.value - b.value);
  }
}
