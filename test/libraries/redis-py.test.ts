import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { defaultsOf } from '../../src/libraries/index.js';
import { redisPy } from '../../src/libraries/redis-py.js';
import { valkeyPy } from '../../src/libraries/valkey-py.js';

/** What the installed redis-py says of itself. */
interface Installed {
  version: string;
  /** Parameter → default, `undefined` where there is none or where it is no plain value. */
  options: Record<string, string | number | boolean | null | undefined>;
  members: string[];
  pool: string[];
}

const PROGRAM = `
import inspect, json, redis, redis.asyncio, redis.cluster, redis.connection as c
def parameters(of):
    found = {}
    for name, parameter in inspect.signature(of.__init__).parameters.items():
        if name == "self" or parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL): continue
        plain = parameter.default is None or isinstance(parameter.default, (str, int, float, bool))
        found[name] = {"default": parameter.default} if plain else {}
    return found
options = {}
for of in (c.BlockingConnectionPool, c.ConnectionPool, c.UnixDomainSocketConnection, c.SSLConnection, c.Connection, redis.cluster.RedisCluster, redis.asyncio.Redis, redis.Redis):
    options.update(parameters(of))
members = set(dir(redis.Redis())) | set(dir(redis.asyncio.Redis())) | set(dir(redis.cluster.RedisCluster))
print(json.dumps({
    "version": redis.__version__,
    "options": {name: given.get("default") for name, given in options.items() if "default" in given},
    "members": sorted(name for name in members if not name.startswith("_") and name == name.lower()),
    "pool": sorted(name for name in dir(c.ConnectionPool()) if not name.startswith("_")),
}))
`;

/** redis-py of the first Python that has one: Debian's package is seen by its own Python only. */
function readInstalled(): Installed {
  const problems: string[] = [];
  for (const python of ['python3', '/usr/bin/python3']) {
    try {
      return JSON.parse(execFileSync(python, ['-c', PROGRAM], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }));
    } catch (error) {
      problems.push(String(error).split('\n').at(-2) ?? '');
    }
  }
  throw new Error(`no Python has redis-py (apt-get install python3-redis): ${problems.join('; ')}`);
}

describe('redis-py against the installed package', () => {
  let installed: Installed;
  beforeAll(() => {
    installed = readInstalled();
  });

  test('every option of clients, pools, connections and clusters is in the table', () => {
    const names = Object.keys(installed.options);
    expect(names.length).toBeGreaterThan(40);
    expect(names.filter((name) => !(name in redisPy.options))).toEqual([]);
  });

  test('every default that is a plain value is the default of the table', () => {
    // A pool's own size and the address of a cluster are of no account: the table speaks of clients.
    const other = ['max_connections', 'host', 'port', 'socket_type', 'reinitialize_steps', 'path', 'socket_read_size'];
    for (const [name, value] of Object.entries(installed.options)) {
      const fact = redisPy.options[name];
      if (!fact || other.includes(name) || (fact.default === undefined && !fact.defaults)) continue;
      expect([name, defaultsOf(fact, installed.version)]).toEqual([name, [Array.isArray(value) ? null : value]]);
    }
  });

  test('every method of a client is a command, or is listed', () => {
    const { closes, harmless, changes, returnsSelf, duplicates, methods } = redisPy;
    const listed = new Set([
      ...[...closes, ...harmless, ...(changes ?? []), ...returnsSelf, ...duplicates],
      ...Object.keys(methods),
    ]);
    // Made before the client, or for the library itself.
    const inner = ['from_url', 'from_pool', 'connection', 'parse_response', 'single_connection_lock', 'on_connect'];
    const cluster = /^(determine_slot|get_(node|nodes|random|redis|special)\w*|replace_default_node|pipeline_\w+)$/;
    const missing = installed.members.filter(
      (name) => !listed.has(name) && !inner.includes(name) && !cluster.test(name),
    );
    expect(missing).toEqual([]);
  });

  test('a pool is closed by what closes its client', () => {
    expect(installed.pool).toContain('disconnect');
    expect(redisPy.closes).toContain('disconnect');
  });
});

describe('valkey-py', () => {
  test('has the options of the redis-py that it was forked from, whatever its own number', () => {
    expect(valkeyPy.options.socket_timeout?.default).toBeNull();
    expect(valkeyPy.options.socket_timeout?.defaults).toBeUndefined();
    expect(valkeyPy.options.cache).toBeDefined();
    expect(valkeyPy.options.legacy_responses).toBeUndefined();
    expect(valkeyPy.options.charset).toBeDefined();
  });
});
