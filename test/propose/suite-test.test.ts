/** The test that `init --suite` writes, run by the team's own runner: it fails with the line that opens, and passes without it. */

import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { CHECKOUT, Program, type Run, start } from '../cli/program.js';

vi.setConfig({ testTimeout: 180_000 });
const program = new Program();
afterAll(() => program.drop());

const OPENS = {
  js: "import { Redis } from 'ioredis';\nexport const late = new Redis();\n",
  py: 'import redis\n\nlate = redis.Redis()\n',
};

/** A service with its accessor and configuration; `npx` finds the program and vitest in it. */
function service(files: Record<string, string>): string {
  const root = program.tree({ '.gitignore': 'node_modules\n', ...files });
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  for (const name of ['vitest', 'ioredis'])
    symlinkSync(join(CHECKOUT, 'node_modules', name), join(root, 'node_modules', name));
  const bin = join(root, 'node_modules/.bin/redis-migrate');
  writeFileSync(bin, `#!/bin/sh\nexec '${process.execPath}' '${program.built('../bin/redis-migrate.js')}' "$@"\n`);
  chmodSync(bin, 0o755);
  return root;
}

const NODE = (dependencies: Record<string, string>) => ({
  'package.json': JSON.stringify({ name: 'shop', private: true, type: 'module', dependencies }),
  'redis-migrate.config.json': JSON.stringify({
    accessors: { javascript: { file: 'src/lib/redis.js', name: 'getRedis', library: 'ioredis' } },
  }),
  'src/lib/redis.js':
    "import { Redis } from 'ioredis';\nconst client = new Redis();\nexport const getRedis = () => client;\n",
});
const PYTHON = {
  'package.json': '{ "name": "shop", "private": true }',
  'requirements.txt': 'redis==5.0.8\n',
  'redis-migrate.config.json': JSON.stringify({
    accessors: { python: { file: 'app/redis.py', module: 'app.redis', name: 'get_redis', library: 'redis-py' } },
  }),
  'app/__init__.py': '',
  'app/redis.py': 'import redis\n\n_client = redis.Redis()\n\ndef get_redis():\n    return _client\n',
};

const CASES: {
  runner: string;
  files: Record<string, string>;
  late: string;
  written: string;
  run: (root: string) => Run;
}[] = [
  {
    runner: 'vitest',
    files: NODE({ ioredis: '^5.4.0', vitest: '^4.0.0' }),
    late: 'src/late.js',
    written: 'test/redis-connections.test.js',
    run: (root) =>
      start(process.execPath, [join(CHECKOUT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', root], root),
  },
  {
    runner: 'vitest in TypeScript',
    files: {
      ...NODE({ ioredis: '^5.4.0', vitest: '^4.0.0' }),
      'src/shop.ts': "import { getRedis } from './lib/redis.js';\nexport const shop: unknown = getRedis();\n",
    },
    late: 'src/late.js',
    written: 'test/redis-connections.test.ts',
    run: (root) =>
      start(process.execPath, [join(CHECKOUT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', root], root),
  },
  {
    runner: 'node:test',
    files: NODE({ ioredis: '^5.4.0' }),
    late: 'src/late.js',
    written: 'test/redis-connections.test.mjs',
    run: (root) => start(process.execPath, ['--test', 'test/redis-connections.test.mjs'], root),
  },
  {
    runner: 'unittest',
    files: PYTHON,
    late: 'app/late.py',
    written: 'tests/test_redis_connections.py',
    run: (root) => start('python3', ['-B', '-m', 'unittest', 'discover', '-s', 'tests'], root),
  },
];

describe('init --suite', () => {
  it.each(CASES)('writes a test for $runner that fails when check does', ({ files, late, written, run }) => {
    const root = service({ ...files, [late]: late.endsWith('.py') ? OPENS.py : OPENS.js });
    const { code, out, err } = program.run(root, ['init', '--yes', '--suite']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain(`written  ${written}`);

    const failed = run(root);
    expect(failed.code).not.toBe(0);
    expect(failed.out + failed.err).toContain(late);

    program.run(root, ['check', '--baseline', '--update']);
    expect(run(root).code).toBe(0);
    rmSync(join(root, '.redis-migrate'), { recursive: true });
    expect(run(root).code).not.toBe(0);
    rmSync(join(root, late));
    expect(run(root).code).toBe(0);
  });

  it('writes nothing over a test that is there', () => {
    const root = service({ ...PYTHON, 'tests/test_redis_connections.py': '' });
    const { code, err } = program.run(root, ['init', '--yes', '--suite']);
    expect(code).toBe(2);
    expect(err).toContain('tests/test_redis_connections.py is there already');
  });
});
