/** Tests and a script that close the client which they import, before and after it has moved: with the real runners and a real server. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RedisServer, startRedis } from '../support/redis.js';
import { MODULES, migrate, serviceTree } from '../support/service-tree.js';

/** Milliseconds after which a process that should have ended counts as hanging. */
const PATIENCE = 20_000;

const PROGRAM = {
  'package.json': '{ "name": "pages", "private": true, "type": "module", "dependencies": { "ioredis": "5.6.1" } }',
  '.gitignore': 'node_modules\n',
  'src/cache.js': `import Redis from 'ioredis';

export const cache = new Redis(process.env.REDIS_URL);

export function cached(key) {
  return cache.get(key);
}
`,
  'test/cached.test.js': `import { afterAll, expect, it } from 'vitest';
import { cache, cached } from '../src/cache.js';

it('gives what was kept', async () => {
  await cache.set('vitest', '1');
  expect(await cached('vitest')).toBe('1');
});

afterAll(() => cache.quit());
`,
  'test/runner.test.js': `import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { cache, cached } from '../src/cache.js';

after(async () => {
  await cache.quit();
});

test('gives what was kept', async () => {
  await cache.set('node', '2');
  assert.equal(await cached('node'), '2');
});
`,
  'scripts/fill.js': `import { cache } from '../src/cache.js';

async function fill() {
  await cache.set('script', '3');
}

fill().finally(() => cache.quit());
`,
};

const RUNS: Record<string, string[]> = {
  vitest: [join(MODULES, 'vitest', 'vitest.mjs'), 'run', '--configLoader', 'native', 'cached'],
  'node:test': ['--test', 'test/runner.test.js'],
  script: ['scripts/fill.js'],
};

let server: RedisServer;

beforeEach(async () => {
  server = await startRedis();
});
afterEach(() => server.stop());

/** Runs one of them; `hangs`: it had to be stopped. */
function run(root: string, args: string[], patience = PATIENCE) {
  const { NODE_OPTIONS: _, VITEST: __, NODE_TEST_CONTEXT: ___, ...env } = process.env;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...env, REDIS_URL: server.url },
    encoding: 'utf8',
    timeout: patience,
    killSignal: 'SIGKILL',
  });
  return { ended: status, hangs: error !== undefined, said: stdout + stderr };
}

async function migrated() {
  const root = serviceTree(PROGRAM);
  for (const args of Object.values(RUNS)) expect(run(root, args)).toMatchObject({ ended: 0 });

  const report = await migrate(root, { includeReview: true });
  expect(report.totals).toMatchObject({ rewritten: 1, failed: 0 });
  return root;
}

it('hooks of tests and the end of a script close the accessor, and every process ends', {
  timeout: 180_000,
}, async () => {
  const root = await migrated();
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  expect(read('test/cached.test.js')).toContain('afterAll(() => closeRedis());');
  expect(read('test/runner.test.js')).toContain('await closeRedis();');
  expect(read('scripts/fill.js')).toContain('fill().finally(() => closeRedis());');
  expect(read('src/cache.js')).toContain('export const cache = getRedis();');
  for (const args of Object.values(RUNS)) expect(run(root, args)).toMatchObject({ ended: 0 });
});

it('without the close, the script and the runner of Node would wait for ever', { timeout: 180_000 }, async () => {
  const root = await migrated();
  for (const file of ['scripts/fill.js', 'test/runner.test.js']) {
    const text = readFileSync(join(root, file), 'utf8');
    writeFileSync(join(root, file), text.replace(/(=> |await )closeRedis\(\)/, '$1undefined'));
  }
  expect(run(root, RUNS.script ?? [], 4000)).toMatchObject({ hangs: true });
  expect(run(root, RUNS['node:test'] ?? [], 4000)).toMatchObject({ hangs: true });
});
