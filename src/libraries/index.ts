/** What is true of the libraries. A new library is one data file and one line here. */

import semver from 'semver';
import type { Habit } from '../model/habit.js';
import type { ConsumerLibrary, Library, OptionFact, RedisLibrary } from '../model/library.js';
import { beeQueue } from './consumers/bee-queue.js';
import { bull, nestBull } from './consumers/bull.js';
import { bullmq, bullmqPro, nestBullmq } from './consumers/bullmq.js';
import * as caches from './consumers/caches.js';
import { connectRedis } from './consumers/connect-redis.js';
import { fastifyRateLimit, fastifyRedis } from './consumers/fastify-redis.js';
import { graphqlRedisSubscriptions } from './consumers/graphql-redis-subscriptions.js';
import * as nest from './consumers/nest.js';
import * as pythonQueues from './consumers/python-queues.js';
import * as pythonWeb from './consumers/python-web.js';
import * as queues from './consumers/queues.js';
import { rateLimiterFlexible, rateLimitRedis, upstashRatelimit } from './consumers/rate-limits.js';
import { redlock } from './consumers/redlock.js';
import * as socketIo from './consumers/socket-io.js';
import { ioredis } from './ioredis.js';
import { iovalkey } from './iovalkey.js';
import { bun, glide } from './other-clients.js';
import { aioredis, coredis, redisOm, redisPyCluster } from './python-others.js';
import { redis } from './redis.js';
import { redisPy } from './redis-py.js';
import { upstash, vercelKv } from './upstash.js';
import { valkeyPy } from './valkey-py.js';

export const LIBRARIES: readonly Library[] = [
  ioredis,
  iovalkey,
  redis,
  upstash,
  vercelKv,
  glide,
  bun,
  redisPy,
  valkeyPy,
  aioredis,
  coredis,
  redisPyCluster,
  redisOm,
  bullmq,
  bullmqPro,
  nestBullmq,
  bull,
  nestBull,
  beeQueue,
  connectRedis,
  rateLimitRedis,
  rateLimiterFlexible,
  upstashRatelimit,
  redlock,
  graphqlRedisSubscriptions,
  fastifyRedis,
  fastifyRateLimit,
  ...Object.values(socketIo),
  ...Object.values(caches),
  ...Object.values(nest),
  ...Object.values(queues),
  ...Object.values(pythonQueues),
  ...Object.values(pythonWeb),
];

/** The libraries that open clients, of one language or of all. */
export function redisLibraries(language?: Library['language']): RedisLibrary[] {
  return LIBRARIES.filter((l): l is RedisLibrary => l.kind === 'redis' && (!language || l.language === language));
}

/** The libraries that are given clients, of one language or of all. */
export function consumers(language?: Library['language']): ConsumerLibrary[] {
  return LIBRARIES.filter((l): l is ConsumerLibrary => l.kind === 'consumer' && (!language || l.language === language));
}

/** The library of a package (`@scope/name`) or Python module; null when the table has none. */
export function libraryOfPackage(name: string, language: Library['language']): Library | null {
  return LIBRARIES.find((library) => library.language === language && library.packages.includes(name)) ?? null;
}

/** The Redis library of that name; null when the table has none. */
export function redisLibrary(name: string): RedisLibrary | null {
  return BY_NAME.get(name) ?? null;
}

const BY_NAME: ReadonlyMap<string, RedisLibrary> = new Map(redisLibraries().map((library) => [library.name, library]));

/** Whether a version (exact or a range; null: unknown) always, never or perhaps lies in a range of versions. */
export function within(version: string | null, range: string | undefined): Within {
  if (range === undefined) return 'always';
  const key = `${version} in ${range}`;
  const known = compared.get(key) ?? compare(version, range);
  compared.set(key, known);
  return known;
}

type Within = 'always' | 'never' | 'perhaps';

/** A tree names few versions, which are asked for at every opening and every option. */
const compared = new Map<string, Within>();

function compare(version: string | null, range: string): Within {
  const own = version === null ? null : semver.validRange(version);
  if (own === null) return 'perhaps';
  if (semver.subset(own, range, { includePrerelease: true })) return 'always';
  return semver.intersects(own, range, { includePrerelease: true }) ? 'perhaps' : 'never';
}

/** Whether a habit of a library holds in a version of it: what a library does not list it never does. */
export function does(library: RedisLibrary | null, habit: Habit, version: string | null): Within {
  const fact = library?.habits[habit];
  return fact ? within(version, fact.versions) : 'never';
}

/** The library's own version that a version (or range) of one of its packages is; the same where it counts alike. */
export function ownVersion(library: RedisLibrary, packageName: string, version: string): string {
  const rows = library.numbering?.filter((row) => row.package === packageName) ?? [];
  return rows.find((row) => within(version, row.own) === 'always')?.as ?? version;
}

/** The facts that may hold for a version: one when it is known well enough, several when it is not. */
export function factFor<T extends { versions?: string }>(version: string | null, facts: readonly T[]): T[] {
  return facts.filter((fact) => within(version, fact.versions) !== 'never');
}

/** The values that an option may have when nothing sets it. `undefined` stands for an option without a default. */
export function defaultsOf(
  option: OptionFact,
  version: string | null,
): (string | number | boolean | null | undefined)[] {
  if (!option.defaults) return [option.default];
  return [...new Set(factFor(version, option.defaults).map((d) => d.value))];
}
