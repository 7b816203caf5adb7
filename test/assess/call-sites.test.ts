/** Calls of wrapper methods: which only pass a command on and may go through the accessor, which stay, and why. Each case in both languages. */

import { describe, expect, it } from 'vitest';
import type { AccessorContract, Config } from '../../src/model/config.js';
import type { Site } from '../../src/model/site.js';
import { accessor, assessed, contract, MANIFEST, settings } from './build.js';

const CALLS = { from: 'get_pool', execute: 'execute', differs: 'reads are tried again' };
const DATABASES = [{ name: 'main', number: 0, identity: ['default'] }];

function python(more: Partial<AccessorContract> = { calls: CALLS }): Config {
  const own = contract({ roles: ['command'], fixed: {}, ...more });
  return settings({
    accessors: [
      accessor({
        language: 'python',
        file: 'app/pool.py',
        name: 'get_client',
        open: null,
        close: null,
        library: 'redis-py',
        contract: own,
      }),
    ],
    databases: DATABASES,
    wrappers: [{ class: 'Cache', module: 'app.cache', instance: 'cache', callSites: true }],
  });
}

const JAVASCRIPT: Config = settings({
  accessors: [
    accessor({
      file: 'src/lib/pool.ts',
      name: 'getClient',
      open: null,
      close: null,
      contract: contract({ roles: ['command'], fixed: {}, calls: { ...CALLS, from: 'getPool' } }),
    }),
  ],
  databases: DATABASES,
  wrappers: [{ class: 'Cache', module: 'src/cache.ts', instance: 'cache', callSites: true }],
});

const PYTHON_CACHE = `import json, functools, redis
def traced(fn):
    return fn
class Cache:
    def __init__(self):
        self._client = redis.Redis()
    def get(self, key):
        """What is kept."""
        return self._client.get(key)
    def set(self, key, value, ex=None):
        return self._client.set(key, value, ex=ex)
    def delete(self, *keys):
        return self._client.delete(*keys)
    def hset(self, key, **fields):
        return self._client.hset(key, **fields)
    def setex(self, key, value, seconds):
        return self._client.setex(key, seconds, value)
    def load(self, key):
        return json.loads(self._client.get(key))
    def upper(self, key):
        return self._client.get(key.upper())
    def count(self, key):
        self.hits = 1
        return self._client.get(key)
    def safe(self, key):
        try:
            return self._client.get(key)
        except redis.RedisError:
            return None
    def batch(self):
        return self._client.pipeline()
    @traced
    def seen(self, key):
        return self._client.get(key)
    async def later(self, key):
        return self._client.get(key)
cache = Cache()
`;

const JAVASCRIPT_CACHE = `import { Redis } from 'ioredis';
export class Cache {
  private readonly client = new Redis();
  get(key: string) { return this.client.get(key); }
  async set(key: string, value: string, mode?: string, ttl?: number) { return await this.client.set(key, value, mode, ttl); }
  delete(...keys: string[]) { return this.client.del(...keys); }
  setex(key: string, value: string, seconds: number) { return this.client.setex(key, seconds, value); }
  async load(key: string) { return JSON.parse((await this.client.get(key)) ?? 'null'); }
  upper(key: string) { return this.client.get(key.toUpperCase()); }
  async count(key: string) { this.hits += 1; return this.client.get(key); }
  batch() { return this.client.multi(); }
  start(key = 'first') { return this.client.get(key); }
  async safe(key: string) { try { return await this.client.get(key); } catch { return null; } }
  hits = 0;
}
export const cache = new Cache();
`;

async function inPython(code: string, config = python(), cache = PYTHON_CACHE) {
  const { sites, units } = await assessed(
    { 'app/__init__.py': '', 'app/cache.py': cache, 'app/user.py': `from app.cache import cache, Cache\n${code}\n` },
    config,
  );
  return { site: siteOf(sites), units };
}

async function inJavaScript(code: string, cache = JAVASCRIPT_CACHE) {
  const { sites, units } = await assessed(
    {
      'package.json': MANIFEST,
      'src/cache.ts': cache,
      'src/user.ts': `import { cache, Cache } from './cache';\n${code}\n`,
    },
    JAVASCRIPT,
  );
  return { site: siteOf(sites), units };
}

function siteOf(sites: readonly Site[]): Site | undefined {
  return sites.find(({ category }) => category === 'call-site');
}

const codes = (site: Site | undefined) => site?.reasons.map(({ code }) => code) ?? [];

