import type { ConsumerConstruct, ConsumerLibrary } from '../../model/library.js';
import { entry } from './entry.js';

const LIMIT = { role: 'command', use: 'rate-limit' } as const;

/** A function at `sendCommand` that passes commands on counts as its client. */
const STORE: ConsumerConstruct['clientAt'] = [
  [0, 'client'],
  [0, 'sendCommand'],
];

export const rateLimitRedis: ConsumerLibrary = {
  kind: 'consumer',
  name: 'rate-limit-redis',
  language: 'javascript',
  packages: ['rate-limit-redis'],
  constructs: [
    entry('new RedisStore', [], STORE, { ...LIMIT, note: 'Old versions take the client itself.' }),
    entry('new RedisStore', ['RedisStore'], STORE, { ...LIMIT, note: 'Takes `sendCommand`; loads its scripts.' }),
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
