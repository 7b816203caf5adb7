/** An end for programs in which everything flows into everything. */

import { UserError } from '../errors.js';

/** A workspace of 3,000 files takes two million steps: beyond this nobody would wait for the end. */
const MOST_STEPS = 12_000_000;

export class Limit {
  private steps = 0;

  constructor(private readonly most: number = MOST_STEPS) {}

  /** Counts one. Throws `UserError` after the last one: the same files end at the same step. */
  step(): void {
    this.steps += 1;
    if (this.steps <= this.most) return;
    throw new UserError(
      `the values of this tree cannot be followed: more than ${this.most} steps`,
      'Narrow `include` or `exclude` in the configuration to the parts that use Redis, or run it on one package.',
    );
  }
}
