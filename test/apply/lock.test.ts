import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireClean, withLock } from '../../src/apply/index.js';
import { isDead, startOf, thisProcess } from '../../src/apply/owner.js';
import { dropTree, git, makeTree, put, snapshot, type Tree } from './workshop.js';

let tree: Tree;
beforeEach(() => {
  tree = makeTree({ 'a.ts': 'x\n' });
});
afterEach(() => dropTree(tree));

function hold(owner: unknown): void {
  mkdirSync(tree.stateDir, { recursive: true });
  writeFileSync(join(tree.stateDir, 'lock'), typeof owner === 'string' ? owner : JSON.stringify(owner));
}

function deadPid(): number {
  const { pid } = spawnSync('true');
  return pid;
}

describe('withLock', () => {
  it('holds pid, start time and host, and leaves nothing', async () => {
    const before = snapshot(tree.root);
    const held = await withLock(tree.stateDir, () => JSON.parse(readFileSync(join(tree.stateDir, 'lock'), 'utf8')));
    expect(held).toMatchObject({ pid: process.pid, host: hostname(), started: thisProcess().started });
    if (process.platform === 'linux') {
      const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ');
      expect(held.started).toBe(fields?.[19]);
    }
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('is released when the work fails', async () => {
    const before = snapshot(tree.root);
    await expect(withLock(tree.stateDir, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(snapshot(tree.root)).toEqual(before);
    await expect(withLock(tree.stateDir, () => 7)).resolves.toBe(7);
  });

  it('keeps out everybody else, and names holder and file', async () => {
    await withLock(tree.stateDir, async () => {
      const second = withLock(tree.stateDir, () => 'in');
      await expect(second).rejects.toMatchObject({
        name: 'UserError',
        message: `another run holds the lock .redis-migrate/lock: process ${process.pid} on host ${hostname()}`,
      });
    });
  });

  it('keeps out while another process lives, not a moment longer', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    const pid = child.pid ?? 0;
    const started = startOf(pid);
    hold({ pid, started, host: hostname() });
    await expect(withLock(tree.stateDir, () => 1)).rejects.toThrow(`process ${pid} on host`);
    const gone = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    await expect(withLock(tree.stateDir, () => 1)).resolves.toBe(1);
  });

  it('takes over from a dead owner at once, also when its id is used again', async () => {
    hold({ pid: deadPid(), started: '1', host: hostname() });
    await expect(withLock(tree.stateDir, () => 1)).resolves.toBe(1);
    hold({ pid: process.pid, started: '1', host: hostname() });
    await expect(withLock(tree.stateDir, () => 1)).resolves.toBe(1);
    expect(isDead({ pid: process.pid, started: null, host: hostname() })).toBe(false);
  });

  it('never takes over from another host, nor what it cannot read', async () => {
    hold({ pid: deadPid(), started: '1', host: 'elsewhere' });
    await expect(withLock(tree.stateDir, () => 1)).rejects.toThrow('on host elsewhere');
    for (const text of ['', 'hello', '{"pid":-1}']) {
      hold(text);
      await expect(withLock(tree.stateDir, () => 1)).rejects.toThrow('the lock .redis-migrate/lock is not readable');
    }
  });

  it('sweeps what killed runs have left of a lock', async () => {
    hold({ pid: deadPid(), started: '1', host: hostname() });
    const dead = JSON.stringify({ pid: deadPid(), started: '1', host: hostname() });
    writeFileSync(join(tree.stateDir, 'lock.123.abcd'), dead);
    const names = await withLock(tree.stateDir, () => readdirSync(tree.stateDir));
    expect(names).toEqual(['lock']);
  });

  it('of many at once lets in one at a time', async () => {
    hold({ pid: deadPid(), started: '1', host: hostname() });
    let inside = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        withLock(tree.stateDir, async () => {
          inside += 1;
          expect(inside).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 5));
          inside -= 1;
        }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  it('says so when the folder cannot be made', async () => {
    put(tree.root, 'file', 'x');
    await expect(withLock(join(tree.root, 'file', 'state'), () => 1)).rejects.toMatchObject({ name: 'UserError' });
    expect(existsSync(tree.stateDir)).toBe(false);
  });
});

describe('requireClean', () => {
  const check = (root = tree.root, allowDirty = false) => requireClean({ root, stateDir: tree.stateDir, allowDirty });

  it('passes on a clean tree, whatever the state folder holds', async () => {
    put(tree.stateDir, 'batches/x.json', '{}');
    await check();
  });

  it('names what is changed, staged or untracked', async () => {
    put(tree.root, 'a.ts', 'y\n');
    await expect(check()).rejects.toMatchObject({
      name: 'UserError',
      message: 'the working tree has uncommitted changes: a.ts',
    });
    git(tree.root, 'add', '-A');
    await expect(check()).rejects.toThrow('uncommitted changes: a.ts');
    git(tree.root, 'commit', '-qm', 'x');
    for (let number = 0; number < 7; number += 1) put(tree.root, `ü ${number}.ts`, 'new\n');
    await expect(check()).rejects.toThrow('ü 0.ts, ü 1.ts, ü 2.ts, ü 3.ts, ü 4.ts and 2 more');
    await check(tree.root, true);
  });

  it('looks at the root alone', async () => {
    put(tree.root, 'pkg/b.ts', 'x\n');
    git(tree.root, 'add', '-A');
    git(tree.root, 'commit', '-qm', 'x');
    put(tree.root, 'a.ts', 'y\n');
    await check(join(tree.root, 'pkg'));
    put(tree.root, 'pkg/b.ts', 'y\n');
    await expect(check(join(tree.root, 'pkg'))).rejects.toThrow('pkg/b.ts');
  });

  it('sees a file that is moved, and one in a folder of its own', async () => {
    git(tree.root, 'mv', 'a.ts', 'b.ts');
    await expect(check()).rejects.toThrow('a.ts, b.ts');
    git(tree.root, 'commit', '-qm', 'x');
    git(tree.root, 'config', 'status.showUntrackedFiles', 'no');
    put(tree.root, 'deep/er/c.ts', 'x\n');
    await expect(check()).rejects.toThrow('deep/er/c.ts');
  });

  it('refuses without a repository, and without git', async () => {
    const bare = makeTree({ 'a.ts': 'x\n' }, { git: false });
    await expect(check(bare.root)).rejects.toMatchObject({
      name: 'UserError',
      message: 'the root is not in a git repository',
    });
    await check(bare.root, true);
    dropTree(bare);
    const path = process.env.PATH;
    process.env.PATH = '/nonexistent';
    try {
      await expect(check()).rejects.toMatchObject({ name: 'UserError', message: 'git is not installed' });
    } finally {
      process.env.PATH = path;
    }
  });
});
