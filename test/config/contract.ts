import type { ConfigInput } from '../../src/config/index.js';

/** Every key that the contract names. */
export const CONTRACT: ConfigInput = {
  $schema: './node_modules/redis-migrate/schema/config.schema.json',
  preset: 'default',
  include: ['**/*'],
  exclude: ['archives/**'],
  accessors: {
    python: {
      file: 'src/utils/redis_client.py',
      module: 'src.utils.redis_client',
      name: 'get_redis_client',
      contract: {
        mode: 'coroutine',
        roles: ['command'],
        parameters: { database: 'database' },
        fixed: { '*': { decode_responses: true } },
        mayReturnNone: true,
        ready: null,
        notBefore: 'import',
        identity: { server: 'env:REDIS_HOST' },
      },
    },
    javascript: [
      { file: 'src/lib/redis.ts', name: 'getRedis', library: 'ioredis', import: '@/lib/redis' },
      { file: 'packages/api/redis.ts', name: 'redisOf', open: 'openRedis', close: null, scope: 'packages/api/**' },
    ],
  },
  databases: { main: 0, metrics: { number: 4, identity: ['env:METRICS_REDIS_URL'] } },
  onNone: 'keep',
  strategy: 'initialiser',
  wrappers: [{ class: 'RedisManager', module: 'app.redis_manager', instance: 'redis_manager' }],
  deprecated: [
    { import: 'old.module.RedisTestManager', use: { module: 'new.module', name: 'get_redis_manager', drop: 'call' } },
  ],
  exempt: [{ files: ['src/memory_graph.py'], reason: 'Redis Stack', until: '2027-01-31' }],
  batches: { maxFiles: 5, order: ['health', 'session'] },
};
