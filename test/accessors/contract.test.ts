/** The contract says what the accessor does, option by option, and its JavaScript variants do the same. */

import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PRESETS, type ScaffoldInput, scaffoldDefault } from '../../src/accessors/index.js';
import { clientList, type RedisServer, startRedis } from '../support/redis.js';
import { type LoadedAccessor, type Workshop, workshop } from '../support/scaffold.js';

const plain = { tls: false, user: null, password: null };
const INPUT: ScaffoldInput = {
  service: 'shop',
  databases: [
    { name: 'main', number: null, server: 'env:TEST_REDIS_URL', ...plain },
    { name: 'metrics', number: 3, server: 'env:TEST_REDIS_URL', ...plain },
  ],
  language: 'javascript',
  module: 'esm',
  version: null,
};

let server: RedisServer;
let shop: Workshop;
let accessor: LoadedAccessor;

beforeAll(async () => {
  server = await startRedis();
  // No number in the URL: it would win over the number of the database.
  vi.stubEnv('TEST_REDIS_URL', server.url);
  shop = workshop();
  shop.write('redis.js', scaffoldDefault(INPUT));
  accessor = await shop.load('redis.js');
});

afterAll(async () => {
  await accessor.closeRedis();
  vi.unstubAllEnvs();
  shop.remove();
  await server.stop();
});

const names = async () => (await clientList(server.url)).map(({ db, name }) => `db${db} ${name}`).sort();

describe('the contract', () => {
  const contract = PRESETS.default?.contract;

  it.each(contract?.roles ?? [])('says exactly what is set for %s', async (role) => {
    const shared = role === 'command' || role === 'queue';
    const client = shared ? accessor.getRedis({ role }) : accessor.openRedis({ role });
    const untouched = new Redis(server.url, { lazyConnect: true });
    const usual = untouched.options as Record<string, unknown>;
    const options = client.options as Record<string, unknown>;
    const functions = (key: string) => typeof options[key] === 'function';
    const differs = Object.keys({ ...usual, ...options }).filter(
      (key) => key !== 'lazyConnect' && !functions(key) && JSON.stringify(options[key]) !== JSON.stringify(usual[key]),
    );
    const expected = { ...contract?.fixed['*'], ...contract?.fixed[role] };
    expect(differs.sort()).toEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) {
      const filled =
        typeof value === 'string' ? value.replace('<service>:<database>:<role>', `shop:main:${role}`) : value;
      expect(options[key]).toBe(filled);
    }
    for (const key of Object.keys(options).filter(functions)) expect(String(options[key])).toBe(String(usual[key]));
    untouched.disconnect();
    await accessor.closeRedis();
  });
});

describe('plain JavaScript', () => {
  it.each([
    ['esm', 'plain.mjs'],
    ['cjs', 'plain.cjs'],
  ] as const)('%s does the same', async (module, file) => {
    shop.write(file, scaffoldDefault({ ...INPUT, service: `js-${module}`, language: 'javascript', module }));
    const loaded = await shop.load(file);
    const client = loaded.getRedis({ database: 'metrics' });
    expect(loaded.getRedis({ database: 'metrics' })).toBe(client);
    const own = loaded.openRedis({ role: 'subscriber' });
    await Promise.all([client.ping(), own.ping()]);
    expect(await names()).toEqual([`db0 js-${module}:main:subscriber`, `db3 js-${module}:metrics:command`]);
    expect(() => loaded.getRedis({ database: 'other' })).toThrow('unknown Redis database');
    await loaded.closeRedis();
    await vi.waitFor(async () => expect(await names()).toEqual([]), { timeout: 3_000, interval: 20 });
  });
});
