/** Writing the files of one batch under the journal: all of them, or none. */

import { mkdirSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { UserError } from '../errors.js';
import type { Reason } from '../model/site.js';
import type { Fault } from './fault.js';
import { errorCode, exists, readBytes, replaceFile, sha256 } from './files.js';
import { FormatError } from './format.js';
import { createRun, type JournalEntry, type Run, removeUnbegun, saveIndex } from './journal.js';
import { ledgerPath } from './ledger.js';
import type { Settled } from './settle.js';
import { absolute, type Place, type Target } from './target.js';
import { explained, foreignChanges, hashBefore, hashOf, undoRun } from './undo.js';

export interface WriteOptions {
  place: Place;
  batch: string;
  settled: Settled;
  /** Runs after the files are written; what it leaves in them is what the batch has written. */
  format: ((files: string[]) => Promise<void>) | null;
  /** Text of the batch's ledger, once the final texts are known. */
  ledger: (texts: ReadonlyMap<string, string>) => string;
  fault: Fault;
}

export type Written = { ok: true; texts: Map<string, string> } | { ok: false; reason: Reason };

/** A file is not as it was a moment ago: somebody else is writing. */
class ChangedMeanwhile extends Error {}

/**
 * Journal, files, formatter, ledger, in that order; the journal is `done` at the end. When anything fails everything is
 * put back, and the reason is given. Throws UserError when it cannot be put back (the journal stays open then).
 */
export async function writeBatch(options: WriteOptions): Promise<Written> {
  const { place, settled } = options;
  const run = tryToBegin(options);
  if (!('index' in run)) return run;
  const begun = new Set<string>();
  try {
    for (const target of settled.targets) writeTarget(place, run, target, begun, options.fault);
    options.fault('files-replaced');
    const texts = await formatted(options, run);
    writeLedger(options, options.ledger(texts));
    run.index = { ...run.index, state: 'done' };
    saveIndex(run);
    options.fault('journal-done');
    return { ok: true, texts };
  } catch (error) {
    takeBack(place, run, begun);
    const reason = reasonOf(error);
    if (reason === null) throw error;
    return { ok: false, reason };
  }
}

/** A journal that cannot be written means that nothing was changed. */
function tryToBegin(options: WriteOptions): Run | Extract<Written, { ok: false }> {
  try {
    return beginRun(options);
  } catch (error) {
    removeUnbegun(options.place.stateDir);
    const reason = reasonOf(error);
    if (reason === null) throw error;
    return { ok: false, reason };
  }
}

function beginRun({ place, batch, settled, fault }: WriteOptions): Run {
  const originals = settled.targets.map((target) => target.before?.bytes ?? null);
  const { folder, sequence } = createRun(place.stateDir, batch, originals);
  fault('journal-bytes');
  const run: Run = {
    folder,
    index: {
      version: 1,
      batch,
      sequence,
      state: 'open',
      formatting: false,
      files: settled.targets.map((target, number) => entryOf(target, number, batch, sequence)),
      units: settled.written,
      undo: null,
      ledgerBefore: readBytes(ledgerPath(place.stateDir, batch))?.toString('utf8') ?? null,
    },
  };
  saveIndex(run);
  fault('journal-open');
  return run;
}

function entryOf(
  { change, path, before, folders }: Target,
  number: number,
  batch: string,
  sequence: number,
): JournalEntry {
  return {
    file: change.file,
    path,
    before: before === null ? null : { sha256: sha256(before.bytes), mode: before.mode, bytes: String(number) },
    after: sha256(Buffer.from(change.after, 'utf8')),
    temp: posix.join(posix.dirname(path), `.redis-migrate-${batch}-${sequence}-${number}.tmp`),
    folders,
    units: change.units,
  };
}

function writeTarget(place: Place, run: Run, target: Target, begun: Set<string>, fault: Fault): void {
  const entry = run.index.files.find((candidate) => candidate.path === target.path);
  if (entry === undefined) throw new Error(`${target.change.file} is not in the journal`);
  if (hashOf(place, entry.path) !== hashBefore(entry)) throw new ChangedMeanwhile(entry.file);
  begun.add(entry.path);
  const path = absolute(place, entry.path);
  mkdirSync(dirname(path), { recursive: true });
  const mode = target.before?.mode ?? 0o666 & ~process.umask();
  replaceFile(path, absolute(place, entry.temp), Buffer.from(target.change.after, 'utf8'), mode, () =>
    fault('temp-written'),
  );
  fault('file-replaced');
}

/** The final texts; records their hashes when a formatter was at work. */
async function formatted({ place, settled, format, fault }: WriteOptions, run: Run): Promise<Map<string, string>> {
  if (format === null) return new Map(settled.targets.map(({ change }) => [change.file, change.after]));
  run.index = { ...run.index, formatting: true };
  saveIndex(run);
  fault('formatting');
  await format(run.index.files.map((entry) => entry.file));
  fault('formatted');
  const texts = new Map<string, string>();
  const files = run.index.files.map((entry) => {
    const bytes = readBytes(absolute(place, entry.path));
    if (bytes === null) throw new FormatError(`the formatter has removed ${entry.file}`);
    texts.set(entry.file, bytes.toString('utf8'));
    return { ...entry, after: sha256(bytes) };
  });
  run.index = { ...run.index, formatting: false, files };
  saveIndex(run);
  fault('hashes-recorded');
  return texts;
}

function writeLedger({ place, batch, fault }: WriteOptions, text: string): void {
  const path = ledgerPath(place.stateDir, batch);
  if (!exists(dirname(path))) mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, `${path}.tmp`, Buffer.from(text), 0o644);
  fault('ledger-written');
}

/** Undoes what this run has begun; files that it has not reached are not its business. */
function takeBack(place: Place, run: Run, begun: ReadonlySet<string>): void {
  run.index = { ...run.index, state: 'open', files: run.index.files.filter((entry) => begun.has(entry.path)) };
  explained(run, () => saveIndex(run));
  const [foreign] = foreignChanges(place, run);
  if (foreign !== undefined) {
    throw new UserError(
      `batch ${run.index.batch} failed and cannot be undone: ${foreign.file} was changed by somebody else meanwhile`,
      `restore it with \`git checkout -- ${foreign.file}\`, then run \`rollback\``,
    );
  }
  undoRun(place, run);
}

/** What to say of a failure that is no bug; null: it is one. */
function reasonOf(error: unknown): Reason | null {
  if (error instanceof ChangedMeanwhile) {
    const file = error.message;
    return { code: 'changed-since-scan', message: `${file} was changed while the batch was written`, at: file };
  }
  if (error instanceof FormatError) return { code: 'format-failed', message: error.message, at: null };
  const code = errorCode(error);
  if (code === null) return null;
  return { code: 'write-failed', message: `the files could not be written (${code})`, at: null };
}
