/** Clusters and clients behind Sentinel: where they lead, and whether an accessor gives such clients. */

import { describe, expect, test } from 'vitest';
import type { AccessorContract, NamedDatabase } from '../../src/model/config.js';
import { accessor, assessed, contract, settings } from './build.js';

const MANIFEST = JSON.stringify({ name: 'service', private: true, dependencies: { ioredis: '6.0.0', redis: '6.3.1' } });

const ORDERS = 'cluster(env:NODE_A:env:PORT_A,literal:b.example:7000)';
const SESSIONS = 'sentinel(literal:mymaster@env:SENTINEL:literal:26379)';
const DATABASES: NamedDatabase[] = [
  { name: 'main', number: 0, identity: ['env:REDIS_URL'] },
  { name: 'orders', number: 0, identity: [ORDERS] },
  { name: 'sessions', number: 0, identity: [SESSIONS] },
  { name: 'byUrl', number: 0, identity: ['cluster(env:CLUSTER_URL)', 'cluster(literal:b.example:7000)'] },
  { name: 'safe', number: 0, identity: [`${ORDERS};tls=literal:true`, `${SESSIONS};tls=literal:true`] },
];
const BOTH: AccessorContract['topologies'] = ['single', 'cluster', 'sentinel'];

async function site(code: string, topologies: AccessorContract['topologies'], databases = DATABASES) {
  const more = topologies ? { topologies } : {};
  const library = code.includes("from 'redis'") ? 'redis' : 'ioredis';
  const js = accessor({ library, contract: contract({ ...more, ready: library === 'redis' ? 'redisReady' : null }) });
  const py = accessor({
    language: 'python',
    file: 'app/redis_access.py',
    module: 'app.redis_access',
    name: 'get_redis',
    library: 'redis-py',
    contract: contract({ ...more, fixed: {}, parameters: { database: 'database', role: 'role', decode: 'decode' } }),
  });
  const python = /^(?:from|import os)/.test(code);
  const files = {
    'package.json': MANIFEST,
    'src/lib/redis.ts': 'export function getRedis(options: object) { return options; }\n',
    'requirements.txt': 'redis==5.0.8\n',
    'app/__init__.py': '',
    'app/redis_access.py': 'def get_redis(**options):\n    return options\n',
    [python ? 'app/a.py' : 'src/a.ts']: code,
  };
  const { sites } = await assessed(files, settings({ accessors: [js, py], databases }));
  const clients = sites.filter(({ category, file }) => category === 'client' && /(?:^|\/)a\./.test(file));
  const found = clients.find(({ api }) => /_for$/.test(api ?? '')) ?? clients.at(-1);
  const keeping = [
    'cluster',
    'sentinel',
    'no-database',
    'identity-unknown',
    'option-meaning',
    'option-policy',
    'key-prefix',
  ];
  return {
    verdict: found?.verdict,
    database: found?.database,
    server: found?.identity?.terms.server,
    why: found?.reasons.map(({ code: own }) => own).filter((own) => keeping.includes(own)),
  };
}

const NODES = `[{ host: 'b.example', port: 7000 }, { host: process.env.NODE_A, port: Number(process.env.PORT_A) }]`;
const cluster = (options = '') => `import { Cluster } from 'ioredis';
const client = new Cluster(${NODES}${options});
export const read = (key: string) => client.get(key);
`;
const sentinel = (options = '') => `import Redis from 'ioredis';
const client = new Redis({ sentinels: [{ host: process.env.SENTINEL }], name: 'mymaster'${options} });
export const read = (key: string) => client.get(key);
`;
const master = (options = '', own = '') => `import os
from redis.sentinel import Sentinel
client = Sentinel([(os.environ["SENTINEL"], 26379)]${own}).master_for("mymaster"${options})
def read(key):
    return client.get(key)
`;
const nodeCluster = (options = '') => `import { createCluster } from 'redis';
const client = createCluster({ rootNodes: ${NODES.replace(/\{ (host.*?) \}/g, '{ socket: { $1 } }')}${options} });
client.on('error', console.error);
await client.connect();
export const read = (key: string) => client.get(key);
`;
const nodeSentinel = (options = '') => `import { createSentinel } from 'redis';
const nodes = [{ host: process.env.SENTINEL, port: 26379 }];
const client = createSentinel({ name: 'mymaster', sentinelRootNodes: nodes${options} });
client.on('error', console.error);
await client.connect();
export const read = (key: string) => client.get(key);
`;
const clusterUrl = (url: string, options = '') => `import os
from redis.cluster import RedisCluster
client = RedisCluster.from_url(${url}${options})
def read(key):
    return client.get(key)
`;
const pythonCluster = (options = '') => `import os
from redis.cluster import ClusterNode, RedisCluster
nodes = [ClusterNode("b.example", 7000), ClusterNode(os.environ["NODE_A"], int(os.environ["PORT_A"]))]
client = RedisCluster(startup_nodes=nodes${options})
def read(key):
    return client.get(key)
`;

