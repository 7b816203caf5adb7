/** asyncio clients in several event loops: what is refused, what is not, and what really happens on a Redis. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChanges } from '../../src/apply-changes.js';
import { takeInventory } from '../../src/migrate.js';
import { addFiles, makeTree } from '../scan/tree.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';

/** One client for the whole process, as teams write it. */
const ONE = `import os

import redis.asyncio as aioredis

_client = None


def get_redis():
    global _client
    if _client is None:
        _client = aioredis.from_url(os.environ["REDIS_URL"])
    return _client
`;
/** One client for each event loop. */
const EACH = `import asyncio
import os
import weakref

import redis.asyncio as aioredis

_clients = weakref.WeakKeyDictionary()


def get_redis():
    loop = asyncio.get_running_loop()
    if loop not in _clients:
        _clients[loop] = aioredis.from_url(os.environ["REDIS_URL"])
    return _clients[loop]
`;
const HEAD = 'import asyncio\nimport os\n\nimport redis.asyncio as aioredis\n';
const COUNT = `

async def count():
    client = aioredis.from_url(os.environ["REDIS_URL"])
    try:
        return await client.incr("n")
    finally:
        await client.close()
`;
const OPENING = 'aioredis.from_url(os.environ["REDIS_URL"])';
/** Two loops, one after the other. */
const TWICE = `${HEAD}${COUNT}

def main():
    for _ in range(2):
        print(asyncio.run(count()))


if __name__ == "__main__":
    main()
`;
/** The same in one loop. */
const ONCE = `${HEAD}${COUNT}

async def main():
    for _ in range(2):
        print(await count())


if __name__ == "__main__":
    asyncio.run(main())
`;

interface Tree {
  work: string;
  accessor?: string;
  contract?: Record<string, unknown>;
  file?: string;
}

