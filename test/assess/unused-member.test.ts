/** Fields that are filled with a manager and never read: they go; a field that somebody may read gets the one instance. */

import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

const PYTHON = {
  'requirements.txt': 'redis==5.0.8\n',
  'redis-migrate.config.json': JSON.stringify({
    preset: 'singleton-manager',
    accessors: { python: { file: 'app/redis_manager.py', module: 'app.redis_manager', name: 'get_redis_client' } },
  }),
  'app/__init__.py': '',
  'app/redis_manager.py':
    'import redis.asyncio\n\nclass RedisManager:\n    async def get_client(self):\n        return redis.asyncio.Redis()\n\n' +
    'redis_manager = RedisManager()\n\nasync def get_redis_client():\n    return await redis_manager.get_client()\n',
};
const TYPESCRIPT = {
  'package.json': '{ "name": "a", "type": "module", "dependencies": { "ioredis": "5.4.0" } }',
  'redis-migrate.config.json': JSON.stringify({
    preset: 'singleton-manager',
    accessors: { javascript: { file: 'src/lib/redis-manager.ts', name: 'getRedisClient' } },
  }),
  'src/lib/redis-manager.ts':
    "import { Redis } from 'ioredis';\nexport class RedisManager {\n  client = new Redis();\n}\n" +
    'export const redisManager = new RedisManager();\nexport function getRedisClient() {\n  return redisManager.client;\n}\n',
};

/** Verdict of the manager's one instance in `app/bell.py` or `src/bell.ts`, and whether its field goes. */
async function bellIn(files: Record<string, string>): Promise<string[]> {
  const python = Object.keys(files).some((file) => file.endsWith('.py'));
  const root = makeTree({ ...(python ? PYTHON : TYPESCRIPT), ...files });
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: true });
  return sites
    .filter(({ category, file }) => category === 'wrapper-instance' && /bell/.test(file))
    .map(({ verdict, reasons }) => `${verdict} ${reasons.some(({ code }) => code === 'member-unused')}`);
}

const BELL = (head = 'class Bell:', more = '') =>
  `from app.redis_manager import RedisManager\n${more}\n${head}\n    def __init__(self):\n        self.bell_manager = RedisManager()\n`;
const TS_BELL = (head = 'export class Bell {', more = '') =>
  `import { RedisManager } from './lib/redis-manager.js';\n${more}\n${head}\n  bellManager = new RedisManager();\n}\n`;

describe('a field that is filled with a manager', () => {
  it.each([
    ['in a class that never reads it', { 'app/bell.py': BELL() }],
    [
      'whose name is a part of another word',
      { 'app/bell.py': BELL(), 'app/b.py': 'old_bell_manager = doorbell_managers = 1\n' },
    ],
    [
      'beside texts with parts of other names',
      { 'app/bell.py': BELL(), 'app/b.py': 'x = f"{y}_service" + "bell" + "manager"\n' },
    ],
    ['in a class of TypeScript', { 'src/bell.ts': TS_BELL() }],
  ])('goes %s', async (_name, files) => {
    expect(await bellIn(files)).toEqual(['rewrite true']);
  });

  it.each([
    ['is read in another file', { 'app/bell.py': BELL(), 'app/b.py': 'def f(bell):\n    return bell.bell_manager\n' }],
    [
      'is named in a text',
      { 'app/bell.py': BELL(), 'app/b.py': 'def f(bell):\n    return getattr(bell, "bell_manager")\n' },
    ],
    [
      'may be put together in a text',
      { 'app/bell.py': BELL(), 'app/b.py': 'def f(bell, kind):\n    return getattr(bell, f"{kind}_manager")\n' },
    ],
    [
      'may be put together with %',
      { 'app/bell.py': BELL(), 'app/b.py': "def f(bell, kind):\n    return getattr(bell, 'bell_%s' % kind)\n" },
    ],
    [
      'may be put together with +',
      { 'app/bell.py': BELL(), 'app/b.py': 'def f(bell, kind):\n    return getattr(bell, kind + "_manager")\n' },
    ],
    [
      'is of a class with a base of another package',
      { 'app/bell.py': BELL('class Bell(Plugin):', 'from plugins import Plugin') },
    ],
    [
      'is of a class with a decorator',
      { 'app/bell.py': BELL('@registered\nclass Bell:', 'from plugins import registered') },
    ],
    [
      'is of a class that looks at all its fields',
      { 'app/bell.py': `${BELL()}\n    def all(self):\n        return vars(self)\n` },
    ],
    [
      'is read in a file of TypeScript',
      {
        'src/bell.ts': TS_BELL(),
        'src/b.ts': 'export const f = (bell: { bellManager: unknown }) => bell.bellManager;\n',
      },
    ],
    [
      'may be put together in JavaScript',
      {
        'src/bell.ts': TS_BELL(),
        'src/b.ts': 'export const f = (bell: any, kind: string) => bell[kind + "Manager"];\n',
      },
    ],
    [
      'is of a class that hands itself out',
      { 'src/bell.ts': `${TS_BELL().slice(0, -2)}  all() { return JSON.stringify(this); }\n}\n` },
    ],
    [
      'is of a class that extends one of another package',
      { 'src/bell.ts': TS_BELL('export class Bell extends Plugin {', "import { Plugin } from 'plugins';") },
    ],
  ])('gets the one instance where it %s', async (_name, files) => {
    expect(await bellIn(files)).toEqual(['rewrite false']);
  });
});
