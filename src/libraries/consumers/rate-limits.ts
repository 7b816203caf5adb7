import type { ArgumentPath } from '../../model/library.js';
import { entry, library } from './entry.js';

const LIMIT = { role: 'command', use: 'rate-limit' } as const;

/** A function at `sendCommand` that passes commands on counts as its client. */
const STORE: ArgumentPath[] = [
  [0, 'client'],
  [0, 'sendCommand'],
];

export const rateLimitRedis = library('rate-limit-redis', [
  entry('new RedisStore', [], STORE, { ...LIMIT, note: 'Old versions take the client itself.' }),
  entry('new RedisStore', ['RedisStore'], STORE, { ...LIMIT, note: 'Takes `sendCommand`; loads its scripts.' }),
]);

const DEFINES = 'Defines `rlflxIncr` on the client: two limiters with different scripts overwrite each other.';

export const rateLimiterFlexible = library('rate-limiter-flexible', [
  entry('new RateLimiterRedis', ['RateLimiterRedis'], [[0, 'storeClient']], { ...LIMIT, note: DEFINES }),
  entry('new RateLimiterRedisNonAtomic', ['RateLimiterRedisNonAtomic'], [[0, 'storeClient']], {
    ...LIMIT,
    note: DEFINES,
  }),
]);

export const upstashRatelimit = library('@upstash/ratelimit', [
  entry('new Ratelimit', ['Ratelimit'], [[0, 'redis']], { ...LIMIT, note: 'Evaluates its scripts on the client.' }),
]);
