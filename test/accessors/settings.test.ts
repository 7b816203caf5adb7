/** An accessor that reads its addresses from a settings module: compiled, and run against a real server. */

import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { type ScaffoldInput, scaffoldDefault } from '../../src/accessors/index.js';
import { clientList, type RedisServer, startRedis } from '../support/redis.js';
import { type LoadedAccessor, type Workshop, workshop } from '../support/scaffold.js';

const config = (name: string) => `config:src/env.ts#env.${name}`;
const server = (prefix: string) => `${config(`${prefix}_HOST`)}:${config(`${prefix}_PORT`)}`;
const plain = { user: null, password: null, number: null };
const CERTIFIED = '{ca=if(env:SETTINGS_TEST_CA)?Buffer.from(env:SETTINGS_TEST_CA,"base64"):default}';
const INPUT: ScaffoldInput = {
  service: 'shop',
  databases: [
    { name: 'main', server: server('REDIS'), tls: `if(${config('TLS_OFF')}=="true")?default:literal:true`, ...plain },
    { ...plain, name: 'tr', server: server('REDIS'), tls: false, prefix: 'tr:', user: config('REDIS_USER') },
    { ...plain, name: 'url', server: config('REDIS_URL'), tls: false },
    { ...plain, name: 'flag', server: server('REDIS'), tls: `if(${config('TLS')})?literal:true:default` },
    {
      ...plain,
      name: 'env',
      server: 'env:SETTINGS_TEST_URL',
      tls: 'if(env:SETTINGS_TEST_TLS=="1")?literal:true:default',
    },
    {
      ...plain,
      name: 'certified',
      server: 'env:SETTINGS_TEST_URL',
      tls: `if(env:SETTINGS_TEST_CERTIFIED=="1")?literal:${JSON.stringify(CERTIFIED)}:default`,
    },
  ],
  settings: [{ holder: 'src/env.ts#env', exported: 'env', specifier: './env.js' }],
  language: 'typescript',
  module: 'esm',
  version: null,
  package: 'ioredis',
};
const SETTINGS = `const read = (name: string) => process.env[\`SETTINGS_TEST_\${name}\`];
export const env: {
  REDIS_HOST?: string | undefined; REDIS_PORT?: number | null; REDIS_USER?: string | null | undefined;
  REDIS_URL: string | undefined; TLS_OFF: string; TLS: boolean;
} = {
  REDIS_HOST: read('HOST'), REDIS_PORT: Number(read('PORT')), REDIS_USER: null,
  REDIS_URL: read('URL'), TLS_OFF: 'true', TLS: false,
};
`;

let redis: RedisServer;
let shop: Workshop;
let accessor: LoadedAccessor;

beforeAll(async () => {
  redis = await startRedis();
  vi.stubEnv('SETTINGS_TEST_PORT', String(redis.port));
  vi.stubEnv('SETTINGS_TEST_URL', `${redis.url}/2`);
  shop = workshop();
  shop.write('env.ts', SETTINGS);
  shop.write('redis.ts', scaffoldDefault(INPUT));
  expect(shop.compile('redis.ts', 'env.ts')).toBe('');
  accessor = await shop.load('redis.js');
});

afterEach(() => accessor.closeRedis());

afterAll(async () => {
  vi.unstubAllEnvs();
  shop.remove();
  await redis.stop();
});

it('reads host and port from the settings, and encrypts only where the condition says so', async () => {
  await accessor.getRedis({ database: 'main' }).set('key', 'plain');
  expect(await accessor.getRedis({ database: 'flag' }).get('key')).toBe('plain');
  expect(accessor.getRedis({ database: 'main' }).options.tls).toBeUndefined();
});

it('takes certificates from the environment, where the condition says so', async () => {
  expect(accessor.getRedis({ database: 'certified' }).options.tls).toBeUndefined();
  await accessor.closeRedis();
  vi.stubEnv('SETTINGS_TEST_CERTIFIED', '1');
  vi.stubEnv('SETTINGS_TEST_CA', Buffer.from('certificate').toString('base64'));
  const client = accessor.openRedis({ database: 'certified', role: 'subscriber' });
  client.on('error', () => undefined);
  expect(client.options.tls).toMatchObject({ ca: Buffer.from('certificate') });
  client.disconnect();
});

it('gives each prefix clients of its own, shared and dedicated', async () => {
  const prefixed = accessor.getRedis({ database: 'tr' });
  await prefixed.set('key', 'prefixed');
  expect(prefixed).toBe(accessor.getRedis({ database: 'tr' }));
  expect(await accessor.getRedis().get('tr:key')).toBe('prefixed');
  expect(await accessor.openRedis({ database: 'tr', role: 'blocking' }).get('key')).toBe('prefixed');
});

it('takes URLs from settings and from the environment', async () => {
  await accessor.getRedis({ database: 'url' }).ping();
  await accessor.getRedis({ database: 'env' }).ping();
  const found = (await clientList(redis.url)).filter(({ name }) => /:(?:url|env):/.test(name));
  expect(found.map(({ db }) => db)).toEqual([2, 2]);
});

it('imports settings in the style of CommonJS', () => {
  const text = scaffoldDefault({ ...INPUT, language: 'javascript', module: 'cjs' });
  expect(text).toContain("const { env: settings } = require('./env.js');");
});
