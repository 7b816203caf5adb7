import type { ArgumentPath, ConsumerConstruct, ConsumerLibrary } from '../../model/library.js';
import { entry, library } from './entry.js';

const CACHE = { role: 'command', use: 'cache' } as const;
const RESET = 'reset() is FLUSHDB.';
const KEYV =
  'Calls connect() itself from 4 on; disconnect() closes the client; without a namespace clear() is FLUSHDB.';

/** A store that takes a client or what it opens one with, at one place. */
function either(api: string, path: string[], more: Partial<ConsumerConstruct>, note: string): ConsumerConstruct {
  return entry(api, path, [[0]], { ...CACHE, optionsAt: [[0]], note, ...more });
}

export const keyvRedis = library('@keyv/redis', [
  either('new KeyvRedis', [], { closes: true, opens: 'redis', opensVersion: '>=4.0.0' }, KEYV),
  either('createKeyv', ['createKeyv'], { closes: true, opens: 'redis', opensVersion: '>=4.0.0' }, KEYV),
]);

export const keyvValkey = library('@keyv/valkey', [
  either('new KeyvValkey', [], { closes: true, opens: 'iovalkey' }, KEYV),
]);

/** `caching(redisStore, options)` and `redisStore(options)`; `client` is what the function of that name takes. */
function stores(opens: string, opensVersion: string): ConsumerConstruct[] {
  const open = { ...CACHE, opens, opensVersion, note: RESET };
  return [
    entry('redisStore', ['redisStore'], [], { ...open, optionsAt: [[0]] }),
    entry('caching(redisStore)', ['redisStore'], [], { ...open, call: 'plugin', optionsAt: [[1]] }),
    entry('redisInsStore', ['redisInsStore'], [[0]], { ...CACHE, note: RESET }),
  ];
}

export const cacheManagerIoredisYet = library('cache-manager-ioredis-yet', stores('ioredis', '>=5.0.0'));

export const cacheManagerRedisYet = library('cache-manager-redis-yet', stores('redis', '>=4.0.0'));

/** `{ store: redisStore, host, port }`, for `caching(…)` and Nest's `CacheModule.register(…)`. */
function byMember(opens: string, opensVersion: string): NonNullable<ConsumerLibrary['records']> {
  const source = 'redis-semantics 1.2';
  const value = [[], ['default'], ['redisStore']];
  return [
    { key: 'store', value, api: '{ store }', optionsKey: null, opens, opensVersion, use: 'cache', note: RESET, source },
  ];
}

export const cacheManagerRedisStore: ConsumerLibrary = {
  ...library('cache-manager-redis-store', [
    entry('redisStore', ['redisStore'], [], {
      ...CACHE,
      opens: 'redis',
      opensVersion: '<4.0.0',
      optionsAt: [[0]],
      note: RESET,
    }),
  ]),
  records: byMember('redis', '<4.0.0'),
};

export const cacheManagerIoredis: ConsumerLibrary = {
  ...library('cache-manager-ioredis', [
    entry('create', ['create'], [[0, 'redisInstance']], {
      ...CACHE,
      note: RESET,
      opens: 'ioredis',
      opensVersion: '>=5.0.0',
      optionsAt: [[0]],
    }),
  ]),
  records: byMember('ioredis', '>=4.0.0'),
};

export const apolloCache = library('apollo-server-cache-redis', [
  entry('new RedisCache', ['RedisCache'], [], {
    ...CACHE,
    opens: 'ioredis',
    opensVersion: '>=5.0.0',
    optionsAt: [[0]],
    note: 'close() quits.',
  }),
  entry('new BaseRedisCache', ['BaseRedisCache'], [[0, 'client']], { ...CACHE, note: 'Sends GET, SET and DEL.' }),
]);

const LANGCHAIN = 'Caches answers of a model under keys of its own.';

/** The parts of @langchain/community that hold to Redis. */
export const langchainCommunity: ConsumerLibrary = {
  ...library('@langchain/community', [
    entry('new UpstashRedisCache', ['UpstashRedisCache'], [[0, 'client']], {
      ...CACHE,
      optionsAt: [[0, 'config']],
      note: LANGCHAIN,
    }),
    entry('new RedisCache', ['RedisCache'], [[0]], { ...CACHE, note: LANGCHAIN }),
    entry('new RedisByteStore', ['RedisByteStore'], [[0, 'client']], { ...CACHE, note: LANGCHAIN }),
    entry('new UpstashRedisChatMessageHistory', ['UpstashRedisChatMessageHistory'], [[0, 'client']], {
      ...CACHE,
      optionsAt: [[0, 'config']],
      note: 'Keeps messages in a list.',
    }),
    entry('new RedisChatMessageHistory', ['RedisChatMessageHistory'], [[0, 'client']], {
      ...CACHE,
      optionsAt: [
        [0, 'config'],
        [0, 'url'],
      ],
      note: 'Keeps messages in a list; its two modules open with redis or with ioredis.',
    }),
  ]),
  specifiers: [
    ...['caches/upstash_redis', 'caches/ioredis', 'stores/ioredis', 'stores/message/upstash_redis'],
    ...['stores/message/redis', 'stores/message/ioredis', 'storage/ioredis', 'storage/upstash_redis'],
  ].map((path) => `@langchain/community/${path}`),
};

/** A store or cache of @langchain/redis: `source` is its 1.1.2, of which none closes a client. */
function ofRedis(api: string, path: string[], at: ArgumentPath, note: string, more: Partial<ConsumerConstruct> = {}) {
  return entry(api, path, [at], { ...CACHE, note, source: '@langchain/redis 1.1.2, dist', ...more });
}

const VECTORS = 'Sends FT and HASH commands.';
const VECTOR_STORES = ['RedisVectorStore', 'FluentRedisVectorStore'];

export const langchainRedis = library('@langchain/redis', [
  ...VECTOR_STORES.flatMap((name) => [
    ofRedis(`new ${name}`, [name], [1, 'redisClient'], VECTORS),
    ofRedis(`${name}.fromDocuments`, [name, 'fromDocuments'], [2, 'redisClient'], VECTORS),
    ofRedis(`${name}.fromTexts`, [name, 'fromTexts'], [3, 'redisClient'], VECTORS),
  ]),
  ofRedis('new RedisCache', ['RedisCache'], [0], LANGCHAIN),
  ofRedis('new RedisChatMessageHistory', ['RedisChatMessageHistory'], [0, 'client'], 'Keeps messages in a list.', {
    optionsAt: [[0, 'config']],
    opens: 'redis',
    opensVersion: '>=4.0.0',
  }),
]);

export const unstorage: ConsumerLibrary = {
  ...library('unstorage', [
    entry('redisDriver', ['default'], [], {
      ...CACHE,
      opens: 'ioredis',
      opensVersion: '>=5.0.0',
      optionsAt: [[0]],
      note: 'Connects at its first use.',
    }),
  ]),
  specifiers: ['unstorage/drivers/redis'],
};
