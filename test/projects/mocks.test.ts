/** A test that mocks ioredis, before and after the code has moved, and once the advice is followed: with a real vitest. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MODULES, migrate, serviceTree } from '../support/service-tree.js';

const PROGRAM = {
  'package.json': '{ "name": "pages", "private": true, "type": "module", "dependencies": { "ioredis": "5.6.1" } }',
  '.gitignore': 'node_modules\n',
  'src/cache.ts': `import Redis from 'ioredis';

const client = new Redis(process.env.REDIS_URL!);

export function cached(key: string): Promise<string | null> {
  return client.get(key);
}
`,
  'test/cache.test.ts': `import { expect, it, vi } from 'vitest';
import { cached } from '../src/cache.js';

vi.mock('ioredis', () => ({
  default: class {
    constructor(readonly url: string) {}
    get = async (key: string) => \`stub of \${key}\`;
  },
}));

it('answers', async () => expect(await cached('a')).toBe('stub of a'));
`,
};

const FOLLOWED = `import { expect, it } from 'vitest';
import { overrideRedis } from '../src/lib/redis.js';

it('answers', async () => {
  overrideRedis('main', { get: async (key: string) => \`stub of \${key}\` } as never);
  const { cached } = await import('../src/cache.js');
  expect(await cached('a')).toBe('stub of a');
});
`;

function runTests(root: string) {
  const { NODE_OPTIONS: _, VITEST: __, ...env } = process.env;
  const command = [join(MODULES, 'vitest', 'vitest.mjs'), 'run', '--root', root, '--configLoader', 'native'];
  const run = spawnSync(process.execPath, command, {
    cwd: root,
    env: { ...env, REDIS_URL: 'redis://127.0.0.1:1' },
    encoding: 'utf8',
  });
  return { passed: run.status === 0, said: run.stdout + run.stderr };
}

const CERTAIN = PROGRAM['test/cache.test.ts'].replace('    constructor(readonly url: string) {}\n', '');

async function migrated(files: Record<string, string>) {
  const root = serviceTree(files);
  expect(runTests(root)).toMatchObject({ passed: true });

  const report = await migrate(root, { includeReview: false });
  expect(report.totals).toMatchObject({ rewritten: 1, failed: 0 });
  return { root, report };
}

it('moves with the code where it is certain to fit, and passes', { timeout: 120_000 }, async () => {
  const { root, report } = await migrated({ ...PROGRAM, 'test/cache.test.ts': CERTAIN });
  expect(report.batches.flatMap(({ mocks }) => mocks ?? [])).toEqual([]);
  expect(readFileSync(join(root, 'test/cache.test.ts'), 'utf8')).toContain(
    "vi.mock('../src/lib/redis.js', () => {\n  const Stub = class {\n",
  );
  expect(runTests(root)).toMatchObject({ passed: true });
});

it('is told before it fails, and passes again as the message says', { timeout: 120_000 }, async () => {
  const { root, report } = await migrated(PROGRAM);
  expect(report.batches.flatMap(({ mocks }) => mocks ?? [])).toMatchObject([
    {
      file: 'test/cache.test.ts',
      line: 4,
      target: 'ioredis',
      instead: expect.stringContaining("overrideRedis('main'"),
    },
  ]);
  const missed = runTests(root);
  expect(missed.passed).toBe(false);
  expect(missed.said).toContain('No "Redis" export is defined on the "ioredis" mock');

  writeFileSync(join(root, 'test/cache.test.ts'), FOLLOWED);
  expect(runTests(root)).toMatchObject({ passed: true });
});
