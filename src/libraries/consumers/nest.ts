import type { ConsumerConstruct, ConsumerLibrary } from '../../model/library.js';
import { entry, library } from './entry.js';

const ASYNC = [0, 'useFactory', '()'];

/** A module that opens clients and gives them out by injection. */
function module(name: string, method: string, keys: string[], note: string): ConsumerConstruct {
  const where = method.endsWith('Async') ? ASYNC : [0];
  return entry(`${name}.${method}`, [name, method], [], {
    role: 'unknown',
    use: 'cache',
    optionsAt: keys.length === 0 ? [where] : keys.map((key) => [...where, key]),
    opens: 'ioredis',
    opensVersion: '>=5.0.0',
    note,
  });
}

const METHODS = ['forRoot', 'forRootAsync'];
const QUITS = 'Gives its client out by injection and quits it when the application shuts down.';

export const nestModulesIoredis = library(
  '@nestjs-modules/ioredis',
  METHODS.map((method) => module('RedisModule', method, ['url', 'options', 'config'], QUITS)),
);

const NAMESPACES = 'A namespace is a named database; `closeClient` (default true) closes at shutdown.';

export const nestRedis: ConsumerLibrary = {
  ...library(
    '@liaoliaots/nestjs-redis',
    METHODS.map((method) => module('RedisModule', method, ['config'], NAMESPACES)),
  ),
  packages: ['@liaoliaots/nestjs-redis', '@songkeys/nestjs-redis'],
};

export const nestRedisOld = library(
  'nestjs-redis',
  ['register', 'forRootAsync'].map((method) => module('RedisModule', method, [], QUITS)),
);

export const nestThrottler: ConsumerLibrary = {
  ...library('@nest-lab/throttler-storage-redis', [
    entry('new ThrottlerStorageRedisService', ['ThrottlerStorageRedisService'], [[0]], {
      role: 'command',
      use: 'rate-limit',
      optionsAt: [[0]],
      opens: 'ioredis',
      opensVersion: '>=5.0.0',
      note: 'Closes only a client that it opened.',
    }),
  ]),
  packages: ['@nest-lab/throttler-storage-redis', 'nestjs-throttler-storage-redis'],
};

/** Microservices over Redis: server and client each open a publisher and a subscriber of ioredis. */
export const nestMicroservices: ConsumerLibrary = {
  ...library('@nestjs/microservices', []),
  records: [
    {
      key: 'transport',
      value: [['Transport', 'REDIS']],
      api: 'Transport.REDIS',
      optionsKey: 'options',
      opens: 'ioredis',
      opensVersion: '>=5.0.0',
      use: 'pubsub',
      note: 'It takes no client: share only the settings of the address.',
      source: 'redis-semantics 1.2',
    },
  ],
};
