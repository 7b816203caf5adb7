import type { AccessorContract } from '../model/config.js';
import { DEFAULT_PRESET } from './default.js';
import type { PresetCore } from './preset.js';

/**
 * A manager for each mode of operation, which holds one client and an interface for cached values. A mode is a named database:
 * so that modes which had numbers of their own keep them. `get_redis` is a coroutine that gives the client of a mode as soon as
 * its server has answered; what goes through the interface may be some seconds old.
 */
const CONTRACT: AccessorContract = {
  mode: 'coroutine',
  roles: ['command'],
  parameters: { database: 'mode', role: 'role', decode: null },
  fixed: {
    '*': { decode_responses: true, socket_connect_timeout: 5, client_name: '<service>:<mode>' },
  },
  mayReturnNone: false,
  ready: null,
  notBefore: null,
  identity: {},
};

/** What `get_cached` gives. */
const DIFFERS = 'a value may be up to five seconds old, also one that another process has deleted or that has run out';

export const UNIFIED_MANAGER: PresetCore = {
  name: 'unified-manager',
  language: 'python',
  library: 'redis-py',
  summary: 'redis-py: an asyncio manager for each mode, with one client and an interface for cached values',
  files: [{ language: 'python', module: 'esm', path: 'redis_manager.py', inSource: 'src/redis_manager.py' }],
  exports: { name: 'get_redis', open: null, close: 'close_managers', override: null },
  call: { defaults: { mode: 'main', role: 'command' } },
  contract: {
    ...CONTRACT,
    loops: 'one',
    cache: {
      from: 'get_unified_manager',
      get: 'get_cached',
      set: 'set_cached',
      parameters: { value: 'value', ttl: 'ttl_seconds' },
      differs: DIFFERS,
    },
  },
};

/** The sister service's, for ioredis. */
export const UNIFIED_MANAGER_IOREDIS: PresetCore = {
  ...UNIFIED_MANAGER,
  language: 'javascript',
  library: 'ioredis',
  summary: 'ioredis: a manager for each mode, with one client and an interface for cached values',
  files: DEFAULT_PRESET.files.map((file) => ({
    ...file,
    path: file.path.replace('redis.', 'redis-manager.'),
    inSource: file.inSource.replace('redis.', 'redis-manager.'),
  })),
  exports: { name: 'getRedis', open: null, close: 'closeManagers', override: null },
  contract: {
    ...CONTRACT,
    fixed: { '*': { connectTimeout: 5_000, connectionName: '<service>:<mode>' } },
    cache: { from: 'getUnifiedManager', get: 'getCached', set: 'setCached', parameters: null, differs: DIFFERS },
  },
};
