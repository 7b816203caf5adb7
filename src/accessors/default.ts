import type { Preset } from './preset.js';

/**
 * The default accessor, for ioredis: shared clients for `command` and `queue`, a new client per call for the other
 * roles. `fixed` is the source of the scaffold: what stands there is what the scaffold sets, and nothing else, because
 * an option that differs from the library's default would change the behaviour of every site that is moved.
 * BullMQ refuses a Worker whose client gives up (`maxRetriesPerRequest` must be null); the blocking and the subscriber
 * role wait on purpose and must outlast a restart of the server too.
 */
export const DEFAULT_PRESET: Omit<Preset, 'scaffold'> = {
  name: 'default',
  language: 'javascript',
  library: 'ioredis',
  summary: 'ioredis: shared clients by database, a new client per call for work that needs its own connection',
  files: [
    { language: 'typescript', module: 'esm', path: 'lib/redis.ts', inSource: 'src/lib/redis.ts' },
    { language: 'typescript', module: 'cjs', path: 'lib/redis.ts', inSource: 'src/lib/redis.ts' },
    { language: 'javascript', module: 'esm', path: 'lib/redis.js', inSource: 'src/lib/redis.js' },
    { language: 'javascript', module: 'cjs', path: 'lib/redis.js', inSource: 'src/lib/redis.js' },
  ],
  exports: { name: 'getRedis', open: 'openRedis', close: 'closeRedis', override: 'overrideRedis' },
  call: { defaults: { database: 'main', role: 'command' } },
  contract: {
    mode: 'sync',
    roles: ['command', 'queue', 'blocking', 'transaction', 'subscriber', 'monitor'],
    parameters: { database: 'database', role: 'role', decode: null },
    fixed: {
      '*': { connectTimeout: 5_000, connectionName: '<service>:<database>:<role>' },
      queue: { maxRetriesPerRequest: null },
      blocking: { maxRetriesPerRequest: null },
      subscriber: { maxRetriesPerRequest: null },
    },
    mayReturnNone: false,
    ready: null,
    notBefore: null,
    identity: {},
  },
};
