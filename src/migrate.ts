/**
 * The recipe: every stage up to the plan, in order. Each takes plain data and gives plain data. What follows (rewrite,
 * verify, apply) is in `apply-changes.ts`, the same for one text alone in `migrate-text.ts`.
 */

import { statSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { startOf } from './accessors/start.js';
import { readLedgers, rewrittenSites, STATE_FOLDER, withLock, writeStateFile } from './apply/index.js';
import { type Assessment, assess, effectOf, movedOpenings, wantedModules } from './assess/index.js';
import { loadConfig, replacementsFrom } from './config/index.js';
import { readDecisions } from './decisions/index.js';
import { UserError } from './errors.js';
import { languageOfModule } from './languages/module-language.js';
import { LIBRARIES } from './libraries/index.js';
import { MOCK_SIGNS } from './libraries/mocks.js';
import { SERVER_WORDS } from './libraries/servers.js';
import { STARTUP_WORDS } from './libraries/shutdown-hooks.js';
import type { ComputedLoad, Config, LostMock, Plan, Project, Reason, StandIn, Trace } from './model.js';
import { mergePlan, ownersAt, PLAN_FILE, plan, readPlan, staleWords } from './plan/index.js';
import { inventory } from './report/inventory.js';
import { gateRules, type NamedModule, type Scan, startScan } from './scan/index.js';
import { zoneOf } from './scan/zones.js';
import { askedBy, mockCalls, mocksOf, patchesOf, startTrace, type Tracer, watchedFunctions } from './trace/index.js';

/** What every command is told. */
export interface MigrateOptions {
  root: string;
  configPath: string | null;
  jobs: number;
  cache: boolean;
  includeTests: boolean;
  onStage?: (stage: string) => void;
  /** Aborted when a person wants the run to stop. */
  signal?: AbortSignal;
  /** Runs work that must be brought to its end once it has begun. */
  whole?: <T>(work: () => Promise<T>) => Promise<T>;
  /** Runs work that holds something which must be let go when it is ended early. */
  orderly?: <T>(work: () => Promise<T>) => Promise<T>;
}

/** Runs work that writes: it is brought to its end. */
export function wholly<T>({ whole }: Pick<MigrateOptions, 'whole'>, work: () => Promise<T>): Promise<T> {
  return whole ? whole(work) : work();
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
  /** Names that files import and that other files take from them. */
  namesTaken: Scan['namesTaken'];
  /** Stand-ins of tests for modules with openings; none where no name of a module is to go. */
  standIns: StandIn[];
  mentions: ReturnType<Scan['mentions']>;
  /** Loads under computed names; none where no name of a module is to go. */
  loads: ComputedLoad[];
  /** File → files that it imports, for all files that are no tests; null: not asked, no accessor of JavaScript must be started. */
  programs: Record<string, string[]> | null;
}

/** The inventory with what the next stages need. */
export interface Taken
  extends Traced,
    Pick<Assessment, 'sites' | 'units' | 'findings' | 'passwords' | 'mocks' | 'decisions'> {
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
  const replaced = replacementsFrom(config, fromRoot);
  const stateDir = join(config.path === null ? root : dir, STATE_FOLDER);
  return { root, stateDir, config: { ...config, ...replaced, accessors } };
}

/** Scan and trace in turns, until no module that hands out or gets a client is left unread. */
async function follow(o: MigrateOptions): Promise<Traced> {
  const place = await findPlace(o);
  const { root, stateDir, config } = place;
  const { include, exclude } = config;
  const cacheDir = o.cache && config.path !== null ? join(stateDir, 'cache') : null;
  o.onStage?.('scanning');
  const scan = await startScan({
    root,
    include,
    exclude,
    jobs: o.jobs,
    cacheDir,
    rules: gateRules(LIBRARIES, MOCK_SIGNS, modulesOf(config)),
  });
  const accessors = config.accessors.flatMap(watchedFunctions);
  const started = config.accessors.filter(({ contract }) => startOf(contract) !== null);
  const starts = started.length > 0;
  const startWords = started.flatMap(({ language }) => (language === 'python' ? STARTUP_WORDS : SERVER_WORDS));
  const [classes, deprecated] = [config.wrappers.map((one) => one.class), config.deprecated.map(({ name }) => name)];
  const tracer = startTrace({ accessors, classes, deprecated, starts });
  o.onStage?.('following clients');
  const nextRound = async () => {
    const ask = tracer.add(scan.project());
    await setImmediate();
    const wants = [...ask.wants, ...wantedModules(scan.project(), config)];
    // Where an application begins need not name a client.
    return scan.round({ ...ask, wants, words: [...ask.words, ...startWords] });
  };
  for (let added = await scan.round(null); added > 0; ) added = await nextRound();
  // A signal that somebody listens to is only heard when the process comes to rest.
  await setImmediate();
  const project = scan.project();
  const found = mockCalls(project, scan.files());
  const trace = tracer.finish(project);
  const accessorFiles = config.accessors.map(({ file }) => file);
  const graph = scan.graph(askedBy(found));
  const programs = started.some(({ language }) => language === 'javascript') ? scan.graph(allOf(scan)).imports : null;
  const mocks = mocksOf(project, trace.openings, found, graph, accessorFiles);
  const patches = patchesOf(project, found, graph);
  const homes = config.strategy === 'inline' ? [...new Set(trace.openings.map(({ file }) => file))] : [];
  const standIns = scan.standIns(homes);
  const fields = trace.constructions.flatMap((one) => (one.container === 'class-member' ? (one.bound ?? []) : []));
  const mentions = scan.mentions([...new Set(fields)]);
  const loads = config.strategy === 'initialiser' ? [] : await scan.computedLoads();
  const namesTaken: Scan['namesTaken'] = (modules) => scan.namesTaken(modules);
  const followed = { ...trace, mocks, patches };
  return { ...place, project, tracer, trace: followed, namesTaken, standIns, mentions, loads, programs };
}

/** Every file that is no test, as one that asks what it loads. */
function allOf(scan: Scan): Parameters<Scan['graph']>[0] {
  return scan.files().flatMap((file) => (zoneOf(file) === 'test' ? [] : [{ file, specifiers: [] }]));
}

/** Modules of the project that the configuration names: who imports them matters, whatever else it imports. */
function modulesOf({ wrappers, deprecated }: Config): NamedModule[] {
  return [
    ...wrappers.map(({ class: name, module, instance, callSites }) => ({
      language: languageOfModule(module),
      module,
      // Who calls its methods need not name the class.
      names: callSites && instance !== null ? [name, instance] : [name],
    })),
    ...deprecated.map(({ language, module, name }) => ({ language, module, names: [name] })),
  ];
}

/** Scan, trace, assess. */
export async function takeInventory(o: MigrateOptions): Promise<Taken> {
  const traced = await follow(o);
  await setImmediate();
  const done = rewrittenSites(readLedgers(traced.stateDir));
  const assessment = assess(traced.project, traced.trace, traced.config, {
    includeTests: o.includeTests,
    // A decision to do it is over when it was done.
    decisions: readDecisions(traced.stateDir).filter(({ site, decision }) => decision !== 'do' || !done.has(site)),
    standIns: traced.standIns,
    mentions: traced.mentions,
    loads: traced.loads,
    ...(traced.programs ? { programs: traced.programs } : {}),
    today: new Date().toISOString().slice(0, 10),
  });
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
    await wholly(o, () => withLock(taken.stateDir, () => writeStateFile(taken.stateDir, PLAN_FILE, made.plan)));
  }
  return { ...made, taken };
}

