import type { Construct, RedisLibrary } from '../model/library.js';
import { classesOf, REDIS_PY_CLIENT } from './redis-py.js';

function construct(path: string[], api: string, more: Partial<Construct> = {}): Construct {
  return {
    path,
    call: 'call',
    api,
    makes: 'client',
    mode: 'async',
    arguments: 'opaque',
    source: 'aioredis 1.3.1 and 2.0.1; redis-semantics 1.3 and 5.2',
    ...more,
  };
}

/** Commands of aioredis 1 under names of its own. Source: `dir(aioredis.Redis)` of 1.3.1. */
const AIOREDIS_COMMANDS = Object.fromEntries(
  `iscan ihscan isscan izscan bitop_and bitop_not bitop_or bitop_xor cluster_add_slots cluster_count_failure_reports
  cluster_count_key_in_slots cluster_del_slots cluster_forget cluster_get_keys_in_slots cluster_slaves debug_sleep
  migrate_keys object_encoding object_idletime object_refcount xinfo_help`
    .split(/\s+/)
    .map((name) => [name, {}]),
);

/** What is only looked at. */
const AIOREDIS_STATE = ['channels', 'patterns', 'in_pubsub', 'connection'];

/**
 * aioredis 1 (functions that are awaited, arguments and options of its own) and 2 (the classes of redis-py). A client of
 * `create_redis` has one connection for everything.
 */
export const aioredis: RedisLibrary = {
  kind: 'redis',
  name: 'aioredis',
  language: 'python',
  packages: ['aioredis'],
  supported: '>=1.0.0 <3.0.0',
  duplicates: ['master_for', 'slave_for'],
  singleConnection: 'single_connection_client',
  pool: 'connection_pool',
  ...REDIS_PY_CLIENT,
  constructs: [
    construct(['create_redis'], 'aioredis.create_redis', { single: true, versions: '<2.0.0' }),
    construct(['create_connection'], 'aioredis.create_connection', { single: true, versions: '<2.0.0' }),
    construct(['create_redis_pool'], 'aioredis.create_redis_pool', { versions: '<2.0.0' }),
    construct(['create_pool'], 'aioredis.create_pool', { makes: 'pool', versions: '<2.0.0' }),
    construct(['create_sentinel'], 'aioredis.create_sentinel', { makes: 'sentinel', versions: '<2.0.0' }),
    ...classesOf([], 'aioredis', 'async', ['Redis', 'StrictRedis']),
  ],
  closes: [...REDIS_PY_CLIENT.closes, 'wait_closed'],
  harmless: [...REDIS_PY_CLIENT.harmless, 'closed', 'db', 'encoding', 'in_transaction', 'address', ...AIOREDIS_STATE],
  methods: {
    ...REDIS_PY_CLIENT.methods,
    multi_exec: { use: 'transaction' },
    hmset_dict: { use: 'cache' },
    publish_json: { use: 'pubsub' },
    xread_group: { single: 'blocking', use: 'streams' },
    execute: { commandArgument: true },
    ...AIOREDIS_COMMANDS,
    subscribe: { single: 'subscriber', use: 'pubsub' },
    psubscribe: { single: 'subscriber', use: 'pubsub' },
    unsubscribe: { single: 'subscriber', use: 'pubsub' },
    punsubscribe: { single: 'subscriber', use: 'pubsub' },
  },
};

/** coredis 3 to 6. It has arguments, options and replies of its own: its clients are listed and stay. */
export const coredis: RedisLibrary = {
  ...REDIS_PY_CLIENT,
  kind: 'redis',
  name: 'coredis',
  language: 'python',
  packages: ['coredis'],
  duplicates: ['primary_for', 'replica_for'],
  self: ['client', 'pool', 'sentinel', 'connection'],
  constructs: [
    construct(['Redis'], 'coredis.Redis', { source: 'redis-semantics 1.3; coredis handbook' }),
    construct(['Redis', 'from_url'], 'coredis.Redis.from_url', { source: 'redis-semantics 1.3; coredis handbook' }),
    construct(['RedisCluster'], 'coredis.RedisCluster', { makes: 'cluster', source: 'coredis handbook' }),
    construct(['RedisCluster', 'from_url'], 'coredis.RedisCluster.from_url', {
      makes: 'cluster',
      source: 'coredis handbook',
    }),
    construct(['ConnectionPool'], 'coredis.ConnectionPool', { makes: 'pool', source: 'coredis handbook' }),
    construct(['ConnectionPool', 'from_url'], 'coredis.ConnectionPool.from_url', {
      makes: 'pool',
      source: 'coredis handbook',
    }),
    construct(['Sentinel'], 'coredis.Sentinel', { makes: 'sentinel', source: 'coredis handbook' }),
  ],
};

/** redis-py-cluster 1 and 2, which became a part of redis-py 4.1. */
export const redisPyCluster: RedisLibrary = {
  ...REDIS_PY_CLIENT,
  kind: 'redis',
  name: 'redis-py-cluster',
  language: 'python',
  packages: ['rediscluster'],
  duplicates: [],
  constructs: ['RedisCluster', 'StrictRedisCluster'].flatMap((name) => [
    construct([name], `rediscluster.${name}`, { mode: 'sync', makes: 'cluster', source: 'redis-semantics 1.3' }),
    construct([name, 'from_url'], `rediscluster.${name}.from_url`, {
      mode: 'sync',
      makes: 'cluster',
      source: 'redis-semantics 1.3',
    }),
  ]),
};

/** redis-om: its own function opens a client of redis-py that decodes. */
export const redisOm: RedisLibrary = {
  ...REDIS_PY_CLIENT,
  kind: 'redis',
  name: 'redis-om',
  language: 'python',
  packages: ['redis_om', 'aredis_om'],
  duplicates: [],
  self: ['connections'],
  constructs: [
    construct(['get_redis_connection'], 'redis_om.get_redis_connection', {
      mode: 'sync',
      source: 'redis-semantics 1.4; redis-om connections.py',
    }),
  ],
};
