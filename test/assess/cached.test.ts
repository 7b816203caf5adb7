/** Clients that only read and write cached values: which go through the accessor's interface, which stay clients, and why. */

import { describe, expect, it } from 'vitest';
import type { CacheInterface, Config } from '../../src/model/config.js';
import type { Site } from '../../src/model/site.js';
import { accessor, assessed, contract, MANIFEST, settings } from './build.js';

const PYTHON_CACHE: CacheInterface = {
  from: 'get_manager',
  get: 'get_cached',
  set: 'set_cached',
  parameters: { value: 'value', ttl: 'ttl_seconds' },
  differs: 'a value may be old',
};
const DATABASES = [{ name: 'main', number: 0, identity: ['default'] }];

function python(caches: string[] = ['app/*.py'], cache: CacheInterface | undefined = PYTHON_CACHE): Config {
  const own = contract({ mode: 'coroutine', roles: ['command'], fixed: {}, ...(cache ? { cache } : {}) });
  const one = { language: 'python' as const, file: 'app/manager.py', name: 'get_redis', open: null, close: null };
  return settings({
    accessors: [accessor({ ...one, library: 'redis-py', contract: own })],
    databases: DATABASES,
    caches,
  });
}

const JAVASCRIPT: Config = settings({
  accessors: [
    accessor({
      file: 'src/manager.ts',
      open: null,
      close: null,
      contract: contract({
        mode: 'coroutine',
        roles: ['command'],
        fixed: {},
        cache: { ...PYTHON_CACHE, from: 'getManager', get: 'getCached', set: 'setCached', parameters: null },
      }),
    }),
  ],
  databases: DATABASES,
  caches: ['src/cache.ts'],
});

async function inPython(body: string, config = python()) {
  const indented = body.replaceAll('\n', '\n        ');
  const code = `import json\nfrom datetime import timedelta\nfrom redis.asyncio import Redis\nclass Cache:\n    def __init__(self):\n        self._client = Redis()\n        self._ttl = 60\n    async def run(self, key, value, seconds: int = 60, later=timedelta(seconds=1)):\n        ${indented}\n`;
  return found(await assessed({ 'app/__init__.py': '', 'app/cache.py': code }, config));
}

async function inTypeScript(body: string) {
  const code = `import { Redis } from 'ioredis';\nexport class Cache {\n  private readonly client = new Redis();\n  constructor(private readonly prefix: string, private ttl: number) {}\n  async run(key: string, value: unknown, seconds: number): Promise<unknown> {\n    ${body}\n  }\n}\n`;
  return found(await assessed({ 'package.json': MANIFEST, 'src/cache.ts': code }, JAVASCRIPT));
}

function found({ sites, units }: Awaited<ReturnType<typeof assessed>>) {
  const site = sites.find(({ category }) => category === 'client') as Site;
  const instructions = units.flatMap(({ changes }) => changes.flatMap((change) => change.instructions));
  const sent = instructions.flatMap((one) => {
    if (one.kind !== 'send-cached') return [];
    return [`${one.use.name}.${one.method}(${one.args.map(({ keyword }) => keyword ?? '_').join()})`];
  });
  const why = site.reasons.find(({ code }) => code === 'cache-client')?.message ?? null;
  return { site, sent, why };
}

