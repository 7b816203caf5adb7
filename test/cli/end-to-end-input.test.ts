/** What a person can get wrong, and files that are not as expected: one clear line, and nothing skipped in silence. */

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Inventory } from '../../src/model/site.js';
import { commitAll, git, snapshot } from '../apply/workshop.js';
import { Program, type Run } from './program.js';

const program = new Program();
afterAll(() => program.drop());

const CLIENT =
  "import Redis from 'ioredis';\n\nexport async function read() {\n  const redis = new Redis();\n  return redis.get('a');\n}\n";
const MOVED =
  "import { getRedis } from './lib/redis';\n\nexport async function read() {\n  const redis = getRedis();\n  return redis.get('a');\n}\n";
const ACCESSOR =
  "import Redis from 'ioredis';\n\nconst client = new Redis();\n\nexport function getRedis(options?: { database?: string }) {\n  return options ? client : client;\n}\n";
const CONFIG = JSON.stringify({
  accessors: { javascript: { file: 'src/lib/redis.ts', open: null, close: null } },
  databases: { main: { number: 0, identity: ['literal:localhost:6379'] } },
});
const PROJECT = {
  'package.json': '{ "name": "p", "private": true, "dependencies": { "ioredis": "5.4.1" } }\n',
  'redis-migrate.config.json': CONFIG,
  'src/lib/redis.ts': ACCESSOR,
};

/** The JSON of a scan, and its exit code. */
function scan(root: string, ...args: string[]): { inventory: Inventory; run: Run } {
  const run = program.run(root, ['scan', '--format', 'json', ...args]);
  if (run.out === '') throw new Error(run.err);
  return { inventory: JSON.parse(run.out) as Inventory, run };
}

/** Exit 2, nothing on stdout, one line on stderr: the line. */
function refusal({ code, out, err }: Run): string {
  expect(out).toBe('');
  expect(err).toMatch(/^redis-migrate: [^\n]+\n$/);
  expect(code).toBe(2);
  return err;
}

