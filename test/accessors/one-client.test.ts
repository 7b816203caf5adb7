/** The accessors `central-client` and `unified-manager` as they are written for both languages, run against a real Redis. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PRESETS, presetIn, type ScaffoldDatabase, type ScaffoldInput } from '../../src/accessors/index.js';
import { pythonWith } from '../support/python.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { type Workshop, workshop } from '../support/scaffold.js';

const MAIN: ScaffoldDatabase = {
  name: 'main',
  number: null,
  server: 'env:ONE_HOST|literal:localhost:env:ONE_PORT|literal:6379',
  tls: false,
  user: null,
  password: 'env:ONE_PASSWORD',
};
const TRAINING: ScaffoldDatabase = { ...MAIN, name: 'training', number: 3 };

function text(preset: string, input: Partial<ScaffoldInput> = {}): string {
  const all: ScaffoldInput = {
    ...{ service: 'shop', databases: [MAIN, TRAINING], language: 'typescript', module: 'esm', version: null },
    ...input,
  };
  const base = PRESETS[preset];
  const own = base && presetIn(base, all.language === 'python' ? 'python' : 'javascript');
  return own?.scaffold(all) ?? '';
}

let server: RedisServer;
let folder: string;
let own: Workshop;

beforeAll(async () => {
  server = await startRedis();
  folder = mkdtempSync(join(tmpdir(), 'one-client-'));
  own = workshop();
  process.env.ONE_HOST = '127.0.0.1';
  process.env.ONE_PORT = String(server.port);
});

afterAll(async () => {
  delete process.env.ONE_HOST;
  delete process.env.ONE_PORT;
  rmSync(folder, { recursive: true, force: true });
  own.remove();
  await server.stop();
});

beforeEach(async () => {
  const driver = new Redis(server.url);
  await driver.flushall();
  driver.disconnect();
});

/** What a coroutine of Python that has the accessor as `own` prints, a line each. */
function run(preset: string, program: string, environment: Record<string, string> = {}): string[] {
  writeFileSync(join(folder, 'own.py'), text(preset, { language: 'python' }));
  const body = program.trim().replaceAll('\n', '\n    ');
  const { stdout, stderr, status } = spawnSync(pythonWith(['redis'], ['python3-redis']), ['-B', '-'], {
    cwd: folder,
    input: `import asyncio, redis, own\nasync def main():\n    ${body}\nasyncio.run(main())\n`,
    encoding: 'utf8',
    env: { ONE_HOST: '127.0.0.1', ONE_PORT: String(server.port), PYTHONPATH: folder, ...environment },
    timeout: 30_000,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}

describe.each(['central-client', 'unified-manager'])('%s', (preset) => {
  it.each(['python', 'typescript', 'javascript'] as const)('is short in %s, and the same each time', (language) => {
    expect(text(preset, { language }).trimEnd().split('\n').length).toBeLessThanOrEqual(150);
    expect(text(preset, { language })).toBe(text(preset, { language }));
  });

  it.each(['python', 'typescript'] as const)('writes no credential in %s', (language) => {
    const leaking = { ...MAIN, password: 'literal:hunter2' };
    expect(() => text(preset, { language, databases: [leaking] })).toThrow(/not in an environment variable/);
  });

  it('compiles under the strictest settings', () => {
    own.write(`${preset}.ts`, text(preset));
    expect(own.compile(`${preset}.ts`)).toBe('');
  });

  it('is CommonJS where the project is', () => {
    own.write(`${preset}.cjs`, text(preset, { language: 'javascript', module: 'cjs' }));
    expect(own.read(`${preset}.cjs`)).toMatch(/^const \{ Redis \} = require\('ioredis'\);$/m);
  });
});

describe('central-client', () => {
  it('has a client from start to end, in Python', () => {
    const program = `
try:
    own.get_redis()
except RuntimeError as error:
    print(error)
first, second = await asyncio.gather(own.init_redis(), own.init_redis())
print(first is second is own.get_redis(), await first.set("k", "v"), await first.get("k"))
print(await own.reset_redis() is not first, await own.get_redis().get("k"))
await own.close_redis()
await own.close_redis()
try:
    own.get_redis()
except RuntimeError:
    print("closed")`;
    expect(run('central-client', program)).toEqual([
      'there is no Redis client yet: await init_redis() when the service starts',
      'True True v',
      'True v',
      'closed',
    ]);
  });

  it('does not start without a server', () => {
    const program = `
try:
    await own.init_redis()
except redis.ConnectionError:
    print("none")
try:
    own.get_redis()
except RuntimeError:
    print("none yet")`;
    expect(run('central-client', program, { ONE_PORT: '1' })).toEqual(['none', 'none yet']);
  });

  it('has a client from start to end, in TypeScript', async () => {
    own.write('central.ts', text('central-client'));
    expect(own.compile('central.ts')).toBe('');
    const { initRedis, getRedis, resetRedis, closeRedis } = (await import(
      pathToFileURL(join(own.folder, 'central.js')).href
    )) as { [name in 'initRedis' | 'resetRedis' | 'closeRedis']: () => Promise<Redis> } & { getRedis: () => Redis };
    expect(() => getRedis()).toThrow('there is no Redis client yet');
    const [first, second] = await Promise.all([initRedis(), initRedis()]);
    expect(first).toBe(second);
    expect(getRedis()).toBe(first);
    await getRedis().set('k', 'v');
    expect(await getRedis().get('k')).toBe('v');
    expect(await resetRedis()).not.toBe(first);
    await closeRedis();
    await closeRedis();
    expect(() => getRedis()).toThrow('there is no Redis client yet');
  });
});

describe('unified-manager', () => {
  it('has a client and cached values for each mode, in Python', () => {
    const program = `
manager, training = own.get_unified_manager(), own.get_unified_manager("training")
print(manager is own.get_unified_manager("main"), manager is training)
first, second = await asyncio.gather(own.get_redis(), own.get_redis())
print(first is second is manager._redis_master)
print(await manager.get_cached("k"), await manager.set_cached("k", "v", ttl_seconds=60), await first.ttl("k") > 50)
await first.set("k", "elsewhere")
print(await manager.get_cached("k"), await training.get_cached("k"))
manager._kept.clear()
print(await manager.get_cached("k"))
ann = own.SecurityContext("ann", authenticated=True)
await manager.set_cached("k", "hers", security_context=ann)
print(await manager.get_cached("k", ann), await first.get("ann:k"))
try:
    await manager.get_cached("k", own.SecurityContext("bob"))
except PermissionError as error:
    print(error)
names = [one["name"] for one in await first.client_list() if one["name"]]
print((await manager.health_check())["healthy"], sorted(names))
try:
    own.get_unified_manager("other")
except ValueError as error:
    print(error)
await own.close_managers()
print(await (await own.get_redis()).get("k"))
await own.close_managers()`;
    expect(run('unified-manager', program)).toEqual([
      'True False',
      'True',
      'None True True',
      'v None',
      'elsewhere',
      'hers hers',
      'bob is not authenticated',
      "True ['shop:main', 'shop:training']",
      "unknown mode 'other'; known: main, training",
      'elsewhere',
    ]);
  });

  it('has a client and cached values for each mode, in TypeScript', async () => {
    interface Manager {
      getCached(key: string, context?: { agent: string; authenticated: boolean }): Promise<string | null>;
      setCached(key: string, value: string, seconds?: number): Promise<void>;
      healthCheck(): Promise<{ healthy: boolean }>;
    }
    interface Loaded {
      getUnifiedManager(request?: { mode: string }): Manager;
      getRedis(request?: { mode: string }): Promise<Redis>;
      closeManagers(): Promise<void>;
    }
    own.write('manager.ts', text('unified-manager'));
    expect(own.compile('manager.ts')).toBe('');
    const loaded = (await import(pathToFileURL(join(own.folder, 'manager.js')).href)) as Loaded;
    const manager = loaded.getUnifiedManager();
    const [first, second] = await Promise.all([loaded.getRedis(), loaded.getRedis({ mode: 'main' })]);
    expect(first).toBe(second);
    expect(await manager.getCached('k')).toBeNull();
    await manager.setCached('k', 'v', 60);
    expect(await first.ttl('k')).toBeGreaterThan(50);
    await first.set('k', 'elsewhere');
    expect(await manager.getCached('k')).toBe('v');
    expect(await loaded.getUnifiedManager({ mode: 'training' }).getCached('k')).toBeNull();
    expect(await manager.getCached('k', { agent: 'ann', authenticated: true })).toBeNull();
    await expect(manager.getCached('k', { agent: 'bob', authenticated: false })).rejects.toThrow('bob');
    expect(await manager.healthCheck()).toMatchObject({ healthy: true });
    await expect(loaded.getRedis({ mode: 'other' })).rejects.toThrow('unknown mode "other"; known: main, training');
    await loaded.closeManagers();
    expect(await (await loaded.getRedis()).get('k')).toBe('elsewhere');
    await loaded.closeManagers();
  });
});
