/** Facts about commands that the JavaScript libraries share. */

import type { MethodFact } from '../model/library.js';
import type { Use } from '../model/site.js';
import { COMMANDS } from './commands.js';

/** All names of a list with one fact. */
export function each(names: string, fact: MethodFact): Record<string, MethodFact> {
  return Object.fromEntries(names.split(' ').map((name) => [name, fact]));
}

/** Names that are evidence of a use. */
export function evidence(use: Use, names: string): Record<string, MethodFact> {
  return each(names, { use });
}

/** XREAD and XREADGROUP block only with BLOCK, which stands before STREAMS; COUNT and GROUP take values of their own. */
export const BLOCKS_BY_ARGUMENT: MethodFact = {
  role: 'blocking',
  use: 'streams',
  when: { argument: 'any', equals: 'block', until: 'streams', skip: { count: 1, group: 2 } },
};

/** Subcommands of CLIENT that change the state of the connection or stall it (redis-semantics 2). */
const CLIENT_STATE: MethodFact = {
  role: 'transaction',
  when: {
    argument: 0,
    equals: 'reply',
    oneOf: ['tracking', 'no-evict', 'no-touch', 'setname', 'setinfo', 'pause', 'caching'],
  },
};

/**
 * What a command says about the client that sends it, on a connection that commands share. Sources: redis-semantics 2
 * (dedicated connections, `ACL CAT blocking` of Redis 7.0.15 plus WAIT, WAITAOF).
 */
export const COMMAND_FACTS: Record<string, MethodFact> = {
  ...each(COMMANDS.join(' '), {}),
  ...evidence(
    'cache',
    'get getex getdel getset mget set setex psetex setnx mset msetnx del unlink exists expire pexpire',
  ),
  ...evidence('cache', 'ttl pttl persist touch hget hmget hgetall hset hmset hsetnx hdel hexists hkeys hvals hlen'),
  ...evidence('pubsub', 'publish spublish pubsub'),
  ...evidence(
    'streams',
    'xadd xack xackdel xautoclaim xclaim xdel xdelex xgroup xinfo xlen xpending xrange xrevrange xtrim',
  ),
  ...evidence('script', 'eval eval_ro evalsha evalsha_ro script fcall fcall_ro function'),
  ...evidence('queue', 'lpush rpush lpushx rpushx lpop rpop rpoplpush lmove lmpop'),
  ...evidence('health', 'ping info'),
  ...each('subscribe psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe', {
    role: 'subscriber',
    use: 'pubsub',
  }),
  ...each('blpop brpop brpoplpush blmove blmovem blmpop bzpopmin bzpopmax bzmpop wait waitaof', {
    role: 'blocking',
    use: 'blocking',
  }),
  ...each('watch unwatch exec discard', { role: 'transaction', use: 'transaction' }),
  ...each('select swapdb readonly readwrite asking auth hello reset replconf sync psync', { role: 'transaction' }),
  ...each('xread xreadgroup', BLOCKS_BY_ARGUMENT),
  client: CLIENT_STATE,
  monitor: { role: 'monitor' },
};
