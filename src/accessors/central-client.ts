import type { AccessorContract } from '../model/config.js';
import { DEFAULT_PRESET } from './default.js';
import type { PresetCore } from './preset.js';

/**
 * A central client: one database, one client, made by a coroutine when the service starts and closed by another one when
 * it ends. Between the two a function without arguments gives it; before, it raises, so nothing may ask on import.
 */
const CONTRACT: AccessorContract = {
  mode: 'async',
  roles: ['command'],
  parameters: { database: 'database', role: 'role', decode: null },
  fixed: {
    '*': { decode_responses: true, socket_connect_timeout: 2, socket_timeout: 2, client_name: '<service>:<database>' },
  },
  mayReturnNone: false,
  ready: null,
  notBefore: 'init_redis',
  identity: {},
};

export const CENTRAL_CLIENT: PresetCore = {
  name: 'central-client',
  language: 'python',
  library: 'redis-py',
  summary: 'redis-py: one asyncio client between init_redis() and close_redis(), get_redis() gives it',
  files: [{ language: 'python', module: 'esm', path: 'redis_client.py', inSource: 'src/redis_client.py' }],
  exports: { name: 'get_redis', open: null, close: 'close_redis', override: null },
  call: { defaults: { database: 'main', role: 'command' } },
  contract: { ...CONTRACT, loops: 'one' },
};

/** The sister service's, for ioredis: a late command is refused after the same two seconds. */
export const CENTRAL_CLIENT_IOREDIS: PresetCore = {
  ...CENTRAL_CLIENT,
  language: 'javascript',
  library: 'ioredis',
  summary: 'ioredis: one client between initRedis() and closeRedis(), getRedis() gives it',
  files: DEFAULT_PRESET.files,
  exports: { name: 'getRedis', open: null, close: 'closeRedis', override: null },
  contract: {
    ...CONTRACT,
    mode: 'sync',
    fixed: { '*': { connectTimeout: 2_000, commandTimeout: 2_000, connectionName: '<service>:<database>' } },
    notBefore: 'initRedis',
  },
};
