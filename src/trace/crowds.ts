/**
 * Places where so many values meet that telling them apart costs more than it is worth: containers through which a whole
 * program goes. What does not fit any more is lost there, and whoever gets at a client through it gets at it unseen.
 */

import type { Library } from '../model/library.js';
import type { AbstractObject, ObjectId, ObjectTable } from './objects.js';
import type { Program } from './program.js';
import type { Escape } from './reach.js';

/**
 * The most values that are told apart in one place. In a workspace of 500 parsed files five places of 200,000 come near it,
 * and a read of such a place has long said nothing.
 */
const MOST_VALUES = 100;

/** What there can be very many of. Classes, clients and what is done with them are followed everywhere. */
const MANY: ReadonlySet<AbstractObject['kind']> = new Set([
  ...(['record', 'function', 'builtin', 'applied', 'resolver', 'unparsed', 'external'] as const),
]);

export class Crowds {
  /** What stands in a place for all that did not fit. */
  readonly unknown: ObjectId;
  private readonly lost = new Set<ObjectId>();
  private readonly redis: ReadonlySet<string>;

  constructor(
    private readonly objects: ObjectTable,
    libraries: readonly Library[],
    private readonly most: number = MOST_VALUES,
  ) {
    this.unknown = objects.intern({ kind: 'unknown' });
    this.redis = new Set(libraries.flatMap((library) => (library.kind === 'redis' ? library.packages : [])));
  }

  /** Whether a place that holds these values has no room for another one. */
  isFull(held: ReadonlySet<ObjectId>, object: ObjectId): boolean {
    if (held.size < this.most) return false;
    const what = this.objects.get(object);
    return MANY.has(what.kind) && !(what.kind === 'external' && this.redis.has(what.package));
  }

  /** Notes that a value went where it is not followed; gives what stands for it there. */
  lose(object: ObjectId): ObjectId {
    this.lost.add(object);
    return this.unknown;
  }

  /** What was lost, each with where it comes from. */
  escapes(program: Program): { object: ObjectId; escape: Escape }[] {
    return [...this.lost].map((object) => ({ object, escape: this.escapeOf(program, object) }));
  }

  private escapeOf(program: Program, object: ObjectId): Escape {
    const what = this.objects.get(object);
    if (what.kind === 'builtin' || what.kind === 'applied') return this.escapeOf(program, what.of);
    const message = `it goes where more than ${this.most} values meet, which are not told apart`;
    return { code: 'escapes-to-unknown-value', message, ...placeOf(program, what) };
  }
}

/** Where a value is written; the beginning of its file for lists that no literal stands for. */
function placeOf(program: Program, what: AbstractObject): { file: number; offset: number } {
  if (what.kind === 'record' && what.value >= 0)
    return { file: what.file, offset: program.value(what.file, what.value).span.start };
  if (what.kind === 'function') return { file: what.file, offset: program.scope(what.file, what.scope).span.start };
  return { file: 'file' in what ? what.file : 0, offset: 0 };
}
