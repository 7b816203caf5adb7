/** What the generated accessor promises, kept against a real server. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ScaffoldInput, scaffoldDefault } from '../../src/accessors/index.js';
import { clientList, freePort, type RedisServer, startRedis } from '../support/redis.js';
import { type LoadedAccessor, type Workshop, workshop } from '../support/scaffold.js';

const plain = { tls: false, user: null, password: null };
const INPUT: ScaffoldInput = {
  service: 'shop',
  databases: [
    { name: 'main', number: null, server: 'env:TEST_REDIS_URL', ...plain },
    { name: 'metrics', number: 3, server: 'env:TEST_HOST|literal:127.0.0.1:env:TEST_PORT', ...plain },
    { name: 'away', number: null, server: 'env:TEST_AWAY_URL', ...plain },
  ],
  language: 'typescript',
  module: 'esm',
  version: null,
};

let server: RedisServer;
let shop: Workshop;
let accessor: LoadedAccessor;

beforeAll(async () => {
  server = await startRedis();
  shop = workshop();
  shop.write('redis.ts', scaffoldDefault(INPUT));
  expect(shop.compile('redis.ts')).toBe('');
  accessor = await shop.load('redis.js');
});

afterAll(async () => {
  shop.remove();
  await server.stop();
});

afterEach(async () => {
  await accessor.closeRedis();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

function environment(): void {
  vi.stubEnv('TEST_REDIS_URL', `${server.url}/0`);
  vi.stubEnv('TEST_PORT', String(server.port));
}

const names = async () => (await clientList(server.url)).map(({ db, name }) => `db${db} ${name}`).sort();

/** Waits until the server has heard of closed sockets. */
async function namesAre(expected: string[]): Promise<void> {
  await vi.waitFor(async () => expect(await names()).toEqual(expected), { timeout: 3_000, interval: 20 });
}

describe('getRedis', () => {
  it('opens nothing before it is called', async () => {
    environment();
    await shop.load('redis.js', 'unused');
    expect(await names()).toEqual([]);
  });

  it('gives one real client for each database and role', async () => {
    environment();
    const main = accessor.getRedis();
    expect(main).toBeInstanceOf(Redis);
    expect(accessor.getRedis({ database: 'main', role: 'command' })).toBe(main);
    const queue = accessor.getRedis({ role: 'queue' });
    expect(queue).not.toBe(main);
    expect(accessor.getRedis({ role: 'queue' })).toBe(queue);
    const metrics = accessor.getRedis({ database: 'metrics' });
    await Promise.all([main.set('where', 'main'), queue.ping(), metrics.set('where', 'metrics')]);
    expect(await main.get('where')).toBe('main');
    expect(await metrics.get('where')).toBe('metrics');
    expect(await names()).toEqual(['db0 shop:main:command', 'db0 shop:main:queue', 'db3 shop:metrics:command']);
  });

  it('gives the same client to a module that is loaded a second time', async () => {
    environment();
    const again = await shop.load('redis.js', 'again');
    expect(again.getRedis).not.toBe(accessor.getRedis);
    expect(again.getRedis()).toBe(accessor.getRedis());
  });

  it('gives a new client after somebody closed the shared one', async () => {
    environment();
    const first = accessor.getRedis();
    const ended = new Promise((resolve) => first.once('end', resolve));
    await first.quit();
    await ended;
    const second = accessor.getRedis();
    expect(second).not.toBe(first);
    expect(await second.ping()).toBe('PONG');
  });

  it('refuses an unknown database, a dedicated role and a missing variable by name', () => {
    environment();
    expect(() => accessor.getRedis({ database: 'other' })).toThrow(
      'unknown Redis database "other"; known: main, metrics, away',
    );
    expect(() => accessor.getRedis({ database: 'constructor' })).toThrow('unknown Redis database');
    expect(() => accessor.getRedis({ role: 'blocking' })).toThrow('role "blocking" is not shared: use openRedis');
    expect(() => accessor.getRedis({ database: 'away' })).toThrow('TEST_AWAY_URL is not set');
    vi.stubEnv('TEST_REDIS_URL', '');
    expect(() => accessor.getRedis()).toThrow('TEST_REDIS_URL is not set');
  });
});

