/** Accessors whose shared client has one connection: by their own text, or by what the configuration says of them. */

import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

const ONE = ', single_connection_client=True';
const SITE = 'import redis\n\nstore = redis.Redis(host="cache")\n\n\ndef load(key):\n    return store.get(key)\n';
const ALONE = SITE.replace('"cache"', `"cache"${ONE}`);

/** A function that gives one client, made with these options. */
function accessor(options: string): string {
  return `import redis\n\n_client = redis.Redis(host="cache"${options})\n\n\ndef get_redis():\n    return _client\n`;
}

/** Verdict of the one site, and the reason if that is among them. */
async function judged(site: string, own: string, fixed?: Record<string, Record<string, boolean>>): Promise<string> {
  const contract = { mode: 'sync', ...(fixed ? { fixed } : {}) };
  const root = makeTree({
    'requirements.txt': 'redis==4.3.4\n',
    'app/__init__.py': '',
    'app/clients.py': own,
    'app/work.py': site,
    'redis-migrate.config.json': JSON.stringify({
      accessors: { python: { file: 'app/clients.py', name: 'get_redis', contract } },
      databases: { main: { number: 0, identity: ['literal:cache:6379'] } },
    }),
  });
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: false });
  const found = sites.find(({ file, category }) => file === 'app/work.py' && category === 'client');
  const said = found?.reasons.filter(({ code }) => code === 'one-connection').map(({ code }) => code) ?? [];
  return [found?.verdict, ...said].join(' ');
}

describe('an accessor that shares one connection', () => {
  it('is seen in its own file', async () => {
    expect(await judged(SITE, accessor(ONE))).toBe('keep one-connection');
  });

  it('is refused where its configuration says so, even for a client that has one connection too', async () => {
    const fixed = { '*': { single_connection_client: true } };
    expect(await judged(SITE, accessor(''), fixed)).toBe('keep one-connection');
    expect(await judged(ALONE, accessor(''), fixed)).toBe('keep one-connection');
  });

  it('is not seen where it has a pool', async () => {
    expect(await judged(SITE, accessor(''))).toBe('rewrite');
    expect(await judged(SITE, accessor(', single_connection_client=False'))).toBe('rewrite');
  });

  it('may open one for what gets a client of its own', async () => {
    const own = `${accessor('')}\n\ndef open_redis():\n    return redis.Redis(host="cache"${ONE})\n`;
    expect(await judged(SITE, own)).toBe('rewrite');
  });
});
