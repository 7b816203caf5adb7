/** The recipe: every stage, in order. Each takes plain data and gives plain data; only `apply` writes sources. */

import { readFileSync, statSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import {
  applyBatch,
  dryRunBatch,
  formatWith,
  readLedgers,
  recover,
  requireClean,
  rewrittenSites,
  rollback,
  STATE_FOLDER,
  sumTotals,
  withLock,
  writableUnits,
  writeStateFile,
} from './apply/index.js';
import { type Assessment, assess } from './assess/index.js';
import { loadConfig } from './config/index.js';
import { UserError } from './errors.js';
import { LANGUAGES, languageFor } from './languages/index.js';
import { LIBRARIES } from './libraries/index.js';
import type { ApplyReport, Batch, BatchReport, Config, Plan, Project, RewriteResult, Trace, Unit } from './model.js';
import { batchOfSites, chooseBatches, mergePlan, PLAN_FILE, plan, readPlan } from './plan/index.js';
import type { RollbackReport } from './report/index.js';
import { inventory } from './report/inventory.js';
import { rewrite } from './rewrite/index.js';
import { step } from './rewrite/step.js';
import { loadSyntaxes } from './rewrite/syntaxes.js';
import { gateRules, startScan } from './scan/index.js';
import { maskReport } from './secrets.js';
import { startTrace, type Tracer } from './trace/index.js';
import { verify } from './verify/index.js';

/** What every command is told. */
export interface MigrateOptions {
  root: string;
  configPath: string | null;
  jobs: number;
  cache: boolean;
  includeTests: boolean;
  onStage?: (stage: string) => void;
}

/** Where a run works: absolute paths, and the configuration with paths from the root. */
export interface Place {
  root: string;
  stateDir: string;
  config: Config;
}

/** The tree as the stages before assess see it. */
export interface Traced extends Place {
  project: Project;
  tracer: Tracer;
  trace: Trace;
}

/** The inventory with what the next stages need. */
export interface Taken extends Traced, Pick<Assessment, 'sites' | 'units'> {
  inventory: ReturnType<typeof inventory>;
}

/** Finds root, configuration and state folder. Throws `UserError` for a root that is no folder and for a bad config. */
export async function findPlace(o: Pick<MigrateOptions, 'root' | 'configPath'>): Promise<Place> {
  const root = resolve(o.root);
  const stats = statSync(root, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) throw new UserError(`${o.root} is not a folder`, 'Name the folder to work on.');
  const { config, dir } = await loadConfig(root, o.configPath);
  const fromRoot = (file: string) => posix.normalize(relative(root, join(dir, file)).split(sep).join('/'));
  const accessors = config.accessors.map((a) => ({ ...a, file: fromRoot(a.file) }));
  return { root, stateDir: join(config.path === null ? root : dir, STATE_FOLDER), config: { ...config, accessors } };
}

/** Scan and trace in turns, until no module that hands out or gets a client is left unread. */
async function follow(o: MigrateOptions): Promise<Traced> {
  const place = await findPlace(o);
  const { root, stateDir, config } = place;
  const { include, exclude } = config;
  const cacheDir = o.cache && config.path !== null ? join(stateDir, 'cache') : null;
  o.onStage?.('scanning');
  const scan = await startScan({ root, include, exclude, jobs: o.jobs, cacheDir, rules: gateRules(LIBRARIES) });
  const accessors = config.accessors.flatMap(({ file, name, open, close }) =>
    [name, open, close].flatMap((exported) => (exported === null ? [] : [{ file, name: exported }])),
  );
  const tracer = startTrace({ accessors });
  o.onStage?.('following clients');
  for (let added = await scan.round(null); added > 0; ) added = await scan.round(tracer.add(scan.project()));
  const project = scan.project();
  return { ...place, project, tracer, trace: tracer.finish(project) };
}

/** Scan, trace, assess. */
export async function takeInventory(o: MigrateOptions): Promise<Taken> {
  const traced = await follow(o);
  const assessment = assess(traced.project, traced.trace, traced.config, { includeTests: o.includeTests });
  return { ...traced, ...assessment, inventory: inventory(traced.project, assessment) };
}

/** The batches: those of the stored plan first. */
export async function makePlan(
  o: MigrateOptions,
  request: { write: boolean },
): Promise<{ plan: Plan; stale: string[]; taken: Taken }> {
  const taken = await takeInventory(o);
  const made = planOf(taken);
  if (request.write) {
    await withLock(taken.stateDir, () => writeStateFile(taken.stateDir, PLAN_FILE, made.plan));
  }
  return { ...made, taken };
}

function planOf({ sites, units, config, stateDir }: Taken): { plan: Plan; stale: string[] } {
  const stored = readPlan(stateDir);
  if (stored === null) return { plan: plan(sites, units, config), stale: [] };
  const merged = mergePlan(stored, { sites, units, config, rewritten: rewrittenSites(readLedgers(stateDir)) });
  return { plan: merged.plan, stale: merged.stale.map(({ batch, site }) => `batch ${batch}: site ${site} is gone`) };
}

/** What a person asked `apply` for. */
export interface ApplyRequest {
  batch: string | null;
  sites: string[] | null;
  dryRun: boolean;
  includeReview: boolean;
  allowDirty: boolean;
  formatWith: string | null;
  showSecrets: boolean;
}

/** Rewrites, verifies and writes batches; with `dryRun` it only shows them. */
export async function applyChanges(
  o: MigrateOptions,
  request: ApplyRequest,
): Promise<ApplyReport & { messages: string[] }> {
  const place = await findPlace(o);
  if (place.config.path === null) {
    throw new UserError('apply needs a configuration and there is none', 'Run `redis-migrate init --yes` first.');
  }
  const messages: string[] = [];
  const run = () => applyAll(o, request, messages);
  if (request.dryRun) return run();
  return withLock(place.stateDir, async () => {
    recover({ ...place, tell: (message) => messages.push(message) });
    await requireClean({ ...place, allowDirty: request.allowDirty });
    return run();
  });
}

function requireAccessors({ root, config }: Place): void {
  for (const { file } of config.accessors) {
    if (statSync(join(root, file), { throwIfNoEntry: false })?.isFile()) continue;
    const hint = 'Write it, or let `redis-migrate init --yes --scaffold default` write one.';
    throw new UserError(`the accessor's file ${file} does not exist`, hint);
  }
}

async function applyAll(
  o: MigrateOptions,
  request: ApplyRequest,
  messages: string[],
): Promise<ApplyReport & { messages: string[] }> {
  let taken = await takeInventory(o);
  const made = planOf(taken);
  messages.push(...made.stale);
  let changes = await changesOf(taken);
  const reports: BatchReport[] = [];
  const overlay = new Map<string, string>();
  const batches = batchesOf(request, taken, made.plan);
  if (batches.some((batch) => writableUnits(batch, taken.sites, taken.units, request.includeReview).length > 0)) {
    requireAccessors(taken);
  }
  for (const batch of batches) {
    o.onStage?.(`batch ${batch.id}`);
    reports.push(await oneBatch(request, taken, batch, changes, overlay));
    if (request.formatWith === null || request.dryRun) continue;
    // The formatter may have moved everything: what is known of the tree is computed anew.
    taken = await takeInventory(o);
    changes = await changesOf(taken);
  }
  const totals = sumTotals(reports);
  const placed = new Set(reports.flatMap(({ sites }) => sites.map(({ id }) => id)));
  const kept = taken.sites.flatMap(({ id, file, line, verdict, reasons }) =>
    verdict === 'keep' && !placed.has(id) ? [{ site: id, file, line, reasons }] : [],
  );
  return { schemaVersion: 1, dryRun: request.dryRun, batches: reports, totals, kept, messages };
}

function batchesOf(request: ApplyRequest, { sites, units, config }: Taken, made: Plan): Batch[] {
  if (request.sites !== null) return [batchOfSites(request.sites, sites, units, config)];
  return chooseBatches(made, request.batch ?? 'all', { units, includeReview: request.includeReview });
}

async function oneBatch(
  request: ApplyRequest,
  taken: Taken,
  batch: Batch,
  changes: Changes,
  overlay: Map<string, string>,
): Promise<BatchReport> {
  const { root, stateDir, sites, units } = taken;
  const { includeReview } = request;
  const writable = writableUnits(batch, sites, units, includeReview);
  const mask = request.showSecrets ? (text: string) => ({ text, masked: false }) : maskReport;
  const common = { root, stateDir, batch, sites, units, includeReview, mask };
  const change = changes.next(writable);
  const again = (fewer: Unit[]) => changes.next(fewer);
  const format = request.formatWith === null ? {} : { format: formatWith(request.formatWith, root) };
  const report = request.dryRun
    ? await dryRunBatch({ ...common, change, again, overlay })
    : await applyBatch({ ...common, change, again, ...format });
  const rewritten = new Set(report.sites.flatMap(({ id, outcome }) => (outcome === 'rewritten' ? [id] : [])));
  changes.keep(writable.filter((unit) => unit.sites.every((id) => rewritten.has(id))));
  return report;
}

/** Changed texts, batch after batch, all computed from the tree as it was scanned. */
interface Changes {
  /** What these units change after those that were kept. */
  next(units: Unit[]): RewriteResult;
  /** These units are done. */
  keep(units: Unit[]): void;
}

async function changesOf({ root }: Taken): Promise<Changes> {
  const syntaxFor = await loadSyntaxes();
  // All facts may have come from the cache.
  await Promise.all(LANGUAGES.map((language) => language.load()));
  const texts = new Map<string, string>();
  const read = (file: string) => {
    const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
    texts.set(file, text);
    return text;
  };
  const factsFor = (file: string, text: string) => {
    const language = languageFor(file);
    if (language === null) throw new Error(`no language for ${file}`);
    return language.facts(file, text);
  };
  const compute = (units: Unit[]) => rewrite(units, read, syntaxFor);
  const checked = (units: Unit[]) => verify(compute(units), { units, factsFor, syntaxFor, rewrite: compute });
  let done: Unit[] = [];
  let before: RewriteResult = { files: [], refused: [] };
  return {
    next: (units) => step(before, checked([...done, ...units]), units),
    keep: (units) => {
      done = [...done, ...units];
      before = checked(done);
    },
  };
}

/** Gives back the bytes that batches have changed. */
export async function rollBack(
  o: Pick<MigrateOptions, 'root' | 'configPath'>,
  request: { batch: string | null; file: string | null },
): Promise<RollbackReport> {
  const { root, stateDir } = await findPlace(o);
  const messages: string[] = [];
  const tell = (message: string) => messages.push(message);
  const file = request.file === null ? {} : { file: request.file };
  const report = await withLock(stateDir, () =>
    rollback({ root, stateDir, batch: request.batch ?? 'all', tell, ...file }),
  );
  const { schemaVersion, batches, refused } = report;
  return { schemaVersion, batches, refused, messages };
}
