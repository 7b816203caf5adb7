import semver from 'semver';
import type { OptionFact, RedisLibrary } from '../model/library.js';
import { classesOf, REDIS_PY_CLIENT } from './redis-py.js';
import { REDIS_PY_OPTIONS } from './redis-py-options.js';

/** The version of redis-py that valkey-py was forked from: its own numbers begin at 6.0.0 and mean nothing there. */
const FORKED = '5.1.0';

/** Names of redis-py are kept as aliases: `import valkey as redis`. */
const NAMES = ['Valkey', 'StrictValkey', 'Redis', 'StrictRedis'];

/** The option as it was in the version that was forked; nothing when there was none. */
function forked(option: OptionFact): OptionFact[] {
  const { versions, defaults, ...rest } = option;
  if (versions !== undefined && !semver.satisfies(FORKED, versions)) return [];
  const moved = defaults?.find((one) => semver.satisfies(FORKED, one.versions));
  return [moved ? { ...rest, default: moved.value } : rest];
}

/** valkey-py 6: redis-py 5.1 under other names, with `valkey://` beside `redis://`. Source: README and CHANGES of valkey-py. */
export const valkeyPy: RedisLibrary = {
  kind: 'redis',
  name: 'valkey-py',
  language: 'python',
  packages: ['valkey'],
  constructs: [...classesOf([], 'valkey', 'sync', NAMES), ...classesOf(['asyncio'], 'valkey.asyncio', 'async', NAMES)],
  duplicates: ['master_for', 'slave_for'],
  singleConnection: 'single_connection_client',
  pool: 'connection_pool',
  ...REDIS_PY_CLIENT,
  options: Object.fromEntries(
    Object.entries(REDIS_PY_OPTIONS).flatMap(([name, option]) => forked(option).map((one) => [name, one])),
  ),
};