describe('a call that only passes a command on', () => {
  it.each([
    ['cache.get("k")', 'get'],
    ['cache.set("k", "v", ex=60)', 'set'],
    ['cache.delete("a", "b")', 'delete'],
    ['cache.delete(*names)', 'delete'],
    ['Cache.get(cache, "k") or cache.get("k")', 'get'],
    [
      'class User:\n    def __init__(self):\n        self.cache = cache\n    def read(self):\n        return self.cache.get("k")',
      'get',
    ],
  ])('Python: %s', async (code, command) => {
    const { site, units } = await inPython(`names = ["a"]\n${code}`);
    expect(site).toMatchObject({ verdict: 'review', pattern: 'call-site', database: 'main' });
    expect(codes(site)).toEqual(['call-site-differs', 'call-site']);
    const [change] = units.flatMap(({ changes }) => changes.filter(({ pattern }) => pattern === 'call-site'));
    expect(change?.instructions).toMatchObject([
      { kind: 'send-command', method: 'execute', command, use: { name: 'get_pool', specifier: 'app.pool', args: [] } },
    ]);
  });

  it.each([
    ["await cache.get('k');", 'get'],
    ["await cache.set('k', 'v', 'EX', 60);", 'set'],
    ["cache.delete('a', 'b').catch(console.error);", 'del'],
  ])('TypeScript: %s', async (code, command) => {
    const { site, units } = await inJavaScript(code);
    expect(site).toMatchObject({ verdict: 'review', pattern: 'call-site', database: 'main' });
    const [change] = units.flatMap(({ changes }) => changes.filter(({ pattern }) => pattern === 'call-site'));
    expect(change?.instructions).toMatchObject([
      { kind: 'send-command', method: 'execute', command, use: { name: 'getPool', specifier: './lib/pool' } },
    ]);
  });

  it('needs nobody to accept it where the accessor adds nothing', async () => {
    const { site } = await inPython('cache.get("k")', python({ calls: { ...CALLS, differs: null } }));
    expect(site?.verdict).toBe('rewrite');
  });

  it('carries the differences of the client that it leaves', async () => {
    const waiting = PYTHON_CACHE.replace('redis.Redis()', 'redis.Redis(socket_timeout=7)');
    const { site } = await inPython('cache.get("k")', python(), waiting);
    expect(codes(site)).toContain('call-site-client-differs');
    expect(site?.verdict).toBe('review');
  });
});

