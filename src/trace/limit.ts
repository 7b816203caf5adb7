/** An end for programs in which everything flows into everything. */

import { UserError } from '../errors.js';

/** A workspace of 3,000 files takes a quarter of a million steps: beyond this nobody would wait for the end. */
const MOST_STEPS = 6_000_000;
/** What takes more than this flows through a few places, which must be told apart less to come to an end at all. */
const MANY_STEPS = 700_000;

/**
 * The most values that are told apart in one place. In a workspace of 500 parsed files five places of 200,000 come near it,
 * and a read of such a place has long said nothing.
 */
const MOST_VALUES = 100;
const MOST_VALUES_LATE = 20;

/** How much of a tree is followed. The same files end at the same step. */
export class Limit {
  /** How many were taken: as long as this stays, nothing was added to what is known. */
  steps = 0;
  /** The most values that are told apart in one place, from now on. */
  room: number;

  constructor(
    private readonly most: number = MOST_STEPS,
    room: number = MOST_VALUES,
  ) {
    this.room = room;
  }

  /** Counts one. Throws `UserError` after the last one. */
  step(): void {
    this.steps += 1;
    if (this.steps === MANY_STEPS) this.room = Math.min(this.room, MOST_VALUES_LATE);
    if (this.steps <= this.most) return;
    throw new UserError(
      `the values of this tree cannot be followed: more than ${this.most} steps`,
      'Narrow `include` or `exclude` in the configuration to the parts that use Redis, or run it on one package.',
    );
  }
}
