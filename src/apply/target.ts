/** Whether one file can be written, and where its bytes really lie. Only looks. */

import { accessSync, constants, realpathSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors.js';
import type { FileChange } from '../model/change.js';
import type { Reason } from '../model/site.js';
import { errorCode, exists, readBytes, statOf } from './files.js';

/** A file that can be written. */
export interface Target {
  change: FileChange;
  /** Real path from the real root, with `/`. */
  path: string;
  /** Null for a file that is created. */
  before: { bytes: Buffer; mode: number } | null;
  /** Folders to make for a created file, outermost first, from the root. */
  folders: string[];
}

export type Checked = { ok: true; target: Target } | { ok: false; reason: Reason };

/** Where the sources are, and which folder is not one of theirs. */
export interface Place {
  root: string;
  stateDir: string;
}

/**
 * Where a recorded path lies. Throws UserError when a link on the way leads out of the root by now: the journal is a
 * file in the tree, so what it says is not trusted to stay inside.
 */
export function absolute(place: Place, path: string): string {
  const target = join(realpathSync(place.root), ...path.split('/'));
  const folder = realPath(dirname(target));
  if (folder === null || folder === dirname(target)) return target;
  throw new UserError(`${path} now leads through a link`, 'restore the folder that the link replaces');
}

/**
 * Looks at the file of a change: it must be inside the root, be a file that may be written, and hold the very bytes that
 * the change was computed from. A link is followed: what it leads to is written, the link stays.
 */
export function checkTarget(place: Place, change: FileChange): Checked {
  return change.created === true ? checkNew(place, change) : checkExisting(place, change);
}

function checkExisting(place: Place, change: FileChange): Checked {
  const real = realPath(join(place.root, change.file));
  if (real === null) return refused('changed-since-scan', change.file, 'it is no longer there');
  const path = insideRoot(place, real);
  if (path === null) return refused('outside-root', change.file, 'it leads out of the root');
  const stat = statOf(real);
  if (stat?.isFile() !== true) return refused('changed-since-scan', change.file, 'it is no longer a file');
  if (!mayWrite(real, stat)) return refused('read-only', change.file, 'it is read-only');
  if (!mayWrite(dirname(real), null)) return refused('read-only', change.file, 'its folder is read-only');
  const bytes = readBytes(real);
  if (bytes?.equals(Buffer.from(change.before, 'utf8')) !== true) {
    return refused('changed-since-scan', change.file, 'it has changed since it was scanned');
  }
  return { ok: true, target: { change, path, before: { bytes, mode: stat.mode & 0o7777 }, folders: [] } };
}

function checkNew(place: Place, change: FileChange): Checked {
  const wanted = resolve(place.root, change.file);
  if (exists(wanted)) return refused('file-exists', change.file, 'there is a file of that name already');
  const missing: string[] = [];
  let folder = dirname(wanted);
  while (!exists(folder) && folder !== dirname(folder)) {
    missing.unshift(folder);
    folder = dirname(folder);
  }
  const real = realPath(folder);
  const base = real === null ? null : join(real, relative(folder, wanted));
  const path = base === null ? null : insideRoot(place, base);
  if (real === null || path === null) return refused('outside-root', change.file, 'it leads out of the root');
  if (!mayWrite(real, null)) return refused('read-only', change.file, 'its folder is read-only');
  const folders = missing.map((name) => path.split('/').slice(0, -relative(name, wanted).split(sep).length).join('/'));
  return { ok: true, target: { change, path, before: null, folders } };
}

function refused(code: string, file: string, why: string): Checked {
  return { ok: false, reason: { code, message: `${file} is not written: ${why}`, at: file } };
}

/** The path from the real root; null when it is not inside, or belongs to git or to the state folder. */
function insideRoot(place: Place, real: string): string | null {
  const root = realpathSync(place.root);
  const path = relative(root, real);
  if (path === '' || path.startsWith(`..${sep}`) || path === '..' || isAbsolute(path)) return null;
  const state = realPath(place.stateDir) ?? resolve(place.stateDir);
  const parts = path.split(sep);
  if (parts.includes('.git') || real.startsWith(state + sep)) return null;
  return parts.join('/');
}

/** Null when it leads nowhere. */
function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error) ?? '')) return null;
    throw error;
  }
}

/** A privileged user could write everything: for files the mode counts, as it does for everybody else. */
function mayWrite(path: string, stat: Stats | null): boolean {
  if (stat !== null && (stat.mode & 0o222) === 0) return false;
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) return false;
    throw error;
  }
}
