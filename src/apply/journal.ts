/**
 * The journal: what is needed to undo a run, on the disk before the first source byte changes. One folder a run,
 * `journal/<batch>/<sequence>/`, with the original bytes and an index; the sequence counts over all batches, so that the
 * order of application is known. A folder without an index belongs to a run that has changed nothing.
 */

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import {
  createFile,
  errorCode,
  readBytes,
  removeEmptyFolder,
  removeFile,
  replaceFile,
  sha256,
  syncFolder,
} from './files.js';
import { ensureState, STATE_FOLDER } from './state.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Relative, with `/`, without a way out: the index lies in the tree, where a commit could have put it. */
const outside = process.platform === 'win32' ? /(^|\/)\.{0,2}(\/|$)|^[A-Za-z]:|\\/ : /(^|\/)\.{0,2}(\/|$)/;
const inside = z.string().refine((path) => !outside.test(path));

const entrySchema = z.object({
  /** Name in reports, and the real path that it leads to (links followed). Both from the root. */
  file: z.string(),
  path: inside,
  /** Null: the run creates the file. */
  before: z.object({ sha256: hash, mode: z.number().int(), bytes: z.string().regex(/^\d+$/) }).nullable(),
  after: hash,
  /** Where the new bytes are written before they take the file's name. */
  temp: inside,
  /** Folders that the run makes for a created file, outermost first. */
  folders: z.array(inside),
  units: z.array(z.string()),
});

const indexSchema = z.object({
  version: z.literal(1),
  batch: z.string().regex(/^[0-9a-z]{6,64}$/),
  sequence: z.number().int().positive(),
  /** `open`: files may be changed; `done`: all are; `undoing`: a rollback of `undo` was begun. */
  state: z.enum(['open', 'done', 'undoing']),
  /** A formatter was at work: bytes that nobody has recorded are its own. */
  formatting: z.boolean(),
  files: z.array(entrySchema),
  units: z.array(z.object({ id: z.string(), sites: z.array(z.string()) })),
  /** Files (`path`) that the rollback takes back; null: all. */
  undo: z.array(z.string()).nullable(),
  /** Text of the batch's ledger before the run; null: it had none. */
  ledgerBefore: z.string().nullable(),
});

export type JournalEntry = z.infer<typeof entrySchema>;
export type JournalIndex = z.infer<typeof indexSchema>;

/** A run in the journal: its folder and what its index says. */
export interface Run {
  folder: string;
  index: JournalIndex;
}

const INDEX = 'index.json';
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** Every run with an index, in order of application. Throws UserError for an index that is not one of ours. */
export function readRuns(stateDir: string): Run[] {
  return runFolders(stateDir)
    .flatMap((folder) => readRun(folder) ?? [])
    .sort((a, b) => a.index.sequence - b.index.sequence);
}

/** Removes what runs have left that were killed before they had an index: they have changed nothing. */
export function removeUnbegun(stateDir: string): void {
  for (const folder of runFolders(stateDir)) if (readBytes(join(folder, INDEX)) === null) removeFolder(folder);
}

/** Writes the original bytes of a new run; `saveIndex` then begins it. Bytes are in the order of `files`. */
export function createRun(
  stateDir: string,
  batch: string,
  originals: readonly (Buffer | null)[],
): { folder: string; sequence: number } {
  ensureState(stateDir);
  const sequence = (readRuns(stateDir).at(-1)?.index.sequence ?? 0) + 1;
  const folder = join(stateDir, 'journal', batch, String(sequence).padStart(6, '0'));
  mkdirSync(folder, { recursive: true, mode: FOLDER_MODE });
  originals.forEach((bytes, number) => {
    if (bytes !== null) createFile(join(folder, String(number)), bytes, FILE_MODE);
  });
  for (const path of [folder, dirname(folder), join(stateDir, 'journal'), stateDir]) syncFolder(path);
  return { folder, sequence };
}

/** The index as it is now, in one step and on the disk when this returns. */
export function saveIndex(run: Run): void {
  const path = join(run.folder, INDEX);
  replaceFile(path, `${path}.tmp`, Buffer.from(`${JSON.stringify(run.index)}\n`), FILE_MODE);
}

/** The bytes that a file had before the run. Throws UserError when the journal no longer has them. */
export function originalBytes(run: Run, entry: JournalEntry): Buffer | null {
  if (entry.before === null) return null;
  const bytes = readBytes(join(run.folder, entry.before.bytes));
  if (bytes !== null && sha256(bytes) === entry.before.sha256) return bytes;
  throw new UserError(
    `the journal of batch ${run.index.batch} is damaged: the bytes of ${entry.file} are missing or changed`,
    `restore ${entry.file} from git`,
  );
}

/** Takes a run out of the journal: the index first, so that no half of it is ever read. */
export function removeRun(run: Run, indexGone: () => void): void {
  removeFile(join(run.folder, INDEX));
  syncFolder(run.folder);
  indexGone();
  removeFolder(run.folder);
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  removeEmptyFolder(dirname(folder));
  removeEmptyFolder(dirname(dirname(folder)));
}

function readRun(folder: string): Run | null {
  const bytes = readBytes(join(folder, INDEX));
  if (bytes === null) return null;
  try {
    return { folder, index: indexSchema.parse(JSON.parse(bytes.toString('utf8'))) };
  } catch {
    // Which field is wrong helps nobody: the file was written whole, so something else has changed it.
    const name = folder.split(/[\\/]/).slice(-2).join('/');
    throw new UserError(
      `the journal ${STATE_FOLDER}/journal/${name} is not readable`,
      'compare the tree with git, then delete that folder',
    );
  }
}

function runFolders(stateDir: string): string[] {
  const journal = join(stateDir, 'journal');
  return foldersIn(journal).flatMap((batch) => foldersIn(batch));
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder, entry.name))
      .sort();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}
