/** Real Celery and gunicorn: what forked workers and an event loop for each task do to clients, before and after the migration. */

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ProjectCopy, projectCopy } from '../support/project.js';
import { pythonWith } from '../support/python.js';
import { clientList, freePort, type RedisServer, startRedis } from '../support/redis.js';
import { startWorkers, type Workers } from '../support/workers.js';

/** A process of the service, and the number that the server has given to its connection. */
interface Who {
  process: number;
  connection: number;
}

const SHARED_STORE = 'store = redis.Redis.from_url(REDIS_URL)';
const ACCESSOR = `import redis.asyncio

from app.config import REDIS_URL

_client = redis.asyncio.Redis.from_url(REDIS_URL)


def get_redis():
    return _client
`;
const TIMES = 6;

let python: string;
let server: RedisServer;
let copy: ProjectCopy;
let running: Workers[];

beforeAll(() => {
  python = pythonWith(['redis', 'celery', 'gunicorn'], ['python3-redis', 'python3-celery', 'gunicorn']);
});

beforeEach(async () => {
  server = await startRedis();
  copy = projectCopy({ name: 'celery-gunicorn' });
  running = [];
});

afterEach(async () => {
  for (const workers of running) await workers.stop();
  copy.remove();
  await server.stop();
});

function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, REDIS_URL: `${server.url}/0` };
}

async function start(
  args: string[],
  ready: { text: string; times: number },
  more: NodeJS.ProcessEnv = {},
): Promise<void> {
  const env = { ...environment(), ...more };
  running.push(await startWorkers([python, '-B', '-m', ...args], copy.folder, env, ready));
}

/** Two workers of Celery, asked by a process of its own; throws what that one says when a task fails. */
async function askCelery(): Promise<{ sold: { left: number; sold: number }[]; workers: Who[] }> {
  const options = ['--concurrency', '2', '--loglevel', 'INFO'];
  await start(['celery', '-A', 'app.tasks', 'worker', ...options], { text: 'ready.', times: 1 });
  const asked = spawnSync(python, ['-B', '-m', 'app.ask', String(TIMES)], {
    cwd: copy.folder,
    env: environment(),
    encoding: 'utf8',
  });
  if (asked.status !== 0) throw new Error(asked.stderr.trim().split('\n').at(-1));
  return JSON.parse(asked.stdout);
}

type Page = Who & { left: number };

/** Address of two workers of gunicorn, which loads the application before it forks. */
async function startGunicorn(more: NodeJS.ProcessEnv = {}): Promise<string> {
  const port = await freePort();
  const options = ['--preload', '--workers', '2', '--bind', `127.0.0.1:${port}`];
  await start(['gunicorn', ...options, 'app.web:application'], { text: 'Booting worker', times: 2 }, more);
  return `http://127.0.0.1:${port}/`;
}

async function pageOf(url: string): Promise<Page> {
  return (await fetch(url)).json() as Promise<Page>;
}

async function askGunicorn(): Promise<Page[]> {
  const url = await startGunicorn();
  return Promise.all(Array.from({ length: TIMES }, () => pageOf(url)));
}

/** One page of each worker: the first is still busy when the second is asked for, and done before that one asks Redis. */
async function askEachInTurn(): Promise<Page[]> {
  const url = await startGunicorn({ PAUSE: '2' });
  const first = pageOf(url);
  await sleep(1000);
  return Promise.all([first, pageOf(url)]);
}

/** Connections by process, processes in the order of their numbers. */
function connectionsOf(answers: readonly Who[]): number[][] {
  const found = new Map<number, Set<number>>();
  for (const { process, connection } of answers) {
    found.set(process, (found.get(process) ?? new Set()).add(connection));
  }
  return [...found].sort(([a], [b]) => a - b).map(([, connections]) => [...connections]);
}

function expectOneEach(answers: readonly Who[]): void {
  const connections = connectionsOf(answers);
  expect(connections.map(({ length }) => length)).toEqual([1, 1]);
  expect(new Set(connections.flat()).size).toBe(2);
}

