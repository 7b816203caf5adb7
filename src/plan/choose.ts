/** Which batches a person means: an id, the next one, all, or some sites. */

import { UserError } from '../errors.js';
import type { Batch, Plan, Unit } from '../model/change.js';
import type { Config } from '../model/config.js';
import type { Site } from '../model/site.js';
import { digest, makeBatch } from './batch.js';
import { compare, purposeOrder, riskiest } from './order.js';

/** The batch of that id. Throws UserError with the nearest known ids. */
export function findBatch(plan: Plan, id: string): Batch {
  const batch = plan.batches.find((candidate) => candidate.id === id);
  if (batch !== undefined) return batch;
  const ids = plan.batches.map((candidate) => candidate.id);
  throw new UserError(
    `there is no batch "${id}"`,
    ids.length === 0 ? 'the plan has no batches: nothing is left to change' : `known: ${nearest(id, ids).join(', ')}`,
  );
}

/**
 * `all`: every batch of the plan, in order. `next`: the first one with a unit that would be written (`rewrite`, or
 * `review` when that is included); none when nothing is left. Else the batch of that id (UserError when unknown).
 */
export function chooseBatches(
  plan: Plan,
  selector: string,
  context: { units: readonly Unit[]; includeReview: boolean },
): Batch[] {
  if (selector === 'all') return plan.batches;
  if (selector !== 'next') return [findBatch(plan, selector)];
  const writable = new Set(
    context.units
      .filter((unit) => unit.verdict === 'rewrite' || unit.accepted || context.includeReview)
      .map((unit) => unit.id),
  );
  return plan.batches.filter((batch) => batch.units.some((unit) => writable.has(unit))).slice(0, 1);
}

/**
 * A batch of the sites a person named, whole units at a time: sites that change with a named one come along. A named site
 * that must stay is part of the batch, so that the report says why. Throws UserError for an id that is no site.
 */
export function batchOfSites(
  ids: readonly string[],
  sites: readonly Site[],
  units: readonly Unit[],
  config: Config,
): Batch {
  const byId = new Map(sites.map((site) => [site.id, site]));
  if (ids.length === 0) throw new UserError('no sites are named', 'give the ids that `scan` lists, with commas');
  for (const id of ids) {
    if (!byId.has(id)) throw new UserError(`there is no site "${id}"`, hintFor(id, [...byId.keys()]));
  }
  const chosen = units.filter((unit) => unit.sites.some((id) => ids.includes(id)));
  const members = new Set([...ids, ...chosen.flatMap((unit) => unit.sites)]);
  const listed = sites.filter((site) => members.has(site.id));
  const order = purposeOrder(config);
  const purposes = [...chosen.map((unit) => unit.purpose), ...listed.flatMap((site) => site.purpose ?? [])];
  const purpose = riskiest(purposes, order);
  const batch = makeBatch({ purpose, risk: order.indexOf(purpose), units: chosen, sites: listed, owner: null });
  return { ...batch, id: digest(['sites', [...batch.sites].sort(compare)]) };
}

function hintFor(id: string, known: readonly string[]): string {
  return known.length === 0 ? 'the scan found no sites' : `nearest: ${nearest(id, known).slice(0, 3).join(', ')}`;
}

/** At most ten known ids: those that share the longest beginning with the asked one first, then in the plan's order. */
function nearest(id: string, known: readonly string[]): string[] {
  const ranked = known.map((candidate, index) => ({ candidate, index, shared: sharedStart(id, candidate) }));
  return ranked
    .sort((a, b) => b.shared - a.shared || a.index - b.index)
    .slice(0, 10)
    .map(({ candidate }) => candidate);
}

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}
