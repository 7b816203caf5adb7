/** Units into batches: by zone where the configuration orders them, by risk of their purpose, then owner, then number of files. */

import type { Batch, Plan, Unit } from '../model/change.js';
import type { Config } from '../model/config.js';
import type { Zone } from '../model/project.js';
import type { Purpose, Site } from '../model/site.js';
import { byPosition, makeBatch } from './batch.js';
import { type Cluster, clusters, pack } from './clusters.js';
import { compare, purposeOrder } from './order.js';

/** Who answers for a file (CODEOWNERS), as written there; null: nobody in particular. */
export type OwnerOf = (file: string) => string | null;

/**
 * The batches of everything that can change, zones that go first, then least risky purpose first, and every site that stays with its reasons. Each
 * site without `partOf` is in exactly one batch or in `kept`; a part of another site has no place of its own unless its
 * unit names it. Pure: the same input gives the same plan in any order.
 */
export function plan(
  sites: readonly Site[],
  units: readonly Unit[],
  config: Config,
  ownerOf: OwnerOf = () => null,
): Plan {
  const members = membersOf(sites, units);
  const movable = units.filter((unit) => (members.get(unit.id) ?? []).length > 0);
  const order = purposeOrder(config);
  const { zones = [] } = config.batches;
  const batches = [...zones, null].flatMap((_zone, turn) =>
    order.flatMap((purpose, risk) =>
      batchesOf(
        purpose,
        turn * order.length + risk,
        movable.filter((unit) => unit.purpose === purpose && turnOf(members.get(unit.id) ?? [], zones) === turn),
      ),
    ),
  );
  const placed = new Set(batches.flatMap((batch) => batch.sites));
  return { schemaVersion: 1, batches, kept: keptOf(sites, placed) };

  function batchesOf(purpose: Purpose, risk: number, of: readonly Unit[]): Batch[] {
    const { maxFiles } = config.batches;
    return byOwner(clusters(of, maxFiles), ownerOf).flatMap(({ owner, parts }) =>
      pack(parts, maxFiles).map(({ units }) =>
        makeBatch({ purpose, risk, units, sites: units.flatMap((unit) => members.get(unit.id) ?? []), owner }),
      ),
    );
  }
}

/** When the turn of a unit is: that of the last of its zones; those that are not named come last, together. */
function turnOf(sites: readonly Site[], zones: readonly Zone[]): number {
  const turns = sites.map(({ zone }) => zones.indexOf(zone)).map((at) => (at < 0 ? zones.length : at));
  return Math.max(...turns);
}

/** Sites of each unit that can change. A site that must stay is in no batch, whatever a unit says. */
export function membersOf(sites: readonly Site[], units: readonly Unit[]): Map<string, Site[]> {
  const byId = new Map(sites.map((site) => [site.id, site]));
  return new Map(
    units.map((unit) => [
      unit.id,
      unit.sites.map((id) => siteOf(byId, id, unit)).filter((site) => site.verdict !== 'keep'),
    ]),
  );
}

/** The sites that no batch holds, in the order of the inventory, each with at least one reason. */
export function keptOf(sites: readonly Site[], placed: ReadonlySet<string>): Plan['kept'] {
  return sites
    .filter((site) => !placed.has(site.id) && site.partOf === null)
    .sort(byPosition)
    .map((site) => ({
      site: site.id,
      reasons:
        site.reasons.length > 0
          ? site.reasons
          : [{ code: 'no-unit', message: 'no change was computed for this site', at: `${site.file}:${site.line}` }],
    }));
}

function siteOf(byId: ReadonlyMap<string, Site>, id: string, unit: Unit): Site {
  const site = byId.get(id);
  if (site === undefined) throw new Error(`unit ${unit.id} names the site ${id}, which is not in the inventory`);
  return site;
}

/** All who answer for some files, in one text; null: nobody. */
export function ownersOf(files: readonly string[], ownerOf: OwnerOf): string | null {
  const owners = new Set(files.map(ownerOf).filter((owner) => owner !== null));
  return owners.size === 0 ? null : [...owners].sort(compare).join(' ');
}

/** Clusters by who answers for their files; files of several owners make an owner of their own. Nobody's come first. */
function byOwner(parts: readonly Cluster[], ownerOf: OwnerOf): { owner: string | null; parts: Cluster[] }[] {
  const groups = new Map<string, Cluster[]>();
  for (const part of parts) {
    const owner = ownersOf(part.files, ownerOf) ?? '';
    groups.set(owner, [...(groups.get(owner) ?? []), part]);
  }
  return [...groups]
    .sort(([a], [b]) => compare(a, b))
    .map(([owner, group]) => ({ owner: owner === '' ? null : owner, parts: group }));
}
