import type { Construct, MethodFact, OptionFact, RedisLibrary } from '../model/library.js';
import { COMMANDS } from './commands.js';

const SOURCE = 'redis-semantics 1.3';

function construct(path: string[], api: string, more: Partial<Construct> = {}): Construct {
  return { path, call: 'call', api, makes: 'client', mode: 'sync', arguments: 'redis-py', source: SOURCE, ...more };
}

/** The constructs of one module, under its own path: `redis`, `redis.asyncio`. */
function constructsOf(path: string[], prefix: string, mode: Construct['mode']): Construct[] {
  const url: Partial<Construct> = { mode, arguments: 'url-first' };
  const pool: Partial<Construct> = { mode, makes: 'pool' };
  return [
    construct([...path, 'Redis'], `${prefix}.Redis`, { mode }),
    construct([...path, 'StrictRedis'], `${prefix}.StrictRedis`, { mode }),
    construct([...path, 'from_url'], `${prefix}.from_url`, url),
    construct([...path, 'Redis', 'from_url'], `${prefix}.Redis.from_url`, url),
    construct([...path, 'StrictRedis', 'from_url'], `${prefix}.StrictRedis.from_url`, url),
    construct([...path, 'ConnectionPool'], `${prefix}.ConnectionPool`, pool),
    construct([...path, 'ConnectionPool', 'from_url'], `${prefix}.ConnectionPool.from_url`, { ...pool, ...url }),
    construct([...path, 'BlockingConnectionPool'], `${prefix}.BlockingConnectionPool`, pool),
  ];
}

function option(kind: OptionFact['class'], note: string, more: Partial<OptionFact> = {}): OptionFact {
  return { class: kind, note, source: 'redis-semantics 1.3 and 3', ...more };
}

const ordinary: Record<string, MethodFact> = Object.fromEntries(COMMANDS.map((name) => [name, {}]));

/** redis-py 3 to 8: thin, so that the facts of Python files have a reader. Most roles take a pool connection of their own. */
export const redisPy: RedisLibrary = {
  kind: 'redis',
  name: 'redis-py',
  language: 'python',
  packages: ['redis'],
  self: [],
  constructs: [...constructsOf([], 'redis', 'sync'), ...constructsOf(['asyncio'], 'redis.asyncio', 'async')],
  duplicates: [],
  returnsSelf: [],
  closes: ['close', 'aclose'],
  connects: [],
  handlers: [],
  harmless: ['pipeline', 'pubsub', 'connection_pool', 'register_script', 'lock', 'scan_iter', 'get_connection_kwargs'],
  methods: { ...ordinary, execute_command: { commandArgument: true } },
  options: {
    host: option('C', 'Server.', { term: 'server', default: 'localhost' }),
    port: option('C', 'Server.', { term: 'server', default: 6379 }),
    unix_socket_path: option('C', 'Server.', { term: 'server', default: null }),
    db: option('S', 'Number of the database; becomes its name.', { term: 'database', default: 0 }),
    username: option('C', 'Part of the identity.', { term: 'user', default: null }),
    password: option('C', 'Belongs to the server and the user.', { default: null, secret: true }),
    ssl: option('C', 'Part of the identity.', { term: 'tls', default: false }),
    decode_responses: option('S', 'Replies are text, not bytes.', { term: 'decode', default: false }),
    encoding: option('S', 'Of decoded replies.', { default: 'utf-8' }),
    encoding_errors: option('S', 'Of decoded replies.', { default: 'strict' }),
    protocol: option('S', 'RESP version: the shapes of replies.'),
    single_connection_client: option('S', 'Someone wanted the state of one connection.', { default: false }),
    connection_pool: option('S', 'Uses the pool that it is given.', { default: null }),
    socket_timeout: option('P', 'Rejects a late reply.', {
      defaults: [
        { versions: '<8.0.0', value: null },
        { versions: '>=8.0.0', value: 5 },
      ],
    }),
    retry_on_timeout: option('P', 'Sends a command again.', { default: false }),
    retry_on_error: option('P', 'Sends a command again.'),
    retry: option('P', 'Sends a command again.'),
    socket_connect_timeout: option('C', 'Of the first connection.'),
    socket_keepalive: option('C', 'TCP keep-alive.'),
    socket_keepalive_options: option('C', 'TCP keep-alive.'),
    health_check_interval: option('C', 'PING before a command after so many idle seconds.', { default: 0 }),
    max_connections: option('C', 'Size of the pool.'),
    client_name: option('C', 'Shown by CLIENT LIST.', { default: null }),
  },
  endings: [],
  address: {
    host: ['host'],
    port: ['port'],
    path: ['unix_socket_path'],
    user: ['username'],
    password: ['password'],
    tls: ['ssl'],
    database: ['db'],
    prefix: [],
    decode: ['decode_responses'],
  },
  habits: {},
};
