/**
 * Places where so many values meet that telling them apart costs more than it is worth: containers through which a whole
 * program goes. What does not fit any more is lost there, and whoever gets at a client through it gets at it unseen.
 */

import type { Library } from '../model/library.js';
import type { Limit } from './limit.js';
import type { AbstractObject, ObjectId, ObjectTable } from './objects.js';
import type { Escape } from './reach.js';
import type { Solver } from './solver.js';

/** What is followed everywhere: clients, and what openings are found by. */
const FEW: ReadonlySet<AbstractObject['kind']> = new Set(['client', 'class', 'namespace', 'unknown']);

export class Crowds {
  /** What stands in a place for all that did not fit. */
  readonly unknown: ObjectId;
  private readonly lost = new Set<ObjectId>();
  private readonly redis: ReadonlySet<string>;

  constructor(
    private readonly objects: ObjectTable,
    libraries: readonly Library[],
    private readonly limit: Limit,
  ) {
    this.unknown = objects.intern({ kind: 'unknown' });
    this.redis = new Set(libraries.flatMap((library) => (library.kind === 'redis' ? library.packages : [])));
  }

  /** Whether a place that holds these values has no room for another one. */
  isFull(held: ReadonlySet<ObjectId>, object: ObjectId): boolean {
    // What stands for the lost takes no room: else it would count when it came.
    const apart = held.size < this.limit.room ? held.size : held.size - (held.has(this.unknown) ? 1 : 0);
    if (apart < this.limit.room) return false;
    const what = this.objects.get(object);
    return !FEW.has(what.kind) && !(what.kind === 'external' && this.redis.has(what.package));
  }

  /** Notes that a value went where it is not followed; gives what stands for it there. */
  lose(object: ObjectId): ObjectId {
    this.lost.add(object);
    return this.unknown;
  }

  /** Whether a value went where it is not followed. */
  hasLost(object: ObjectId): boolean {
    return this.lost.has(object);
  }

  /** What was lost, each with where it comes from. */
  escapes(solver: Solver): { object: ObjectId; escape: Escape }[] {
    const message = 'it goes where so many values meet that they are not told apart';
    return [...this.lost].map((object) => ({
      object,
      escape: { code: 'escapes-to-unknown-value', message, ...placeOf(solver, object) },
    }));
  }
}

/** Where a value is written; the beginning of its file for lists that no literal stands for. */
function placeOf(solver: Solver, object: ObjectId): { file: number; offset: number } {
  const { program, objects, clients } = solver;
  const what = objects.get(object);
  switch (what.kind) {
    case 'builtin':
    case 'applied':
      return placeOf(solver, what.of);
    case 'method':
    case 'chain':
    case 'client': {
      const { file, value } = clients.openingOf(what.kind === 'client' ? object : what.client).found;
      return { file, offset: program.value(file, value).span.start };
    }
    case 'function':
    case 'class':
    case 'instance':
      return { file: what.file, offset: program.scope(what.file, what.scope).span.start };
    case 'record':
      return { file: what.file, offset: what.value < 0 ? 0 : program.value(what.file, what.value).span.start };
    default:
      return { file: 0, offset: 0 };
  }
}
