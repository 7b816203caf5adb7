import semver from 'semver';
import type { OptionFact, RedisLibrary } from '../model/library.js';
import { ioredis } from './ioredis.js';
import { IOREDIS_OPTIONS } from './ioredis-options.js';

/** Version of ioredis whose options iovalkey 0.4.0 has (its built/redis/RedisOptions.js). */
const FORKED = '5.4.1';
const SOURCE = 'iovalkey 0.4.0 built/index.js, built/utils/index.js, built/redis/RedisOptions.js; redis-semantics 1.1';

/** The options of ioredis as they were when it was forked, without its numbers of versions. */
function forked(): Record<string, OptionFact> {
  const there = Object.entries(IOREDIS_OPTIONS).filter(
    ([, { versions }]) => versions === undefined || semver.satisfies(FORKED, versions),
  );
  return Object.fromEntries(
    there.map(([name, { versions: _, defaults, ...fact }]) => {
      const moved = defaults?.find(({ versions }) => semver.satisfies(FORKED, versions));
      return [name, { ...fact, ...(moved ? { default: moved.value } : {}), source: SOURCE }];
    }),
  );
}

/** iovalkey 0.x: a fork of ioredis 5. Its versions are its own, so that no fact of ioredis by version holds for it. */
export const iovalkey: RedisLibrary = {
  ...ioredis,
  name: 'iovalkey',
  packages: ['iovalkey'],
  supported: '>=0.1.0 <1.0.0',
  self: ['default', 'Redis', 'Valkey'],
  constructs: ioredis.constructs
    .filter(({ versions }) => versions === undefined || semver.satisfies(FORKED, versions))
    .map(({ versions: _, ...construct }) => ({ ...construct, source: SOURCE })),
  options: forked(),
  habits: {
    'url-user': { source: SOURCE },
    'valkey-scheme': { source: SOURCE },
    'path-is-database': { source: SOURCE },
  },
};
