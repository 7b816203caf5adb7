/** The decision matrix: what to migrate at once, what when there is time, and what needs no migration. */

import { describe, expect, it } from 'vitest';
import { accessor, assessed, contract, MANIFEST, settings } from './build.js';

const CONFIG = settings({
  accessors: [
    accessor(),
    accessor({
      language: 'python',
      file: 'app/clients.py',
      name: 'get_redis',
      library: 'redis-py',
      open: null,
      close: null,
      contract: contract({ roles: ['command'], fixed: {} }),
    }),
  ],
});

const PYTHON_ACCESSOR = 'import redis\ndef get_redis():\n    return redis.Redis()\n';
const TYPESCRIPT_ACCESSOR = `import { Redis } from 'ioredis';\nexport const getRedis = () => new Redis(process.env.REDIS_URL!);\n`;

async function priorities(file: string, text: string): Promise<[string, string][]> {
  const files = {
    'package.json': MANIFEST,
    'app/__init__.py': '',
    'app/clients.py': PYTHON_ACCESSOR,
    'src/lib/redis.ts': TYPESCRIPT_ACCESSOR,
    [file]: text,
  };
  const { sites } = await assessed(files, CONFIG, { includeTests: true });
  return sites
    .filter((one) => one.file === file && one.category !== 'url-literal')
    .map(({ category, priority }) => [category, priority]);
}

describe('the decision matrix', () => {
  it.each([
    ['a client of a service', 'app/a.py', 'import redis\nr = redis.Redis()\nr.get("k")\n', 'client', 'immediate'],
    ['a URL', 'app/a.py', 'import redis\nr = redis.from_url("redis://h:1/2")\nr.get("k")\n', 'client', 'immediate'],
    ['a client of a script', 'scripts/a.py', 'import redis\nr = redis.Redis()\nr.get("k")\n', 'client', 'recommended'],
    ['a test', 'tests/test_a.py', 'import redis\nr = redis.Redis()\nr.get("k")\n', 'client', 'none'],
    [
      'what has migrated',
      'app/a.py',
      'from app.clients import get_redis\nget_redis().get("k")\n',
      'accessor-call',
      'none',
    ],
    ['the accessor', 'app/clients.py', PYTHON_ACCESSOR, 'client', 'none'],
    [
      'what a person exempts',
      'app/a.py',
      'import redis\nr = redis.Redis()  # redis-migrate-ignore: bytes\n',
      'client',
      'none',
    ],
    ['a pool', 'app/a.py', 'import redis\np = redis.ConnectionPool()\n', 'client', 'none'],
    [
      'another library',
      'app/a.py',
      'from celery import Celery\napp = Celery("a", broker="redis://h:1/2")\n',
      'consumer-options',
      'none',
    ],
  ])('Python: %s', async (_what, file, text, category, priority) => {
    expect(await priorities(file, text)).toEqual([[category, priority]]);
  });

  it.each([
    ['a client of a service', 'src/a.ts', 'const r = new Redis();\nr.get("k");\n', 'client', 'immediate'],
    ['a subscriber', 'src/a.ts', 'const r = new Redis();\nr.subscribe("c");\n', 'client', 'recommended'],
    ['a client of a script', 'scripts/a.ts', 'const r = new Redis();\nr.get("k");\n', 'client', 'recommended'],
    ['a test', 'test/a.test.ts', 'const r = new Redis();\nr.get("k");\n', 'client', 'none'],
  ])('TypeScript: %s', async (_what, file, text, category, priority) => {
    expect(await priorities(file, `import { Redis } from 'ioredis';\n${text}`)).toEqual([[category, priority]]);
  });

  it.each([
    ['caches of the process', 'from functools import lru_cache\n@lru_cache\ndef value():\n    return 1\n'],
    ['mocks', 'from unittest.mock import MagicMock\nr = MagicMock()\nr.get("k")\n'],
  ])('lists no %s', async (_what, text) => {
    expect(await priorities('app/a.py', text)).toEqual([]);
  });
});
