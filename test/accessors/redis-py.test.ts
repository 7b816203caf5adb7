/** The Python accessor as it is written, run against a real Redis. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScaffoldDatabase, scaffoldPython } from '../../src/accessors/index.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';

const NONE = { number: null, tls: false, user: null, password: null };
const MAIN: ScaffoldDatabase = { ...NONE, name: 'main', server: 'env:REDIS_URL' };
const METRICS: ScaffoldDatabase = {
  ...NONE,
  name: 'metrics',
  number: 1,
  server: 'env:METRICS_HOST|literal:localhost:env:METRICS_PORT|literal:6379',
  password: 'env:METRICS_PASSWORD',
};
const INPUT = { service: 'stall', language: 'python', module: 'esm', version: null } as const;

let server: RedisServer;
let folder: string;

beforeAll(async () => {
  server = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'redis-py-'));
  writeFileSync(join(folder, 'clients.py'), scaffoldPython({ ...INPUT, databases: [MAIN, METRICS] }));
  writeFileSync(join(folder, 'plain.py'), scaffoldPython({ ...INPUT, databases: [METRICS], asynchronous: false }));
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await server?.stop();
});

/** What a program that imports the accessor prints. */
function run(program: string): string {
  const python = pythonWith(['redis'], ['python3-redis']);
  const env = { REDIS_URL: server.url, METRICS_HOST: '127.0.0.1', METRICS_PORT: String(server.port) };
  const { stdout, stderr, status } = spawnSync(python, ['-B', '-'], {
    cwd: folder,
    input: `import asyncio, clients, redis\n${program}`,
    encoding: 'utf8',
    env: { ...env, PYTHONPATH: folder },
    timeout: 30_000,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

describe('the default accessor for redis-py', () => {
  it('gives one client for each database and decoding', () => {
    const program = `
a = clients.get_redis()
a.set("k", "v")
print(a is clients.get_redis(), a.get("k"), clients.get_redis(decode_responses=True).get("k"))
print(clients.get_redis(database="metrics").get("k"), clients.open_redis(role="blocking") is a)
print(a.client_getname())
clients.close_redis()
print(a.get("k"))`;
    expect(run(program).split('\n')).toEqual(["True b'v' v", 'None False', 'stall:main:command', "b'v'"]);
  });

  it('gives one asyncio client to several event loops, made before there is any', () => {
    const program = `
shared = clients.get_async_redis(decode_responses=True)
async def use():
    pipe = shared.pipeline()
    pipe.incr("n").incr("n")
    channel = shared.pubsub()
    await channel.subscribe("news")
    await shared.publish("news", "hello")
    heard = [(await channel.get_message(timeout=2))["data"] for _ in range(2)]
    await channel.close()
    print(await pipe.execute(), heard, shared is clients.get_async_redis(decode_responses=True))
    await clients.close_async_redis()
asyncio.run(use())
asyncio.run(use())
print(len(clients.get_redis().client_list()))`;
    expect(run(program).split('\n')).toEqual(["[1, 2] [1, 'hello'] True", "[3, 4] [1, 'hello'] True", '1']);
  });

  it('works in the child of a fork, whatever a thread of the parent was doing', () => {
    const program = `
import os, threading
sync, shared = clients.get_redis(), clients.get_async_redis()
loop = asyncio.new_event_loop()
async def number():
    return await shared.client_id()
parents = (sync.client_id(), loop.run_until_complete(number()))
held, done = threading.Event(), threading.Event()
def hold():
    with clients._lock:
        held.set()
        done.wait()
threading.Thread(target=hold).start()
held.wait()
read, write = os.pipe()
if os.fork() == 0:
    # The loop of the parent, as a worker has it that was made before the fork.
    own = (clients.get_redis().client_id(), sync.client_id(), loop.run_until_complete(number()))
    loop.run_until_complete(clients.close_async_redis())
    clients.close_redis()
    os.write(write, repr([own[0] == own[1], bool(set(own) & set(parents))]).encode())
    os._exit(0)
os.close(write)
print(os.fdopen(read).read())
done.set()
print((sync.client_id(), loop.run_until_complete(number())) == parents)`;
    // One client for the child, no connection of the parent's; and the parent goes on with its own.
    expect(run(program).split('\n')).toEqual(['[True, False]', 'True']);
  });

  it('refuses what is not there, and gives way to a test', () => {
    const program = `
for call in (lambda: clients.get_redis(database="other"), lambda: clients.open_redis(role="command")):
    try:
        call()
    except ValueError as error:
        print(error)
fake = redis.Redis()
clients.override_redis("main", fake)
print(clients.get_redis() is fake)
clients.override_redis("main", None)
print(clients.get_redis() is fake)`;
    expect(run(program).split('\n')).toEqual([
      "unknown Redis database 'other'; known: main, metrics",
      "role 'command' is not one of blocking, transaction, subscriber, monitor",
      'True',
      'False',
    ]);
  });

  it('leaves asyncio out where nothing needs it', () => {
    expect(run('import plain; print(plain.get_redis().ping(), hasattr(plain, "asyncio"))')).toBe('True False');
  });

  it.each([
    ['TLS beside a URL', { ...MAIN, tls: true }],
    ['a password in the code', { ...METRICS, password: 'literal:secret' }],
    ['an address that is not known', { ...MAIN, server: 'config:settings.py#URL' }],
  ])('does not write %s', (_name, database) => {
    expect(() => scaffoldPython({ ...INPUT, databases: [database] })).toThrow();
  });
});
