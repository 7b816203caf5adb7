/** Pairs of objects that grow while the analysis runs. */

import type { ObjectId } from './objects.js';

/** What is done with each object that arrives. */
export type Watcher = (object: ObjectId) => void;

export class Relation {
  private readonly others = new Map<ObjectId, Set<ObjectId>>();
  private readonly watchers = new Map<ObjectId, Watcher[]>();

  /** Records that `other` is related to `object`. */
  add(object: ObjectId, other: ObjectId): void {
    const known = this.others.get(object) ?? new Set();
    if (known.has(other)) return;
    known.add(other);
    this.others.set(object, known);
    for (const then of [...(this.watchers.get(object) ?? [])]) then(other);
  }

  /** Calls `then` for each object that is related to `object`, now and later. */
  each(object: ObjectId, then: Watcher): void {
    const watchers = this.watchers.get(object);
    if (watchers) watchers.push(then);
    else this.watchers.set(object, [then]);
    for (const other of [...this.of(object)]) then(other);
  }

  /** Objects that are related to `object` by now. */
  of(object: ObjectId): ReadonlySet<ObjectId> {
    return this.others.get(object) ?? NONE;
  }
}

const NONE: ReadonlySet<ObjectId> = new Set();