/** What was sold and what is left does not depend on who did it. */
function expectSold(sold: { left: number; sold: number }[]): void {
  const numbers = (of: 'left' | 'sold') => sold.map((one) => one[of]).sort((a, b) => a - b);
  expect([numbers('sold'), numbers('left')]).toEqual([
    [1, 2, 3, 4, 5, 6],
    [94, 95, 96, 97, 98, 99],
  ]);
}

function rewrite(file: string, text: string, by: string): void {
  const path = join(copy.folder, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(text);
  writeFileSync(path, before.replace(text, by));
}

function migrate(): void {
  copy.begin();
  copy.redisMigrate('init', '--yes', '--scaffold', 'default');
  copy.commit('Accessor and configuration');
  copy.redisMigrate('apply', '--batch', 'all', '--include', 'review');
}

/** The one site of a file: its verdict and the codes of its reasons. */
function judged(file: string): [string, ...string[]] {
  const { sites } = JSON.parse(copy.redisMigrate('scan', '--format', 'json')) as {
    sites: { file: string; verdict: string; reasons: { code: string }[] }[];
  };
  const own = sites.filter((site) => site.file === file);
  expect(own).toHaveLength(1);
  return [own[0]?.verdict ?? '', ...(own[0]?.reasons ?? []).map(({ code }) => code)];
}

describe('before the migration', () => {
  it('redis-py gives each worker of Celery a connection of its own, though the client is made before the fork', async () => {
    const { sold, workers } = await askCelery();
    expectSold(sold);
    expectOneEach(workers);
  });

  it('and each worker of gunicorn, which loads the application once', async () => {
    expectOneEach(await askGunicorn());
  });
});

describe('after the migration', () => {
  it('both give each worker a connection of the accessor, and every task of Celery an asyncio client that works', async () => {
    migrate();
    for (const file of ['app/stock.py', 'app/sales.py']) {
      expect(readFileSync(join(copy.folder, file), 'utf8')).not.toContain('from_url');
    }
    const { sold, workers } = await askCelery();
    expectSold(sold);
    expectOneEach(workers);
    const pages = await askGunicorn();
    expectOneEach(pages);
    expect(connectionsOf([...workers, ...pages])).toHaveLength(4);
    const named = (await clientList(server.url)).filter(({ name }) => name.endsWith(':main:command'));
    const own = new Set(named.map(({ id }) => id));
    for (const { connection } of [...workers, ...pages]) expect(own).toContain(connection);
  });
});

describe('a client of one connection', () => {
  beforeEach(() => {
    const options = 'host="127.0.0.1", port=int(REDIS_URL.split(":")[2].split("/")[0])';
    rewrite('app/stock.py', SHARED_STORE, `store = redis.Redis(${options}, single_connection_client=True)`);
  });

  it('is the same socket in all that were forked', async () => {
    const numbers = connectionsOf(await askEachInTurn());
    expect(numbers).toHaveLength(2);
    expect(new Set(numbers.flat()).size).toBe(1);
  });

  it('is not given up unasked', () => {
    migrate();
    expect(judged('app/stock.py').slice(0, 1)).toEqual(['keep']);
    expect(judged('app/stock.py')).toContain('option-meaning');
  });
});

describe('an asyncio client that all tasks share', () => {
  it('works in the first event loop of a process only, and the tool refuses it', async () => {
    writeFileSync(join(copy.folder, 'app/one.py'), ACCESSOR);
    const accessors = { python: { file: 'app/one.py', name: 'get_redis', contract: { mode: 'async' } } };
    const databases = { main: { number: 0, identity: ['env:REDIS_URL'] } };
    writeFileSync(join(copy.folder, 'redis-migrate.config.json'), JSON.stringify({ accessors, databases }));
    expect(judged('app/sales.py').slice(0, 1)).toEqual(['keep']);
    expect(judged('app/sales.py')).toContain('several-loops');
    rewrite('app/sales.py', 'redis.asyncio.Redis.from_url(REDIS_URL)', 'get_redis()');
    rewrite('app/sales.py', 'import redis.asyncio', 'from app.one import get_redis');
    rewrite('app/sales.py', '        await client.close()', '        pass');
    await expect(askCelery()).rejects.toThrow('Event loop is closed');
  });
});
