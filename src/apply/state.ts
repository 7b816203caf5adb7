/** The state folder `.redis-migrate/`: what is committed, what git ignores, and how nothing is left behind. */

import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { errorCode, exists, readBytes, removeEmptyFolder, removeFile, replaceFile } from './files.js';

export const STATE_FOLDER = '.redis-migrate';

const IGNORE_FILE = '.gitignore';
const IGNORED = ['journal/', 'cache/', 'lock', 'lock.*', '*.tmp', ''].join('\n');

/** Makes the folder with its `.gitignore`; true when it was not there. Throws UserError when it cannot be made. */
export function ensureState(stateDir: string): boolean {
  try {
    const made = mkdirSync(stateDir, { recursive: true }) !== undefined;
    const ignore = join(stateDir, IGNORE_FILE);
    // Another run may do the same at this moment: each under a name of its own.
    if (!exists(ignore)) replaceFile(ignore, `${ignore}.${process.pid}.tmp`, Buffer.from(IGNORED), 0o644);
    return made;
  } catch (error) {
    throw new UserError(`the folder ${STATE_FOLDER} cannot be written (${errorCode(error) ?? 'unknown error'})`);
  }
}

/**
 * Writes a committed file of the state folder (`plan.json`, `decisions.json`) in one step. Nothing is touched when it
 * has that content already. Call it under the lock.
 */
export function writeStateFile(stateDir: string, name: string, content: unknown): void {
  const path = join(stateDir, name);
  const bytes = Buffer.from(jsonText(content));
  if (readBytes(path)?.equals(bytes) === true) return;
  ensureState(stateDir);
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, `${path}.tmp`, bytes, 0o644);
}

/** How every JSON file of the state folder looks. */
export function jsonText(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/**
 * After a rollback: when nothing but the ignore file, the lock and what can be made again (`cache/`) is left, that goes
 * too. The folder itself goes when the lock is released.
 */
export function tidyState(stateDir: string): void {
  for (const name of ['journal', 'batches']) removeEmptyFolder(join(stateDir, name));
  const names = namesIn(stateDir).filter((name) => !/^(lock(\..*)?|cache|.*\.tmp)$/.test(name));
  if (names.length !== 1 || !hasOwnIgnoreFile(stateDir)) return;
  rmSync(join(stateDir, 'cache'), { recursive: true, force: true });
  removeFile(join(stateDir, IGNORE_FILE));
}

/** At the end of a run that made the folder: it goes again if nothing was kept in it but the cache, which ignores itself. */
export function dropUnusedState(stateDir: string, made: boolean): void {
  const kept = namesIn(stateDir).filter((name) => name !== 'cache');
  if (made && kept.length === 1 && hasOwnIgnoreFile(stateDir)) removeFile(join(stateDir, IGNORE_FILE));
  removeEmptyFolder(stateDir);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function hasOwnIgnoreFile(stateDir: string): boolean {
  return readBytes(join(stateDir, IGNORE_FILE))?.toString('utf8') === IGNORED;
}

/** Writes a text that a team commits (a baseline) in one step. Nothing is touched when it is there already. */
export function writeTextFile(path: string, text: string): void {
  const bytes = Buffer.from(text);
  if (readBytes(path)?.equals(bytes) === true) return;
  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, `${path}.tmp`, bytes, 0o644);
}
