/**
 * Openings that must change together: several that one variable or field holds (branches of a condition, assignments one
 * after the other), and several whose clients one edited closer can close. That the same method is called on several
 * clients (a class that is given different clients) needs no edit there and binds nothing together.
 */

import { type Context, heldBy } from './context.js';
import type { Judgement } from './verdict.js';

/** Groups of judgements, each in order of index; the groups in order of their first one. */
export function groupsOf(context: Context, judgements: readonly Judgement[]): Judgement[][] {
  const parent = new Map<Judgement, Judgement>();
  const root = (one: Judgement): Judgement => {
    const up = parent.get(one);
    return up === undefined ? one : root(up);
  };
  const first = new Map<string, Judgement>();
  for (const judgement of judgements) {
    for (const place of placesOf(context, judgement)) {
      const other = first.get(place);
      if (!other) first.set(place, judgement);
      else if (root(other) !== root(judgement)) parent.set(root(judgement), root(other));
    }
  }
  const groups = new Map<Judgement, Judgement[]>();
  for (const one of judgements) groups.set(root(one), [...(groups.get(root(one)) ?? []), one]);
  return [...groups.values()];
}

function placesOf(context: Context, { opening, found, chain }: Judgement): string[] {
  const closers = found.members
    .filter(({ member }) => member.kind === 'closes')
    .map(({ use }) => `use ${use.file} ${use.value}`);
  const held = heldBy(context, opening);
  return [...closers, ...(held === null ? [] : [held]), ...(chain === undefined ? [] : [chain])];
}
