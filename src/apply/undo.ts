/** Puts files back as they were before a run. Every step can be repeated: a kill in between is mended by the next undo. */

import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../errors.js';
import { type Fault, noFault } from './fault.js';
import {
  errorCode,
  readBytes,
  removeEmptyFolder,
  removeFile,
  replaceFile,
  sha256,
  statOf,
  syncFolder,
} from './files.js';
import { type JournalEntry, originalBytes, type Run, removeRun, saveIndex } from './journal.js';
import { ledgerPath, ledgerWithout, parseLedger } from './ledger.js';
import { jsonText } from './state.js';
import { absolute, type Place } from './target.js';

/** SHA-256 of what a path holds; null when there is no file. */
export function hashOf(place: Place, path: string): string | null {
  const bytes = readBytes(absolute(place, path));
  return bytes === null ? null : sha256(bytes);
}

/** The entry's hash before the run; null: there was no file. */
export function hashBefore(entry: JournalEntry): string | null {
  return entry.before?.sha256 ?? null;
}

/** Entries whose file is neither as before nor as after the run: somebody else has changed it, undo would lose that. */
export function foreignChanges(place: Place, run: Run): JournalEntry[] {
  if (run.index.formatting) return [];
  return entriesToUndo(run).filter((entry) => {
    const now = hashOf(place, entry.path);
    return now !== hashBefore(entry) && now !== entry.after;
  });
}

/**
 * Takes back what `run.index.undo` names (null: all), newest file first, then the ledger, then the run itself or its part
 * in the journal. Gives the files that were really changed. Throws UserError when the system refuses a step: the journal
 * then stays as it is, and the next `recover` goes on.
 */
export function undoRun(place: Place, run: Run, fault: Fault = noFault): string[] {
  return explained(run, () => undo(place, run, fault));
}

/** Runs a step of an undo; what the system refuses becomes a UserError that says how it goes on. */
export function explained<T>(run: Run, step: () => T): T {
  try {
    return step();
  } catch (error) {
    const code = errorCode(error);
    if (code === null) throw error;
    throw new UserError(
      `batch ${run.index.batch} could not be put back (${code})`,
      'mend that, then run `rollback`: it goes on where this one stopped',
    );
  }
}

function undo(place: Place, run: Run, fault: Fault): string[] {
  const entries = entriesToUndo(run);
  const changed: string[] = [];
  for (const entry of [...entries].reverse()) {
    if (restore(place, run, entry)) changed.push(entry.file);
    fault('undo-file-restored');
  }
  fault('undo-files-restored');
  const whole = entries.length === run.index.files.length;
  if (whole) writeLedgerText(place, run, run.index.ledgerBefore);
  else shortenLedger(place, run, entries);
  fault('undo-ledger-restored');
  if (whole) {
    removeRun(run, () => fault('undo-index-gone'));
  } else {
    const left = run.index.files.filter((entry) => !entries.includes(entry));
    const units = new Set(left.flatMap((entry) => entry.units));
    run.index = {
      ...run.index,
      state: 'done',
      undo: null,
      files: left,
      units: run.index.units.filter((unit) => units.has(unit.id)),
    };
    saveIndex(run);
  }
  return changed.sort();
}

function entriesToUndo(run: Run): JournalEntry[] {
  const { files, undo } = run.index;
  return files.filter((entry) => undo === null || undo.includes(entry.path));
}

/** True when something had to be done. */
function restore(place: Place, run: Run, entry: JournalEntry): boolean {
  const path = absolute(place, entry.path);
  const temp = absolute(place, entry.temp);
  removeFile(temp);
  const now = hashOf(place, entry.path);
  if (entry.before === null) {
    removeFile(path);
    for (const folder of [...entry.folders].reverse()) removeEmptyFolder(absolute(place, folder));
    return now !== null;
  }
  const mode = statOf(path)?.mode;
  if (now === entry.before.sha256 && mode !== undefined && (mode & 0o7777) === entry.before.mode) return false;
  const bytes = originalBytes(run, entry);
  if (bytes === null) return false;
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, temp, bytes, entry.before.mode);
  return true;
}

function shortenLedger(place: Place, run: Run, entries: readonly JournalEntry[]): void {
  const path = ledgerPath(place.stateDir, run.index.batch);
  const text = readBytes(path)?.toString('utf8');
  if (text === undefined) return;
  const units = new Set(entries.flatMap((entry) => entry.units));
  const sites = run.index.units.filter((unit) => units.has(unit.id)).flatMap((unit) => unit.sites);
  const files = new Set(entries.map((entry) => entry.file));
  const ledger = parseLedger(text, `batches/${run.index.batch}.json`);
  writeLedgerText(place, run, jsonText(ledgerWithout(ledger, files, new Set(sites))));
}

function writeLedgerText(place: Place, run: Run, text: string | null): void {
  const path = ledgerPath(place.stateDir, run.index.batch);
  removeFile(`${path}.tmp`);
  if (text === null) {
    removeFile(path);
    if (removeEmptyFolder(dirname(path))) syncFolder(place.stateDir);
    return;
  }
  if (readBytes(path)?.toString('utf8') === text) return;
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, `${path}.tmp`, Buffer.from(text), 0o644);
}
