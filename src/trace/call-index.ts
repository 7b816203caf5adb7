/** Where each function and class of the project is called. */

import type { ValueId } from '../model/facts.js';
import type { ObjectId } from './objects.js';
import type { Solver } from './solver.js';

export interface CallPlace {
  file: number;
  value: ValueId;
}

const NONE: readonly CallPlace[] = [];

/** Answers for the program as it is when it is made; in the order of files and values. */
export class CallIndex {
  private readonly places = new Map<ObjectId, CallPlace[]>();

  constructor(solver: Solver) {
    const { program, objects } = solver;
    for (const file of program.files) {
      file.facts.values.forEach((call, value) => {
        if (call.kind !== 'call') return;
        for (const id of solver.of(file.values + call.callee)) {
          const { kind } = objects.get(id);
          if (kind !== 'function' && kind !== 'class') continue;
          const known = this.places.get(id);
          if (known) known.push({ file: file.index, value });
          else this.places.set(id, [{ file: file.index, value }]);
        }
      });
    }
  }

  /** Calls that can lead to a function or a class. */
  of(id: ObjectId): readonly CallPlace[] {
    return this.places.get(id) ?? NONE;
  }

  /** Every function and class that is called. */
  called(): Iterable<[ObjectId, readonly CallPlace[]]> {
    return this.places;
  }
}