describe('an accessor that gives such clients', () => {
  test.each([
    ['a cluster, its nodes in any order', cluster(), 'orders', ORDERS],
    ['behind Sentinel', sentinel(), 'sessions', SESSIONS],
    ['a cluster of redis-py', pythonCluster(), 'orders', ORDERS],
    ['behind Sentinel with redis-py', master(), 'sessions', SESSIONS],
    ['a cluster of node-redis', nodeCluster(), 'orders', ORDERS],
    ['behind Sentinel with node-redis', nodeSentinel(), 'sessions', SESSIONS],
    ['TLS of a cluster', cluster(', { redisOptions: { tls: {} } }'), 'safe', ORDERS],
    ['TLS of a cluster of node-redis', nodeCluster(', defaults: { socket: { tls: true } }'), 'safe', ORDERS],
    ['TLS behind Sentinel', sentinel(', tls: {}'), 'safe', SESSIONS],
    [
      'TLS behind Sentinel with node-redis',
      nodeSentinel(', nodeClientOptions: { socket: { tls: true } }'),
      'safe',
      SESSIONS,
    ],
    ['a cluster by a URL', clusterUrl('os.environ["CLUSTER_URL"]'), 'byUrl', 'cluster(env:CLUSTER_URL)'],
    ['a cluster by a written URL', clusterUrl('"redis://b.example:7000"'), 'byUrl', 'cluster(literal:b.example:7000)'],
  ])('%s', async (_, code, database, server) => {
    expect(await site(code, BOTH)).toEqual({ verdict: 'rewrite', database, server, why: [] });
  });

  test.each([
    ['replicas that answer', cluster(", { scaleReads: 'slave' }"), 'option-meaning'],
    ['a replica behind Sentinel', sentinel(", role: 'slave'"), 'option-meaning'],
    ['a number in a cluster', pythonCluster(', db=2'), 'identity-unknown'],
    ['another group', sentinel().replace('mymaster', 'other'), 'no-database'],
    ['a password of the sentinels', sentinel(', sentinelPassword: process.env.SECRET'), 'no-database'],
    ['nodes that are not known', cluster().replace(NODES, 'JSON.parse(process.env.NODES!)'), 'identity-unknown'],
    [
      'a certificate of a cluster of node-redis',
      nodeCluster(', defaults: { socket: { tls: true, ca: "PEM" } }'),
      'identity-unknown',
    ],
    [
      'a check that is off',
      nodeCluster(', defaults: { socket: { tls: true, rejectUnauthorized: false } }'),
      'no-database',
    ],
    ['a password where it does not count', cluster(", { password: 'x' }"), 'identity-unknown'],
    ['TLS where it does not count', cluster(', { tls: {} }'), 'identity-unknown'],
    ['a prefix where it does not count', nodeCluster(", defaults: { keyPrefix: 'a:' }"), 'identity-unknown'],
    ['a prefix', nodeCluster(", keyPrefix: 'a:'"), 'key-prefix'],
    ['a password at nodes', cluster().replace('port: 7000', "port: 7000, password: 'x'"), 'identity-unknown'],
    ['a written password of the sentinels', sentinel(", sentinelPassword: 'x'"), 'identity-unknown'],
    ['replicas of node-redis', nodeCluster(', useReplicas: true'), 'option-meaning'],
    ['sentinels that are reached in their own way', nodeSentinel(', sentinelClientOptions: {}'), 'option-meaning'],
    ['a user in a URL', clusterUrl('"redis://ann@b.example:7000"'), 'no-database'],
    ['slave_for', master().replace('master_for', 'slave_for'), 'identity-unknown'],
    ['sentinel_kwargs', master('', ', sentinel_kwargs={"password": "x"}'), 'identity-unknown'],
  ])('%s stays', async (_, code, why) => {
    const found = await site(code, BOTH);
    expect([found.verdict, found.why]).toEqual(['keep', expect.arrayContaining([why])]);
  });

  test('what differs only in policy asks', async () => {
    const found = await site(cluster(', { maxRedirections: 3 }'), BOTH);
    expect(found).toMatchObject({ verdict: 'review', database: 'orders', why: ['option-policy'] });
  });
});

test('no password of sentinels is ever shown', async () => {
  const found = await site(sentinel(", sentinelPassword: 'hunter2'"), BOTH);
  expect(JSON.stringify(found)).not.toContain('hunter2');
});

test.each([
  ['as it is', 'client.duplicate()', 'rewrite'],
  ['of another group', "client.duplicate({ name: 'other' })", 'keep'],
  ['without sentinels', 'client.duplicate({ sentinels: null })', 'keep'],
])('a duplicate behind Sentinel %s', async (_, call, verdict) => {
  const code = `${sentinel()}export const two = ${call};\nexport const wait = () => two.blpop('a', 0);\n`;
  expect((await site(code, BOTH)).verdict).toBe(verdict);
});

describe('an accessor of single servers', () => {
  test.each([
    ['cluster', cluster()],
    ['sentinel', sentinel()],
    ['cluster', pythonCluster()],
    ['sentinel', master()],
    ['sentinel', nodeSentinel()],
  ])('%s', async (why, code) => {
    for (const topologies of [undefined, ['single'] as const]) {
      const found = await site(code, topologies && [...topologies]);
      expect([found.verdict, found.why]).toEqual(['keep', expect.arrayContaining([why])]);
    }
  });
});

test('a single server is no database of a cluster, whatever its number', async () => {
  const plain = sentinel().replace(/new Redis\(.*\)/, "new Redis('redis://other.example')");
  const only: NamedDatabase[] = [{ name: 'orders', number: 0, identity: [ORDERS] }];
  expect(await site(plain, BOTH, only)).toMatchObject({ verdict: 'keep', why: ['no-database'] });
  const found = await site(cluster(), BOTH, [{ name: 'main', number: 0, identity: null }]);
  expect(found).toMatchObject({ verdict: 'keep', why: ['no-database'] });
});
