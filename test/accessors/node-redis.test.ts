/** What the generated accessor for node-redis promises, kept against a real server by each major version. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PRESETS, presetFor, type ScaffoldInput, scaffoldNodeRedis } from '../../src/accessors/index.js';
import { UserError } from '../../src/errors.js';
import { clientList, freePort, type RedisServer, startRedis } from '../support/redis.js';
import { type Workshop, workshop } from '../support/scaffold.js';

interface Client {
  isOpen: boolean;
  isReady: boolean;
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<unknown>;
  lPush(key: string, value: string): Promise<unknown>;
  brPop(key: string, seconds: number): Promise<{ element: string } | null>;
  ping(): Promise<string>;
  connect(): Promise<unknown>;
  disconnect(): Promise<unknown>;
  duplicate(): Client;
  on(event: string, listener: (error: Error) => void): Client;
}

interface Accessor {
  getRedis(request?: { database?: string }): Client;
  openRedis(request: { database?: string; role: string }): Client;
  redisReady(client: Client): Promise<Client>;
  closeRedis(limits?: { deadlineMs?: number }): Promise<void>;
  overrideRedis(database: string, client: Client | null): void;
}

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
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());

const VERSIONS = [
  ['redis-4', '^4.7.1'],
  ['redis-5', '^5.12.1'],
  ['redis', '^6.3.1'],
] as const;

describe.each(VERSIONS)('%s', (name, version) => {
  let shop: Workshop;
  let accessor: Accessor;

  beforeAll(async () => {
    shop = workshop();
    shop.write('redis.ts', scaffoldNodeRedis({ ...INPUT, version, package: name }));
    expect(shop.compile('--declaration', 'redis.ts')).toBe('');
    accessor = (await shop.load('redis.js')) as unknown as Accessor;
  });
  afterAll(() => shop.remove());
  beforeEach(() => {
    vi.stubEnv('TEST_REDIS_URL', `${server.url}/0`);
    vi.stubEnv('TEST_PORT', String(server.port));
  });
  afterEach(async () => {
    await accessor.closeRedis();
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  const names = async () => (await clientList(server.url)).map((one) => `db${one.db} ${one.name}`).sort();
  const namesAre = (expected: string[]) =>
    vi.waitFor(async () => expect(await names()).toEqual(expected), { timeout: 3_000, interval: 20 });

  it('can be given to what was declared by a call of createClient, and the other way round', () => {
    shop.write(
      'sites.ts',
      [
        `import { createClient, type RedisClientType } from '${name}';`,
        "import { getRedis, openRedis, redisReady } from './redis.js';",
        "let client = createClient({ url: 'redis://localhost' });",
        'client = getRedis();',
        "let own = openRedis({ role: 'subscriber' });",
        "own = createClient({ url: 'redis://localhost' });",
        'let first: ReturnType<typeof createClient> | undefined;',
        'first = getRedis();',
        "export class Cache { client: RedisClientType = getRedis({ database: 'metrics' }); }",
        'export function open(): RedisClientType { return getRedis(); }',
        '// @ts-expect-error a client is no text',
        'export const text: string = getRedis();',
        'export const ready: Promise<typeof client> = redisReady(client);',
        'export const all = [client, own, first];',
        '',
      ].join('\n'),
    );
    expect(shop.compile('sites.ts')).toBe('');
  });

  it('gives one client for each database, which queues what is sent before it is connected', async () => {
    const main = accessor.getRedis();
    expect(main.isReady).toBe(false);
    const metrics = accessor.getRedis({ database: 'metrics' });
    await Promise.all([main.set('where', 'main'), metrics.set('where', 'metrics')]);
    expect(accessor.getRedis({ database: 'main' })).toBe(main);
    expect([await main.get('where'), await metrics.get('where')]).toEqual(['main', 'metrics']);
    expect(await names()).toEqual(['db0 shop:main:command', 'db3 shop:metrics:command']);
  });

  it('says when a client is connected, as connect() did, which must not be called again', async () => {
    const client = accessor.getRedis();
    expect(await accessor.redisReady(client)).toBe(client);
    expect(client.isReady).toBe(true);
    await expect(client.connect()).rejects.toThrow('Socket already opened');
    expect(await accessor.redisReady(client)).toBe(client);
  });

  it('gives a new client after somebody closed the shared one', async () => {
    const first = await accessor.redisReady(accessor.getRedis());
    await first.disconnect();
    const second = accessor.getRedis();
    expect(second).not.toBe(first);
    expect(await second.ping()).toBe('PONG');
  });

  it('connects a dedicated client again that its owner closed', async () => {
    const own = await accessor.redisReady(accessor.openRedis({ role: 'subscriber' }));
    await own.disconnect();
    await namesAre([]);
    expect(await (await accessor.redisReady(own)).ping()).toBe('PONG');
    expect(await names()).toEqual(['db0 shop:main:subscriber']);
    await own.disconnect();
  });

  it('opens a new client for each call, and two that block do not stall each other', async () => {
    const [first, second] = [accessor.openRedis({ role: 'blocking' }), accessor.openRedis({ role: 'blocking' })];
    const waiting = first.brPop('never', 0).catch((error: Error) => error.constructor.name);
    const served = second.brPop('soon', 5);
    await accessor.getRedis().lPush('soon', 'x');
    expect((await served)?.element).toBe('x');
    expect(await names()).toEqual(['db0 shop:main:blocking', 'db0 shop:main:blocking', 'db0 shop:main:command']);
    await accessor.closeRedis();
    expect(await waiting).toMatch(/Error$/);
    await namesAre([]);
  });

  it('closes after pending commands, at any time, more than once, and not behind one that never ends', async () => {
    const pending = accessor.getRedis().set('last', 'words');
    await Promise.all([accessor.closeRedis(), accessor.closeRedis()]);
    expect(await pending).toBe('OK');
    const stuck = accessor
      .getRedis()
      .brPop('never', 0)
      .catch((error: Error) => error.constructor.name);
    const started = Date.now();
    await accessor.closeRedis({ deadlineMs: 200 });
    expect(Date.now() - started).toBeLessThan(1_500);
    expect(await stuck).toMatch(/Error$/);
    await namesAre([]);
  });

  it('survives a server that is away, with one line, and does not keep closeRedis', async () => {
    vi.stubEnv('TEST_AWAY_URL', `redis://127.0.0.1:${await freePort()}`);
    const lines = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const client = accessor.getRedis({ database: 'away' });
    let attempts = 0;
    client.on('error', () => {
      attempts += 1;
    });
    const waiting = client.get('k').catch((error: Error) => error.constructor.name);
    await vi.waitFor(() => expect(attempts).toBeGreaterThan(2), { timeout: 5_000 });
    expect(lines.mock.calls).toEqual([[expect.stringMatching(/^redis shop:away:command: .*ECONNREFUSED/)]]);
    const started = Date.now();
    await accessor.closeRedis({ deadlineMs: 300 });
    expect(Date.now() - started).toBeLessThan(1_500);
    expect(await waiting).toMatch(/Error$/);
  });

  it('puts a client in the place of a database until it is taken away, and never closes it', async () => {
    const double = accessor.getRedis().duplicate();
    double.on('error', () => undefined);
    await double.connect();
    accessor.overrideRedis('metrics', double);
    expect(accessor.getRedis({ database: 'metrics' })).toBe(double);
    expect(await accessor.redisReady(double)).toBe(double);
    expect(await accessor.openRedis({ database: 'metrics', role: 'blocking' }).ping()).toBe('PONG');
    await accessor.closeRedis();
    expect(await double.ping()).toBe('PONG');
    accessor.overrideRedis('metrics', null);
    expect(accessor.getRedis({ database: 'metrics' })).not.toBe(double);
    await double.disconnect();
  });

  it('refuses an unknown database, a shared role and a missing variable by name', () => {
    expect(() => accessor.getRedis({ database: 'other' })).toThrow(
      'unknown Redis database "other"; known: main, metrics, away',
    );
    expect(() => accessor.openRedis({ role: 'command' })).toThrow('role "command" is shared: use getRedis');
    expect(() => accessor.getRedis({ database: 'away' })).toThrow('TEST_AWAY_URL is not set');
  });

  it.each(['esm', 'cjs'] as const)('does the same in plain JavaScript (%s)', async (module) => {
    const file = module === 'esm' ? 'plain.mjs' : 'plain.cjs';
    const service = `js-${module}`;
    shop.write(file, scaffoldNodeRedis({ ...INPUT, service, language: 'javascript', module, version, package: name }));
    const loaded = (await shop.load(file)) as unknown as Accessor;
    const client = await loaded.redisReady(loaded.getRedis());
    expect(await client.ping()).toBe('PONG');
    expect(await names()).toEqual([`db0 ${service}:main:command`]);
    await loaded.closeRedis();
    await namesAre([]);
  });
});

/** Settings that the program reads, as a module of the project exports them. */
const SETTINGS = `const read = (name: string) => process.env[\`NODE_REDIS_TEST_\${name}\`];
export const env: { HOST?: string; PORT: string | undefined; URL: string | undefined; NUMBER: number | null; USER?: string; TLS: boolean } = {
  PORT: read('PORT'), URL: read('URL'), NUMBER: Number(read('NUMBER')), TLS: read('TLS') === '1',
};
`;

