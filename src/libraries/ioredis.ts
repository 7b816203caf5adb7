import type { Construct, RedisLibrary } from '../model/library.js';
import { IOREDIS_METHODS } from './ioredis-methods.js';
import { IOREDIS_ADDRESS, IOREDIS_OPTIONS } from './ioredis-options.js';
import { IOREDIS_NODES_OPTIONS } from './nodes-options.js';

const SOURCE = 'redis-semantics 1.1; ioredis 6.0.0 built/index.js';

function construct(path: string[], call: Construct['call'], api: string, more: Partial<Construct> = {}): Construct {
  return { path, call, api, makes: 'client', mode: 'async', arguments: 'ioredis', source: SOURCE, ...more };
}

/** ioredis 4 to 6. A client with `sentinels` in its options is a sentinel: assess reads that from the arguments. */
export const ioredis: RedisLibrary = {
  kind: 'redis',
  name: 'ioredis',
  language: 'javascript',
  packages: ['ioredis'],
  supported: '>=4.0.0 <7.0.0',
  self: ['default', 'Redis'],
  constructs: [
    construct([], 'new', 'new Redis'),
    construct([], 'call', 'Redis()', {
      versions: '<5.0.0',
      source: 'ioredis CHANGELOG 5.0.0: calling without new removed',
    }),
    construct(['createClient'], 'call', 'Redis.createClient'),
    construct(['Cluster'], 'new', 'new Redis.Cluster', { makes: 'cluster', arguments: 'ioredis-cluster' }),
  ],
  duplicates: ['duplicate'],
  returnsSelf: [
    'on',
    'once',
    'off',
    'addListener',
    'prependListener',
    'prependOnceListener',
    'removeListener',
    'removeAllListeners',
    'setMaxListeners',
  ],
  closes: ['quit', 'disconnect', 'end'],
  connects: ['connect'],
  handlers: ['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'],
  harmless: [
    'status',
    'mode',
    'isCluster',
    'options',
    'condition',
    'pipeline',
    'scanStream',
    'scanBufferStream',
    'sscanStream',
    'sscanBufferStream',
    'hscanStream',
    'hscanBufferStream',
    'zscanStream',
    'zscanBufferStream',
    'getBuiltinCommands',
    'autoPipelineQueueSize',
    'listenerCount',
    'listeners',
    'rawListeners',
    'eventNames',
    'getMaxListeners',
    'setMaxListeners',
  ],
  changes: [
    'off',
    'removeListener',
    'removeAllListeners',
    'emit',
    'silentEmit',
    'addBuiltinCommand',
    'createBuiltinCommand',
  ],
  // ioredis 6.0.0 built/Pipeline.js, built/transaction.js.
  queued: ['exec', 'execBuffer', 'discard', 'multi', 'length', 'isPipeline'],
  takesCommands: ['pipeline', 'multi', 'addBatch'],
  methods: IOREDIS_METHODS,
  endings: ['buffer'],
  options: IOREDIS_OPTIONS,
  nodesOptions: IOREDIS_NODES_OPTIONS,
  address: IOREDIS_ADDRESS,
  habits: {
    'url-user': { versions: '>=5.0.0', source: 'ioredis CHANGELOG 5.0.0' },
    'url-without-scheme': { versions: '>=5.0.0', source: 'ioredis 4.31.0 and 5.11.1 built/utils/index.js parseURL' },
  },
};
