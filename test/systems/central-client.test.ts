import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Inventory, Plan, StatusReport } from '../../src/model.js';
import { commitAll, put } from '../apply/workshop.js';
import { describeSystem, type System } from './system.js';

/** A copy of `before` with its accessor, for tests that change it. */
function begun(system: System, preset: string): string {
  const root = system.copy('before');
  system.redisMigrate(root, 'init', '--yes', '--scaffold', preset);
  commitAll(root);
  return root;
}

/** Lines of the checklist that are not done, each with the places that are in the way. */
function leftOf(system: System, root: string): Record<string, string[]> {
  const { checklist } = JSON.parse(system.redisMigrate(root, 'status', '--format', 'json').out) as StatusReport;
  return Object.fromEntries(checklist.flatMap(({ text, done, left }) => (done ? [] : [[text, left]])));
}

/** The same answers through a server. */
const SERVER = `import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { healthy } from './health.js';
import { pages } from './pages.js';
import { begin } from './sessions.js';
import { take } from './stock.js';

async function main() {
  const server = createServer(async (_request, response) => {
    const session = await begin('ann');
    response.end(JSON.stringify([await healthy(), await pages.page('home'), session, await take('book')]));
  });
  server.listen(0, async () => {
    const { port } = server.address() as AddressInfo;
    console.log(await (await fetch(\`http://127.0.0.1:\${port}\`)).text());
    process.exit(0);
  });
}

void main();
`;

/** Modules that keep a client, each in another way, and a library that opens for itself. */
const KEPT = {
  plain: 'import redis.asyncio as aioredis\nclient = aioredis.Redis.from_url("redis://other:6379")\n',
  lazy: `import redis.asyncio as aioredis
_client = None
def client():
    global _client
    if _client is None:
        _client = aioredis.Redis.from_url("redis://other:6379")
    return _client
`,
  cached: `import functools
import redis.asyncio as aioredis
@functools.lru_cache
def client():
    return aioredis.Redis.from_url("redis://other:6379")
`,
  named: `import redis.asyncio as aioredis
_clients = {}
def client(name):
    if name not in _clients:
        _clients[name] = aioredis.Redis.from_url("redis://other:6379")
    return _clients[name]
`,
  broker:
    'import dramatiq\nfrom dramatiq.brokers.redis import RedisBroker\ndramatiq.set_broker(RedisBroker(url="redis://other:6379"))\n',
};

const OPENINGS = 'The search for openings gives none outside of the accessor';

describeSystem(
  'central-client',
  'python',
  {
    configured: true,
    databases: [0],
    connections: { before: 9, after: 3 },
    modules: ['starlette'],
    prepare: (redis) => redis.set('feature:beta', 'on'),
  },
  (system) => {
    it('moves by risk: health, reads, writes, sessions, transactions, messages, limits', () => {
      const { out } = system.redisMigrate(begun(system, 'central-client'), 'plan', '--format', 'json');
      const { batches } = JSON.parse(out) as Plan;
      const order = ['health', 'read-cache', 'write-cache', 'session', 'pipeline', 'messaging', 'limits-and-locks'];
      expect(batches.map(({ purpose }) => purpose)).toEqual(order);
    });

    it('leaves what cannot ask: a listener, a program of its own, sync code', () => {
      const root = begun(system, 'central-client');
      system.redisMigrate(root, 'apply', '--batch', 'all');
      expect(leftOf(system, root)).toEqual({ [OPENINGS]: ['app/news.py:13', 'app/nightly.py:10', 'app/report.py:8'] });
    });

    it('is complete when nothing opens outside of the accessor and no module keeps a client', () => {
      const root = begun(system, 'central-client');
      system.redisMigrate(root, 'apply', '--batch', 'all');
      const config = join(root, 'redis-migrate.config.json');
      const stay = ['app/news.py', 'app/nightly.py', 'app/report.py'];
      const exempt = [{ files: stay, reason: 'each with a connection of its own, agreed on with the team' }];
      put(root, 'redis-migrate.config.json', JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), exempt }));
      expect(leftOf(system, root)).toEqual({});
      system.redisMigrate(root, 'check');
      for (const [name, code] of Object.entries(KEPT)) put(root, `app/${name}.py`, code);
      const modules = ['app/cached.py:5', 'app/lazy.py:6', 'app/named.py:5', 'app/plain.py:2'];
      expect(leftOf(system, root)).toEqual({
        [OPENINGS]: modules,
        'No module-level cache owns a client': modules,
        'No library is given settings to open by itself': ['app/broker.py:3'],
      });
      expect(() => system.redisMigrate(root, 'check')).toThrow('check ended with 1');
    });

    it('starts the accessor with the first batch, whichever it is, which then goes back as the last', async () => {
      const root = begun(system, 'central-client');
      const { batches } = JSON.parse(system.redisMigrate(root, 'plan', '--format', 'json').out) as Plan;
      const [last, first] = [batches.at(-1)?.id ?? '', batches[0]?.id ?? ''];
      const before = await system.run(root);
      for (const batch of [last, first]) {
        system.redisMigrate(root, 'apply', '--batch', batch);
        commitAll(root);
        expect({ ...(await system.run(root)), connections: 0 }).toEqual({ ...before, connections: 0 });
      }
      expect(() => system.redisMigrate(root, 'rollback', '--batch', last)).toThrow(
        /starts-for-others: the batch starts the accessor app\/redis_client\.py/,
      );
      const main = readFileSync(join(root, 'app/main.py'), 'utf8');
      put(root, 'app/main.py', main.replace('    await init_redis()\n', ''));
      const early = ['app/health.py:5', 'app/limits.py:11', 'app/limits.py:13'];
      expect(leftOf(system, root)['The accessor is started before it is asked']).toEqual(early);
      put(root, 'app/main.py', main);
      for (const batch of [first, last]) system.redisMigrate(root, 'rollback', '--batch', batch);
      expect(readFileSync(join(root, 'app/main.py'), 'utf8')).not.toContain('init_redis');
    });
  },
);

describeSystem(
  'central-client',
  'typescript',
  { configured: true, databases: [0], connections: { before: 4, after: 2 } },
  (system) => {
    it('moves nothing while the program does not start the accessor', () => {
      const root = begun(system, 'central-client');
      system.redisMigrate(root, 'apply', '--batch', 'all', '--include', 'review');
      const { out } = system.redisMigrate(root, 'scan', '--format', 'json');
      const { sites } = JSON.parse(out) as Inventory;
      const why = sites.flatMap(({ category, file, reasons }) =>
        category === 'client' && file !== 'src/lib/redis.ts'
          ? [[file, reasons.some(({ code }) => code === 'accessor-not-started')]]
          : [],
      );
      expect(why).toEqual(['health', 'pages', 'sessions', 'stock'].map((name) => [`src/${name}.ts`, true]));
    });

    it('starts it before the server listens, where there is one', async () => {
      const root = begun(system, 'central-client');
      put(root, 'src/main.ts', SERVER);
      commitAll(root);
      const before = await system.run(root);
      system.redisMigrate(root, 'apply', '--batch', 'all', '--include', 'review');
      expect(readFileSync(join(root, 'src/main.ts'), 'utf8')).toBe(
        SERVER.replace("stock.js';\n", "stock.js';\nimport { initRedis } from './lib/redis.js';\n").replace(
          'async function main() {\n',
          'async function main() {\n  await initRedis();\n',
        ),
      );
      system.compile(root);
      expect(await system.run(root)).toEqual({ ...before, connections: 2 });
    });
  },
);
