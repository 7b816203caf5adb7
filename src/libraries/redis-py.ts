import type { Construct, RedisLibrary } from '../model/library.js';
import { REDIS_PY_METHODS } from './redis-py-methods.js';
import { REDIS_PY_OPTIONS } from './redis-py-options.js';

const SOURCE = 'redis-semantics 1.3; redis-py 2.10.6 to 8.1.0';

function construct(path: string[], api: string, more: Partial<Construct> = {}): Construct {
  return { path, call: 'call', api, makes: 'client', mode: 'sync', arguments: 'redis-py', source: SOURCE, ...more };
}

/** The classes of one module, under its own path: `redis`, `redis.asyncio`. Their names are the same in forks. */
export function classesOf(path: string[], prefix: string, mode: Construct['mode'], names: string[]): Construct[] {
  const url: Partial<Construct> = { mode, arguments: 'url-first' };
  const pool: Partial<Construct> = { mode, makes: 'pool', arguments: 'pool' };
  const cluster: Partial<Construct> = { mode, makes: 'cluster', arguments: 'redis-py-cluster' };
  const client = (name: string) => [
    construct([...path, name], `${prefix}.${name}`, { mode, home: 'client' }),
    construct([...path, name, 'from_url'], `${prefix}.${name}.from_url`, url),
    construct([...path, name, 'from_pool'], `${prefix}.${name}.from_pool`, { mode, arguments: 'pool-first' }),
  ];
  const pools = ['ConnectionPool', 'BlockingConnectionPool'].flatMap((name) => [
    construct([...path, name], `${prefix}.${name}`, { ...pool, home: 'connection' }),
    construct([...path, name, 'from_url'], `${prefix}.${name}.from_url`, { ...pool, ...url }),
  ]);
  const clusterName = names[0] === 'Redis' ? 'RedisCluster' : `${names[0]}Cluster`;
  return [
    ...names.flatMap(client),
    construct([...path, 'from_url'], `${prefix}.from_url`, { ...url, home: 'utils' }),
    ...pools,
    construct([...path, clusterName], `${prefix}.${clusterName}`, { ...cluster, home: 'cluster' }),
    construct([...path, clusterName, 'from_url'], `${prefix}.${clusterName}.from_url`, {
      ...cluster,
      arguments: 'redis-py-cluster-url',
    }),
    construct([...path, 'Sentinel'], `${prefix}.Sentinel`, {
      ...{ mode, makes: 'sentinel', arguments: 'redis-py-sentinel', home: 'sentinel' },
    }),
  ];
}

/** What is the same in redis-py and its forks. */
export const REDIS_PY_CLIENT: Pick<
  RedisLibrary,
  | 'self'
  | 'parts'
  | 'returnsSelf'
  | 'closes'
  | 'connects'
  | 'handlers'
  | 'harmless'
  | 'changes'
  | 'queued'
  | 'methods'
  | 'endings'
  | 'options'
  | 'address'
  | 'habits'
> = {
  // Modules whose names are in the package itself as well: `from redis.client import Redis`.
  self: ['client', 'connection', 'cluster', 'sentinel', 'utils', 'commands'],
  parts: ['connection_pool'],
  returnsSelf: ['initialize', '__enter__', '__aenter__'],
  closes: ['close', 'aclose', 'disconnect', 'disconnect_connection_pools', '__exit__', '__aexit__'],
  connects: [],
  handlers: [],
  harmless: [
    ...['connection_pool', 'get_connection_kwargs', 'get_encoder', 'get_retry', 'get_cache', 'response_callbacks'],
    ...['connection_kwargs', 'max_connections', 'get_default_node', 'get_node', 'get_nodes', 'get_primaries'],
    ...['get_replicas', 'get_random_node', 'get_node_from_key', 'keyslot', 'initialize', 'auto_close_connection_pool'],
    ...['single_connection_client', '__enter__', '__aenter__'],
  ],
  changes: ['set_response_callback', 'set_retry', 'load_external_module', 'reinitialize_caches', 'set_default_node'],
  queued: ['execute', 'discard', 'reset', 'watch', 'unwatch', 'multi', 'immediate_execute_command', 'command_stack'],
  methods: REDIS_PY_METHODS,
  endings: [],
  options: REDIS_PY_OPTIONS,
  address: {
    host: ['host'],
    port: ['port'],
    path: ['unix_socket_path', 'path'],
    user: ['username'],
    password: ['password'],
    tls: ['ssl'],
    database: ['db'],
    prefix: [],
    decode: ['decode_responses'],
  },
  habits: { 'url-turns-tls-on': { source: SOURCE } },
};

/** redis-py 2.10 to 8: clients that take a connection of their pool for each command, but for `single_connection_client`. */
export const redisPy: RedisLibrary = {
  kind: 'redis',
  name: 'redis-py',
  language: 'python',
  packages: ['redis'],
  supported: '>=2.10.0 <9.0.0',
  constructs: [
    ...classesOf([], 'redis', 'sync', ['Redis', 'StrictRedis']),
    ...classesOf(['asyncio'], 'redis.asyncio', 'async', ['Redis', 'StrictRedis']),
  ],
  // Clients of a Sentinel: they go where the Sentinel says.
  duplicates: ['master_for', 'slave_for'],
  // redis-py 4.1 cluster.py `ClusterNode`: plain data.
  records: [
    { path: ['ClusterNode'], parameters: ['host', 'port'] },
    { path: ['asyncio', 'ClusterNode'], parameters: ['host', 'port'] },
  ],
  singleConnection: 'single_connection_client',
  pool: 'connection_pool',
  ...REDIS_PY_CLIENT,
};