describe('a call that stays', () => {
  it.each([
    ['serialises', 'cache.load("k")', 'call-site-method'],
    ['changes its argument', 'cache.upper("k")', 'call-site-method'],
    ['does something else too', 'cache.count("k")', 'call-site-method'],
    ['catches', 'cache.safe("k")', 'call-site-method'],
    ['is decorated', 'cache.seen("k")', 'call-site-method'],
    ['is a coroutine', 'cache.later("k")', 'call-site-method'],
    ['orders its arguments otherwise', 'cache.setex("k", "v", 60)', 'call-site-method'],
    ['takes any keywords', 'cache.hset("k", a=1)', 'call-site-method'],
    ['is given a keyword for a position', 'cache.get(key="k")', 'call-site-arguments'],
    ['is given a position for a keyword', 'cache.set("k", "v", 60)', 'call-site-arguments'],
    ['leaves a default to the method', 'cache.set("k", "v")', 'call-site-arguments'],
    ['may be given any number', 'cache.get(*["k"])', 'call-site-arguments'],
    ['begins a pipeline', 'cache.batch()', 'call-site-client'],
    ['is of a parameter that others may give', 'def read(c):\n    return c.get("k")\nread(cache)', 'call-site-unsure'],
    ['has another method put in its place', 'cache.get("k")\ncache.get = print', 'call-site-unsure'],
    ['may be of a fake', 'import app.cache\napp.cache.cache = object()\ncache.get("k")', 'call-site-unsure'],
    ['is of what a call gives', 'def made(c):\n    return c\nmade(cache).get("k")', 'call-site-unsure'],
    [
      'may be of something else',
      'import app.user as u\nclass Other:\n    def get(self, key): ...\n(cache if u else Other()).get("k")',
      'call-site-unsure',
    ],
  ])('Python: it %s', async (_why, code, expected) => {
    const { site } = await inPython(code);
    expect(site?.verdict).toBe('keep');
    expect(codes(site)).toContain(expected);
  });

  it.each([
    ['serialises', "cache.load('k');", 'call-site-method'],
    ['changes its argument', "cache.upper('k');", 'call-site-method'],
    ['does something else too', "cache.count('k');", 'call-site-method'],
    ['catches', "cache.safe('k');", 'call-site-method'],
    ['orders its arguments otherwise', "cache.setex('k', 'v', 60);", 'call-site-method'],
    ['leaves arguments out', "cache.set('k', 'v');", 'call-site-arguments'],
    ['may be given any number', "cache.get(...(['k'] as const));", 'call-site-arguments'],
    ['may find no object', "cache?.get('k');", 'call-site-unsure'],
    ['begins a transaction', 'cache.batch();', 'call-site-client'],
    ['may leave a default to the method', 'cache.start(process.env.KEY);', 'call-site-method'],
    [
      'is of a parameter that others may give',
      "export const read = (c: Cache) => c.get('k');\nread(cache);",
      'call-site-unsure',
    ],
    ['has another method put in its place', "cache.get('k');\ncache.get = console.log as never;", 'call-site-unsure'],
    [
      'may be of a subclass',
      "class Other extends Cache { get = async () => 'x'; }\nconst one = process.env.X ? cache : new Other();\none.get('k');",
      'call-site-unsure',
    ],
  ])('TypeScript: it %s', async (_why, code, expected) => {
    const { site } = await inJavaScript(code);
    expect(site?.verdict).toBe('keep');
    expect(codes(site)).toContain(expected);
  });

  it('has a client that stays', async () => {
    const other = PYTHON_CACHE.replace('redis.Redis()', 'redis.Redis(host="elsewhere", db=7)');
    const { site } = await inPython('cache.get("k")', python(), other);
    expect(codes(site)).toContain('call-site-client');
  });

  it.each([
    ['may have a fake as its client', 'redis.Redis() if functools else object()'],
    ['has a client that something else makes', 'functools.partial(redis.Redis)()'],
  ])('%s', async (_why, made) => {
    const { site } = await inPython('cache.get("k")', python(), PYTHON_CACHE.replace('redis.Redis()', made));
    expect(site?.verdict).toBe('keep');
    expect(codes(site)).toContain('call-site-client');
  });

  it('has a class that closes what it holds', async () => {
    const closing = PYTHON_CACHE.replace(
      '    def get(',
      '    def close(self):\n        return self._client.close()\n    def get(',
    );
    const { site } = await inPython('cache.close()', python(), closing);
    expect(codes(site)).toContain('call-site-client');
  });

  it('has a client that a property gives', async () => {
    const lazy = PYTHON_CACHE.replace('self._client = redis.Redis()', 'self._made = redis.Redis()').replace(
      'cache = Cache()',
      '    @property\n    def _client(self):\n        return self._made\ncache = Cache()',
    );
    const { site } = await inPython('cache.get("k")', python(), lazy);
    expect(codes(site)).toContain('call-site-client');
  });

  it('has a client of another database than the object', async () => {
    const config = python();
    const databases = [...DATABASES, { name: 'other', number: 3, identity: ['default'] }];
    const other = PYTHON_CACHE.replace('redis.Redis()', 'redis.Redis(db=3)');
    const { site } = await inPython('cache.get("k")', { ...config, databases }, other);
    expect(codes(site)).toContain('call-site-client');
  });

  it('would run on import, before the accessor may be called', async () => {
    const config = python({ calls: CALLS, notBefore: 'start' });
    expect(codes((await inPython('cache.get("k")', config)).site)).toContain('accessor-not-before');
    expect(codes((await inPython('def read():\n    return cache.get("k")', config)).site)).not.toContain(
      'accessor-not-before',
    );
  });

  it('has a class that is decorated', async () => {
    const decorated = PYTHON_CACHE.replace('class Cache:', '@traced\nclass Cache:');
    const { site } = await inPython('cache.get("k")', python(), decorated);
    expect(site?.verdict).toBe('keep');
  });

  it('has an accessor without such an object', async () => {
    const { site } = await inPython('cache.get("k")', python({}));
    expect(codes(site)).toEqual(['call-site-no-object']);
  });

  it('is exempt', async () => {
    const { site } = await inPython('cache.get("k")  # redis-migrate-ignore: measured here');
    expect(site).toMatchObject({ verdict: 'keep', priority: 'none', exempt: { by: 'comment' } });
  });
});

it('lists nothing where the configuration does not ask for it', async () => {
  const config = python();
  const { site } = await inPython('cache.get("k")', {
    ...config,
    wrappers: [{ ...config.wrappers[0], callSites: undefined }] as never,
  });
  expect(site).toBeUndefined();
});
