import type { MethodFact } from '../model/library.js';
import type { Role, Use } from '../model/site.js';
import { COMMANDS } from './commands.js';
import { REDIS_PY_COMMANDS } from './redis-py-commands.js';

/** All names of a list with one fact. */
function each(names: string, fact: MethodFact): Record<string, MethodFact> {
  return Object.fromEntries(names.split(' ').map((name) => [name, fact]));
}

function evidence(use: Use, names: string): Record<string, MethodFact> {
  return each(names, { use });
}

/** What takes a connection of the pool for itself, and the whole client where that has one connection only. */
function own(single: Role, use: Use, names: string): Record<string, MethodFact> {
  return each(names, { single, use });
}

/**
 * What a method of a redis-py client says about it. Commands that block, and `pubsub()`, `monitor()`, `pipeline()`,
 * `transaction()`, each take one connection of the pool (redis-semantics 2, run with 3.5.3 to 8.1.0), so they share
 * well; with `single_connection_client=True` they do not. What changes the state of a connection hits a random one of
 * the pool and stays there.
 */
export const REDIS_PY_METHODS: Record<string, MethodFact> = {
  ...each(COMMANDS.join(' '), {}),
  ...each(REDIS_PY_COMMANDS.join(' '), {}),
  ...evidence(
    'cache',
    'get getex getdel getset mget set setex psetex setnx mset msetnx delete unlink exists expire pexpire',
  ),
  ...evidence('cache', 'ttl pttl persist touch hget hmget hgetall hset hmset hsetnx hdel hexists hkeys hvals hlen'),
  ...evidence('pubsub', 'publish spublish pubsub_channels pubsub_numsub pubsub_numpat'),
  ...evidence(
    'streams',
    'xadd xack xackdel xautoclaim xclaim xdel xdelex xlen xpending xpending_range xrange xrevrange',
  ),
  ...evidence('streams', 'xtrim xgroup_create xgroup_createconsumer xgroup_delconsumer xgroup_destroy xgroup_setid'),
  ...evidence('streams', 'xinfo_consumers xinfo_groups xinfo_stream'),
  ...evidence('script', 'eval eval_ro evalsha evalsha_ro script_load script_exists fcall fcall_ro register_script'),
  ...evidence('queue', 'lpush rpush lpushx rpushx lpop rpop rpoplpush lmove lmpop'),
  ...evidence('health', 'ping info'),
  ...evidence('lock', 'lock'),
  ...evidence('pipeline', 'pipeline'),
  ...own('subscriber', 'pubsub', 'pubsub'),
  ...own('blocking', 'blocking', 'blpop brpop brpoplpush blmove blmovem blmpop bzpopmin bzpopmax bzmpop wait waitaof'),
  ...own('blocking', 'streams', 'xread xreadgroup'),
  ...own('transaction', 'transaction', 'transaction'),
  monitor: { single: 'monitor' },
  ...each('watch unwatch', { role: 'transaction', use: 'transaction' }),
  ...each('select swapdb readonly readwrite auth hello reset sync psync', { role: 'transaction' }),
  ...each('client_reply client_setname client_setinfo client_tracking client_tracking_on client_tracking_off', {
    role: 'transaction',
  }),
  ...each('client_no_evict client_no_touch', { role: 'transaction' }),
  execute_command: { commandArgument: true },
};
