import type { OptionClass, OptionFact, RedisLibrary } from '../model/library.js';

type More = Partial<Omit<OptionFact, 'class' | 'note'>>;

const OLD = '<4.0.0';
const NEW = '>=4.0.0';

/** An option of all versions. */
function always(kind: OptionClass, note: string, more: More = {}): OptionFact {
  return { class: kind, note, source: 'redis-semantics 1.1 and 3', ...more };
}

/** An option of redis 2 and 3. */
function old(kind: OptionClass, note: string, more: More = {}): OptionFact {
  const source = 'redis 3.1.2 README "options object properties", index.js, lib/createClient.js; redis-semantics 3';
  return { class: kind, note, source, versions: OLD, ...more };
}

/** An option of redis 4 to 6. */
function now(kind: OptionClass, note: string, more: More = {}): OptionFact {
  const source = '@redis/client 1.6.1, 5.12.1, 6.3.1 dist/lib/client/index.d.ts, socket.d.ts; redis-semantics 3';
  return { class: kind, note, source, versions: NEW, ...more };
}

/** Options of `tls.connect` that stand beside `socket.tls`. */
export const TLS_DETAILS = [
  ...['ca', 'cert', 'key', 'pfx', 'passphrase', 'ciphers', 'ecdhCurve', 'minVersion', 'maxVersion', 'secureProtocol'],
  ...['servername', 'rejectUnauthorized', 'checkServerIdentity', 'ALPNProtocols', 'secureContext', 'session'],
];

const TLS = Object.fromEntries(
  TLS_DETAILS.map((name) => [`socket.${name}`, now('C', 'Part of `socket.tls`.', { term: 'tls' })]),
);

