import type { AccessorContract, CommandCalls } from '../model/config.js';
import type { PresetCore } from './preset.js';

const CALLS: CommandCalls = {
  from: 'get_redis_pool',
  execute: 'execute',
  differs: 'a read that gets no answer is tried again, and while the circuit is open nothing is sent',
  pipeline: 'get_client',
};

/**
 * One pool for the process: `execute` with retries and a circuit breaker, `get_client` for several commands, health and
 * numbers. Clients that code keeps for itself come from `get_redis_client`: they have redis-py's own behaviour, so that an
 * opening that becomes it is equal; only what goes through `execute` is tried again or refused. Replies are always decoded.
 */
const CONTRACT: AccessorContract = {
  mode: 'sync',
  roles: ['command'],
  parameters: { database: 'database', role: 'role', decode: null },
  fixed: {
    '*': { decode_responses: true, socket_connect_timeout: 5, client_name: '<service>:<database>:<role>' },
  },
  mayReturnNone: false,
  ready: null,
  notBefore: null,
  identity: {},
  calls: CALLS,
};

export const CONNECTION_POOL: PresetCore = {
  name: 'connection-pool',
  language: 'python',
  library: 'redis-py',
  summary: 'redis-py: one pool with execute(), retries of reads, a circuit breaker, health check and numbers',
  files: [{ language: 'python', module: 'esm', path: 'redis_pool.py', inSource: 'src/redis_pool.py' }],
  exports: { name: 'get_redis_client', open: null, close: 'close_redis_pool', override: 'override_redis_pool' },
  call: { defaults: { database: 'main', role: 'command' } },
  contract: CONTRACT,
};

export const CONNECTION_POOL_IOREDIS: PresetCore = {
  ...CONNECTION_POOL,
  language: 'javascript',
  library: 'ioredis',
  summary:
    'ioredis: one pool with execute(), retries of reads, a circuit breaker (cockatiel), health check and numbers',
  files: [
    { language: 'typescript', module: 'esm', path: 'lib/redis-pool.ts', inSource: 'src/lib/redis-pool.ts' },
    { language: 'typescript', module: 'cjs', path: 'lib/redis-pool.ts', inSource: 'src/lib/redis-pool.ts' },
    { language: 'javascript', module: 'esm', path: 'lib/redis-pool.js', inSource: 'src/lib/redis-pool.js' },
    { language: 'javascript', module: 'cjs', path: 'lib/redis-pool.js', inSource: 'src/lib/redis-pool.js' },
  ],
  exports: { name: 'getRedisClient', open: null, close: 'closeRedisPool', override: 'overrideRedisPool' },
  contract: {
    ...CONTRACT,
    calls: { ...CALLS, from: 'getRedisPool', pipeline: 'pipeline' },
    fixed: { '*': { connectTimeout: 5_000, connectionName: '<service>:<database>:<role>' } },
  },
};
