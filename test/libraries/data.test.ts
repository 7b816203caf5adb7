import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/libraries/commands.js';
import {
  consumers,
  defaultsOf,
  factFor,
  LIBRARIES,
  libraryOfPackage,
  redisLibraries,
  within,
} from '../../src/libraries/index.js';
import { ioredis } from '../../src/libraries/ioredis.js';

const require = createRequire(import.meta.url);
const built = dirname(require.resolve('ioredis'));
const Redis = require('ioredis') as new (options: object) => { getBuiltinCommands(): string[]; disconnect(): void };

describe('all tables', () => {
  test('every fact has a source, every fact about a construct or option a note', () => {
    for (const library of LIBRARIES) {
      for (const construct of library.constructs)
        expect(construct.source, `${library.name} ${construct.api}`).not.toBe('');
      if (library.kind === 'consumer') {
        for (const { note, api } of library.constructs) expect(note, `${library.name} ${api}`).not.toBe('');
        continue;
      }
      for (const [name, option] of Object.entries(library.options)) {
        expect(option.source, `${library.name} ${name}`).not.toBe('');
        expect(option.note, `${library.name} ${name}`).not.toBe('');
      }
    }
  });

  test('names of libraries and their packages are unique', () => {
    const names = LIBRARIES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const language of ['javascript', 'python'] as const) {
      const packages = LIBRARIES.flatMap((library) => (library.language === language ? library.packages : []));
      expect(new Set(packages).size).toBe(packages.length);
      for (const name of packages) expect(libraryOfPackage(name, language)?.packages).toContain(name);
    }
  });

  test('constructs of one library differ in path and call, so that the first match is the only one', () => {
    for (const library of LIBRARIES) {
      const keys = library.constructs.map(({ path, call }) => `${path.join('.')} ${call}`);
      expect(new Set(keys).size, library.name).toBe(keys.length);
    }
  });

  test('roles of several arguments are given for each of them', () => {
    for (const { constructs } of consumers()) {
      for (const { roles, clientAt } of constructs) if (roles) expect(roles).toHaveLength(clientAt.length);
    }
  });

  test('method names are lower-case: uses are compared so', () => {
    for (const { methods } of redisLibraries()) {
      for (const name of Object.keys(methods)) expect(name).toBe(name.toLowerCase());
    }
  });

  test('ranges of versions are ranges', () => {
    for (const library of redisLibraries()) {
      const facts = [...Object.values(library.options), ...library.constructs];
      for (const { versions } of facts) expect(within('5.0.0', versions)).not.toBe('perhaps');
    }
  });
});

describe('ioredis against the real package', () => {
  test('every command that it can send has a fact', () => {
    const client = new Redis({ lazyConnect: true });
    const missing = client.getBuiltinCommands().filter((name) => !(name in ioredis.methods));
    client.disconnect();
    expect(missing).toEqual([]);
    expect(new Set(COMMANDS).size).toBe(COMMANDS.length);
  });

  test('every method of a client is a command, or is listed', () => {
    const client = new Redis({ lazyConnect: true });
    const listed = new Set(
      [
        ...ioredis.closes,
        ...ioredis.connects,
        ...ioredis.handlers,
        ...ioredis.harmless,
        ...ioredis.duplicates,
        ...ioredis.returnsSelf,
        ...(ioredis.changes ?? []),
        ...Object.keys(ioredis.methods),
      ].map((name) => name.toLowerCase()),
    );
    const names: string[] = [];
    for (let at: object | null = client; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
      names.push(...Object.getOwnPropertyNames(at));
    }
    // Private members of ioredis: nobody's API.
    const own =
      /^(_.*|constructor|domain|commandQueue|offlineQueue|connector|connectionEpoch|retryAttempts|manuallyClosing|scriptsSet|addedBuiltinSet|socketTimeoutTimer|reconnectTimeout|connect(ing|ed)?|stream|isCluster|getBlockingTimeoutInMs|getConfiguredBlockingTimeout|setSocketTimeout|recoverFromFatalError|handleReconnection|resetCommandQueue|resetOfflineQueue|parseOptions|setStatus|createScanStream|flushQueue|status)$/;
    const missing = names.filter((name) => {
      const base = name.toLowerCase();
      return !own.test(name) && !listed.has(base) && !listed.has(base.replace(/buffer$/, ''));
    });
    client.disconnect();
    expect(missing).toEqual([]);
  });

  test('every option of its types is in the table', () => {
    const files = [
      'redis/RedisOptions.d.ts',
      'connectors/SentinelConnector/index.d.ts',
      'utils/Commander.d.ts',
      'connectors/StandaloneConnector.d.ts',
    ];
    const names = files.flatMap((file) => optionsIn(readFileSync(join(built, file), 'utf8')));
    expect(names.length).toBeGreaterThan(50);
    expect([...new Set(names)].filter((name) => !(name in ioredis.options))).toEqual([]);
  });

  test('every default of the package is the default of the table', () => {
    const { DEFAULT_REDIS_OPTIONS } = require(join(built, 'redis/RedisOptions.js')) as {
      DEFAULT_REDIS_OPTIONS: Record<string, unknown>;
    };
    const { version } = require('ioredis/package.json') as { version: string };
    for (const [name, value] of Object.entries(DEFAULT_REDIS_OPTIONS)) {
      const fact = ioredis.options[name];
      expect(fact, name).toBeDefined();
      if (!fact || typeof value === 'function' || Array.isArray(value)) continue;
      expect(defaultsOf(fact, version), name).toEqual([value]);
    }
  });
});

describe('facts by version', () => {
  test('a version that is not known well enough has several', () => {
    const family = ioredis.options.family;
    if (!family) throw new Error('no such option');
    expect(defaultsOf(family, '4.28.5')).toEqual([4]);
    expect(defaultsOf(family, '^6.0.0')).toEqual([0]);
    expect(defaultsOf(family, '^5.3.0')).toEqual([4, 0]);
    expect(defaultsOf(family, null)).toEqual([4, 0]);
    expect(defaultsOf(family, 'workspace:*')).toEqual([4, 0]);
  });

  test('factFor leaves out what cannot hold', () => {
    const facts = [{ versions: '<5.0.0' }, { versions: '>=5.0.0' }, {}];
    expect(factFor('4.1.0', facts)).toEqual([{ versions: '<5.0.0' }, {}]);
    expect(factFor('^5.1.0', facts)).toEqual([{ versions: '>=5.0.0' }, {}]);
    expect(factFor(null, facts)).toEqual(facts);
  });
});

/** Names of the members of the option interfaces of a declaration file, nested types left out. */
function optionsIn(text: string): string[] {
  const bodies = text.matchAll(
    /(?:interface (?:CommonRedisOptions|SentinelConnectionOptions|CommanderOptions)[^{]*|StandaloneConnectionOptions = [^{]*)\{([\s\S]*?)\n\}/g,
  );
  const names = [...bodies].flatMap((body) =>
    [...(body[1] ?? '').matchAll(/^ {4}(\w+)\??:/gm)].map((found) => found[1] ?? ''),
  );
  const picked = [...text.matchAll(/Pick<\w+, ([^>]+)>/g)].flatMap((found) => [
    ...(found[1] ?? '').matchAll(/"(\w+)"/g),
  ]);
  return [...names, ...picked.map((found) => found[1] ?? '')];
}