/** Every option of redis 2 to 6; those of `socket` have its name in front. */
export const REDIS_OPTIONS: Record<string, OptionFact> = {
  url: always('C', 'Server, user and database; beats the other options.', { term: 'server' }),
  password: always('C', 'Belongs to the server and the user.', { secret: true }),

  host: old('C', 'Server.', { term: 'server', default: '127.0.0.1' }),
  port: old('C', 'Server.', { term: 'server', default: 6379 }),
  path: old('C', 'Unix socket; stands instead of host and port.', { term: 'server' }),
  auth_pass: old('C', 'Password; beats `password`.', { secret: true }),
  user: old('C', 'Part of the identity.', { term: 'user', versions: '>=3.1.0 <4.0.0' }),
  auth_user: old('C', 'User; beats `user`.', { term: 'user', versions: '>=3.1.0 <4.0.0' }),
  db: old('S', 'Number of the database; becomes its name.', { term: 'database' }),
  tls: old('C', 'Part of the identity: encryption is never weakened.', { term: 'tls' }),
  prefix: old('S', 'Prefixes keys.', { term: 'prefix', default: '' }),
  string_numbers: old('S', 'Numbers come back as strings.', { default: null }),
  return_buffers: old('S', 'Replies are buffers.', { default: false }),
  detect_buffers: old('S', 'Replies to buffers are buffers.', { default: false }),
  rename_commands: old('S', 'Commands have other names on the server.', { default: null }),
  retry_strategy: old('P', 'When to connect again; the default is a function.'),
  max_attempts: old('P', 'How often to connect again.', { default: 0 }),
  retry_max_delay: old('P', 'Longest pause before connecting again.', { default: null }),
  retry_unfulfilled_commands: old('P', 'Commands in flight are sent again after a reconnect.', { default: false }),
  enable_offline_queue: old('P', 'False rejects commands while not connected.', { default: true }),
  no_ready_check: old('P', 'No INFO before ready.', { default: false }),
  disable_resubscribing: old('P', 'Does not subscribe again after a reconnect.', { default: false }),
  connect_timeout: old('P', 'How long it tries to connect again.', { default: 3600000 }),
  family: old('C', 'IP version of the address.', { default: 'IPv4' }),
  socket_keepalive: old('C', 'TCP keep-alive.', { default: true }),
  socket_initial_delay: old('C', 'Of the TCP keep-alive.', { default: 0 }),
  parser: old('C', 'Which parser reads replies.'),

  'socket.host': now('C', 'Server.', { term: 'server', default: 'localhost' }),
  'socket.port': now('C', 'Server.', { term: 'server', default: 6379 }),
  'socket.path': now('C', 'Unix socket; stands instead of host and port.', { term: 'server' }),
  'socket.tls': now('C', 'Part of the identity: encryption is never weakened.', { term: 'tls', default: false }),
  ...TLS,
  username: now('C', 'Another user has other permissions: it is part of the identity.', { term: 'user' }),
  credentialsProvider: now('C', 'Gives user and password at run time.', { term: 'user', versions: '>=5.0.0' }),
  database: now('S', 'Number of the database; becomes its name.', { term: 'database', default: 0 }),
  keyPrefix: now('S', 'Prefixes keys, but no channels, patterns or replies.', { term: 'prefix', versions: '>=6.0.0' }),
  readonly: now('S', 'READONLY connection: stale reads.', { default: false }),
  legacyMode: now('S', 'Methods take callbacks.', { versions: '>=4.0.0 <5.0.0', default: false }),
  RESP: now('S', 'RESP version: the shapes of replies.', {
    versions: '>=5.0.0',
    default: 3,
    defaults: [
      { versions: '<6.0.0', value: 2 },
      { versions: '>=6.0.0', value: 3 },
    ],
  }),
  unstableResp3: now('S', 'Shapes of RESP3 replies.', { versions: '>=5.0.0 <6.0.0', default: false }),
  commandOptions: now('S', 'Types of replies and a timeout, for every command.', { versions: '>=5.0.0' }),
  modules: now('S', 'Commands of its own on the client object.'),
  functions: now('S', 'Commands of its own on the client object.'),
  scripts: now('S', 'Commands of its own on the client object.'),
  clientSideCache: now('S', 'Reads can come from memory.', { versions: '>=5.0.0' }),
  emitInvalidate: now('S', 'Tells of keys that others changed.', { versions: '>=5.0.0', default: false }),
  himportRegistry: now('S', 'Fieldsets of its own on the connection.', { versions: '>=6.0.0' }),
  'socket.reconnectStrategy': now('P', 'When to connect again; the default is a function.'),
  'socket.socketTimeout': now('P', 'Destroys a silent socket.', { versions: '>=5.0.0' }),
  disableOfflineQueue: now('P', 'Rejects commands while not connected.', { default: false }),
  commandsQueueMaxLength: now('P', 'More commands than that are rejected.'),
  maintNotifications: now('P', 'Follows announced maintenance of the server.', { versions: '>=5.0.0' }),
  maintEndpointType: now('P', 'Address after maintenance.', { versions: '>=5.0.0' }),
  maintRelaxedCommandTimeout: now('P', 'During maintenance.', { versions: '>=5.0.0' }),
  maintRelaxedSocketTimeout: now('P', 'During maintenance.', { versions: '>=5.0.0' }),
  isolationPoolOptions: now('C', 'Pool of isolated clients.', { versions: '>=4.0.0 <5.0.0' }),
  pingInterval: now('C', 'Sends PING while idle.'),
  name: now('C', 'Shown by CLIENT LIST.'),
  disableClientInfo: now('C', 'No CLIENT SETINFO.', { default: false }),
  clientInfoTag: now('C', 'Shown by CLIENT LIST.'),
  'socket.connectTimeout': now('C', 'Of the first connection.', { default: 5000 }),
  'socket.keepAlive': now('C', 'TCP keep-alive.'),
  'socket.keepAliveInitialDelay': now('C', 'Of the TCP keep-alive.', { versions: '>=5.0.0' }),
  'socket.noDelay': now('C', 'Nagle off.', { default: true }),
  'socket.family': now('C', 'IP version of the address.', { default: 0 }),
  'socket.localAddress': now('C', 'Own address.'),
  'socket.localPort': now('C', 'Own port.'),
  'socket.hints': now('C', 'Of the name look-up.'),
  'socket.lookup': now('S', 'Decides by code where a name leads.'),
  'socket.timeout': now('P', 'Of Node’s socket.'),
};

/** Where its options say what. */
export const REDIS_ADDRESS: RedisLibrary['address'] = {
  host: ['host', 'socket.host'],
  port: ['port', 'socket.port'],
  path: ['path', 'socket.path'],
  user: ['auth_user', 'credentialsProvider', 'username', 'user'],
  password: ['auth_pass', 'password'],
  tls: ['tls', 'socket.tls'],
  database: ['db', 'database'],
  prefix: ['prefix', 'keyPrefix'],
  decode: [],
};
