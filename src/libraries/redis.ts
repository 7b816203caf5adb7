import type { Construct, RedisLibrary } from '../model/library.js';
import { REDIS_NODES_OPTIONS } from './nodes-options.js';
import { REDIS_METHODS } from './redis-methods.js';
import { REDIS_ADDRESS, REDIS_OPTIONS } from './redis-options.js';

const SOURCE = 'redis-semantics 1.1; redis 3.1.2 index.js; @redis/client 1.6.1, 5.12.1, 6.3.1 dist/index.js';

function construct(path: string[], call: Construct['call'], api: string, more: Partial<Construct> = {}): Construct {
  return { path, call, api, makes: 'client', mode: 'async', arguments: 'node-redis', source: SOURCE, ...more };
}

/** redis (node-redis) 2 to 6, and its core @redis/client. From 4 on a client connects when `connect()` is called. */
export const redis: RedisLibrary = {
  kind: 'redis',
  name: 'redis',
  language: 'javascript',
  packages: ['redis', '@redis/client'],
  // redis 4.7.1 package.json depends on @redis/client 1.6.1; from 5 on both have one number.
  numbering: [{ package: '@redis/client', own: '>=1.0.0 <2.0.0', as: '>=4.0.0 <5.0.0' }],
  supported: '>=2.0.0 <7.0.0',
  self: ['default'],
  constructs: [
    construct(['createClient'], 'either', 'createClient'),
    construct(['RedisClient'], 'either', 'new RedisClient', { versions: '<4.0.0 || >=6.0.0' }),
    construct(['RedisClient', 'create'], 'call', 'RedisClient.create', { versions: '>=6.0.0' }),
    construct(['createClientPool'], 'call', 'createClientPool', { makes: 'pool', versions: '>=5.0.0' }),
    construct(['RedisClientPool', 'create'], 'call', 'RedisClientPool.create', { makes: 'pool', versions: '>=6.0.0' }),
    construct(['createCluster'], 'call', 'createCluster', {
      makes: 'cluster',
      arguments: 'node-redis-cluster',
      versions: '>=4.0.0',
    }),
    construct(['RedisCluster', 'create'], 'call', 'RedisCluster.create', {
      makes: 'cluster',
      arguments: 'node-redis-cluster',
      versions: '>=6.0.0',
    }),
    construct(['createSentinel'], 'call', 'createSentinel', {
      makes: 'sentinel',
      arguments: 'node-redis-sentinel',
      versions: '>=5.0.0',
    }),
    construct(['RedisSentinel', 'create'], 'call', 'RedisSentinel.create', {
      makes: 'sentinel',
      arguments: 'node-redis-sentinel',
      versions: '>=6.0.0',
    }),
  ],
  duplicates: ['duplicate', 'createPool'],
  pools: ['createPool'],
  // From 4 on `connect()` resolves to the client; the others give the same connection with other manners.
  returnsSelf: [
    ...['on', 'once', 'off', 'addListener', 'prependListener', 'prependOnceListener', 'removeListener'],
    ...['removeAllListeners', 'setMaxListeners', 'connect'],
    ...['withCommandOptions', 'withTypeMapping', 'withAbortSignal', 'asap', 'legacy'],
  ],
  closes: ['quit', 'close', 'disconnect', 'destroy', 'end', 'QUIT'],
  // @redis/client 5.12.1 dist/lib/client/socket.js: all of them throw ClientClosedError on a closed client.
  closesOnce: ['quit', 'close', 'disconnect', 'destroy', 'QUIT'],
  connects: ['connect'],
  handlers: ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'],
  harmless: [
    ...['isOpen', 'isReady', 'isPubSubActive', 'isWatching', 'isDirtyWatch', 'isClosing', 'options', 'socketEpoch'],
    ...['connected', 'ready', 'closing', 'connection_id', 'connectionId', 'server_info', 'serverInfo', 'address'],
    ...['command_queue_length', 'commandQueueLength', 'offline_queue_length', 'offlineQueueLength', 'should_buffer'],
    ...['shouldBuffer', 'retry_delay', 'retryDelay', 'retry_backoff', 'retryBackoff', 'connection_options'],
    // Their callbacks get clients of the pool.
    ...['executeIsolated', 'execute', 'use', 'acquire', 'commandOptions'],
    ...['withCommandOptions', 'withTypeMapping', 'withAbortSignal', 'asap', 'legacy'],
    ...['scanIterator', 'hScanIterator', 'hScanNoValuesIterator', 'hScanValuesIterator', 'sScanIterator'],
    ...['zScanIterator', 'batch', 'BATCH', 'multi', 'MULTI'],
    // Commands of modules: none of them blocks or has state.
    ...['bf', 'cms', 'cf', 'tDigest', 'topK', 'graph', 'json', 'ft', 'ts'],
    ...['idleClients', 'clientsInUse', 'totalClients', 'tasksQueueLength', 'identity', 'clientSideCache'],
    ...['slots', 'shards', 'masters', 'replicas', 'nodeByAddress', 'pubSubNode', 'getMasters', 'getRandomNode'],
    ...['listenerCount', 'listeners', 'rawListeners', 'eventNames', 'getMaxListeners', 'setMaxListeners'],
  ],
  changes: [
    ...['off', 'removeListener', 'removeAllListeners', 'emit', 'ref', 'unref', 'resetIfDirty', 'setDirtyWatch'],
    ...['reAuthenticate', 'extendPubSubListeners', 'extendPubSubChannelListeners'],
  ],
  queued: [
    ...['exec', 'EXEC', 'execAsPipeline', 'execTyped', 'execAsPipelineTyped', 'exec_atomic', 'EXEC_ATOMIC'],
    ...['execAtomic', 'exec_batch', 'exec_transaction', 'addCommand', 'queue', 'length'],
  ],
  takesCommands: ['multi', 'MULTI', 'batch', 'BATCH'],
  methods: REDIS_METHODS,
  // bluebird's `promisifyAll(redis)` adds `getAsync`; redis 2 and 3 only, but nothing else ends so.
  endings: ['async'],
  options: REDIS_OPTIONS,
  nodesOptions: REDIS_NODES_OPTIONS,
  address: REDIS_ADDRESS,
  habits: {
    'url-user': { versions: '>=3.1.0', source: 'redis 3.1.2 lib/createClient.js; redis-semantics 1.1' },
    'one-options-object': { versions: '>=4.0.0', source: 'redis-semantics fact 3' },
    'url-turns-tls-on': { versions: '>=3.0.0', source: 'redis 2.8.0, 3.0.0 lib/createClient.js' },
    'url-decides-tls': {
      versions: '>=5.8.0',
      source: '@redis/client 5.6.0, 5.8.0 dist/lib/client/index.js parseOptions',
    },
    'url-replaces-credentials': {
      versions: '>=5.0.0',
      source: '@redis/client 5.12.1, 6.3.1 dist/lib/client/index.js parseURL: a credentialsProvider of the URL',
    },
    'unix-scheme': { versions: '>=6.0.0', source: '@redis/client 6.3.1 dist/lib/client/index.js parseURL' },
    'connect-first': { versions: '>=4.0.0', source: 'redis 4.7.1, 5.12.1, 6.3.1 run; redis-semantics 4' },
    'error-listener': { versions: '>=4.0.0', source: 'redis 4.7.1, 5.12.1, 6.3.1 run; redis-semantics fact 17' },
  },
  defining: ['scripts', 'functions', 'modules'],
};
