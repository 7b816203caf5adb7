import type { PresetCore } from './preset.js';

/**
 * One object for the whole service, made by its module: the team's `RedisManager()` becomes `redis_manager` wherever it
 * stood. The client behind it is for what the manager has no method for, and that is where openings go. In Python it
 * belongs to an event loop, so that it is asked for in one (`await get_redis_client()`), and replies are decoded.
 */
export const SINGLETON_MANAGER: PresetCore = {
  name: 'singleton-manager',
  language: 'python',
  library: 'redis-py',
  summary: 'redis-py: one manager object with asyncio clients, RedisManager() becomes redis_manager',
  files: [{ language: 'python', module: 'esm', path: 'redis_manager.py', inSource: 'src/redis_manager.py' }],
  exports: { name: 'get_redis_client', open: null, close: 'close_redis', override: null },
  manager: { class: 'RedisManager', instance: 'redis_manager' },
  call: { defaults: { database: 'main', role: 'command' } },
  contract: {
    mode: 'coroutine',
    roles: ['command'],
    parameters: { database: 'database', role: 'role', decode: null },
    fixed: {
      '*': { decode_responses: true, socket_connect_timeout: 5, client_name: '<service>:<database>:<role>' },
    },
    mayReturnNone: false,
    ready: null,
    notBefore: null,
    identity: {},
    loops: 'any',
  },
};

export const SINGLETON_MANAGER_IOREDIS: PresetCore = {
  ...SINGLETON_MANAGER,
  language: 'javascript',
  library: 'ioredis',
  summary: 'ioredis: one manager object, new RedisManager() becomes redisManager',
  files: [
    { language: 'typescript', module: 'esm', path: 'lib/redis-manager.ts', inSource: 'src/lib/redis-manager.ts' },
    { language: 'typescript', module: 'cjs', path: 'lib/redis-manager.ts', inSource: 'src/lib/redis-manager.ts' },
    { language: 'javascript', module: 'esm', path: 'lib/redis-manager.js', inSource: 'src/lib/redis-manager.js' },
    { language: 'javascript', module: 'cjs', path: 'lib/redis-manager.js', inSource: 'src/lib/redis-manager.js' },
  ],
  exports: { name: 'getRedisClient', open: null, close: 'closeRedis', override: null },
  manager: { class: 'RedisManager', instance: 'redisManager' },
  contract: {
    mode: 'sync',
    roles: ['command'],
    parameters: { database: 'database', role: 'role', decode: null },
    fixed: { '*': { connectTimeout: 5_000, connectionName: '<service>:<database>:<role>' } },
    mayReturnNone: false,
    ready: null,
    notBefore: null,
    identity: {},
  },
};
