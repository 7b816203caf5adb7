/** Who holds the lock, and whether that process still lives. */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from './files.js';

export interface Owner {
  pid: number;
  /** When the process began, in the system's own terms; null when the system does not say. Process ids are used again. */
  started: string | null;
  host: string;
}

export function thisProcess(): Owner {
  return { pid: process.pid, started: startOf(process.pid), host: hostname() };
}

/** True only with proof: the process is gone, or another one has its id now. Nothing can be said of another host. */
export function isDead(owner: Owner): boolean {
  if (owner.host !== hostname()) return false;
  if (!isAlive(owner.pid)) return true;
  const started = startOf(owner.pid);
  return owner.started !== null && started !== null && owner.started !== started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
  return procStat(pid)?.[0] !== 'Z';
}

/** Linux: field 22 of /proc/<pid>/stat, in clock ticks since boot. Others: what `ps` says. */
export function startOf(pid: number): string | null {
  if (process.platform === 'linux') return procStat(pid)?.[22 - 3] ?? null;
  if (process.platform === 'win32') return null;
  try {
    const env = { ...process.env, LC_ALL: 'C' };
    const said = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return said.trim() || null;
  } catch {
    // `ps` fails when the process is gone: then its start is not known either.
    return null;
  }
}

/** The fields after the command name (which may hold spaces and brackets): the first one is field 3, the state. */
function procStat(pid: number): string[] | null {
  if (process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    // Gone meanwhile, or hidden from this user.
    return null;
  }
}
