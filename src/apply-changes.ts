/** The recipe of `apply` and `rollback`: batches are rewritten, verified and written one after the other. */

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  applyBatch,
  applyChecked,
  dryRunBatch,
  formatWith,
  recover,
  requireClean,
  rollback,
  sumTotals,
  withLock,
  writableUnits,
} from './apply/index.js';
import { type Changes, startChanges } from './changes.js';
import { UserError } from './errors.js';
import {
  findPlace,
  keeping,
  type MigrateOptions,
  mocksFor,
  type Place,
  planOf,
  type Taken,
  takeInventory,
  wholly,
} from './migrate.js';
import type { ApplyReport, Batch, BatchReport, Plan, Unit } from './model.js';
import { batchOfSites, chooseBatches } from './plan/index.js';
import type { RollbackReport } from './report/index.js';
import { maskReport } from './secrets.js';

/** What a person asked `apply` for. */
export interface ApplyRequest {
  batch: string | null;
  sites: string[] | null;
  dryRun: boolean;
  includeReview: boolean;
  allowDirty: boolean;
  formatWith: string | null;
  showSecrets: boolean;
  /** Run the project's own type checkers, and take back what brings new errors. */
  typecheck: boolean;
}

/** The report, what to tell besides, and the tree as it was looked at last. */
export type Applied = ApplyReport & { messages: string[]; taken: Taken };

/** Rewrites, verifies and writes batches; with `dryRun` it only shows them. */
export async function applyChanges(o: MigrateOptions, request: ApplyRequest): Promise<Applied> {
  const place = await findPlace(o);
  if (place.config.path === null) {
    throw new UserError('apply needs a configuration and there is none', 'Run `redis-migrate init --yes` first.');
  }
  const messages: string[] = [];
  const run = () => applyAll(o, request, messages);
  if (request.dryRun) return run();
  const locked = () =>
    withLock(place.stateDir, async () => {
      recover({ ...place, tell: (message) => messages.push(message) });
      await requireClean({ ...place, allowDirty: request.allowDirty });
      return run();
    });
  return o.orderly ? o.orderly(locked) : locked();
}

function requireAccessors({ root, config }: Place): void {
  for (const { file } of config.accessors) {
    if (statSync(join(root, file), { throwIfNoEntry: false })?.isFile()) continue;
    const hint = 'Write it, or let `redis-migrate init --yes --scaffold default` write one.';
    throw new UserError(`the accessor's file ${file} does not exist`, hint);
  }
}

async function applyAll(o: MigrateOptions, request: ApplyRequest, messages: string[]): Promise<Applied> {
  const before = await takeInventory(o);
  const made = planOf(before);
  messages.push(...made.stale);
  const batches = batchesOf(request, before, made.plan);
  if (batches.some((batch) => writableUnits(batch, before.sites, before.units, request.includeReview).length > 0)) {
    requireAccessors(before);
  }
  const all = () => oneByOne(o, request, before, batches);
  const { reports, taken } = await (request.dryRun ? all() : wholly(o, all));
  if (reports.length < batches.length) {
    messages.push(`${reports.length} of ${batches.length} batches are done, the others are as before`);
  }
  const totals = sumTotals(reports);
  const placed = new Set(reports.flatMap(({ sites }) => sites.map(({ id }) => id)));
  const kept = taken.sites.flatMap(({ id, file, line, verdict, reasons }) =>
    verdict === 'keep' && !placed.has(id) ? [{ site: id, file, line, reasons: keeping(reasons) }] : [],
  );
  return { schemaVersion: 1, dryRun: request.dryRun, batches: reports, totals, kept, messages, taken };
}

/** Batch after batch, until all are done or the run is asked to stop. */
async function oneByOne(
  o: MigrateOptions,
  request: ApplyRequest,
  before: Taken,
  batches: readonly Batch[],
): Promise<{ reports: BatchReport[]; taken: Taken }> {
  const reports: BatchReport[] = [];
  const between: Between = { overlay: new Map(), baseline: new Map() };
  let taken = before;
  let changes = await changesOf(taken);
  for (const batch of batches) {
    // A signal is only heard when the process comes to rest.
    await setImmediate();
    if (o.signal?.aborted) break;
    o.onStage?.(`batch ${batch.id}`);
    reports.push(await oneBatch(o, request, taken, batch, changes, between));
    if (request.formatWith === null || request.dryRun) continue;
    // The formatter may have moved everything: what is known of the tree is computed anew.
    taken = await takeInventory(o);
    changes = await changesOf(taken);
  }
  return { reports, taken };
}

function batchesOf(request: ApplyRequest, { sites, units, config }: Taken, made: Plan): Batch[] {
  if (request.sites !== null) return [batchOfSites(request.sites, sites, units, config)];
  return chooseBatches(made, request.batch ?? 'all', { units, includeReview: request.includeReview });
}

/** What the batches of one run hand on: texts of a dry run, and what type checkers have said. */
interface Between {
  overlay: Map<string, string>;
  baseline: Parameters<typeof applyChecked>[0]['baseline'];
}

async function oneBatch(
  { signal }: MigrateOptions,
  request: ApplyRequest,
  taken: Taken,
  batch: Batch,
  changes: Changes,
  { overlay, baseline }: Between,
): Promise<BatchReport> {
  const { root, stateDir, sites, units } = taken;
  const { includeReview } = request;
  const writable = writableUnits(batch, sites, units, includeReview);
  const mask = request.showSecrets ? (text: string) => ({ text, masked: false }) : maskReport;
  const common = { root, stateDir, batch, sites, units, includeReview, mask };
  const change = changes.next(writable);
  const again = (fewer: Unit[]) => changes.next(fewer);
  const format = request.formatWith === null ? {} : { format: formatWith(request.formatWith, root, signal) };
  const report = request.dryRun
    ? await dryRunBatch({ ...common, change, again, overlay })
    : request.typecheck
      ? await applyChecked({ ...common, change, again, baseline, ...format })
      : await applyBatch({ ...common, change, again, ...format });
  const rewritten = new Set(report.sites.flatMap(({ id, outcome }) => (outcome === 'rewritten' ? [id] : [])));
  changes.keep(writable.filter((unit) => unit.sites.every((id) => rewritten.has(id))));
  return { ...report, mocks: mocksFor(taken.mocks, [...rewritten]) };
}

function changesOf({ root, units, namesTaken }: Taken): Promise<Changes> {
  return startChanges(
    (file) => readFileSync(join(root, file), 'utf8'),
    namesTaken(units.flatMap(({ files }) => files)),
  );
}

/** Gives back the bytes that batches have changed. */
export async function rollBack(
  o: Pick<MigrateOptions, 'root' | 'configPath' | 'whole'>,
  request: { batch: string | null; file: string | null },
): Promise<RollbackReport> {
  const { root, stateDir } = await findPlace(o);
  const messages: string[] = [];
  const tell = (message: string) => messages.push(message);
  const file = request.file === null ? {} : { file: request.file };
  const work = () =>
    withLock(stateDir, () => rollback({ root, stateDir, batch: request.batch ?? 'all', tell, ...file }));
  const report = await wholly(o, work);
  const { schemaVersion, batches, refused } = report;
  return { schemaVersion, batches, refused, messages };
}
