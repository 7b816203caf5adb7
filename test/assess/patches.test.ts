/** Tests in Python that replace names which migrated code no longer asks for: named with the batch, or what keeps a site. */

import { describe, expect, it } from 'vitest';
import { makePlan } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

const FILES = {
  'requirements.txt': 'redis==5.0.8\n',
  'redis-migrate.config.json': JSON.stringify({
    preset: 'singleton-manager',
    accessors: { python: { file: 'app/redis_manager.py', module: 'app.redis_manager', name: 'get_redis_client' } },
    deprecated: [
      { import: 'app.old.get_old', use: { module: 'app.redis_manager', name: 'get_redis_manager' } },
      { import: 'app.old.Old', use: { module: 'app.redis_manager', name: 'redis_manager', drop: 'call' } },
    ],
  }),
  'app/__init__.py': '',
  'app/redis_manager.py': `import redis.asyncio

class RedisManager:
    async def get(self, key): ...
    async def get_client(self):
        return redis.asyncio.Redis()

redis_manager = RedisManager()

def get_redis_manager():
    return redis_manager

async def get_redis_client():
    return await redis_manager.get_client()
`,
  'app/old.py': 'class Old:\n    async def get(self, key): ...\n\ndef get_old():\n    return Old()\n',
  'app/jobs.py': 'from app.old import get_old\n\nasync def job():\n    return await get_old().get("a")\n',
  'app/desk.py':
    'from app.redis_manager import RedisManager\n\nasync def desk():\n    return await RedisManager().get("a")\n',
  'app/loans.py': 'from app.old import Old\n\nasync def lend():\n    return await Old().get("a")\n',
};

/** `line target: why instead` of the tests that the batches name, and `file: codes` of what stays in `app`. */
async function toldOf(test: string): Promise<{ named: string[]; kept: string[] }> {
  const root = makeTree({ ...FILES, 'tests/test_app.py': test });
  const options = { root, configPath: null, jobs: 1, cache: false, includeTests: true };
  const { plan, taken } = await makePlan(options, { write: false });
  const mocks = plan.batches.flatMap((batch) => batch.mocks ?? []);
  for (const { sites } of mocks) expect(sites.length).toBeGreaterThan(0);
  const named = mocks.map(({ line, target, why, instead }) => `${line} ${target}: ${why}. ${instead}`).sort();
  const kept = taken.sites.filter(({ verdict, file }) => verdict === 'keep' && /jobs|desk|loans/.test(file));
  return { named, kept: kept.map(({ file, reasons }) => `${file}: ${reasons[0]?.code}`) };
}

describe('patches of names that moved', () => {
  it.each([
    [
      'in the file that made the class',
      'from unittest.mock import patch\n\n@patch("app.desk.RedisManager")\ndef test_desk(fake):\n    import app.desk\n',
      [
        '3 app.desk.RedisManager: app/desk.py asks `redis_manager` of `app.redis_manager` in its place. Patch `app.desk.redis_manager` instead.',
      ],
    ],
    [
      'of the module that the class is from, where the test loads its user',
      'from unittest.mock import patch\nfrom app import desk\n\n@patch("app.redis_manager.RedisManager")\ndef test_desk(fake): ...\n',
      [
        '4 app.redis_manager.RedisManager: app/desk.py asks `redis_manager` of `app.redis_manager` in its place. Patch `app.desk.redis_manager` instead.',
      ],
    ],
    [
      'of a function of the old module',
      'from app import jobs\n\ndef test_job(mocker):\n    mocker.patch("app.old.get_old")\n',
      [
        '4 app.old.get_old: app/jobs.py asks `get_redis_manager` of `app.redis_manager` in its place. Patch `app.jobs.get_old` instead.',
      ],
    ],
    [
      'by the module and a name',
      'from app import desk\n\ndef test_desk(monkeypatch):\n    monkeypatch.setattr(desk, "RedisManager", None)\n',
      [
        '4 app.desk.RedisManager: app/desk.py asks `redis_manager` of `app.redis_manager` in its place. Patch `app.desk.redis_manager` instead.',
      ],
    ],
    [
      'that stays under its own name',
      'from app import jobs\n\ndef test_job(mocker):\n    mocker.patch("app.jobs.get_old")\n',
      [],
    ],
    [
      'of a module whose user the test does not load',
      'def test_job(mocker):\n    mocker.patch("app.old.get_old")\n',
      [],
    ],
    ['of a method', 'from app import desk\n\ndef test_desk(mocker):\n    mocker.patch("app.desk.desk")\n', []],
    [
      'in a comment or a text',
      'from app import desk\n# patch("app.desk.RedisManager")\nTEXT = \'patch("app.desk.RedisManager")\'\n',
      [],
    ],
  ])('%s', async (_name, test, named) => {
    expect(await toldOf(test)).toEqual({ named, kept: [] });
  });

  it('keep a class whose name would go with its calls', async () => {
    const test = 'import redis\nfrom app import loans\n\ndef test_loans(mocker):\n    mocker.patch("app.loans.Old")\n';
    expect(await toldOf(test)).toEqual({ named: [], kept: ['app/loans.py: name-patched'] });
  });
});

describe('patches of what moved calls were made on', () => {
  const POOL = `import redis

_client = redis.Redis()

class Pool:
    def execute(self, command, *args):
        return getattr(_client, command)(*args)

_pool = Pool()

def get_pool():
    return _pool

def get_client():
    return _client
`;
  const CACHE = `import redis

class Cache:
    def __init__(self):
        self._client = redis.Redis()
    def get(self, key):
        return self._client.get(key)

cache = Cache()
`;
  const files = {
    'requirements.txt': 'redis==5.0.8\n',
    'redis-migrate.config.json': JSON.stringify({
      accessors: {
        python: {
          ...{ file: 'app/pool.py', module: 'app.pool', name: 'get_client', open: null, close: null },
          contract: { roles: ['command'], calls: { from: 'get_pool', execute: 'execute', differs: null } },
        },
      },
      databases: { main: { number: 0, identity: ['default'] } },
      wrappers: [{ class: 'Cache', module: 'app.cache', instance: 'cache', callSites: true }],
    }),
    'app/__init__.py': '',
    'app/pool.py': POOL,
    'app/cache.py': CACHE,
    'app/desk.py': 'from app.cache import cache\n\n\ndef read(key):\n    return cache.get(key)\n',
  };

  it.each([
    ['app.desk.cache', ['app/desk.py asks `get_pool` of `app.pool` in its place. Patch `app.desk.get_pool` instead.']],
    ['app.cache.cache', ['app/desk.py asks `get_pool` of `app.pool` in its place. Patch `app.desk.get_pool` instead.']],
    ['app.desk.read', []],
  ])('%s', async (target, told) => {
    const test = `from unittest.mock import patch\nfrom app import desk\n\n\n@patch("${target}")\ndef test_read(fake): ...\n`;
    const root = makeTree({ ...files, 'tests/test_desk.py': test });
    const { plan } = await makePlan(
      { root, configPath: null, jobs: 1, cache: false, includeTests: true },
      { write: false },
    );
    expect(plan.batches.flatMap(({ sites }) => sites).length).toBeGreaterThan(0);
    const mocks = plan.batches.flatMap((batch) => batch.mocks ?? []);
    expect(mocks.map(({ why, instead }) => `${why}. ${instead}`)).toEqual(told);
  });
});
