import type { AccessorContract } from '../model/config.js';
import { DEFAULT_PRESET } from './default.js';

/**
 * The default accessor for node-redis 4 to 6: the call is synchronous, the client that it gives is connecting already.
 * Commands that are sent before that is done wait in the client's queue, and `connect()` a second time rejects with
 * "Socket already opened" (run on redis 4.7.1, 5.12.1 and 6.3.1), so `ready` stands for it. There is no role for queue
 * libraries: they demand ioredis clients or wrap a node-redis client themselves. No database of it has a prefix of keys:
 * node-redis 4 and 5 ignore `keyPrefix` (redis-semantics 19), so a site with one stays.
 */
const CONTRACT: AccessorContract = {
  ...DEFAULT_PRESET.contract,
  roles: ['command', 'blocking', 'transaction', 'subscriber', 'monitor'],
  fixed: { '*': { name: '<service>:<database>:<role>' } },
  ready: 'redisReady',
};

export const NODE_REDIS = {
  ...DEFAULT_PRESET,
  library: 'redis',
  summary: 'node-redis: shared clients by database, a new client per call for work that needs its own connection',
  contract: CONTRACT,
};
