/** The recipe of `status`: how far the migration is, and what is left of it. */

import { relative, sep } from 'node:path';
import { readLedgers } from './apply/index.js';
import { violationsIn } from './check.js';
import { type MigrateOptions, planOf, type Taken, takeInventory } from './migrate.js';
import { type Batch, type BatchStatus, type Ledger, PURPOSES, type StatusReport } from './model.js';
import { ownersAt, purposeOrder } from './plan/index.js';
import { historyOf } from './status/burndown.js';
import { checklistOf } from './status/checklist.js';
import { decisionsOf, keptOf } from './status/kept.js';
import { directoryOf, talliesBy, tallyOf } from './status/tallies.js';

/** Tells from the tree, the plan, the ledgers and their history. Writes nothing. */
export async function status(o: MigrateOptions, { today }: { today: string }): Promise<StatusReport> {
  const taken = await takeInventory(o);
  const { sites, root, stateDir, inventory } = taken;
  const ledgers = readLedgers(stateDir);
  const history = await historyOf(root, relative(root, `${stateDir}/batches`).split(sep).join('/'));
  const ownerOf = ownersAt(root);
  const totals = tallyOf(sites);
  const checklist = checklistOf(violationsIn(taken, today), inventory);
  const byPurpose = talliesBy(sites, ({ purpose }) => purpose ?? 'unknown');
  const now = history.points.at(-1)?.migrated ?? 0;
  const movable = totals.planned + totals.review;
  return {
    schemaVersion: 1,
    totals,
    batches: batchesOf(taken, ledgers, history.dates),
    byPurpose: PURPOSES.flatMap((name) => byPurpose.filter((row) => row.name === name)),
    byDirectory: talliesBy(sites, ({ file }) => directoryOf(file)),
    byOwner: ownerOf === null ? [] : talliesBy(sites, ({ file }) => ownerOf(file) ?? 'nobody'),
    kept: keptOf(sites),
    decisions: decisionsOf(taken.decisions),
    burndown: history.points.map((point) => ({ ...point, left: movable + now - point.migrated })),
    checklist,
    complete: checklist.every(({ done }) => done),
  };
}

/** Those of the plan in its order, then those that are done and gone from it. */
function batchesOf(taken: Taken, ledgers: readonly Ledger[], dates: ReadonlyMap<string, string>): BatchStatus[] {
  const { batches } = planOf(taken).plan;
  const byId = new Map(ledgers.map((ledger) => [ledger.batch, ledger]));
  const done = ledgers.filter(({ batch }) => !batches.some(({ id }) => id === batch));
  const order = purposeOrder(taken.config);
  done.sort((a, b) => order.indexOf(a.purpose) - order.indexOf(b.purpose));
  return [
    ...done.map((ledger) => statusOf(ledger.batch, ledger, null, dates)),
    ...batches.map((batch) => statusOf(batch.id, byId.get(batch.id), batch, dates)),
  ];
}

function statusOf(
  id: string,
  ledger: Ledger | undefined,
  batch: Batch | null,
  dates: ReadonlyMap<string, string>,
): BatchStatus {
  const rewritten = new Set(ledger?.sites.flatMap(({ id, outcome }) => (outcome === 'rewritten' ? [id] : [])));
  const all = new Set([...rewritten, ...(ledger?.sites ?? []).map((site) => site.id), ...(batch?.sites ?? [])]);
  const open = (batch?.sites ?? []).some((site) => !rewritten.has(site));
  return {
    id,
    title: ledger?.title ?? batch?.title ?? '',
    purpose: ledger?.purpose ?? batch?.purpose ?? 'unknown',
    state: rewritten.size === 0 ? 'open' : open ? 'part' : 'done',
    rewritten: rewritten.size,
    sites: all.size,
    files: ledger?.files ?? batch?.files ?? [],
    date: rewritten.size === 0 ? null : (dates.get(id) ?? null),
  };
}
