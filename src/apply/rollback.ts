/** The way back: exact bytes and modes of what batches have changed, newest run first. */

import { UserError } from '../errors.js';
import type { Reason } from '../model/site.js';
import { type Fault, noFault } from './fault.js';
import { type JournalEntry, originalBytes, type Run, readRuns, saveIndex } from './journal.js';
import { readLedgers } from './ledger.js';
import { type Recovered, recover } from './recover.js';
import { startedForOthers } from './started.js';
import { STATE_FOLDER, tidyState } from './state.js';
import type { Place } from './target.js';
import { explained, hashBefore, hashOf, undoRun } from './undo.js';

export interface RollbackRequest extends Place {
  /** A batch id, or `all`. */
  batch: string;
  /** Only this file, and what must change together with it. */
  file?: string;
  /** Gets one line for each interrupted run that was recovered first. */
  tell?: (message: string) => void;
  fault?: Fault;
}

export interface RollbackReport {
  schemaVersion: 1;
  /** Newest first; `files` are those put back. */
  batches: { batch: string; files: string[] }[];
  /** Batches that were left as they are, and why. */
  refused: { batch: string; reasons: Reason[] }[];
  recovered: Recovered[];
}

/**
 * Rolls back a batch or all of them. A batch whose file has changed since, or was changed again by a later batch that
 * stays, is refused as a whole, and so is one that starts an accessor which batches that stay ask, and one whose journal is
 * on another machine: `git revert` is the way then. Call it
 * under the lock. Throws UserError for an unknown batch and for a file that the batch has not changed.
 */
export function rollback(request: RollbackRequest): RollbackReport {
  const recovered = recover({ ...request });
  const runs = readRuns(request.stateDir).reverse();
  const wanted = wantedBatches(request, runs, recovered);
  const { steps, refused } = possibleSteps(request, runs, wanted.batches);
  const done = new Map<string, string[]>();
  for (const step of steps) {
    const { batch } = step.run.index;
    done.set(batch, [...(done.get(batch) ?? []), ...carryOut(request, step)]);
  }
  tidyState(request.stateDir);
  return {
    schemaVersion: 1,
    batches: [...done].map(([batch, files]) => ({ batch, files: [...new Set(files)].sort() })),
    refused: [...refused, ...wanted.withoutJournal.map((batch) => ({ batch, reasons: [noJournal(batch)] }))],
    recovered,
  };
}

/** What of one run is taken back. */
interface Step {
  run: Run;
  entries: JournalEntry[];
}

function carryOut(request: RollbackRequest, { run, entries }: Step): string[] {
  const fault = request.fault ?? noFault;
  const part = entries.length < run.index.files.length;
  run.index = { ...run.index, state: 'undoing', undo: part ? entries.map((entry) => entry.path) : null };
  explained(run, () => saveIndex(run));
  fault('undo-begun');
  return undoRun(request, run, fault);
}

function wantedBatches(
  request: RollbackRequest,
  runs: readonly Run[],
  recovered: readonly Recovered[],
): { batches: string[]; withoutJournal: string[] } {
  const journalled = [...new Set(runs.map((run) => run.index.batch))];
  const withoutJournal = readLedgers(request.stateDir)
    .map((ledger) => ledger.batch)
    .filter((batch) => !journalled.includes(batch));
  if (request.batch === 'all') {
    const { file } = request;
    const touching = (batch: string) =>
      runs.some((run) => run.index.batch === batch && run.index.files.some((entry) => entry.file === file));
    return file === undefined
      ? { batches: journalled, withoutJournal }
      : { batches: journalled.filter(touching), withoutJournal: [] };
  }
  if (journalled.includes(request.batch)) return { batches: [request.batch], withoutJournal: [] };
  if (withoutJournal.includes(request.batch)) return { batches: [], withoutJournal: [request.batch] };
  if (recovered.some((run) => run.batch === request.batch)) return { batches: [], withoutJournal: [] };
  const known = [...journalled, ...withoutJournal].sort();
  throw new UserError(
    `batch "${request.batch}" was never applied here`,
    known.length === 0 ? 'no batch was' : `applied: ${known.join(', ')}`,
  );
}

