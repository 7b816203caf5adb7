/** The accessor `connection-pool` as it is written for both languages, run against a real Redis. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PRESETS, presetIn, type ScaffoldDatabase, type ScaffoldInput } from '../../src/accessors/index.js';
import { pythonWith } from '../support/python.js';
import { clientList, type RedisServer, startRedis } from '../support/redis.js';
import { type Workshop, workshop } from '../support/scaffold.js';

const MAIN: ScaffoldDatabase = {
  name: 'main',
  number: 1,
  server: 'env:POOL_HOST|literal:localhost:env:POOL_PORT|literal:6379',
  tls: false,
  user: null,
  password: 'env:POOL_PASSWORD',
};
const INPUT: ScaffoldInput = {
  service: 'shop',
  databases: [MAIN],
  language: 'typescript',
  module: 'esm',
  version: null,
};

function text(input: Partial<ScaffoldInput> = {}, database: Partial<ScaffoldDatabase> = {}): string {
  const all = { ...INPUT, ...input, databases: [{ ...MAIN, ...database }] };
  const preset = PRESETS['connection-pool'];
  const own = preset && presetIn(preset, all.language === 'python' ? 'python' : 'javascript');
  return own?.scaffold(all) ?? '';
}

let server: RedisServer;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(async () => {
  await server.stop();
});

it.each(['python', 'typescript', 'javascript'] as const)(
  'is short in %s, and the same for the same input',
  (language) => {
    expect(text({ language }).trimEnd().split('\n').length).toBeLessThanOrEqual(150);
    expect(text({ language })).toBe(text({ language }));
  },
);

it.each(['python', 'typescript'] as const)('writes no credential and no unknown address in %s', (language) => {
  expect(() => text({ language }, { password: 'literal:hunter2' })).toThrow(/not in an environment variable/);
  expect(() => text({ language }, { server: 'env:U|literal:redis://:hunter2@h/0' })).toThrow(/holds a credential/);
  expect(() => text({ language }, { server: 'config:src/env.ts#URL' })).toThrow(/not known well enough/);
});

describe('in Python', () => {
  let folder: string;
  let python: string;

  beforeAll(() => {
    python = pythonWith(['redis'], ['python3-redis']);
    folder = mkdtempSync(join(tmpdir(), 'connection-pool-'));
    writeFileSync(join(folder, 'redis_pool.py'), text({ language: 'python' }));
    writeFileSync(join(folder, 'by_url.py'), text({ language: 'python' }, { server: 'env:POOL_URL', number: null }));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a program that imports the accessor prints, a line each. */
  function run(program: string): string[] {
    const env = { POOL_HOST: '127.0.0.1', POOL_PORT: String(server.port), PYTHONPATH: folder };
    const { stdout, stderr, status } = spawnSync(python, ['-B', '-'], {
      cwd: folder,
      input: `import os, redis, redis_pool\npool = redis_pool.get_redis_pool()\n${program}`,
      encoding: 'utf8',
      env: { ...env, POOL_URL: server.url },
      timeout: 30_000,
    });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim().split('\n');
  }

  it('is one pool for commands by name, a client, and code that keeps one', () => {
    const program = `
print(pool is redis_pool.get_redis_pool(), redis_pool.get_redis_client() is pool.client)
print(pool.execute("setex", "k", 60, "v"), pool.execute("get", "k"), pool.execute("set", "n", 1, nx=True))
with pool.get_client() as client:
    pipe = client.pipeline(transaction=False)
    pipe.incr("n")
    pipe.exists("k")
    print(pipe.execute(), client.client_getname(), client.client_list()[0]["db"])
print(pool.health_check()["healthy"], pool.get_stats())
redis_pool.close_redis_pool()
print(pool.execute("get", "k"))`;
    expect(run(program)).toEqual([
      'True True',
      'True v True',
      '[2, 1] shop:main:command 1',
      "True {'max_connections': 2147483648, 'available': 1, 'in_use': 0, 'circuit': 'closed'}",
      'v',
    ]);
  });

  it('tries reads again and nothing else, and stops asking what does not answer', () => {
    const program = `
import socket, threading
heard = []
listener = socket.create_server(("127.0.0.1", 0))
def serve():
    while True:
        peer, _ = listener.accept()
        heard.append(peer.recv(100))
        peer.close()
threading.Thread(target=serve, daemon=True).start()
redis_pool.override_redis_pool(redis.Redis(port=listener.getsockname()[1]))
pool = redis_pool.get_redis_pool()
def tries(*command):
    before = len(heard)
    try:
        pool.execute(*command)
    except redis.ConnectionError as error:
        return len(heard) - before, type(error).__name__
print(tries("get", "k"), tries("incr", "n"), pool.get_stats()["circuit"])
for _ in range(3):
    tries("incr", "n")
print(tries("incr", "n"), tries("get", "k"), pool.health_check())
pool.breaker._seconds = 0
print(pool.get_stats()["circuit"], tries("incr", "n"))
redis_pool.override_redis_pool(None)
print(redis_pool.get_redis_pool() is pool)`;
    expect(run(program)).toEqual([
      "(4, 'ConnectionError') (1, 'ConnectionError') closed",
      "(0, 'CircuitOpenError') (0, 'CircuitOpenError') {'healthy': False, 'error': 'ConnectionError', 'circuit': 'open'}",
      "half-open (1, 'ConnectionError')",
      'False',
    ]);
  });

  it('takes an error of the server for an answer', () => {
    const program = `
pool.execute("set", "text", "x")
for _ in range(6):
    try:
        pool.execute("incr", "text")
    except redis.ResponseError as error:
        print(error)
print(pool.get_stats()["circuit"])`;
    expect(new Set(run(program))).toEqual(new Set(['value is not an integer or out of range', 'closed']));
  });

  it('works in the child of a fork', () => {
    const program = `
number = pool.execute("client_id")
read, write = os.pipe()
redis_pool._lock.acquire()
if os.fork() == 0:
    os.write(write, repr(redis_pool.get_redis_pool().execute("client_id") == number).encode())
    os._exit(0)
os.close(write)
print(os.fdopen(read).read(), pool.execute("client_id") == number)`;
    expect(run(program)).toEqual(['False True']);
  });

  it('reads its URL when it is asked first, and not before', () => {
    expect(run('import by_url\nprint(by_url.get_redis_client().ping())')).toEqual(['True']);
    const unset = 'del os.environ["POOL_URL"]\nimport by_url\nby_url.get_redis_client()';
    expect(() => run(unset)).toThrow("KeyError: 'POOL_URL'");
  });
});

