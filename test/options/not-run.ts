/** Options of the classes S and C that were not run, and why. */

const SENTINEL = 'needs sentinels';
const REPLICA = 'needs a replica of a cluster';
const CLUSTER = 'of a cluster only';
const HIMPORT = 'needs a server with HIMPORT';
const INTERNAL = 'internal';
const CACHE = 'needs Redis 7.4';
const TLS = 'needs a server with TLS';
const OBJECT = 'takes an object of the library’s own';

export const NOT_RUN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ioredis: {
    readOnly: REPLICA,
    himportFieldsets: HIMPORT,
    ...all(INTERNAL, ['offlineQueue', 'commandQueue']),
    ...all(SENTINEL, ['sentinels', 'name', 'role', 'preferredSlaves', 'natMap', 'sentinelUsername', 'sentinelTLS']),
    ...all(SENTINEL, ['enableTLSForSentinelMode', 'updateSentinels', 'sentinelMaxConnections']),
  },
  redis: {
    readonly: REPLICA,
    himportRegistry: HIMPORT,
    unstableResp3: 'needs a server with RediSearch',
    parser: 'one parser is left',
    'socket.localPort': 'takes a port of the machine',
  },
  'redis-py': {
    ...all(TLS, ['ssl_certfile', 'ssl_ca_certs', 'ssl_ca_path', 'ssl_min_version', 'ssl_ciphers']),
    ...all(CACHE, ['cache', 'cache_config', 'cache_factory']),
    ...all(CLUSTER, ['read_from_replicas', 'load_balancing_strategy', 'reinitialize_steps', 'dynamic_startup_nodes']),
    ...all(CLUSTER, ['address_remap', 'policy_resolver', 'oss_cluster_maint_notifications_handler']),
    ...all(OBJECT, ['driver_info', 'event_dispatcher', 'maint_notifications_config', 'command_packer', 'queue_class']),
    auto_close_connection_pool: 'of asyncio only',
  },
};

function all(why: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, why]));
}