describe('openRedis', () => {
  it('gives a new client for each call, and two that block do not stall each other', async () => {
    environment();
    const [first, second] = [accessor.openRedis({ role: 'blocking' }), accessor.openRedis({ role: 'blocking' })];
    expect(first).not.toBe(second);
    const waiting = first.brpop('never', 0).catch((error: Error) => error.message);
    const served = second.brpop('soon', 5);
    await accessor.getRedis().lpush('soon', 'x');
    const started = Date.now();
    expect(await served).toEqual(['soon', 'x']);
    expect(Date.now() - started).toBeLessThan(1_000);
    expect(await names()).toEqual(['db0 shop:main:blocking', 'db0 shop:main:blocking', 'db0 shop:main:command']);
    await accessor.closeRedis();
    expect(await waiting).toContain('closed');
  });

  it('refuses a shared role', () => {
    environment();
    expect(() => accessor.openRedis({ role: 'command' })).toThrow('role "command" is shared: use getRedis');
  });

  it('leaves the closing to its caller', async () => {
    environment();
    const client = accessor.openRedis({ role: 'subscriber', database: 'metrics' });
    await client.subscribe('news');
    expect(await names()).toEqual(['db3 shop:metrics:subscriber']);
    client.disconnect();
    await namesAre([]);
  });
});

describe('closeRedis', () => {
  it('closes everything, may be called at any time and more than once, and the next client is a new one', async () => {
    environment();
    const first = accessor.getRedis();
    const dedicated = accessor.openRedis({ role: 'transaction' });
    await Promise.all([first.ping(), dedicated.ping(), accessor.getRedis({ role: 'queue' }).ping()]);
    await Promise.all([accessor.closeRedis(), accessor.closeRedis()]);
    await accessor.closeRedis();
    expect(first.status).toBe('end');
    await namesAre([]);
    const next = accessor.getRedis();
    expect(next).not.toBe(first);
    expect(await next.ping()).toBe('PONG');
  });

  it('leaves alone a client that is asked for while it closes the others', async () => {
    environment();
    const first = accessor.getRedis();
    await first.ping();
    const closing = accessor.closeRedis();
    const next = accessor.getRedis();
    await closing;
    expect(next).not.toBe(first);
    expect(await next.ping()).toBe('PONG');
    expect(accessor.getRedis()).toBe(next);
  });

  it('lets pending commands finish', async () => {
    environment();
    const pending = accessor.getRedis().set('last', 'words');
    await accessor.closeRedis();
    expect(await pending).toBe('OK');
  });

  it('does not wait longer than its deadline for a command that never ends', async () => {
    environment();
    const stuck = accessor
      .getRedis()
      .blpop('never', 0)
      .catch((error: Error) => error.message);
    const started = Date.now();
    await accessor.closeRedis({ deadlineMs: 200 });
    const took = Date.now() - started;
    expect(took).toBeGreaterThanOrEqual(190);
    expect(took).toBeLessThan(1_500);
    expect(await stuck).toContain('closed');
  });
});

describe('a server that is away', () => {
  it('is reported in one line, not at every attempt, and does not keep closeRedis', async () => {
    vi.stubEnv('TEST_AWAY_URL', `redis://127.0.0.1:${await freePort()}`);
    const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const client = accessor.getRedis({ database: 'away' });
    let attempts = 0;
    client.on('error', () => {
      attempts += 1;
    });
    await vi.waitFor(() => expect(attempts).toBeGreaterThan(2), { timeout: 5_000 });
    expect(lines.mock.calls).toEqual([[expect.stringMatching(/^redis shop:away:command: .*ECONNREFUSED/)]]);
    const started = Date.now();
    await accessor.closeRedis({ deadlineMs: 300 });
    expect(Date.now() - started).toBeLessThan(1_500);
    const seen = attempts;
    await sleep(500);
    expect(attempts).toBe(seen);
  });
});

describe('overrideRedis', () => {
  it('puts a client in the place of a database until it is taken away, and never closes it', async () => {
    environment();
    const double = new Redis(server.url, { connectionName: 'double' });
    accessor.overrideRedis('metrics', double);
    expect(accessor.getRedis({ database: 'metrics' })).toBe(double);
    expect(accessor.getRedis({ database: 'main' })).not.toBe(double);
    const opened = accessor.openRedis({ database: 'metrics', role: 'blocking' });
    expect(opened).not.toBe(double);
    await opened.ping();
    await accessor.closeRedis();
    expect(await double.ping()).toBe('PONG');
    accessor.overrideRedis('metrics', null);
    expect(accessor.getRedis({ database: 'metrics' })).not.toBe(double);
    double.disconnect();
  });

  it('refuses an unknown database', () => {
    expect(() => accessor.overrideRedis('other', null)).toThrow('unknown Redis database "other"');
  });
});