describe('bad input: one clear line on stderr, exit 2', () => {
  const root = program.tree({ ...PROJECT, 'src/a.ts': CLIENT });
  const apply = ['apply', '--batch', 'all'];

  it('unknown flags, commands, values and batches', () => {
    expect(refusal(program.run(root, ['scan', '--frmat', 'json']))).toContain('--format');
    expect(refusal(program.run(root, ['scna']))).toContain('scan');
    expect(refusal(program.run(root, ['mend']))).toContain("unknown command 'mend'");
    expect(refusal(program.run(root, ['scan', '--format', 'yaml']))).toContain('pretty, json');
    expect(refusal(program.run(root, ['apply', '--batch', 'c0ffee', '--dry-run']))).toContain('c0ffee');
    expect(refusal(program.run(root, ['apply', '--sites', 'c0ffee', '--dry-run']))).toContain('c0ffee');
    expect(refusal(program.run(root, ['rollback', '--batch', 'c0ffee']))).toContain('c0ffee');
  });

  it.each([
    ['not JSON', '{ "preset": "default", ', /redis-migrate\.config\.json:1:\d+/],
    ['an unknown key', '{\n  "databasse": {}\n}', /redis-migrate\.config\.json:2:3.*databasse.*databases/],
    ['a value of the wrong kind', '{\n  "include": "src"\n}', /redis-migrate\.config\.json:2:\d+.*include/],
    ['an unknown preset', '{ "preset": "defualt" }', /defualt.*default/],
    ['an accessor without a file', '{ "accessors": { "javascript": { "name": "x" } } }', /accessors\.javascript\.file/],
    ['two databases of one name', '{ "databases": { "main": "zero" } }', /databases\.main/],
  ])('a config with %s', (_, config, message) => {
    const broken = program.tree({ 'redis-migrate.config.json': config, 'src/a.ts': CLIENT });
    for (const command of [['scan'], ['plan'], [...apply, '--dry-run'], ['rollback', '--batch', 'all']]) {
      expect(refusal(program.run(broken, command))).toMatch(message);
    }
  });

  it('a config that does not exist, or is needed and is not there', () => {
    expect(refusal(program.run(root, ['scan', '--config', 'no.json']))).toContain('no.json');
    const bare = program.tree({ 'src/a.ts': CLIENT });
    expect(refusal(program.run(bare, apply))).toContain('init');
    expect(refusal(program.run(root, ['init', '--yes']))).toContain('redis-migrate.config.json');
  });

  it('a root that is missing, is a file, or cannot be read', () => {
    expect(refusal(program.run(root, ['scan', 'no/such']))).toContain('no/such');
    expect(refusal(program.run(root, ['scan', 'src/a.ts']))).toContain('src/a.ts');
    mkdirSync(join(root, 'closed'), { mode: 0o000 });
    // Permissions do not bind the superuser: then there is nothing to refuse.
    if (process.getuid?.() !== 0) expect(refusal(program.run(root, ['scan', 'closed']))).toContain('closed');
    chmodSync(join(root, 'closed'), 0o700);
  });

  it('an accessor that is not written yet', () => {
    const { 'src/lib/redis.ts': _, ...without } = PROJECT;
    const tree = program.tree({ ...without, 'src/a.ts': CLIENT });
    expect(refusal(program.run(tree, apply))).toContain('src/lib/redis.ts does not exist');
    expect(git(tree, 'status', '--porcelain')).toBe('');
  });

  it('a dirty tree, by a changed and by a new file; --allow-dirty goes on', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT, 'src/b.ts': '' });
    writeFileSync(join(tree, 'src/b.ts'), '// changed\n');
    expect(refusal(program.run(tree, apply))).toContain('src/b.ts');
    git(tree, 'checkout', '--', 'src/b.ts');
    writeFileSync(join(tree, 'new.ts'), '');
    expect(refusal(program.run(tree, apply))).toContain('new.ts');
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(CLIENT);
    expect(existsSync(join(tree, '.redis-migrate/journal'))).toBe(false);
    expect(program.run(tree, [...apply, '--allow-dirty']).code).toBe(0);
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(MOVED);
  });

  it('apply outside of git; --allow-dirty, --dry-run, scan and plan work there', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT }, { git: false });
    expect(refusal(program.run(tree, apply))).toMatch(/git/);
    for (const command of [['scan'], ['plan'], [...apply, '--dry-run']])
      expect(program.run(tree, command).code).toBe(0);
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(CLIENT);
    expect(program.run(tree, [...apply, '--allow-dirty']).code).toBe(0);
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(MOVED);
    expect(program.run(tree, ['rollback', '--batch', 'all']).code).toBe(0);
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(CLIENT);
  });

  it('a lock that a living process holds; that of a dead one is taken over', async () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT });
    const holder = spawn('bash', ['-c', 'read line'], { stdio: ['pipe', 'ignore', 'ignore'] });
    const fields = readFileSync(`/proc/${holder.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const folder = join(tree, '.redis-migrate');
    mkdirSync(folder);
    writeFileSync(join(folder, '.gitignore'), '*\n');
    const owner = { pid: holder.pid, started: fields[19], host: hostname() };
    writeFileSync(join(folder, 'lock'), `${JSON.stringify(owner)}\n`);
    const held = program.run(tree, apply);
    holder.stdin?.end();
    await once(holder, 'exit');
    expect(refusal(held)).toContain(String(holder.pid));
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(CLIENT);
    expect(program.run(tree, apply).code).toBe(0);
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(MOVED);
  });
});

describe('files that are not as expected', () => {
  it('a syntax error: listed, scan exits 1, the other files are done', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT, 'src/bad.ts': `${CLIENT}const = ;\n` });
    const { inventory, run } = scan(tree);
    expect(run.code).toBe(1);
    expect(inventory.files.failed).toEqual([{ file: 'src/bad.ts', message: expect.stringMatching(/line 7/) }]);
    expect(inventory.sites.find(({ file }) => file === 'src/a.ts')?.verdict).toBe('rewrite');
    expect(inventory.sites.filter(({ file, verdict }) => file === 'src/bad.ts' && verdict !== 'keep')).toEqual([]);
    expect(program.run(tree, ['plan']).err).toContain('src/bad.ts');
    expect(program.run(tree, ['apply', '--batch', 'all']).code).toBe(0);
    expect(git(tree, 'diff', '--name-only')).toBe('src/a.ts\n');
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a BOM', (text: string) => `\uFEFF${text}`],
    ['a hashbang', (text: string) => `#!/usr/bin/env node\n${text}`],
    ['no final newline', (text: string) => text.trimEnd()],
    ['all of them', (text: string) => `\uFEFF${text.trimEnd().replaceAll('\n', '\r\n')}`],
  ])('%s: the rest of the bytes stays', (_, form) => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': form(CLIENT) });
    expect(program.run(tree, ['apply', '--batch', 'all']).code).toBe(0);
    expect(readFileSync(join(tree, 'src/a.ts'), 'utf8')).toBe(form(MOVED));
    expect(program.run(tree, ['rollback', '--batch', 'all']).code).toBe(0);
    expect(git(tree, 'status', '--porcelain')).toBe('');
  });

  it('a symlink to a source: its target is listed once and written, the link stays a link', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT });
    symlinkSync('a.ts', join(tree, 'src/link.ts'));
    symlinkSync('/etc', join(tree, 'src/outside'));
    commitAll(tree);
    expect(scan(tree).inventory.sites.map(({ file }) => file)).toEqual(['src/a.ts', 'src/lib/redis.ts']);
    expect(program.run(tree, ['apply', '--batch', 'all']).code).toBe(0);
    const after = snapshot(tree);
    expect(after['src/link.ts']).toBe('link a.ts');
    expect(readFileSync(join(tree, 'src/link.ts'), 'utf8')).toBe(MOVED);
  });

  it('a read-only file keeps its mode, or the batch fails and says so', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT });
    chmodSync(join(tree, 'src/a.ts'), 0o444);
    const { code, out, err } = program.run(tree, ['apply', '--batch', 'all']);
    expect(statSync(join(tree, 'src/a.ts')).mode & 0o777).toBe(0o444);
    const text = readFileSync(join(tree, 'src/a.ts'), 'utf8');
    if (code === 0) expect(text).toBe(MOVED);
    else {
      expect(text).toBe(CLIENT);
      expect(out + err).toContain('src/a.ts');
    }
  });

  it('binary, too large, and not UTF-8: listed with the reason when they name redis, never edited', () => {
    const files = {
      'src/blob.ts': Buffer.concat([Buffer.from("import 'ioredis';\n"), Buffer.from([0, 1, 2, 0])]),
      'src/latin.ts': Buffer.from("import Redis from 'ioredis'; // caf\xe9\nexport const r = new Redis();\n", 'latin1'),
      'src/large.ts': `${CLIENT}${'// a comment to fill the file\n'.repeat(80_000)}`,
      'src/plain.ts': Buffer.from([0x2f, 0x2f, 0x80, 0xff]),
    };
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT, ...files });
    const { inventory, run } = scan(tree);
    expect(run.code).toBe(1);
    expect(inventory.files.failed.map(({ file }) => file)).toEqual(['src/blob.ts', 'src/large.ts', 'src/latin.ts']);
    for (const { message } of inventory.files.failed) expect(message).toMatch(/binary|UTF-8|MB|large/i);
    expect(program.run(tree, ['apply', '--batch', 'all']).code).toBe(0);
    expect(git(tree, 'diff', '--name-only')).toBe('src/a.ts\n');
  });

  it('no tree: an empty folder, and one without a word of redis', () => {
    const empty = program.tree({}, { git: false });
    const { inventory, run } = scan(empty);
    expect([run.code, inventory.sites, inventory.files.walked]).toEqual([0, [], 0]);
    const plain = program.tree({ 'a.ts': 'export const a = 1;\n' });
    expect(scan(plain).inventory.files).toEqual({ walked: 1, parsed: 0, failed: [] });
    expect(program.run(plain, ['plan']).code).toBe(0);
    expect(git(plain, 'status', '--porcelain')).toBe('');
  });

  it('git that cannot be run: scan and plan still work', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT });
    const env = { PATH: program.tree({}, { git: false }) };
    expect(program.run(tree, ['scan'], { env }).code).toBe(0);
    expect(program.run(tree, ['plan'], { env }).code).toBe(0);
    expect(refusal(program.run(tree, ['apply', '--batch', 'all'], { env }))).toMatch(/git/);
  });

  it('a scan leaves nothing that git would commit', () => {
    const tree = program.tree({ ...PROJECT, 'src/a.ts': CLIENT });
    expect(program.run(tree, ['scan']).code).toBe(0);
    expect(existsSync(join(tree, '.redis-migrate/cache'))).toBe(true);
    expect(execFileSync('git', ['status', '--porcelain'], { cwd: tree, encoding: 'utf8' })).toBe('');
  });
});
