/** A stored plan meets the tree as it is now: its batches win, what it does not know comes after. */

import type { Batch, Plan, Unit } from '../model/change.js';
import type { Config } from '../model/config.js';
import type { Site } from '../model/site.js';
import { byPosition, filesOf, titleOf } from './batch.js';
import { compare } from './order.js';
import { keptOf, membersOf, type OwnerOf, ownersOf, plan } from './plan.js';

/** A site that a stored batch names and that is no longer in the tree. */
export interface StaleEntry {
  batch: string;
  site: string;
}

export interface MergedPlan {
  plan: Plan;
  /** Entries of the stored plan that fit nothing any more; those that were rewritten by their batch are not among them. */
  stale: StaleEntry[];
  /** Batches that the stored plan does not have: new since it was written. */
  added: string[];
}

/** The tree as it is now, and what was done already. */
export interface StoredContext {
  sites: readonly Site[];
  units: readonly Unit[];
  config: Config;
  ownerOf?: OwnerOf;
  /** Sites that the ledgers say were rewritten: it is no surprise that they are gone. */
  rewritten?: ReadonlySet<string>;
  /** Sites of the stored plan that are in another file now: old id → id now. */
  moved?: ReadonlyMap<string, string>;
}

/**
 * Stored batches keep id, purpose and order, and their title as long as it is true or a person wrote it. A unit goes whole to the first stored batch that names one of its
 * sites; named sites that must stay now stay in the batch, so that the report says why. A batch without any site left is
 * dropped. Units that no stored batch knows are planned as usual and stand where their risk puts them.
 */
export function mergePlan(stored: Plan, context: StoredContext): MergedPlan {
  const { sites, units, config } = context;
  const byId = new Map(sites.map((site) => [site.id, site]));
  const members = membersOf(sites, units);
  const taken = new Set<string>();
  const stale: StaleEntry[] = [];
  const batches: Batch[] = [];
  for (const batch of stored.batches) {
    const named = batch.sites.map((id) => context.moved?.get(id) ?? id);
    const gone = named.filter((id) => !byId.has(id) && context.rewritten?.has(id) !== true);
    stale.push(...gone.map((site) => ({ batch: batch.id, site })));
    const own = claim({ ...batch, sites: named }, byId, members, units, taken);
    if (own.sites.length > 0) batches.push({ ...own, title: titleNow(batch, own, context.ownerOf) });
  }
  const left = units.filter((unit) => !unit.sites.some((id) => taken.has(id)));
  const fresh = plan(
    sites.filter((site) => !taken.has(site.id)),
    left,
    config,
    context.ownerOf,
  );
  return {
    plan: {
      schemaVersion: 1,
      batches: fresh.batches.reduce(inserted, batches),
      kept: keptOf(sites, new Set([...taken, ...fresh.batches.flatMap((batch) => batch.sites)])),
    },
    stale: stale.sort((a, b) => compare(a.batch, b.batch) || compare(a.site, b.site)),
    added: fresh.batches.map((batch) => batch.id),
  };
}

/** A title that was made for other sites and files than there are now is made anew; one by hand stays. */
function titleNow(stored: Batch, { purpose, sites, files }: Batch, ownerOf: OwnerOf = () => null): string {
  const isOurs = stored.title.startsWith(titleOf(stored.purpose, stored.sites.length, stored.files, null));
  return isOurs ? titleOf(purpose, sites.length, files, ownersOf(files, ownerOf)) : stored.title;
}

/** What is out of date in a stored plan, in a line for each batch. */
export function staleWords(stored: Plan, stale: readonly StaleEntry[]): string[] {
  return stored.batches.flatMap(({ id, title, sites }) => {
    const gone = stale.filter(({ batch }) => batch === id).map(({ site }) => site);
    if (gone.length === 0) return [];
    const named = gone.length === 1 ? `site ${gone[0]} is` : `sites ${gone.join(', ')} are`;
    return [
      `batch ${id} (${title}): ${named} gone, of ${sites.length}: deleted, changed, or moved to the accessor by hand`,
    ];
  });
}

/** Puts a new batch before the first one that is riskier; the stored ones keep their order. */
function inserted(batches: Batch[], batch: Batch): Batch[] {
  const at = batches.findIndex(({ risk }) => risk > batch.risk);
  return at < 0 ? [...batches, batch] : [...batches.slice(0, at), batch, ...batches.slice(at)];
}

/** The stored batch with the sites and units that it has today; marks them as taken. */
function claim(
  batch: Batch,
  byId: ReadonlyMap<string, Site>,
  members: ReadonlyMap<string, Site[]>,
  units: readonly Unit[],
  taken: Set<string>,
): Batch {
  const named = batch.sites.flatMap((id) => byId.get(id) ?? []).filter((site) => !taken.has(site.id));
  const names = new Set(named.map((site) => site.id));
  const own = units.filter((unit) => members.get(unit.id)?.some((site) => names.has(site.id)) === true);
  const all = new Map([...named, ...own.flatMap((unit) => members.get(unit.id) ?? [])].map((site) => [site.id, site]));
  const sites = [...all.values()].sort(byPosition);
  for (const site of sites) taken.add(site.id);
  return {
    ...batch,
    files: filesOf(own, sites),
    sites: sites.map((site) => site.id),
    units: own.map((unit) => unit.id).sort(compare),
  };
}
