/** Bytes on disk: reading, hashing, and replacing a file so that a reader sees either the old or the new one. */

import { createHash } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** `ENOENT` and the like; null when the error is not one of the operating system. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The bytes of a file; null when there is none. Other errors are thrown. */
export function readBytes(path: string): Buffer | null {
  return unless(['ENOENT', 'ENOTDIR'], () => readFileSync(path));
}

/** What a path leads to (links followed); null when there is nothing. */
export function statOf(path: string): Stats | null {
  return unless(['ENOENT', 'ENOTDIR'], () => statSync(path));
}

/** True when something has that name, be it a link that leads nowhere. */
export function exists(path: string): boolean {
  return unless(['ENOENT', 'ENOTDIR'], () => lstatSync(path)) !== null;
}

/** Removes a file if it is there. */
export function removeFile(path: string): void {
  unless(['ENOENT', 'ENOTDIR'], () => unlinkSync(path));
}

/** Removes a folder if it is there and empty. */
export function removeEmptyFolder(path: string): boolean {
  return unless(['ENOENT', 'ENOTDIR', 'ENOTEMPTY', 'EEXIST'], () => rmdirSync(path)) !== null;
}

/** A new file with these bytes, on the disk when this returns. Throws EEXIST when the name is taken. */
export function createFile(path: string, bytes: Buffer, mode: number, like: Stats | null = null): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeAll(file, bytes);
    if (like !== null) keepOwner(file, like);
    fchmodSync(file, mode);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The name now leads to these bytes: written beside it under `temp`, then moved over it in one step. */
export function replaceFile(path: string, temp: string, bytes: Buffer, mode: number, written?: () => void): void {
  removeFile(temp);
  createFile(temp, bytes, mode, statOf(path));
  written?.();
  renameSync(temp, path);
  syncFolder(dirname(path));
}

/** Makes the names in a folder durable. Windows has no such call for folders. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function writeAll(file: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(file, bytes, done);
}

/** Who may not give files away becomes the owner himself, as with `git checkout`. */
function keepOwner(file: number, like: Stats): void {
  if (process.getuid?.() === like.uid && process.getgid?.() === like.gid) return;
  unless(['EPERM', 'EINVAL', 'ENOSYS'], () => fchownSync(file, like.uid, like.gid));
}

/** The answer, or null when it fails with one of these codes. */
function unless<T>(codes: readonly string[], what: () => T): T | null {
  try {
    return what();
  } catch (error) {
    if (codes.includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}
