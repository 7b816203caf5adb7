import type { AccessorContract } from '../model/config.js';
import { DEFAULT_PRESET } from './default.js';
import type { PresetCore } from './preset.js';

/**
 * Named databases: one function, the database by name. In Python `async_client` chooses between a client and a coroutine
 * that gives one, both may be None, and all decode; a client of asyncio belongs to the loop that asked for it. There is
 * no function that opens for one caller: what needs a connection of its own stays where it is.
 */
const CONTRACT: AccessorContract = {
  mode: 'sync',
  roles: ['command'],
  parameters: { database: 'database', role: 'role', decode: null },
  fixed: {
    '*': { decode_responses: true, socket_connect_timeout: 5, client_name: '<service>:<database>' },
  },
  mayReturnNone: true,
  ready: null,
  notBefore: null,
  identity: {},
};

export const NAMED_DATABASES: PresetCore = {
  name: 'named-databases',
  language: 'python',
  library: 'redis-py',
  summary: 'redis-py: one function that gives the client of a named database, sync or awaited, or None',
  files: [{ language: 'python', module: 'esm', path: 'redis_client.py', inSource: 'src/redis_client.py' }],
  exports: { name: 'get_redis_client', open: null, close: 'close_redis_clients', override: null },
  async: {
    name: 'get_redis_client',
    open: null,
    close: 'close_async_redis_clients',
    mode: 'coroutine',
    arguments: { async_client: true },
  },
  call: { defaults: { database: 'main', role: 'command', async_client: false } },
  contract: CONTRACT,
};

/** The sister service's: every ioredis client is asynchronous and decodes, and a type says that there always is one. */
export const NAMED_DATABASES_IOREDIS: PresetCore = {
  ...NAMED_DATABASES,
  language: 'javascript',
  library: 'ioredis',
  summary: 'ioredis: one function that gives the client of a named database',
  files: DEFAULT_PRESET.files,
  exports: { name: 'getRedisClient', open: null, close: 'closeRedisClients', override: null },
  call: { defaults: { database: 'main', role: 'command' } },
  contract: {
    ...CONTRACT,
    fixed: { '*': { connectTimeout: 5_000, connectionName: '<service>:<database>' } },
    mayReturnNone: false,
  },
};
