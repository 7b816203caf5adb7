import type { AccessorContract } from '../model/config.js';
import type { PresetCore } from './preset.js';

/**
 * The default accessor for redis-py 4.2 and later, sync and asyncio: a client is a pool, so that most roles share it
 * (redis-semantics 2). `queue` is apart because rq's Worker changes the settings of the pool that it is given. As with
 * ioredis nothing is fixed that a site would notice. The asyncio client has a pool for each event loop, so it can be
 * called at import, in `__init__`, and from several loops; the call itself is not awaited.
 */
const CONTRACT: AccessorContract = {
  mode: 'sync',
  roles: ['command', 'queue', 'blocking', 'transaction', 'subscriber', 'monitor'],
  parameters: { database: 'database', role: 'role', decode: 'decode_responses' },
  fixed: { '*': { socket_connect_timeout: 5, client_name: '<service>:<database>:<role>' } },
  mayReturnNone: false,
  ready: null,
  notBefore: null,
  identity: {},
};

export const REDIS_PY: PresetCore = {
  name: 'default',
  language: 'python',
  library: 'redis-py',
  summary: 'redis-py: shared clients by database and decoding, sync and asyncio',
  files: [{ language: 'python', module: 'esm', path: 'redis_clients.py', inSource: 'src/redis_clients.py' }],
  exports: { name: 'get_redis', open: 'open_redis', close: 'close_redis', override: 'override_redis' },
  async: { name: 'get_async_redis', open: 'open_async_redis', close: 'close_async_redis', mode: 'async' },
  call: { defaults: { database: 'main', role: 'command', decode_responses: false } },
  contract: CONTRACT,
};
