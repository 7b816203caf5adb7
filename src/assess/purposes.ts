/** What the purpose of a client is read from: data. Every match is printed as evidence. */

import type { Purpose, Use } from '../model/site.js';

/** Commands, as in the library table. One match is enough. */
export const COMMANDS_OF: Partial<Record<Purpose, readonly string[]>> = {
  'read-cache': ['get', 'mget', 'hget', 'hmget', 'hgetall', 'exists', 'ttl', 'smembers', 'zrange', 'lrange'],
  'write-cache': [
    ...['set', 'setex', 'psetex', 'mset', 'del', 'unlink', 'hset', 'hmset', 'hdel', 'expire', 'sadd', 'srem'],
    ...[
      'incr',
      'incrby',
      'decr',
      'hincrby',
      'setnx',
      'getdel',
      'getex',
      'getset',
      'zadd',
      'zrem',
      'flushdb',
      'flushall',
    ],
  ],
  pipeline: ['pipeline', 'multi', 'exec', 'watch'],
  messaging: [
    ...[
      'publish',
      'spublish',
      'subscribe',
      'psubscribe',
      'ssubscribe',
      'lpush',
      'rpush',
      'lpop',
      'rpop',
      'blpop',
      'brpop',
    ],
    ...[
      'rpoplpush',
      'brpoplpush',
      'lmove',
      'blmove',
      'xadd',
      'xread',
      'xreadgroup',
      'xack',
      'xgroup',
      'bzpopmin',
      'bzpopmax',
    ],
  ],
};

/** Commands that health checks send and that say nothing where others are sent as well. */
export const HEALTH_COMMANDS: readonly string[] = ['ping', 'info'];

export const USES_OF: Partial<Record<Use, Purpose>> = {
  session: 'session',
  'rate-limit': 'limits-and-locks',
  lock: 'limits-and-locks',
  queue: 'messaging',
  pubsub: 'messaging',
  streams: 'messaging',
  pipeline: 'pipeline',
  transaction: 'pipeline',
  health: 'health',
};

/** Words in names of functions, classes, variables and files. */
export const NAMES_OF: readonly { purpose: Purpose; words: RegExp }[] = [
  {
    purpose: 'limits-and-locks',
    words: /rate.?limit|throttl|\block(s|ed|er|ing)?\b|mutex|semaphore|redlock|dedup|idempoten|quota/i,
  },
  { purpose: 'session', words: /\bsessions?\b/i },
  {
    purpose: 'messaging',
    words: /pub.?sub|\bqueues?\b|\bworkers?\b|message.?bus|event.?bus|subscriber|publisher|broker|\bstreams?\b/i,
  },
  { purpose: 'health', words: /\bhealth|\bready|readiness|liveness|\bping\b|\bprobe\b/i },
  { purpose: 'write-cache', words: /\bcach(e|es|ed|ing)\b/i },
];

/** Beginnings of keys. */
export const KEYS_OF: readonly { purpose: Purpose; words: RegExp }[] = [
  {
    purpose: 'limits-and-locks',
    words: /^(rl|ratelimit|rate_limit|rate-limit|limit|throttle|lock|locks|mutex|quota)[:_-]/i,
  },
  { purpose: 'session', words: /^(sess|session|sessions)[:_-]/i },
];
