/** `init` on real trees, through the command line. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApplyReport } from '../../src/model/change.js';
import type { Inventory } from '../../src/model/site.js';
import type { InitReport } from '../../src/report/index.js';
import { commitAll } from '../apply/workshop.js';
import { CHECKOUT, Program } from '../cli/program.js';

const program = new Program();
afterAll(() => program.drop());

function ask<T>(root: string, ...args: string[]): T {
  const { code, out, err } = program.run(root, [...args, '--format', 'json']);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

const init = (root: string, ...more: string[]) => ask<InitReport>(root, 'init', '--yes', ...more);
const clientsOf = ({ sites }: Inventory) => sites.filter(({ category }) => category === 'client');

function verdicts(root: string): Record<string, string> {
  const clients = clientsOf(ask<Inventory>(root, 'scan'));
  return Object.fromEntries(clients.map(({ file, line, verdict }) => [`${file}:${line}`, verdict]));
}

const OPEN = "import Redis from 'ioredis';\n";
const client = (name: string, url: string) =>
  `${OPEN}const ${name} = new Redis(${url});\nexport const read${name} = () => ${name}.get('${name}');\n`;
const pack = (name: string) =>
  JSON.stringify({ name, version: '1.0.0', private: true, type: 'module', dependencies: { ioredis: '^5.4.0' } });

describe('a service', () => {
  it('proposes the function that it has, and migrates to what that function can give', () => {
    const root = program.sample({ init: false });
    const report = init(root);
    expect(report.written).toEqual(['redis-migrate.config.json']);
    expect(report.config).toMatchObject({
      accessors: { javascript: { file: 'src/redis/shared.ts', name: 'sharedRedis' } },
    });
    expect(report.groups.map(({ name, sites }) => [name, sites])).toEqual([
      ['main', 13],
      ['metrics', 2],
    ]);
    expect(report.next[0]).toMatch(/^env:REDIS_URL;prefix=literal:tenant:: no database is proposed/);
    expect(report.next[1]).toMatch(/^`sharedRedis` gives env:REDIS_URL only: 3 sites/);
    commitAll(root);
    const clients = clientsOf(ask<Inventory>(root, 'scan'));
    const metrics = clients.filter(({ database }) => database === 'metrics');
    expect(metrics.map(({ verdict }) => verdict)).toEqual(['keep', 'keep']);
    for (const { reasons } of metrics) expect(reasons.map(({ code }) => code)).toContain('one-database');
    const done = ask<ApplyReport>(root, 'apply', '--batch', 'all');
    expect(done.totals.rewritten).toBeGreaterThan(2);
    const added = done.batches.flatMap(({ files }) =>
      files.flatMap(({ diff }) => diff.match(/^\+.*sharedRedis\(.*$/gm) ?? []),
    );
    expect(added.length).toBe(done.totals.rewritten);
    for (const line of added) expect(line).toContain('sharedRedis()');
    const tsc = join(CHECKOUT, 'node_modules/typescript/bin/tsc');
    const typed = spawnSync(process.execPath, [tsc, '--noEmit'], { cwd: root, encoding: 'utf8' });
    expect(typed.stdout).toBe('');
  });

  it('does not take a function that no other module can call for an accessor', () => {
    const own = `${OPEN}function openCache() {\n  return new Redis(process.env.REDIS_URL!);\n}\nexport const cache = openCache();\n`;
    const { accessors } = init(program.tree({ 'package.json': pack('shop'), 'src/cache.ts': own }));
    expect(accessors).toEqual([]);
  });

  it('refuses a second time, and names what is there', () => {
    const root = program.sample({ init: true });
    const { code, err } = program.run(root, ['init', '--yes', '--scaffold', 'default']);
    expect(code).toBe(2);
    expect(err).toContain('redis-migrate.config.json');
  });
});

describe('a configuration whose accessor is missing', () => {
  const databases = {
    main: { number: 0, identity: ['env:REDIS_URL'] },
    jobs: { number: 3, identity: ['env:REDIS_URL'] },
  };
  const javascript = { file: 'src/own/redis.ts' };
  const tree = (config: object) =>
    program.tree({
      'package.json': pack('shop'),
      'src/a.ts': client('A', 'process.env.REDIS_URL!'),
      'redis-migrate.config.json': JSON.stringify(config),
    });

  it('gets it with its databases, the configuration stays, and what opens moves to it', () => {
    const root = tree({ accessors: { javascript }, databases });
    const before = readFileSync(join(root, 'redis-migrate.config.json'), 'utf8');
    program.run(root, ['init', '--scaffold', 'default']);
    expect(existsSync(join(root, 'src/own/redis.ts'))).toBe(false);
    expect(init(root, '--scaffold', 'default')).toMatchObject({ written: ['src/own/redis.ts'], config: null });
    const text = readFileSync(join(root, 'src/own/redis.ts'), 'utf8');
    expect(text).toContain("'main'");
    expect(text).toMatch(/'jobs'.*db: 3/);
    expect(readFileSync(join(root, 'redis-migrate.config.json'), 'utf8')).toBe(before);
    expect(verdicts(root)['src/a.ts:2']).toBe('rewrite');
    expect(program.run(root, ['init', '--yes', '--scaffold', 'default'])).toMatchObject({ code: 2 });
    expect(readFileSync(join(root, 'src/own/redis.ts'), 'utf8')).toBe(text);
  });

  it('gives what a call without a name asks for, whatever stands first in the configuration', () => {
    const root = tree({
      accessors: { javascript },
      databases: Object.fromEntries(Object.entries(databases).reverse()),
    });
    init(root, '--scaffold', 'default');
    expect(readFileSync(join(root, 'src/own/redis.ts'), 'utf8')).toContain("database = 'main'");
  });

  it.each([
    ['of another preset', { accessors: { javascript }, databases }, 'named-databases', 'for the preset default'],
    [
      'of another function',
      { accessors: { javascript: { ...javascript, name: 'mine' } }, databases },
      'default',
      'mine',
    ],
    [
      'of no server',
      { accessors: { javascript }, databases: { main: { number: 0 } } },
      'default',
      '"main" is not named',
    ],
    ['without accessors', { databases }, 'default', 'names no accessor'],
  ])('is refused %s, and nothing is written', (_what, config, preset, told) => {
    const root = tree(config);
    const { code, err } = program.run(root, ['init', '--yes', '--scaffold', preset]);
    expect(err).toContain(told);
    expect(code).toBe(2);
    expect(existsSync(join(root, 'src/own/redis.ts'))).toBe(false);
  });
});

describe('the place of the accessor', () => {
  const manifest = { 'package.json': pack('shop') };
  const own = client('Cache', 'process.env.REDIS_URL!');

  it('is another one where the usual one is taken, and what stands there is migrated like any other', () => {
    for (const options of [['--scaffold', 'default'], []]) {
      const root = program.tree({ ...manifest, 'src/lib/redis.ts': own });
      const { written, config } = init(root, ...options);
      expect(config).toMatchObject({ accessors: { javascript: { file: 'src/lib/redis-accessor.ts' } } });
      if (options.length === 0) continue;
      expect(written).toContain('src/lib/redis-accessor.ts');
      expect(readFileSync(join(root, 'src/lib/redis.ts'), 'utf8')).toBe(own);
      expect(verdicts(root)['src/lib/redis.ts:2']).toBe('rewrite');
    }
  });

  it('never takes the name of a folder or of a module of another extension: what imports it would get another one', () => {
    for (const taken of ['src/lib/redis/index.ts', 'src/lib/redis.tsx', 'src/lib/Redis.js', 'src/lib/redis.d.ts']) {
      const root = program.tree({ ...manifest, 'src/cache.ts': own, [taken]: 'export const one = 1;\n' });
      expect(init(root, '--scaffold', 'default').written).toContain('src/lib/redis-accessor.ts');
    }
    const beside = { 'src/lib/redis.test.ts': '', 'src/lib/redis.md': '' };
    const root = program.tree({ ...manifest, 'src/cache.ts': own, ...beside });
    expect(init(root, '--scaffold', 'default').written).toContain('src/lib/redis.ts');
  });
});

describe('a tree of packages', () => {
  const files = {
    'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }),
    'packages/api/package.json': pack('@shop/api'),
    'packages/api/src/a.ts': client('A', 'process.env.REDIS_URL!'),
    'packages/api/src/deep/b.ts': client('B', 'process.env.REDIS_URL!'),
    'packages/jobs/package.json': pack('@shop/jobs'),
    'packages/jobs/m.ts': client('M', 'process.env.METRICS_REDIS_URL!'),
    'packages/ui/package.json': pack('@shop/ui'),
    'packages/ui/index.ts': 'export const ui = 1;\n',
  };

  it('gets an accessor and a scope for each package that opens, and every site can reach its own', () => {
    const root = program.tree(files);
    const { written, config } = init(root, '--scaffold', 'default');
    expect(written).toEqual([
      'packages/api/src/lib/redis.ts',
      'packages/jobs/lib/redis.ts',
      'redis-migrate.config.json',
    ]);
    expect(config).toMatchObject({
      accessors: { javascript: [{ scope: 'packages/api/**' }, { scope: 'packages/jobs/**' }] },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] }, metrics: { identity: ['env:METRICS_REDIS_URL'] } },
    });
    commitAll(root);
    expect(ask<ApplyReport>(root, 'apply', '--batch', 'all').totals).toMatchObject({ rewritten: 3, failed: 0 });
    const text = (file: string) => readFileSync(join(root, file), 'utf8');
    expect(text('packages/api/src/deep/b.ts')).toContain("import { getRedis } from '../lib/redis.js';");
    expect(text('packages/api/src/deep/b.ts')).toContain('const B = getRedis();');
    expect(text('packages/jobs/m.ts')).toContain("import { getRedis } from './lib/redis.js';");
    expect(text('packages/jobs/m.ts')).toContain("const M = getRedis({ database: 'metrics' });");
  });

  it('without a scaffold nothing can be applied yet, and the next step says so', () => {
    const root = program.tree(files);
    const { next, written } = init(root);
    expect(written).toEqual(['redis-migrate.config.json']);
    expect(next[0]).toContain('Write packages/api/src/lib/redis.ts, packages/jobs/lib/redis.ts, or');
    commitAll(root);
    const { code, err } = program.run(root, ['apply', '--batch', 'all']);
    expect(code).toBe(2);
    expect(err).toContain('packages/api/src/lib/redis.ts does not exist');
  });
});

describe('credentials in the code', () => {
  const secret = 'hunter2-of-the-test';

  it.each([
    ['in a URL', `'redis://:${secret}@cache.internal:6379'`],
    ['beside host and port', `{ host: 'cache.internal', port: 6379, password: '${secret}' }`],
    ['as the default of a variable', `process.env.REDIS_URL ?? 'redis://:${secret}@cache.internal:6379'`],
    [
      'as the default of the password',
      `{ host: 'cache.internal', password: process.env.REDIS_PASSWORD ?? '${secret}' }`,
    ],
  ])('%s: no database, the place is named, the secret is nowhere', (_name, argument) => {
    const root = program.tree({ 'package.json': pack('shop'), 'src/a.ts': client('A', argument) });
    const { code, out, err } = program.run(root, ['init', '--yes', '--scaffold', 'default', '--format', 'json']);
    expect(code).toBe(0);
    const report = JSON.parse(out) as InitReport;
    expect(report.groups).toEqual([]);
    expect(report.written).toEqual(['redis-migrate.config.json']);
    expect(report.next[0]).toContain('A credential is written in the code at src/a.ts:2');
    expect(out + err + readFileSync(join(root, 'redis-migrate.config.json'), 'utf8')).not.toContain(secret);
  });

  it('a password of the environment goes into the scaffold', () => {
    const argument = "{ host: 'cache.internal', port: 6379, password: process.env.CACHE_PASSWORD }";
    const root = program.tree({ 'package.json': pack('shop'), 'src/a.ts': client('A', argument) });
    expect(init(root, '--scaffold', 'default').groups).toHaveLength(1);
    expect(readFileSync(join(root, 'src/lib/redis.ts'), 'utf8')).toContain("'CACHE_PASSWORD'");
    expect(verdicts(root)['src/a.ts:2']).toBe('rewrite');
  });
});

describe('a python tree', () => {
  it('gets an accessor beside its sites and a configuration that moves them', () => {
    const root = program.tree({
      'app/cache.py': 'import redis\n\nr = redis.Redis(host="localhost", port=6379)\nr.get("a")\n',
    });
    const { written, config, next, groups } = init(root, '--scaffold', 'default');
    expect(written).toEqual(['app/redis_clients.py', 'redis-migrate.config.json']);
    expect(config).toMatchObject({ preset: 'default' });
    expect((config as { accessors: unknown }).accessors).toEqual({
      python: {
        ...{ file: 'app/redis_clients.py', module: 'app.redis_clients' },
        ...{ name: 'get_redis', open: 'open_redis', close: 'close_redis' },
      },
    });
    expect(groups).toEqual([{ name: 'main', identity: 'literal:localhost:6379;library=redis-py', sites: 1 }]);
    expect(next.join('\n')).toContain('apply');
    expect(existsSync(join(root, 'lib'))).toBe(false);
    expect(verdicts(root)).toMatchObject({ 'app/cache.py:3': 'rewrite' });
  });
});

describe('a tree where nothing opens yet', () => {
  it.each([
    ['python', { 'app/a.py': 'import redis\n\n\ndef of(client: redis.Redis):\n    return client.get("a")\n' }],
    ['javascript', { 'package.json': pack('shop'), 'src/a.ts': 'export const a = 1;\n' }],
  ])('gets an accessor of its language: %s', (language, files) => {
    const { accessors } = init(program.tree(files as Record<string, string>)).config as { accessors: object };
    expect(Object.keys(accessors)).toEqual([language]);
  });
});

describe('a function of Python', () => {
  const text = (name: string) =>
    `import os\nimport redis\n\n_client = None\n\n\ndef ${name}():\n    global _client\n    if _client is None:\n        _client = redis.Redis.from_url(os.environ["REDIS_URL"])\n    return _client\n\n\ndef read(key):\n    return ${name}().get(key)\n`;

  it('is proposed as the accessor unless it is private', () => {
    const of = (name: string) => init(program.tree({ 'app/__init__.py': '', 'app/a.py': text(name) })).config;
    expect(of('shared')).toMatchObject({ accessors: { python: { file: 'app/a.py', name: 'shared' } } });
    expect(of('_shared')).toMatchObject({ accessors: { python: { file: 'app/redis_clients.py', name: 'get_redis' } } });
  });
});