function treeOf({ work, accessor = ONE, contract = {}, file = 'app/work.py' }: Tree): string {
  return makeTree({
    'requirements.txt': 'redis==4.3.4\n',
    'app/__init__.py': '',
    'app/clients.py': accessor,
    [file]: work,
    'redis-migrate.config.json': JSON.stringify({
      accessors: { python: { file: 'app/clients.py', name: 'get_redis', contract: { mode: 'async', ...contract } } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
  });
}

/** Verdict of the one client, with the codes about loops and where they point. */
async function judged(tree: Tree): Promise<string> {
  const root = treeOf(tree);
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: true });
  const file = tree.file ?? 'app/work.py';
  const site = sites.find((one) => one.file === file && one.category === 'client');
  const said = site?.reasons.filter(({ code }) => code.includes('loops')) ?? [];
  return [site?.verdict, ...said.map(({ code, at }) => `${code} ${at}`)].join(' ');
}

const HAZARD = 'keep several-loops app/work.py';

describe('an asyncio client whose code runs in a loop of its own', () => {
  it.each([
    ['for each task', `@app.task\ndef work():\n    return asyncio.run(count())\n`, `${HAZARD}:17`],
    [
      'for each shared task',
      `@shared_task(bind=True)\ndef work(self):\n    return asyncio.run(count())\n`,
      `${HAZARD}:17`,
    ],
    ['for each actor', `@dramatiq.actor\ndef work():\n    asyncio.run(count())\n`, `${HAZARD}:17`],
    ['for each job', `def work():\n    asyncio.run(count())\n\n\nqueue.enqueue(work)\n`, `${HAZARD}:16`],
    ['in turns', 'while True:\n    asyncio.run(count())\n', `${HAZARD}:16`],
    ['twice', 'asyncio.run(count())\nasyncio.run(count())\n', `${HAZARD}:15`],
    [
      'through a helper',
      `def wait(coroutine):\n    return asyncio.run(coroutine)\n\n\n@app.task\ndef work():\n    return wait(count())\n`,
      `${HAZARD}:21`,
    ],
    [
      'by hand',
      `@app.task\ndef work():\n    loop = asyncio.new_event_loop()\n    return loop.run_until_complete(count())\n`,
      `${HAZARD}:18`,
    ],
    [
      'among others',
      `async def all():\n    await asyncio.gather(count(), count())\n\n\n@app.task\ndef work():\n    asyncio.run(all())\n`,
      `${HAZARD}:21`,
    ],
    [
      'through asgiref',
      `from asgiref.sync import async_to_sync\n\n\n@app.task\ndef work():\n    async_to_sync(count)()\n`,
      `${HAZARD}:20`,
    ],
  ])('is refused where that is made %s', async (_name, rest, expected) => {
    expect(await judged({ work: `${HEAD}${COUNT}\n\n${rest}` })).toBe(expected);
  });

  it('is refused in async views of Flask, not in those of Quart', async () => {
    const view = (web: string) =>
      `from ${web} import Blueprint\n${HEAD}${COUNT}\n\nviews = Blueprint("views", __name__)\n\n\n@views.get("/n")\nasync def n():\n    return {"n": await count()}\n`;
    expect(await judged({ work: view('flask') })).toBe('keep several-loops app/work.py:20');
    expect(await judged({ work: view('quart') })).toBe('rewrite');
  });

  it.each([
    ['nobody is seen to call', 'def work():\n    asyncio.run(count())\n', ':16'],
    [
      'several call',
      'def work():\n    asyncio.run(count())\n\n\ndef a():\n    work()\n\n\ndef b():\n    work()\n',
      ':16',
    ],
    ['has a loop from elsewhere', 'def work(loop):\n    loop.run_until_complete(count())\n', ':16'],
  ])('asks where a function starts it that %s', async (_name, rest, line) => {
    expect(await judged({ work: `${HEAD}${COUNT}\n\n${rest}` })).toBe(`review loops-unknown app/work.py${line}`);
  });

  it.each([
    ['the program has one', 'asyncio.run(count())\n'],
    [
      'its main function has one',
      `def main():\n    asyncio.run(count())\n\n\nif __name__ == "__main__":\n    main()\n`,
    ],
    ['no program is seen that calls main', 'def main():\n    asyncio.run(count())\n'],
    [
      'a process runs one of its commands',
      `import click\n\n\n@click.command()\ndef one():\n    asyncio.run(count())\n\n\n@click.command()\ndef two():\n    asyncio.run(count())\n`,
    ],
    [
      'the loop is the one of the thread',
      '@app.task\ndef work():\n    asyncio.get_event_loop().run_until_complete(count())\n',
    ],
    [
      'one loop is made for all tasks',
      'loop = asyncio.new_event_loop()\n\n\n@app.task\ndef work():\n    return loop.run_until_complete(count())\n',
    ],
    ['a framework has the loop', '@app.get("/n")\nasync def n():\n    return await count()\n'],
    [
      'tasks run something else',
      'async def other():\n    pass\n\n\n@app.task\ndef work():\n    asyncio.run(other())\n',
    ],
  ])('is rewritten where %s', async (_name, rest) => {
    expect(await judged({ work: `${HEAD}${COUNT}\n\n${rest}` })).toBe('rewrite');
  });

  it('is rewritten where the accessor has a client for each loop, by its text or its contract', async () => {
    expect(await judged({ work: TWICE, accessor: EACH })).toBe('rewrite');
    expect(await judged({ work: TWICE, contract: { loops: 'any' } })).toBe('rewrite');
    expect(await judged({ work: TWICE, accessor: EACH, contract: { loops: 'one' } })).toBe(`${HAZARD}:17`);
  });

  it('asks where a server has a loop beside the one that is started', async () => {
    const routes = `from fastapi import FastAPI\n${HEAD}${COUNT}\n\napp = FastAPI()\nasyncio.run(count())\n\n\n`;
    const handler = `@app.get("/")\nasync def index():\n    client = ${OPENING}\n    return await client.get("n")\n`;
    expect(await judged({ work: routes + handler })).toBe('review loops-unknown app/work.py:17');
    expect(await judged({ work: `${routes}@app.get("/")\nasync def index():\n    return 1\n` })).toBe('rewrite');
    expect(await judged({ work: routes + handler, accessor: EACH })).toBe('rewrite');
  });

  it('is followed through a wrapper of its own', async () => {
    const work = `${HEAD}

class Counter:
    def __init__(self):
        self.client = ${OPENING}

    async def count(self):
        return await self.client.incr("n")


@app.task
def work():
    return asyncio.run(Counter().count())
`;
    expect(await judged({ work })).toBe('keep several-loops app/work.py:17');
  });
});

describe('tests with a loop each', () => {
  const TEST = `import os\n\nimport pytest\nimport redis.asyncio as aioredis\n\n\n@pytest.mark.asyncio\nasync def test_count():\n    client = ${OPENING}\n    assert await client.incr("n")\n`;

  it('keep clients of their own', async () => {
    expect(await judged({ work: TEST, file: 'tests/test_count.py' })).toBe('keep several-loops tests/test_count.py:8');
    const inCase = TEST.replace(/@pytest[^\n]*\n/, 'class Cases(IsolatedAsyncioTestCase):\n')
      .replace(/^(async def| {4})/gm, '    $1')
      .replace('test_count', 'check');
    expect(await judged({ work: inCase, file: 'tests/test_count.py' })).toBe(
      'keep several-loops tests/test_count.py:8',
    );
  });

  it('are named where they run what is moved', async () => {
    const root = treeOf({ work: `${HEAD}${COUNT}` });
    const test =
      'import pytest\n\nfrom app.work import count\n\n\n@pytest.mark.asyncio\nasync def test_count():\n    assert await count()\n';
    addFiles(root, { 'tests/test_count.py': test });
    const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: false });
    const site = sites.find(({ file }) => file === 'app/work.py');
    const said = site?.reasons.find(({ code }) => code === 'loops-in-tests');
    expect([site?.verdict, said?.at]).toEqual(['rewrite', 'tests/test_count.py:7']);
  });
});

