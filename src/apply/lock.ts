/** One writer at a time: a lock file that says who holds it, so that a dead owner's lock is recognised at once. */

import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { type Fault, noFault } from './fault.js';
import { createFile, errorCode, exists, readBytes, removeFile } from './files.js';
import { isDead, type Owner, thisProcess } from './owner.js';
import { dropUnusedState, ensureState, STATE_FOLDER } from './state.js';

const LOCK = 'lock';
const ATTEMPTS = 50;
const ownerSchema = z.object({ pid: z.number().int().positive(), started: z.string().nullable(), host: z.string() });

/**
 * Runs `fn` while this process holds the lock of the state folder; makes the folder if need be, and takes it away again
 * if nothing was kept in it. The lock is released however `fn` ends, also by `process.exit`. Throws UserError, naming
 * holder and file, when another living process or any process of another host holds it.
 */
export async function withLock<T>(
  stateDir: string,
  fn: () => T | Promise<T>,
  options: { fault?: Fault } = {},
): Promise<T> {
  const { made, content } = take(stateDir);
  let held = true;
  const release = () => {
    if (!held) return;
    held = false;
    if (readBytes(join(stateDir, LOCK))?.equals(content) === true) removeFile(join(stateDir, LOCK));
    dropUnusedState(stateDir, made);
  };
  process.once('exit', release);
  try {
    (options.fault ?? noFault)('lock-taken');
    return await fn();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(stateDir: string): { made: boolean; content: Buffer } {
  const lock = join(stateDir, LOCK);
  // The random part makes every lock unique: a stale one is recognised by its bytes before it is removed.
  const content = Buffer.from(`${JSON.stringify({ ...thisProcess(), id: randomBytes(8).toString('hex') })}\n`);
  let made = false;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (!exists(stateDir)) made = ensureState(stateDir) || made;
    if (createWhole(stateDir, lock, content)) {
      removeLeftovers(stateDir);
      return { made, content };
    }
    const held = readBytes(lock);
    if (held !== null) removeStale(stateDir, lock, held);
  }
  throw new UserError(`the lock ${STATE_FOLDER}/${LOCK} is contended`, 'try again when the other runs have ended');
}

/**
 * Makes the lock with its content in one step (O_EXCL alone would show an empty lock for a moment, and leave one behind
 * after a kill): a file of our own name is linked to the lock's name, which fails when that is taken. On file systems
 * without hard links O_EXCL has to do. False when somebody has the lock.
 */
function createWhole(stateDir: string, lock: string, content: Buffer): boolean {
  const own = join(stateDir, `${LOCK}.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    createFile(own, content, 0o644);
    try {
      linkSync(own, lock);
    } catch (error) {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(errorCode(error) ?? '')) throw error;
      createFile(lock, content, 0o644);
    }
    return true;
  } catch (error) {
    // ENOENT: another run has just taken its unused folder away.
    if (['EEXIST', 'ENOENT'].includes(errorCode(error) ?? '')) return false;
    throw new UserError(`the lock ${STATE_FOLDER}/${LOCK} cannot be made (${errorCode(error) ?? 'unknown error'})`);
  } finally {
    removeFile(own);
  }
}

/**
 * Removes the lock of a dead owner; throws UserError when it is not proved dead. Only one process may remove one stale
 * lock: who removed it by name alone could hit the lock that another one has made meanwhile.
 */
function removeStale(stateDir: string, lock: string, held: Buffer): void {
  refuseIfAlive(held);
  const mark = createHash('sha256').update(held).digest('hex').slice(0, 16);
  const claim = join(stateDir, `${LOCK}.stale.${mark}`);
  try {
    createFile(claim, Buffer.from(`${JSON.stringify(thisProcess())}\n`), 0o644);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    removeIfDead(claim);
    return;
  }
  try {
    if (readBytes(lock)?.equals(held) === true) removeFile(lock);
  } finally {
    removeFile(claim);
  }
}

function refuseIfAlive(held: Buffer): void {
  const owner = ownerOf(held);
  const file = `${STATE_FOLDER}/${LOCK}`;
  if (owner === null) {
    throw new UserError(`the lock ${file} is not readable`, `if no other run is active, delete ${file}`);
  }
  if (isDead(owner)) return;
  throw new UserError(
    `another run holds the lock ${file}: process ${owner.pid} on host ${owner.host}`,
    `wait for it to end; if it is certain that it has ended, delete ${file}`,
  );
}

function ownerOf(held: Buffer): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(held.toString('utf8')));
  } catch {
    // Not one of our locks; the caller says so.
    return null;
  }
}

/** Files that runs have left which were killed while they took the lock. */
function removeLeftovers(stateDir: string): void {
  for (const name of readdirSync(stateDir)) if (name.startsWith(`${LOCK}.`)) removeIfDead(join(stateDir, name));
}

function removeIfDead(path: string): void {
  const held = readBytes(path);
  const owner = held === null ? null : ownerOf(held);
  if (owner !== null && isDead(owner)) removeFile(path);
}
