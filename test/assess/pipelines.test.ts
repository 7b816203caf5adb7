/** Runs of call-sites: which writes are sent together, which stay one by one. Each case in both languages. */

import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/accessors/index.js';
import { makeTree } from '../scan/tree.js';
import { changesOf } from '../support/recipe.js';

const INPUT = {
  service: 'shop',
  databases: [{ name: 'main', number: null, server: 'env:REDIS_URL', tls: false, user: null, password: null }],
  module: 'esm' as const,
  version: null,
};
const PRESET = PRESETS['connection-pool'];
const SISTER = PRESET?.others?.find(({ language }) => language === 'javascript');
const databases = { main: { number: 0, identity: ['env:REDIS_URL'] } };

/** `app/user.py` with this body of a function, migrated; null: it is not changed. */
async function python(body: string, pipelines = true): Promise<string | null> {
  const wrappers = [{ class: 'Cache', module: 'app.cache', instance: 'cache', callSites: true, pipelines }];
  const accessors = { python: { file: 'app/redis_pool.py', module: 'app.redis_pool' } };
  const head = 'import json\n\nfrom app.cache import cache\n\n\ndef save(key, value, client):\n';
  const { after } = await changesOf(
    makeTree({
      'requirements.txt': 'redis==5.0.1\n',
      'redis-migrate.config.json': JSON.stringify({ preset: 'connection-pool', accessors, databases, wrappers }),
      'app/__init__.py': '',
      'app/redis_pool.py': PRESET?.scaffold({ ...INPUT, language: 'python' }) ?? '',
      'app/cache.py': `import os\nimport redis\nclass Cache:
    def __init__(self):
        self.redis = redis.Redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
    def get(self, key):
        return self.redis.get(key)
    def set(self, key, value):
        return self.redis.set(key, value)
    def delete(self, *keys):
        return self.redis.delete(*keys)
    def load(self, key):
        return str(self.redis.get(key))
cache = Cache()
`,
      'app/user.py': head + body,
    }),
    true,
  );
  return after['app/user.py']?.split('client):\n')[1] ?? null;
}

/** The same of `src/user.ts`. */
async function typescript(body: string): Promise<string | null> {
  const wrappers = [{ class: 'Cache', module: 'src/cache.ts', instance: 'cache', callSites: true, pipelines: true }];
  const accessors = { javascript: { file: 'src/lib/redis-pool.ts' } };
  const { after } = await changesOf(
    makeTree({
      'package.json': '{ "name": "shop", "private": true, "type": "module", "dependencies": { "ioredis": "^5.4.0" } }',
      'redis-migrate.config.json': JSON.stringify({ preset: 'connection-pool', accessors, databases, wrappers }),
      'src/lib/redis-pool.ts': SISTER?.scaffold({ ...INPUT, language: 'typescript' }) ?? '',
      'src/cache.ts': `import { Redis } from 'ioredis';
export class Cache {
  private readonly redis = new Redis(process.env.REDIS_URL!);
  get(key: string) { return this.redis.get(key); }
  set(key: string, value: string) { return this.redis.set(key, value); }
  delete(...keys: string[]) { return this.redis.del(...keys); }
}
export const cache = new Cache();
`,
      'src/user.ts': `import { cache } from './cache.js';\nimport { keyOf } from './keys.js';\nexport async function save(key: string, value: string) {\n${body}}\n`,
    }),
    true,
  );
  return after['src/user.ts'] ?? null;
}

const TWO = '    cache.set("a", value)\n    cache.delete(key, "b")\n';
const one = (call: string) => `    get_redis_pool().execute(${call})\n`;

describe('Python', () => {
  it('sends a run through one pipeline, with names that are free', async () => {
    expect(
      await python(
        `    cache.set("a", json.dumps(value))  # first\n    cache.delete(\n        key,\n        "b",\n    )\n    return key\n`,
      ),
    ).toBe(
      `    with get_redis_pool().get_client() as client2:
        pipeline = client2.pipeline(transaction=False)
        pipeline.set("a", json.dumps(value))  # first
        pipeline.delete(
        key,
        "b",
    )
        pipeline.execute()
    return key
`,
    );
  });

  it.each([
    ['a wish for it', TWO, one('"set", "a", value') + one('"delete", key, "b"'), false],
    ['two of them', '    cache.set("a", value)\n', one('"set", "a", value')],
    [
      'one block',
      `    cache.set("a", value)\n    if value:\n        cache.set("b", value)\n`,
      `${one('"set", "a", value')}    if value:\n    ${one('"set", "b", value')}`,
    ],
    [
      'nothing between them',
      '    cache.set("a", value)\n    print(value)\n    cache.set("b", value)\n',
      `${one('"set", "a", value')}    print(value)\n${one('"set", "b", value')}`,
    ],
    [
      'answers that nobody takes',
      '    done = cache.set("a", value)\n    cache.set("b", done)\n',
      `    done = get_redis_pool().execute("set", "a", value)\n${one('"set", "b", done')}`,
    ],
    ['writes', '    cache.get("a")\n    cache.get("b")\n', one('"get", "a"') + one('"get", "b"')],
    [
      'arguments that ask nothing',
      '    cache.set("a", value)\n    cache.set("b", cache.load("a"))\n',
      one('"set", "a", value') + one('"set", "b", cache.load("a")'),
    ],
  ])('needs %s', async (_what, body, expected, pipelines?: boolean) => {
    expect(await python(body, pipelines)).toBe(expected);
  });

  it('leaves a run whose lines are not its own', async () => {
    expect(await python('    cache.set("a", value); cache.set("b", value)\n')).toBeNull();
    expect(await python('    cache.set("a", value)\n    # and\n    cache.set("b", value)\n')).toBeNull();
  });
});

describe('TypeScript', () => {
  it('fills one pipeline, on one line where that fits; imports of its arguments stay', async () => {
    expect(await typescript('  await cache.delete(keyOf);\n  await cache.delete(key);\n')).toBe(
      "import { getRedisPool } from './lib/redis-pool.js';\nimport { keyOf } from './keys.js';\nexport async function save(key: string, value: string) {\n  await getRedisPool().pipeline((pipeline) => pipeline.del(keyOf).del(key));\n}\n",
    );
    expect(
      await typescript("  await cache.set(key, 'the first of them');\n  await cache.set(key, 'the second of them');\n"),
    ).toContain(
      "  await getRedisPool().pipeline((pipeline) =>\n    pipeline\n      .set(key, 'the first of them')\n      .set(key, 'the second of them'),\n  );\n",
    );
  });

  it('needs what is awaited, and arguments that run nothing', async () => {
    const waits = await typescript('  void cache.set(key, value);\n  await cache.set(key, value);\n');
    expect(waits).toContain("  void getRedisPool().execute('set', key, value);\n  await getRedisPool().execute(");
    const runs = await typescript('  await cache.set(key, value);\n  await cache.set(keyOf(key), value);\n');
    expect(runs).toContain("  await getRedisPool().execute('set', keyOf(key), value);\n");
  });
});