describe('a client of cached values', () => {
  it.each([
    ['return await self._client.get(key)', ['get_manager.get_cached(_)']],
    ['return await self._client.get(name=key)', ['get_manager.get_cached(_)']],
    ['await self._client.setex(key, 60, value)', ['get_manager.set_cached(_,_,ttl_seconds)']],
    ['await self._client.setex(key, seconds, json.dumps(value))', ['get_manager.set_cached(_,_,ttl_seconds)']],
    ['await self._client.setex(key, self._ttl, value)', ['get_manager.set_cached(_,_,ttl_seconds)']],
    ['await self._client.setex(key, self._ttl, json.dumps(value))', ['get_manager.set_cached(_,ttl_seconds,value)']],
    ['await self._client.setex(name=key, value=value, time=5)', ['get_manager.set_cached(_,_,ttl_seconds)']],
    ['await self._client.set(key, value, ex=5)', ['get_manager.set_cached(_,_,ttl_seconds)']],
    ['await self._client.set(key, value)', ['get_manager.set_cached(_,_)']],
  ])('goes through the interface in Python: %s', async (body, sent) => {
    const { site, ...rest } = await inPython(body);
    expect(rest).toEqual({ sent, why: null });
    expect(site.verdict).toBe('review');
    expect(site.reasons.map(({ code }) => code)).toContain('cache-interface');
  });

  it.each([
    ['await self._client.incr(key)', 'the interface has no `incr`'],
    ['await self._client.get(key)\nawait self._client.delete(key)', 'the interface has no `delete`'],
    ['return await self._client.setex(key, 60, value)', 'what `setex` answers is used'],
    ['await self._client.set(key, value, nx=True)', '`set` has arguments that the interface does not take'],
    ['await self._client.set(key, value, px=500)', '`set` has arguments that the interface does not take'],
    ['await self._client.set(*value)', '`set` has arguments that the interface does not take'],
    ['await self._client.setex(key, later, value)', 'its time to live may be no number of seconds'],
    ['await self._client.setex(key, timedelta(days=1), value)', 'its time to live may be no number of seconds'],
    ['return self._client', 'it is used for more than commands'],
    ['return self._client.get', '`get` is not called there'],
    ['await self._client.set(key, await self._client.get(value))', 'one of its arguments reads the client too'],
  ])('stays a client in Python: %s', async (body, why) => {
    const { sent, ...rest } = await inPython(body);
    expect(sent).toEqual([]);
    expect(rest.why).toContain(why);
  });

  it.each([
    ['return this.client.get(key);', ['getManager.getCached(_)']],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text is code.
    ['return this.client.get(`${this.prefix}:${key}`);', ['getManager.getCached(_)']],
    ['return this.client.get(this.prefix + key);', ['getManager.getCached(_)']],
    ['await this.client.setex(key, 60, JSON.stringify(value));', ['getManager.setCached(_,_,_)']],
    ["await this.client.set(key, String(value), 'EX', seconds);", ['getManager.setCached(_,_,_)']],
    ['const text = JSON.stringify(value);\nvoid this.client.set(key, text);', ['getManager.setCached(_,_)']],
  ])('goes through the interface in TypeScript: %s', async (body, sent) => {
    const { site, ...rest } = await inTypeScript(body);
    expect(rest).toEqual({ sent, why: null });
    expect(site.verdict).toBe('review');
  });

  it.each([
    ['await this.client.set(key, value as never);', 'a key or a value may be something else than text'],
    ["await this.client.set(key, 'v', 'PX', seconds);", '`set` has arguments that the interface does not take'],
    ['await this.client.setex(key, this.ttl, JSON.stringify(value));', 'would be computed in another order'],
    ['return (await this.client.setex(key, 60, key)) as never;', 'what `setex` answers is used'],
    ['return this.client?.get(key);', 'it is used for more than commands'],
    ['return this.client.getBuffer(key);', 'the interface has no `getBuffer`'],
  ])('stays a client in TypeScript: %s', async (body, why) => {
    const { sent, ...rest } = await inTypeScript(body);
    expect(sent).toEqual([]);
    expect(rest.why).toContain(why);
  });

  it('is left alone where the configuration does not name its file, and where the accessor has no interface', async () => {
    const body = 'return await self._client.get(key)';
    const unnamed = await inPython(body, python(['app/other.py']));
    const none = await inPython(body, { ...python(), accessors: python(['app/*.py']).accessors.map(withoutCache) });
    for (const { sent, why } of [unnamed, none]) expect({ sent, why }).toEqual({ sent: [], why: null });
  });

  const LAZY = {
    python: (more = '', fill = 'if self._client is None:\n            self._client = Redis()') =>
      `from redis.asyncio import Redis\nclass Cache:\n    def __init__(self):\n        self._client = None\n    async def _redis(self):\n        ${fill}\n        return self._client\n    async def get(self, key):\n        return await (await self._redis()).get(key)\n${more}`,
    typescript: (more = '', fill = 'if (!this.client) this.client = new Redis();') =>
      `import { Redis } from 'ioredis';\nexport class Cache {\n  private client: Redis | null = null;\n  private async redis() { ${fill} return this.client; }\n  async get(key: string) { return (await this.redis())!.get(key); }\n${more}}\n`,
  };
  const lazy = async (language: keyof typeof LAZY, ...rest: string[]) => {
    const text = LAZY[language](...rest);
    return language === 'python'
      ? found(await assessed({ 'app/__init__.py': '', 'app/cache.py': text }, python()))
      : found(await assessed({ 'package.json': MANIFEST, 'src/cache.ts': text }, JAVASCRIPT));
  };

  it('goes with the method that opens it when it is first asked, in both languages', async () => {
    expect(await lazy('python')).toMatchObject({ sent: ['get_manager.get_cached(_)'], why: null });
    const stop = '    async def stop(self):\n        await (await self._redis()).close()\n';
    const closed = await lazy('python', stop);
    expect(closed).toMatchObject({ sent: ['get_manager.get_cached(_)'], why: null });
    expect(closed.site.reasons.map(({ code }) => code)).toContain('closes-dropped');
    const typescript = await lazy('typescript', '', 'if (!this.client) { this.client = new Redis(); }');
    expect(typescript).toMatchObject({ sent: ['getManager.getCached(_)'], why: null });
  });

  it.each([
    ['the field is read elsewhere', '    def raw(self):\n        return self._client\n'],
    ['the method is given away', '    def way(self):\n        return self._redis\n'],
    ['the method is not awaited', '    def way(self):\n        return self._redis()\n'],
    ['the field is set elsewhere', '    def set(self, client):\n        self._client = client\n'],
  ])('keeps the method where %s', async (_what, more) => {
    const { sent, why } = await lazy('python', more);
    expect(sent).toEqual([]);
    expect(why).not.toBeNull();
  });

  it('keeps a method that does more', async () => {
    const fill = 'if self._client is None:\n            self._client = Redis()\n            print("opened")';
    expect((await lazy('python', '', fill)).sent).toEqual([]);
  });

  it('stays where another name reads it too', async () => {
    const { why, sent } = await inPython('other = self._client\nreturn await other.get(key)');
    expect(sent).toEqual([]);
    expect(why).toContain('it is used for more than commands');
  });
});

function withoutCache<T extends Config['accessors'][number]>(one: T): T {
  const { cache: _cache, ...rest } = one.contract;
  return { ...one, contract: rest };
}
