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
    words: /rate.?limit|\blimiters?\b|throttl|\block(s|ed|er|ing)?\b|mutex|semaphore|redlock|dedup|idempoten|quota/i,
  },
  { purpose: 'session', words: /\bsessions?\b/i },
  {
    purpose: 'messaging',
    words: /pub.?sub|\bqueues?\b|\bworkers?\b|message.?bus|event.?bus|subscriber|publisher|broker|\bstreams?\b/i,
  },
  { purpose: 'health', words: /\bhealth|\bready|readiness|liveness|\bping\b|\bprobe\b/i },
  { purpose: 'write-cache', words: /\bcach(e|es|ed|ing)\b/i },
];

/** How much evidence a purpose needs: one clear sign, or two weak ones of different kinds. */
export const ENOUGH = 2;
const CLEAR = 2;
const WEAK = 1;

/** Beginnings of keys. `rate:eur` is an exchange rate and `limit:card` a limit of credit: alone they say little. */
export const KEYS_OF: readonly { purpose: Purpose; words: RegExp; weight: number }[] = [
  {
    purpose: 'limits-and-locks',
    words: /^(rl|rate_?limit(er|s)?|rate-limit(er|s)?|limiter|throttle|locks?|mutex)[:_-]/i,
    weight: CLEAR,
  },
  { purpose: 'limits-and-locks', words: /^(rates?|limits?|quotas?)[:_-]/i, weight: WEAK },
  { purpose: 'session', words: /^(sess|sessions?)[:_-]/i, weight: CLEAR },
];

/** Commands that say something where one client gets one of each list. */
export const TOGETHER_OF: readonly { purpose: Purpose; all: readonly (readonly string[])[]; weight: number }[] = [
  {
    purpose: 'limits-and-locks',
    all: [
      ['incr', 'incrby'],
      ['expire', 'pexpire', 'expireat'],
    ],
    weight: WEAK,
  },
];