it.each(VERSIONS)(
  '%s: reads addresses from settings, and encrypts where a condition says so',
  async (name, version) => {
    const setting = (key: string) => `config:src/env.ts#env.${key}`;
    const server0 = { server: `${setting('HOST')}:${setting('PORT')}`, ...plain, number: null };
    const databases = [
      { ...server0, name: 'main', number: setting('NUMBER'), user: setting('USER') },
      { ...server0, name: 'url', server: setting('URL') },
      { ...server0, name: 'flag', tls: `if(${setting('TLS')})?literal:true:default` },
      { ...server0, name: 'env', tls: 'if(env:NODE_REDIS_TEST_SECURE=="1")?literal:true:default' },
    ];
    const settings = [{ holder: 'src/env.ts#env', exported: 'env', specifier: './env.js' }];
    vi.stubEnv('NODE_REDIS_TEST_PORT', String(server.port));
    vi.stubEnv('NODE_REDIS_TEST_URL', `${server.url}/2`);
    vi.stubEnv('NODE_REDIS_TEST_NUMBER', '5');
    const shop = workshop();
    shop.write('env.ts', SETTINGS);
    shop.write('redis.ts', scaffoldNodeRedis({ ...INPUT, databases, settings, version, package: name }));
    expect(shop.compile('redis.ts', 'env.ts')).toBe('');
    const { getRedis, closeRedis, redisReady } = (await shop.load('redis.js')) as unknown as Accessor;
    for (const database of ['main', 'url', 'flag', 'env']) await (await redisReady(getRedis({ database }))).ping();
    const found = (await clientList(server.url)).flatMap((one) =>
      one.name.startsWith('shop:') ? `${one.name} ${one.db}` : [],
    );
    expect(found.sort()).toEqual([
      'shop:env:command 0',
      'shop:flag:command 0',
      'shop:main:command 5',
      'shop:url:command 2',
    ]);
    await closeRedis();
    vi.stubEnv('NODE_REDIS_TEST_SECURE', '1');
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const secure = getRedis({ database: 'env' });
    // A server without TLS does not answer the handshake.
    const answered = await Promise.race([
      secure.ping().then(
        () => true,
        () => false,
      ),
      new Promise((done) => setTimeout(done, 300, false)),
    ]);
    expect(answered).toBe(false);
    await closeRedis({ deadlineMs: 10 });
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    shop.remove();
  },
);

