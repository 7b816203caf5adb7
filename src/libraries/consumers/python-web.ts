import type { ConsumerLibrary } from '../../model/library.js';
import { always, named, perhaps, stated, taker } from './python-entry.js';

const LIMIT = { role: 'command', use: 'rate-limit' } as const;
const CACHE = { role: 'command', use: 'cache' } as const;
const PICKLES = 'Pickled values: needs bytes.';

export const flaskLimiter: ConsumerLibrary = {
  kind: 'consumer',
  name: 'flask-limiter',
  language: 'python',
  packages: ['flask_limiter', 'slowapi', 'quart_rate_limiter'],
  constructs: [
    ...['Limiter', 'extension.Limiter'].map((path) =>
      taker(path, {
        ...LIMIT,
        own: perhaps('storage_uri', 'storage_options'),
        note: 'Takes a pool in `storage_options`, never a client.',
      }),
    ),
    taker('redis_store.RedisStore', {
      ...LIMIT,
      own: always(0, 'address'),
      source: 'Quart-Rate-Limiter documentation',
      note: 'A URL only.',
    }),
  ],
  settings: named(
    'rate-limit',
    'Flask-Limiter configuration',
    'Read by name from the application.',
    'RATELIMIT_STORAGE_URI RATELIMIT_STORAGE_URL RATELIMIT_STORAGE_OPTIONS',
  ),
};

export const limits: ConsumerLibrary = {
  kind: 'consumer',
  name: 'limits',
  language: 'python',
  packages: ['limits'],
  constructs: [
    ...['storage.RedisStorage', 'storage.redis.RedisStorage', 'aio.storage.RedisStorage'].map((path) =>
      taker(path, { ...LIMIT, own: always(0, 'uri', 'connection_pool'), note: 'A URL, or a pool.' }),
    ),
    taker('storage.storage_from_string', { ...LIMIT, own: perhaps(0, 'storage_string'), note: 'Any store.' }),
  ],
};

export const fastapiLimiter: ConsumerLibrary = {
  kind: 'consumer',
  name: 'fastapi-limiter',
  asynchronous: true,
  language: 'python',
  packages: ['fastapi_limiter'],
  constructs: [
    taker('FastAPILimiter.init', {
      ...LIMIT,
      client: [0, 'redis'],
      closes: true,
      source: 'fastapi-limiter README and __init__.py',
      note: '`FastAPILimiter.close()` closes the client.',
    }),
  ],
};

export const flaskCaching: ConsumerLibrary = {
  kind: 'consumer',
  name: 'flask-caching',
  pickles: true,
  language: 'python',
  packages: ['flask_caching', 'cachelib'],
  constructs: [
    taker('Cache', { ...CACHE, own: perhaps('config', 1), note: PICKLES }),
    ...['RedisCache', 'redis.RedisCache', 'backends.RedisCache', 'backends.rediscache.RedisCache'].map((path) =>
      taker(path, { ...CACHE, own: always('host', 0), note: `The host may be a client. ${PICKLES}` }),
    ),
  ],
  settings: named(
    'cache',
    'redis-semantics 1.4; Flask-Caching configuration',
    PICKLES,
    'CACHE_REDIS_URL CACHE_REDIS_HOST CACHE_OPTIONS CACHE_CONFIG',
  ),
};

export const flaskSession: ConsumerLibrary = {
  kind: 'consumer',
  name: 'flask-session',
  language: 'python',
  packages: ['flask_session', 'quart_session'],
  constructs: [],
  settings: named('session', 'Flask-Session configuration', 'Bytes.', 'SESSION_REDIS_URL SESSION_URI'),
};

export const django: ConsumerLibrary = {
  kind: 'consumer',
  name: 'django',
  pickles: true,
  language: 'python',
  packages: ['django_redis'],
  constructs: [],
  settings: named('cache', 'redis-semantics 1.4', 'One pool for each URL of the process.', 'CACHES CACHEOPS_REDIS'),
};

export const channelsRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: 'channels-redis',
  asynchronous: true,
  language: 'python',
  packages: ['channels_redis'],
  constructs: ['core.RedisChannelLayer', 'pubsub.RedisPubSubChannelLayer'].map((path) =>
    taker(path, { role: 'subscriber', use: 'pubsub', own: always('hosts', 0), note: 'Connections for each loop.' }),
  ),
  settings: named('pubsub', 'redis-semantics 1.4', 'Connections for each event loop; bytes.', 'CHANNEL_LAYERS'),
};

export const aiocache: ConsumerLibrary = {
  kind: 'consumer',
  name: 'aiocache',
  asynchronous: true,
  language: 'python',
  packages: ['aiocache'],
  constructs: [
    ...['RedisCache', 'backends.redis.RedisCache'].map((path) =>
      taker(path, {
        ...CACHE,
        client: ['client', 0],
        own: always('endpoint', 'port', 'db'),
        source: 'aiocache documentation, "Caches"',
        note: 'Up to 0.12 it opens from `endpoint`; from 1.0 on it takes a client.',
      }),
    ),
    taker('Cache.from_url', {
      ...CACHE,
      own: perhaps(0, 'url'),
      source: 'aiocache documentation',
      note: 'Any store.',
    }),
  ],
};

export const fastapiCache: ConsumerLibrary = {
  kind: 'consumer',
  name: 'fastapi-cache',
  asynchronous: true,
  language: 'python',
  packages: ['fastapi_cache'],
  constructs: [
    taker('backends.redis.RedisBackend', {
      ...CACHE,
      client: [0, 'redis'],
      source: 'fastapi-cache2 README',
      note: 'Needs bytes, unless its coder reads text.',
    }),
  ],
};

export const socketIoPython: ConsumerLibrary = {
  kind: 'consumer',
  name: 'python-socketio',
  language: 'python',
  packages: ['socketio', 'flask_socketio'],
  constructs: [
    ...['RedisManager', 'AsyncRedisManager'].map((path) =>
      taker(path, {
        role: 'subscriber',
        use: 'pubsub',
        own: always(0, 'url'),
        source: 'python-socketio documentation, "Using a Message Queue"',
        note: 'A URL only.',
      }),
    ),
    taker('SocketIO', {
      role: 'subscriber',
      use: 'pubsub',
      own: perhaps('message_queue'),
      source: 'Flask-SocketIO documentation',
      note: 'A URL only.',
    }),
  ],
};

export const broadcaster: ConsumerLibrary = {
  kind: 'consumer',
  name: 'broadcaster',
  asynchronous: true,
  language: 'python',
  packages: ['broadcaster'],
  constructs: [
    taker('Broadcast', {
      role: 'subscriber',
      use: 'pubsub',
      own: perhaps(0, 'url'),
      source: 'broadcaster README',
      note: 'A URL only.',
    }),
  ],
};

export const aiogram: ConsumerLibrary = {
  kind: 'consumer',
  name: 'aiogram',
  asynchronous: true,
  language: 'python',
  packages: ['aiogram'],
  constructs: [
    taker('fsm.storage.redis.RedisStorage', {
      role: 'command',
      use: 'session',
      client: [0, 'redis'],
      closes: true,
      source: 'aiogram documentation, "Storages"',
      note: '`close()` closes the client.',
    }),
    taker('fsm.storage.redis.RedisStorage.from_url', {
      role: 'command',
      use: 'session',
      own: stated(0, 'url'),
      source: 'aiogram documentation, "Storages"',
      note: 'A URL only.',
    }),
  ],
};
