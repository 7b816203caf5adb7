/** How the commands of a cache take their arguments: what an interface for cached values can stand for. */

/** What an argument is; a text that begins with `=` must stand there as it is. */
export type CachePart = 'key' | 'value' | 'ttl' | `=${string}`;

export interface CacheCommand {
  does: 'get' | 'set';
  /** Positions, in every form that only reads, or only writes with a time to live in seconds or without one. */
  forms: readonly (readonly CachePart[])[];
  /** Keywords that may stand for positions, and beside them (Python). */
  keywords: Readonly<Record<string, CachePart>>;
}

/** Source: redis-py 4.3.4 and 5.0.1, `CoreCommands.get`, `.set`, `.setex`. Only `ex` of the options of `set` is in seconds. */
const REDIS_PY: Readonly<Record<string, CacheCommand>> = {
  get: { does: 'get', forms: [['key']], keywords: { name: 'key' } },
  set: { does: 'set', forms: [['key', 'value']], keywords: { name: 'key', value: 'value', ex: 'ttl' } },
  setex: { does: 'set', forms: [['key', 'ttl', 'value']], keywords: { name: 'key', time: 'ttl', value: 'value' } },
};

/** Source: ioredis 5, `RedisCommander.get`, `.set`, `.setex`. */
const IOREDIS: Readonly<Record<string, CacheCommand>> = {
  get: { does: 'get', forms: [['key']], keywords: {} },
  set: {
    does: 'set',
    forms: [
      ['key', 'value'],
      ['key', 'value', '=EX', 'ttl'],
    ],
    keywords: {},
  },
  setex: { does: 'set', forms: [['key', 'ttl', 'value']], keywords: {} },
};

/** By library, then by the name of the client's method. */
export const CACHE_COMMANDS: Readonly<Record<string, Readonly<Record<string, CacheCommand>>>> = {
  'redis-py': REDIS_PY,
  ioredis: IOREDIS,
};