interface Pool {
  client: Redis;
  execute(command: string, ...args: (string | number)[]): Promise<unknown>;
  pipeline(fill: (pipeline: ReturnType<Redis['pipeline']>) => unknown): Promise<unknown[]>;
  withClient<T>(work: (client: Redis) => Promise<T>): Promise<T>;
  healthCheck(): Promise<{ healthy: boolean; error?: string; circuit: string }>;
  getStats(): { status: string; waiting: number; circuit: string };
}

interface Loaded {
  getRedisPool(): Pool;
  getRedisClient(): Redis;
  closeRedisPool(limits?: { deadlineMs?: number }): Promise<void>;
  overrideRedisPool(client: Redis | null): void;
}

describe('in TypeScript', () => {
  let shop: Workshop;
  let listener: Server;
  let heard = 0;

  beforeAll(() => {
    vi.stubEnv('POOL_HOST', '127.0.0.1');
    vi.stubEnv('POOL_PORT', String(server.port));
    shop = workshop();
    listener = createServer((socket) =>
      socket.once('data', () => {
        heard += 1;
        socket.destroy();
      }),
    ).listen(0, '127.0.0.1');
  });

  afterAll(() => {
    vi.unstubAllEnvs();
    listener.close();
    shop.remove();
  });

  const load = async (module: 'esm' | 'cjs', file: string) => {
    shop.write(file, text({ language: 'javascript', module }));
    return (await shop.load(file)) as unknown as Loaded;
  };

  it('is accepted by the compiler under the strictest settings, with the replies of its commands', async () => {
    shop.write('pool.ts', text());
    shop.write('by-url.ts', text({}, { server: 'env:POOL_URL', number: null, tls: false, user: 'env:U' }));
    const use = (line: string) => `import { getRedisPool } from './pool.js';\n${line}\n`;
    shop.write('use.ts', use("export const hits: Promise<number> = getRedisPool().execute('incr', 'n');"));
    shop.write('bad.ts', use("void getRedisPool().execute('got', 'k');"));
    const complaints = shop.compile('pool.ts', 'by-url.ts', 'use.ts', 'bad.ts').trim().split('\n');
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain('bad.ts(2,29): error TS2345: Argument of type \'"got"\'');
    const { getRedisPool, closeRedisPool } = (await shop.load('pool.js')) as unknown as Loaded;
    expect(await getRedisPool().execute('ping')).toBe('PONG');
    await closeRedisPool();
  });

  it.each([
    ['esm', 'plain.mjs'],
    ['cjs', 'plain.cjs'],
  ] as const)('is one pool (%s)', async (module, file) => {
    const { getRedisPool, getRedisClient, closeRedisPool } = await load(module, file);
    const pool = getRedisPool();
    expect(getRedisPool()).toBe(pool);
    expect(getRedisClient()).toBe(pool.client);
    expect(await pool.execute('setex', 'k', 60, 'v')).toBe('OK');
    expect(await pool.execute('get', 'k')).toBe('v');
    expect(await pool.pipeline((pipe) => pipe.set('n', 1).incr('n'))).toEqual(['OK', 2]);
    await expect(pool.pipeline((pipe) => pipe.incr('k').set('n', 5))).rejects.toThrow('not an integer');
    expect(await pool.withClient(async (client) => client.get('n'))).toBe('5');
    expect(await pool.healthCheck()).toMatchObject({ healthy: true, circuit: 'Closed' });
    expect(pool.getStats()).toEqual({ status: 'ready', waiting: 0, circuit: 'Closed' });
    const own = async () => (await clientList(server.url)).filter(({ name }) => name === 'shop:main:command');
    expect((await own()).map(({ db }) => db)).toEqual([1]);
    await closeRedisPool();
    await vi.waitFor(async () => expect(await own()).toEqual([]), { timeout: 3_000, interval: 20 });
    expect(getRedisPool()).not.toBe(pool);
    await closeRedisPool();
  });

  it('tries reads again and nothing else, and stops asking what does not answer', async () => {
    const { overrideRedisPool, getRedisPool, closeRedisPool } = await load('esm', 'away.mjs');
    const address = listener.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const client = new Redis({ port, lazyConnect: true, enableReadyCheck: false, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    overrideRedisPool(client);
    const tries = async (command: string) => {
      const before = heard;
      const failed = await getRedisPool()
        .execute(command, 'n')
        .then(String, (error: Error) => error.constructor.name);
      return [heard - before, failed];
    };
    expect(await tries('get')).toEqual([4, 'MaxRetriesPerRequestError']);
    expect(await tries('incr')).toEqual([1, 'MaxRetriesPerRequestError']);
    for (let count = 0; count < 3; count += 1) await tries('incr');
    expect(await tries('incr')).toEqual([0, 'BrokenCircuitError']);
    expect(await getRedisPool().healthCheck()).toMatchObject({ healthy: false, circuit: 'Open' });
    await closeRedisPool({ deadlineMs: 50 });
    // ioredis goes on naming the status `reconnecting`, though it tries no more.
    const last = heard;
    await setTimeout(1_000);
    expect(heard).toBe(last);
  });

  it('says which variable is missing', async () => {
    shop.write('by-url.mjs', text({ language: 'javascript' }, { server: 'env:POOL_URL', number: null }));
    const { getRedisPool } = (await shop.load('by-url.mjs')) as unknown as Loaded;
    expect(() => getRedisPool()).toThrow('POOL_URL is not set');
  });
});
