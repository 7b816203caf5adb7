/** What lies in a database of the sample service, in a form that can be compared. */

import { Redis } from 'ioredis';
import type { RedisServer } from './redis.js';

export interface Key {
  type: string;
  /** Null for keys of BullMQ: they hold times. */
  value: unknown;
  /** Whether it expires. */
  expires: boolean;
}

/** Keys that BullMQ makes and drops as time goes by, and those of rq: they hold times and random ids. */
const PASSING = /^bull:[^:]+:(?:stalled-check|stalled|marker)$|^rq:/;

/** Keys of express-session, which end in a random id. */
const SESSION = /^sess:.+/;

/** All keys of a database as `<database>/<key>`, sorted. */
export async function keysOf(server: RedisServer, db: number): Promise<Record<string, Key>> {
  const redis = new Redis(server.url, { db, connectionName: 'test-driver' });
  try {
    const found: Record<string, Key> = {};
    for (const key of (await redis.keys('*')).sort()) {
      if (PASSING.test(key)) continue;
      const type = await redis.type(key);
      const value = key.startsWith('bull:') ? null : await contentOf(redis, key, type);
      found[`${db}/${key.replace(SESSION, 'sess:<id>')}`] = { type, value, expires: (await redis.ttl(key)) > 0 };
    }
    return found;
  } finally {
    redis.disconnect();
  }
}

async function contentOf(redis: Redis, key: string, type: string): Promise<unknown> {
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'list':
      return redis.lrange(key, 0, -1);
    case 'set':
      return (await redis.smembers(key)).sort();
    case 'hash': {
      const entries = Object.entries(await redis.hgetall(key));
      return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    }
    default:
      throw new Error(`no reader for ${type} of ${key}`);
  }
}