/** The batches of an inventory: those of the stored plan first, with what is out of date in it. */
export function planOf(taken: Taken): { plan: Plan; stale: string[] } {
  const { root, sites, units, config, stateDir, trace } = taken;
  const stored = readPlan(stateDir);
  const ownerOf = ownersAt(root) ?? (() => null);
  if (stored === null) return { plan: told(plan(sites, units, config, ownerOf), taken), stale: [] };
  const rewritten = rewrittenSites(readLedgers(stateDir));
  const known = stored.batches.flatMap(({ sites: ids, files }) => ids.map((id) => ({ id, files })));
  const moved = movedOpenings(trace, [...known, ...stored.kept.map(({ site: id }) => ({ id, files: [] }))]);
  const merged = mergePlan(stored, { sites, units, config, ownerOf, rewritten, moved });
  return { plan: told(merged.plan, taken), stale: staleWords(stored, merged.stale) };
}

function told(made: Plan, { mocks }: Taken): Plan {
  const batches = made.batches.map((batch) => ({ ...batch, mocks: mocksFor(mocks, batch.sites) }));
  return whyKept({ ...made, batches });
}

/** The mocks that lose some of these sites, with those of them. */
export function mocksFor(mocks: readonly LostMock[], sites: readonly string[]): LostMock[] {
  const among = new Set(sites);
  return mocks
    .map((mock) => ({ ...mock, sites: mock.sites.filter((id) => among.has(id)) }))
    .filter((mock) => mock.sites.length > 0);
}

/** What keeps a site; notes have no part in it. */
function whyKept(made: Plan): Plan {
  return { ...made, kept: made.kept.map((one) => ({ ...one, reasons: keeping(one.reasons) })) };
}

/** The reasons that keep a site; all of them when none does (a stored plan may know better). */
export function keeping(reasons: Reason[]): Reason[] {
  const strong = reasons.filter(({ code }) => effectOf(code) === 'keep');
  return strong.length > 0 ? strong : reasons;
}
