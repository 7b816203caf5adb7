/** Ctrl-C and SIGTERM in real processes: nothing is half done, no lock is left, and it is said what was done. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitAll, git, put } from '../apply/workshop.js';
import { Program } from './program.js';

let program: Program;
beforeAll(() => {
  program = new Program();
});
afterAll(() => program.drop());

interface Ended {
  code: number | null;
  /** Set where the system ended the process. */
  by: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** Runs the program, and sends a signal once `when` is on the disk. */
async function stopped(root: string, args: string[], signal: NodeJS.Signals, when: string): Promise<Ended> {
  const child = spawn(process.execPath, [program.built('../bin/redis-migrate.js'), ...args], { cwd: root });
  const ended: Ended = { code: null, by: null, out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    ended.out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    ended.err += text;
  });
  const done = new Promise<void>((resolve) => {
    child.on('close', (code, by) => {
      ended.code = code;
      ended.by = by;
      resolve();
    });
  });
  while (!existsSync(join(root, when)) && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill(signal);
  await done;
  return ended;
}

const changed = (root: string) => git(root, 'status', '--porcelain', '--', 'src');
const isLocked = (root: string) => existsSync(join(root, '.redis-migrate/lock'));

describe('a signal', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s while the formatter works: the batch is taken back, exit %s', async (signal, code) => {
    const root = program.sample({ init: true });
    put(root, 'slow.sh', 'touch started\nexec sleep 600\n');
    put(root, '.gitignore', 'node_modules\nstarted\n');
    commitAll(root);
    const args = ['apply', '--batch', 'all', '--format-with', 'exec sh slow.sh'];
    const ended = await stopped(root, args, signal, 'started');
    expect([ended.code, changed(root), isLocked(root)]).toEqual([code, '', false]);
    expect(ended.err).toContain(`interrupted (${signal}): ending what is being written`);
    expect(ended.err).toMatch(/1 of \d+ batches are done, the others are as before/);
    expect(ended.out).toContain('format-failed: the formatter was stopped');
    const next = program.run(root, ['apply', '--batch', 'next']);
    expect([next.code, next.err]).toEqual([0, '']);
  });

  it.each([
    ['scan', 'SIGINT'],
    ['plan', 'SIGTERM'],
    ['check', 'SIGINT'],
  ] as const)(
    '%s while nothing is held: the system ends it by %s, without waiting for the process to rest',
    async (command, signal) => {
      const root = program.sample({ init: true });
      const { code, by, out, err } = await stopped(root, [command], signal, '.redis-migrate/cache');
      expect([code, by, out, err, isLocked(root), changed(root)]).toEqual([null, signal, '', '', false, '']);
    },
  );

  it('while it only reads under its lock: it leaves without the lock', async () => {
    const root = program.sample({ init: true });
    const { code, out, err } = await stopped(root, ['apply', '--batch', 'all'], 'SIGINT', '.redis-migrate/lock');
    expect([code, out, isLocked(root)]).toEqual([130, '', false]);
    expect(err).toBe('redis-migrate: interrupted (SIGINT): nothing was written\n');
    expect(changed(root)).toBe('');
  });
});
