import type { ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const LIMIT = { role: 'command', use: 'rate-limit' } as const;

export const rateLimitRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: 'rate-limit-redis',
  language: 'javascript',
  packages: ['rate-limit-redis'],
  constructs: [
    entry('new RedisStore', [], [[0, 'client']], { ...LIMIT, note: 'Old versions take the client itself.' }),
    entry('new RedisStore', ['RedisStore'], [[0, 'client']], {
      ...LIMIT,
      note: 'Takes `sendCommand`; loads its scripts.',
    }),
  ],
};

const DEFINES = 'Defines `rlflxIncr` on the client: two limiters with different scripts overwrite each other.';

export const rateLimiterFlexible: ConsumerLibrary = {
  kind: 'consumer',
  name: 'rate-limiter-flexible',
  language: 'javascript',
  packages: ['rate-limiter-flexible'],
  constructs: [
    entry('new RateLimiterRedis', ['RateLimiterRedis'], [[0, 'storeClient']], { ...LIMIT, note: DEFINES }),
    entry('new RateLimiterRedisNonAtomic', ['RateLimiterRedisNonAtomic'], [[0, 'storeClient']], {
      ...LIMIT,
      note: DEFINES,
    }),
  ],
};
