/** Stand-ins of tests that move with the code which they are for, and those that are only told. */

import { describe, expect, it } from 'vitest';
import { makeTree } from '../scan/tree.js';
import { changesOf } from '../support/recipe.js';

const ACCESSOR = `import { Redis } from 'ioredis';
let shared: Redis | undefined;
export const getRedis = ({ database = 'main' } = {}) => (shared ??= new Redis(process.env.REDIS_URL!, { connectionName: database }));
export const closeRedis = async () => shared?.quit();
`;
const CACHE = `import Redis from 'ioredis';
const client = new Redis(process.env.REDIS_URL!);
export const cached = (key: string) => client.get(key);
`;

/** What becomes of the test, and whether the code moved; null: the test stays as it is. */
async function moved(test: string, more: Record<string, string> = {}) {
  const file = Object.keys(more).find((name) => name.startsWith('test/')) ?? 'test/cache.test.ts';
  const files: Record<string, string> = {
    'package.json':
      '{ "name": "app", "private": true, "dependencies": { "ioredis": "5.6.1", "redis": "4.6.0", "bullmq": "5.0.0" } }',
    'redis-migrate.config.json': JSON.stringify({
      accessors: { javascript: { file: 'src/lib/redis.ts' } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
    'src/lib/redis.ts': ACCESSOR,
    'src/cache.ts': CACHE,
    [file]: test,
    ...more,
  };
  const root = makeTree(Object.fromEntries(Object.entries(files).filter(([, text]) => text !== '')));
  const { after, refused } = await changesOf(root);
  expect(refused).toEqual([]);
  return { test: after[file] ?? null, code: after['src/cache.ts'] !== undefined };
}

const HEAD = "import { expect, it, vi } from 'vitest';\nimport { cached } from '../src/cache.js';\n\n";
const TAIL = "\nit('answers', async () => expect(await cached('a')).toBe('stub'));\n";
const mock = (factory: string) => `${HEAD}vi.mock('ioredis', ${factory});\n${TAIL}`;

function become(stub: string): string {
  const lines = [
    '() => {',
    `  const Stub = ${stub};`,
    '  const stub = new Stub();',
    '  return { getRedis: () => stub };',
    '}',
  ];
  return `${HEAD}vi.mock('../src/lib/redis.js', ${lines.join('\n')});\n${TAIL}`;
}

describe('stand-ins that move', () => {
  it.each([
    ['a class', "() => ({ default: class { get = async () => 'stub' } })", "class { get = async () => 'stub' }"],
    [
      'beside the name that others take',
      "() => ({ __esModule: true, default: class { get = async () => 'stub' }, Redis: class {} })",
      "class { get = async () => 'stub' }",
    ],
    [
      'a function of the framework',
      "() => ({ default: vi.fn(function () { return { get: async () => 'stub' }; }) })",
      "vi.fn(function () { return { get: async () => 'stub' }; })",
    ],
    [
      'one that is told what to give',
      '() => ({ default: vi.fn().mockImplementation(() => ({ get: vi.fn((key: string) => key) })) })',
      'vi.fn().mockImplementation(() => ({ get: vi.fn((key: string) => key) }))',
    ],
    [
      'a factory with a body',
      "() => {\n  return {\n    default: class {\n      get = async () => 'stub';\n    },\n  };\n}",
      "class {\n    get = async () => 'stub';\n  }",
    ],
  ])('%s', async (_, factory, stub) => {
    expect(await moved(mock(factory))).toEqual({ test: become(stub), code: true });
  });

  it('of jest, with the class as the module', async () => {
    const test =
      "const { cached } = require('../src/cache');\njest.mock('ioredis', () => class { get() { return 'stub'; } });\ntest('answers', () => cached('a'));\n";
    const cache =
      "const Redis = require('ioredis');\nconst client = new Redis(process.env.REDIS_URL);\nexports.cached = (key) => client.get(key);\n";
    const accessor =
      "const { Redis } = require('ioredis');\nlet shared;\nexports.getRedis = () => (shared ??= new Redis(process.env.REDIS_URL));\n";
    const found = await moved(test, {
      'src/cache.ts': '',
      'src/lib/redis.ts': '',
      'src/lib/redis.js': accessor,
      'src/cache.js': cache,
      'test/cache.test.js': test,
      'redis-migrate.config.json': JSON.stringify({
        accessors: { javascript: { file: 'src/lib/redis.js' } },
        databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
      }),
    });
    expect(found.test).toContain(
      "jest.mock('../src/lib/redis', () => {\n  const Stub = class { get() { return 'stub'; } };\n  const stub = new Stub();\n  return { getRedis: () => stub };\n});",
    );
  });

  it('names that the stub uses are not taken', async () => {
    const found = await moved(mock('() => ({ default: class { get = async () => stub } })'));
    expect(found.test).toContain('const StubOfRedis = class { get = async () => stub };');
    expect(found.test).toContain('return { getRedis: () => stubOfRedis };');
  });

  it('nothing is left to do the second time', async () => {
    const root = {
      'src/cache.ts':
        "import { getRedis } from './lib/redis';\nconst client = getRedis();\nexport const cached = (key: string) => client.get(key);\n",
    };
    expect(await moved(become("class { get = async () => 'stub' }"), root)).toEqual({ test: null, code: false });
  });
});

const CLASS = "() => ({ default: class { get = async () => 'stub' } })";

describe('stand-ins that are only told', () => {
  it.each<[string, string, Record<string, string>?]>([
    ['no factory', `${HEAD}vi.mock('ioredis');\n${TAIL}`],
    ['a class that is given something', mock('() => ({ default: class { constructor(readonly url: string) {} } })')],
    ['a function that is given something', mock('() => ({ default: vi.fn((url: string) => ({ get: () => url })) })')],
    ['a class with a base', mock('() => ({ default: class extends Map {} })')],
    [
      'a stub that the test has too',
      `${HEAD}const Fake = vi.hoisted(() => class {});\nvi.mock('ioredis', () => ({ default: Fake }));\n${TAIL}`,
    ],
    ['a factory that is given the module', mock('async (original) => ({ ...(await original()), default: class {} })')],
    [
      'a factory that does more',
      mock("() => {\n  const get = async () => 'stub';\n  return { default: class { get = get } };\n}"),
    ],
    ['another name than the one that is taken', mock('() => ({ Redis: class {} })')],
    ['one that holds from there on', `${HEAD}it('late', () => { vi.doMock('ioredis', ${CLASS}); });\n${TAIL}`],
    [
      'a test that takes the library itself',
      `import IORedis from 'ioredis';\n${mock(CLASS)}expect(IORedis).toBeDefined();\n`,
    ],
    [
      'a test that loads the accessor',
      `import { closeRedis } from '../src/lib/redis.js';\n${mock(CLASS)}afterAll(closeRedis);\n`,
    ],
    ['a test with a stand-in for the accessor', `${mock(CLASS)}vi.mock('../src/lib/redis.js');\n`],
    [
      'a second opening',
      `import '../src/other.js';\n${mock(CLASS)}`,
      {
        'src/other.ts':
          "import Redis from 'ioredis';\nexport const other = new Redis(process.env.REDIS_URL!).get('a');\n",
      },
    ],
    [
      'a library that gets clients',
      `import '../src/jobs.js';\n${mock(CLASS)}`,
      {
        'src/jobs.ts':
          "import { Queue } from 'bullmq';\nexport const jobs = new Queue('jobs', { connection: { host: 'h' } });\n",
      },
    ],
    [
      'a client for each call',
      mock(CLASS),
      { 'src/cache.ts': CACHE.replace('const client =', 'const client = () =>').replace('client.get', 'client().get') },
    ],
    [
      'a closer that becomes the accessor’s',
      mock(CLASS),
      { 'src/cache.ts': `${CACHE}process.on('SIGTERM', async () => {\n  await client.quit();\n});\n` },
    ],
  ])('%s', async (_, test, more = {}) => {
    expect((await moved(test, more)).test).toBeNull();
  });
});
