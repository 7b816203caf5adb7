/**
 * Writes that are done at once and never wait for anything, by the names of the clients' methods: in a pipeline they do what
 * they do alone. Source: redis.io/docs/latest/commands, groups string, hash, list, set, sorted-set, stream, generic.
 */
export const PIPELINED: ReadonlySet<string> = new Set(
  `append decr decrby del delete expire expireat hdel hincrby hincrbyfloat hmset hset hsetnx incr incrby incrbyfloat
lpush lrem lset ltrim mset persist pexpire pexpireat psetex rpush sadd set setex setnx srem touch unlink xadd zadd
zincrby zrem`.split(/\s+/),
);
