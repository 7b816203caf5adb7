import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

const BLOCKS =
  'import redis\n\nr = redis.Redis(host="cache")\n\n\ndef work():\n    return r.blpop("jobs", timeout=0)\n';

interface Surroundings {
  text?: string;
  fixed?: Record<string, number | null>;
  options?: string;
}

/** Verdict and codes about waiting of the one client of `app/work.py`. */
async function judged({ text = BLOCKS, fixed = {}, options = '' }: Surroundings) {
  const accessor = `import redis\n\n\ndef get_redis(*, database="main"):\n    return redis.Redis(host="cache"${options})\n`;
  const contract = { fixed: { '*': fixed } };
  const root = makeTree({
    'requirements.txt': 'redis==5.0.8\n',
    'app/__init__.py': '',
    'app/clients.py': accessor,
    'app/work.py': text,
    'redis-migrate.config.json': JSON.stringify({
      accessors: { python: { file: 'app/clients.py', name: 'get_redis', open: null, close: null, contract } },
      databases: { main: { number: 0, identity: ['literal:cache:6379'] } },
    }),
  });
  const { sites } = await takeInventory({ root, configPath: null, jobs: 1, cache: false, includeTests: false });
  const site = sites.find(({ file, category }) => file === 'app/work.py' && category === 'client');
  return {
    verdict: site?.verdict,
    codes: site?.reasons.map(({ code }) => code).filter((code) => /^waiting/.test(code)),
  };
}

describe('what waits on a shared redis-py client', () => {
  it('moves where nothing cuts it short', async () => {
    expect(await judged({})).toEqual({ verdict: 'rewrite', codes: [] });
    expect(await judged({ fixed: { socket_timeout: null } })).toEqual({ verdict: 'rewrite', codes: [] });
  });

  it('stays where the contract or the file of the accessor sets a socket timeout', async () => {
    expect(await judged({ fixed: { socket_timeout: 2 } })).toEqual({ verdict: 'keep', codes: ['waiting-cut'] });
    expect(await judged({ options: ', socket_timeout=2' })).toEqual({ verdict: 'keep', codes: ['waiting-cut'] });
  });

  it('is one thing with listening', async () => {
    const text = BLOCKS.replace('r.blpop("jobs", timeout=0)', 'r.pubsub()');
    expect((await judged({ text, fixed: { socket_timeout: 2 } })).codes).toEqual(['waiting-cut']);
  });

  it('asks where the pool is limited', async () => {
    expect(await judged({ options: ', max_connections=4' })).toEqual({ verdict: 'review', codes: ['waiting-limited'] });
  });

  it('says nothing of what does not wait, and of a site that has the same timeout', async () => {
    const text = BLOCKS.replace('r.blpop("jobs", timeout=0)', 'r.get("a")');
    expect((await judged({ text, fixed: { socket_timeout: 2 } })).codes).toEqual([]);
    const same = BLOCKS.replace('host="cache"', 'host="cache", socket_timeout=2');
    expect((await judged({ text: same, fixed: { socket_timeout: 2 } })).codes).toEqual([]);
  });
});
