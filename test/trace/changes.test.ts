/** Values that another module changes after they were made: where they lead is not known. */

import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

const PACKAGE = '{ "name": "shop", "private": true, "type": "module", "dependencies": { "ioredis": "^5.4.0" } }';

/** Identity keys of the clients of a program. */
async function identities(files: Record<string, string>): Promise<(string | null | undefined)[]> {
  const root = makeTree({ 'package.json': PACKAGE, 'requirements.txt': 'redis==5.0.8\n', ...files });
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: false });
  return sites.filter(({ category }) => category === 'client').map(({ identity }) => identity?.key);
}

const OPENS = `import Redis from 'ioredis';
import { config } from './config.js';
export const read = () => new Redis({ host: config.redis.host, port: 7000 }).get('a');
`;
const KEEPS = "export const config = { redis: { host: 'cache' }, pages: 3 };\n";

describe('settings of JavaScript', () => {
  const all = (setting: string, file = 'src/boot.ts') =>
    identities({ 'src/redis.ts': OPENS, 'src/config.ts': KEEPS, [file]: setting });
  const from = "import { config as own } from './config.js';\n";

  it.each([
    ['a member', `${from}own.redis.host = 'other';\n`],
    ['a member by its key', `${from}own.redis['host'] = process.env.OTHER;\n`],
    ['what holds it', `${from}own.redis = { host: 'other' };\n`],
    ['several members', `${from}Object.assign(own.redis, JSON.parse(process.env.OTHER ?? '{}'));\n`],
    ['through a parameter', `${from}const set = (one: typeof own) => {\n  one.redis.host = 'other';\n};\nset(own);\n`],
  ])('%s is set by a file that says nothing of Redis', async (_name, setting) => {
    expect(await all(setting)).toEqual([null]);
  });

  it.each([
    ['another member', `${from}own.pages = 4;\n`, 'src/boot.ts'],
    ['another object', "const config = { redis: { host: 'a' } };\nconfig.redis.host = 'b';\n", 'src/boot.ts'],
    ['a test', `${from}own.redis.host = 'test';\n`, 'src/boot.test.ts'],
  ])('%s changes nothing', async (_name, setting, file) => {
    expect(await all(setting, file)).toEqual(['literal:cache:7000']);
  });
});

describe('files that are read for what they set', () => {
  const CHANGES = "import { config as own } from './config.js';\nown.redis.host = 'other';\n";
  const open = (client: string) =>
    `import Redis from 'ioredis';\nimport { config } from './config.js';\nexport const read = () => ${client}.get('a');\n`;
  const read = async (files: Record<string, string>) => {
    const root = makeTree({ 'package.json': PACKAGE, 'src/config.ts': KEEPS, ...files });
    const { inventory } = await takeInventory({
      root,
      configPath: null,
      jobs: 1,
      cache: false,
      includeTests: false,
    });
    return inventory.files.parsed;
  };

  it.each([
    ['taken over', 'new Redis({ ...config.redis, db: 1 })'],
    ['given as a whole', 'new Redis(config.redis)'],
    ['taken apart', '(({ host }) => new Redis({ host }))(config.redis)'],
  ])('a member of an object that is %s', async (_name, client) => {
    const all = await identities({ 'src/redis.ts': open(client), 'src/config.ts': KEEPS, 'src/boot.ts': CHANGES });
    expect(all).toEqual([null]);
  });

  it('are those alone that set what an opening reads', async () => {
    // `current` is read on the way, but of something that is not known whatever is set.
    const program = `import Redis from 'ioredis';
import { config } from './config.js';
export const open = (ref) => new Redis({ host: config.redis.host, port: ref.current });
`;
    const view =
      "import { config } from './config.js';\nexport const show = (ref) => { ref.current = config.pages; };\n";
    expect(await read({ 'src/redis.ts': program, 'src/view.ts': view })).toBe(2);
    expect(await read({ 'src/redis.ts': program, 'src/view.ts': CHANGES })).toBe(3);
  });
});

describe('settings of Python', () => {
  const all = (setting: string) =>
    identities({
      'app/__init__.py': '',
      'app/config.py': 'HOST = "cache"\nSERVERS = {"main": "cache"}\n',
      'app/boot.py': `from app import config as own\n\n${setting}\n`,
      'app/a.py': 'import redis\n\nfrom app import config\n\nclient = redis.Redis(host=config.HOST)\n',
      'app/b.py': 'import redis\n\nfrom app.config import SERVERS\n\nclient = redis.Redis(host=SERVERS["main"])\n',
    });

  it('variables and items are set by a file that says nothing of Redis', async () => {
    expect(await all('own.HOST = "other"')).toEqual([null, 'literal:cache:6379;library=redis-py']);
    expect(await all('setattr(own, "HOST", "other")')).toEqual([null, 'literal:cache:6379;library=redis-py']);
    expect(await all('own.SERVERS["main"] = "other"')).toEqual(['literal:cache:6379;library=redis-py', null]);
    const key = 'literal:cache:6379;library=redis-py';
    expect(await all('own.PAGES = 4')).toEqual([key, key]);
  });
});
