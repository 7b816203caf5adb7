import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const CACHE = { role: 'command', use: 'cache' } as const;

function library(name: string, constructs: ConsumerLibrary['constructs']): ConsumerLibrary {
  return { kind: 'consumer', name, language: 'javascript', packages: [name], constructs };
}

const KEYV =
  'Calls connect() itself from 4 on; disconnect() closes the client; without a namespace clear() is FLUSHDB.';

export const keyvRedis = library('@keyv/redis', [
  entry('new KeyvRedis', [], [[0]], { ...CACHE, closes: true, note: KEYV }),
  entry('createKeyv', ['createKeyv'], [[0]], { ...CACHE, closes: true, note: KEYV }),
]);

export const cacheManagerIoredisYet = library('cache-manager-ioredis-yet', [
  entry('redisInsStore', ['redisInsStore'], [[0]], { ...CACHE, note: 'reset() is FLUSHDB.' }),
]);

export const cacheManagerRedisYet = library('cache-manager-redis-yet', [
  entry('redisInsStore', ['redisInsStore'], [[0]], { ...CACHE, note: 'reset() is FLUSHDB.' }),
]);

export const cacheManagerIoredis = library('cache-manager-ioredis', [
  entry('create', ['create'], [[0, 'redisInstance']], { ...CACHE, note: 'reset() is FLUSHDB.' }),
]);