/** The files of a batch that its rollback takes back: all, or the asked one with what changed together with it. */
function filesToUndo(request: RollbackRequest, batch: string, runs: readonly Run[]): Set<string> {
  const all = runs.filter((run) => run.index.batch === batch).flatMap((run) => run.index.files);
  const { file } = request;
  if (file === undefined) return new Set(all.map((entry) => entry.path));
  const paths = new Set(all.filter((entry) => entry.file === file).map((entry) => entry.path));
  if (paths.size === 0) {
    throw new UserError(`batch ${batch} has not changed ${file}`, `it has changed: ${namesOf(all).join(', ')}`);
  }
  for (let size = 0; size !== paths.size; ) {
    size = paths.size;
    const units = new Set(all.filter((entry) => paths.has(entry.path)).flatMap((entry) => entry.units));
    for (const entry of all) if (entry.units.some((unit) => units.has(unit))) paths.add(entry.path);
  }
  return paths;
}

function namesOf(entries: readonly JournalEntry[]): string[] {
  return [...new Set(entries.map((entry) => entry.file))].sort();
}

/**
 * The steps, newest first, of the batches that can be rolled back. One that cannot stays wholly, and what it has changed
 * then stands in the way of earlier ones: so all is looked at again without it, until nothing more falls out.
 */
function possibleSteps(
  request: RollbackRequest,
  runs: readonly Run[],
  batches: readonly string[],
): { steps: Step[]; refused: RollbackReport['refused'] } {
  const files = new Map(batches.map((batch) => [batch, filesToUndo(request, batch, runs)]));
  const ledgers = readLedgers(request.stateDir);
  const refused: RollbackReport['refused'] = [];
  for (;;) {
    const steps = runs.map((run) => {
      const own = files.get(run.index.batch);
      return { run, entries: run.index.files.filter((entry) => own?.has(entry.path) === true) };
    });
    const going = new Set(steps.flatMap(({ run, entries }) => (entries.length > 0 ? [run.index.batch] : [])));
    const obstacle = firstObstacle(request, steps) ?? startedForOthers(ledgers, going);
    if (obstacle === null) return { steps: steps.filter((step) => step.entries.length > 0), refused };
    refused.push(obstacle);
    files.delete(obstacle.batch);
  }
}

/** The first batch, going back in time, that cannot be rolled back; nothing is changed to find out. */
function firstObstacle(place: Place, steps: readonly Step[]): RollbackReport['refused'][number] | null {
  // What each file will hold as the steps are made, and which batch keeps it.
  const holds = new Map<string, string | null>();
  const keptBy = new Map<string, string>();
  for (const { run, entries } of steps) {
    const reasons = entries.flatMap((entry) => {
      const keeper = keptBy.get(entry.path);
      if (keeper !== undefined) return [changedAgain(entry.file, keeper)];
      const now = holds.has(entry.path) ? (holds.get(entry.path) ?? null) : hashOf(place, entry.path);
      holds.set(entry.path, hashBefore(entry));
      if (now !== entry.after && now !== hashBefore(entry)) return [changedSince(entry.file)];
      originalBytes(run, entry);
      return [];
    });
    if (reasons.length > 0) return { batch: run.index.batch, reasons };
    for (const entry of run.index.files) if (!entries.includes(entry)) keptBy.set(entry.path, run.index.batch);
  }
  return null;
}

function changedAgain(file: string, batch: string): Reason {
  const message = `${file} was changed again by batch ${batch}: roll that one back first, or all`;
  return { code: 'changed-by-later-batch', message, at: file };
}

function changedSince(file: string): Reason {
  const message = `${file} has changed since the batch was applied: use \`git revert\` on the commit of the batch instead`;
  return { code: 'changed-since-apply', message, at: file };
}

function noJournal(batch: string): Reason {
  const message = `the journal of batch ${batch} is not on this machine (git does not carry it): use \`git revert\` on the commit of the batch instead`;
  return { code: 'no-journal', message, at: `${STATE_FOLDER}/batches/${batch}.json` };
}