describe('on a real server', () => {
  let server: RedisServer;

  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server?.stop());

  /** What the program of a tree prints: its lines, or its last error. */
  function said(root: string): string[] {
    const python = pythonWith(['redis.asyncio'], ['python3-redis']);
    const env = { REDIS_URL: server.url, PYTHONPATH: root };
    const { stdout, stderr, status } = spawnSync(python, ['-B', 'app/work.py'], { cwd: root, env, encoding: 'utf8' });
    return status === 0 ? stdout.trim().split('\n') : [stderr.trim().split('\n').at(-1) ?? ''];
  }

  async function moved(tree: Tree): Promise<{ root: string; text: string }> {
    const root = treeOf(tree);
    const options = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
    const request = { batch: 'all', sites: null, dryRun: false, includeReview: false, allowDirty: true };
    await applyChanges(options, { ...request, formatWith: null, showSecrets: false, typecheck: false });
    return { root, text: readFileSync(join(root, 'app/work.py'), 'utf8') };
  }

  it('a shared client fails in the second loop, so the tool leaves the site', async () => {
    const shared = TWICE.replace(OPENING, 'get_redis()')
      .replace('import redis.asyncio as aioredis', 'from app.clients import get_redis')
      .replace(/ {4}try:\n {8}return (.*)\n {4}finally:\n.*\n/, '    return $1\n');
    expect(said(treeOf({ work: shared }))[0]).toMatch(/^RuntimeError: /);
    const { root, text } = await moved({ work: TWICE });
    expect(text).toBe(TWICE);
    expect(said(root)).toHaveLength(2);
  });

  it.each([
    ['one loop', { work: ONCE }],
    ['a client for each loop', { work: TWICE, accessor: EACH }],
  ])('moved code works with %s', async (_name, tree) => {
    const { root, text } = await moved(tree);
    expect(text).toContain('client = get_redis()');
    const [first, second] = said(root).map(Number);
    expect(second).toBe((first ?? 0) + 1);
  });

  it('a sync client made before a fork is shared, and each process has connections of its own', async () => {
    const work = `import os

import redis

client = redis.Redis.from_url(os.environ["REDIS_URL"])
before = client.client_id()
read, write = os.pipe()
if os.fork() == 0:
    os.write(write, str(client.client_id()).encode())
    os._exit(0)
os.waitpid(-1, 0)
print(os.read(read, 99).decode() != str(before), client.client_id() == before)
`;
    const accessor = ONE.replace('import redis.asyncio as aioredis', 'import redis').replace(
      'aioredis.from',
      'redis.from',
    );
    const { root, text } = await moved({ work, accessor, contract: { mode: 'sync' } });
    expect(text).toContain('client = get_redis()');
    expect(said(root)).toEqual(['True True']);
  });
});