describe('the text', () => {
  const row = (database: Partial<ScaffoldInput['databases'][number]>) => {
    const databases = [{ name: 'main', number: null, server: 'env:REDIS_URL', ...plain, ...database }];
    const settings = [{ holder: 'src/env.ts#env', exported: 'env', specifier: './env.js' }];
    return /\['main', \(\) => \((.*)\)\],/.exec(scaffoldNodeRedis({ ...INPUT, databases, settings }))?.[1];
  };

  it.each([
    ['a URL', {}, "{ url: env('REDIS_URL') }"],
    ['a number where the URL has none', { number: 2 }, "{ url: env('REDIS_URL'), database: 2 }"],
    [
      'host, port, TLS and credentials',
      { server: 'env:H:literal:6380', tls: true, user: 'env:U', password: 'env:P' },
      "{ socket: { host: env('H'), port: 6380, tls: true }, ...optional('username', 'U'), ...optional('password', 'P') }",
    ],
    [
      'settings that may not be there',
      { server: 'config:src/env.ts#env.H:config:src/env.ts#env.P', tls: 'if(env:T)?literal:true:default' },
      "{ socket: present({ host: settings.H ?? undefined, port: toNumber(settings.P), tls: process.env['T'] ? true : undefined }) }",
    ],
    ["the library's own address", { server: 'default' }, "{ socket: { host: 'localhost', port: 6379 } }"],
  ])('%s', (_name, database, expected) => {
    expect(row(database)).toBe(expected);
  });

  it('refuses TLS beside a URL, which the URL would switch off, and versions before 4', () => {
    expect(() => row({ tls: true })).toThrow(UserError);
    expect(() => scaffoldNodeRedis({ ...INPUT, version: '^3.1.2' })).toThrow(
      'no accessor to scaffold for redis ^3.1.2',
    );
  });

  it('imports the package that the project has', () => {
    const text = scaffoldNodeRedis({ ...INPUT, package: '@redis/client', version: '^1.6.0' });
    expect(text).toContain("import { createClient } from '@redis/client';");
    expect(text).toContain('client.disconnect()');
  });

  it('is that of the preset for the library', () => {
    const preset = PRESETS.default ? presetFor(PRESETS.default, 'redis') : null;
    expect(preset?.scaffold(INPUT)).toBe(scaffoldNodeRedis(INPUT));
    expect(preset?.contract.ready).toBe('redisReady');
    expect(preset?.contract.fixed).toEqual({ '*': { name: '<service>:<database>:<role>' } });
  });
});
