import type { OptionClass, OptionFact, RedisLibrary } from '../model/library.js';

const TYPES = 'ioredis 6.0.0 built/redis/RedisOptions.d.ts, RedisOptions.js; redis-semantics 3';
const SENTINEL = 'ioredis 6.0.0 built/connectors/SentinelConnector/index.d.ts; redis-semantics 3';

type More = Partial<Omit<OptionFact, 'class' | 'note'>>;

function option(kind: OptionClass, note: string, more: More = {}): OptionFact {
  return { class: kind, note, source: TYPES, ...more };
}

function sentinel(kind: OptionClass, note: string, more: More = {}): OptionFact {
  return option(kind, note, { source: SENTINEL, ...more });
}

/**
 * Every option of ioredis 4 to 6. A test compares the names with the types and the defaults of the installed package.
 * By hand, the defaults were compared with those of 4.31.0, 5.0.0, 5.4.0, 5.8.0, 5.9.0, 5.11.1 and 6.0.0; in 5.3.2, 5.6.1
 * and 5.7.0 only `socketTimeout` and `disableClientInfo` were looked for.
 */
export const IOREDIS_OPTIONS: Record<string, OptionFact> = {
  host: option('C', 'Server.', { term: 'server', default: 'localhost' }),
  port: option('C', 'Server.', { term: 'server', default: 6379 }),
  path: option('C', 'Unix socket; stands instead of host and port.', { term: 'server' }),
  family: option('C', 'IP version of the address.', {
    default: 0,
    defaults: [
      { versions: '<5.9.0', value: 4 },
      { versions: '>=5.9.0', value: 0 },
    ],
  }),
  username: option('C', 'Another user has other permissions: it is part of the identity.', {
    term: 'user',
    default: null,
  }),
  password: option('C', 'Belongs to the server and the user.', { default: null, secret: true }),
  db: option('S', 'Number of the database; becomes its name.', { term: 'database', default: 0 }),
  tls: option('C', 'Part of the identity: encryption is never weakened.', { term: 'tls' }),
  keyPrefix: option('S', 'Prefixes keys, but no channels, patterns or replies.', { term: 'prefix', default: '' }),
  stringNumbers: option('S', 'Numbers come back as strings.', { default: false }),
  readOnly: option('S', 'READONLY connection: stale reads.', { default: false }),
  protocol: option('S', 'RESP version: the shapes of replies.', { default: 3, versions: '>=6.0.0' }),
  replyMapping: option('S', 'Shapes of RESP3 replies.', { default: 'legacy', versions: '>=6.0.0' }),
  scripts: option('S', 'Commands of its own on the client object.', { versions: '>=5.0.0' }),
  himportFieldsets: option('S', 'Fieldsets of its own on the connection.', { versions: '>=6.0.0' }),
  Connector: option('S', 'Decides by code where the client connects.'),
  monitor: option('S', 'The connection begins with MONITOR.', { role: { when: true, role: 'monitor' } }),
  dropBufferSupport: option('S', 'Takes the *Buffer methods away.', { versions: '<5.0.0', default: false }),
  allowUsernameInURI: option('C', 'ioredis 4 reads the user name of a URL only with it.', { versions: '<5.0.0' }),
  retryStrategy: option(
    'P',
    'When to connect again. The default is a function: min(50·n, 2000) before 6, exponential to 5 s with jitter in 6.',
  ),
  reconnectOnError: option('P', 'Connect again on errors of the server.', { default: null }),
  maxRetriesPerRequest: option('P', 'Null waits for ever; a number fails fast.', { default: 20 }),
  maxLoadingRetryTime: option('P', 'Wait for a server that loads its data.', { default: 10000 }),
  enableOfflineQueue: option('P', 'False rejects commands while not connected.', { default: true }),
  enableReadyCheck: option('P', 'INFO before ready; false for servers that forbid INFO.', { default: true }),
  autoResubscribe: option('P', 'Subscribe again after a reconnect.', { default: true }),
  autoResendUnfulfilledCommands: option('P', 'Commands in flight are sent twice after a reconnect.', { default: true }),
  commandTimeout: option('P', 'Rejects a late reply; breaks blocking roles.'),
  socketTimeout: option('P', 'Destroys a silent socket.', { versions: '>=5.4.0' }),
  blockingTimeout: option('P', 'Client-side limit of blocking commands.', { versions: '>=5.9.0' }),
  blockingTimeoutGrace: option('P', 'Added to blockingTimeout.', { versions: '>=5.9.0', default: 100 }),
  enableAutoPipelining: option('P', 'Order against commands that are not pipelined.', { default: false }),
  autoPipeliningIgnoredCommands: option('P', 'Commands that are never pipelined automatically.'),
  offlineQueue: option('C', 'Internal.'),
  commandQueue: option('C', 'Internal.'),
  lazyConnect: option('C', 'The first command connects.', { default: false }),
  connectTimeout: option('C', 'Of the first connection.', { default: 10000 }),
  disconnectTimeout: option('C', 'Until a closing socket is destroyed.', { default: 2000 }),
  keepAlive: option('C', 'TCP keep-alive.', {
    default: 30000,
    defaults: [
      { versions: '<6.0.0', value: 0 },
      { versions: '>=6.0.0', value: 30000 },
    ],
  }),
  noDelay: option('C', 'Nagle off.', { default: true }),
  connectionName: option('C', 'Shown by CLIENT LIST.', { default: null }),
  disableClientInfo: option('C', 'No CLIENT SETINFO.', { versions: '>=5.8.0', default: false }),
  clientInfoTag: option('C', 'Shown by CLIENT LIST.', { versions: '>=5.8.0' }),
  showFriendlyErrorStack: option('C', 'Longer stack traces.', { default: false }),
  maxScriptsCachingTime: option('C', 'How long a loaded script is believed to exist.', {
    versions: '<5.0.0',
    default: 60000,
  }),
  sentinels: sentinel('S', 'The address is asked of sentinels.', { default: null }),
  name: sentinel('S', 'Master group of the sentinels.', { default: null }),
  role: sentinel('S', 'slave: stale reads.', { default: 'master' }),
  preferredSlaves: sentinel('S', 'Which replica answers.'),
  natMap: sentinel('S', 'Addresses are translated.', { default: null }),
  sentinelUsername: sentinel('C', 'User at the sentinels.'),
  sentinelPassword: sentinel('C', 'Password at the sentinels.', { secret: true }),
  sentinelTLS: sentinel('C', 'TLS to the sentinels.'),
  enableTLSForSentinelMode: sentinel('C', 'TLS to the sentinels.', { default: false }),
  updateSentinels: sentinel('C', 'Learns other sentinels.', { default: true }),
  sentinelMaxConnections: sentinel('C', 'Of the failover detector.', { default: 10 }),
  sentinelRetryStrategy: sentinel('P', 'When to ask the sentinels again.'),
  sentinelReconnectStrategy: sentinel('P', 'When the failover detector connects again.'),
  sentinelCommandTimeout: sentinel('P', 'Limit of a question to a sentinel.'),
  failoverDetector: sentinel('P', 'Reconnects on a failover message.', { default: false }),
};

/** Where its options say what. */
export const IOREDIS_ADDRESS: RedisLibrary['address'] = {
  host: ['host'],
  port: ['port'],
  path: ['path'],
  user: ['username'],
  password: ['password'],
  tls: ['tls'],
  database: ['db'],
  prefix: ['keyPrefix'],
  decode: [],
};
