import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { effectiveOptions } from '../../src/assess/arguments.js';
import { identityOf } from '../../src/assess/identity.js';
import type { Opening } from '../../src/model/traced.js';
import { choice, config, env, known, number, opening, parameter, template, unknown } from './build.js';

const require = createRequire(import.meta.url);
const Redis = require('ioredis') as {
  new (...args: unknown[]): { options: Record<string, unknown>; disconnect(): void };
  defaultOptions: Record<string, unknown>;
};

const ROWS: [string, ...unknown[]][] = [
  ['nothing'],
  ['a port', 6380],
  ['a port and a host', 6380, 'h'],
  ['a port, a host and options', 6380, 'h', { db: 3, port: 1, host: 'other' }],
  ['a port and options', 6380, { host: 'h', port: 1 }],
  ['options', { host: 'h', port: 7000, db: 2, username: 'bob', keyPrefix: 'p:' }],
  ['a numeric text', '6381'],
  ['a numeric text and a host', '6381', 'h'],
  ['a URL', 'redis://h:7000/4'],
  ['a URL before options', 'redis://h:7000/4', { db: 9, keyPrefix: 'x', username: 'bob' }],
  ['options before a URL', { db: 9 }, 'redis://h:7000/4'],
  ['a URL without a database before options', 'redis://h', { db: 9, port: 1 }],
  ['a URL with user and password', 'redis://bob:secret@h:1/2', { username: 'eve', password: 'x' }],
  ['a URL with a password only', 'redis://:secret@h:1', { username: 'eve' }],
  ['a URL with query items', 'redis://h:1?db=5&keyPrefix=z', { keyPrefix: 'y' }],
  ['a URL whose path beats its query', 'redis://h/1?db=5'],
  ['a host without a scheme', 'h:7001'],
  ['a path without a scheme: a socket', 'h:7001/4'],
  ['a URL without a scheme', '//h:7001/4'],
  ['TLS by scheme', 'rediss://h:1'],
  ['TLS by scheme against an option', 'rediss://h:1', { tls: { servername: 's' } }],
  ['a socket path', '/tmp/redis.sock'],
  ['undefined', undefined],
  ['undefined before options', undefined, { db: 3 }],
  ['null options', null, { db: 3 }],
  ['an option that is undefined', { host: undefined, db: 1 }, { host: 'h', db: 2 }],
  ['an encoded user', 'redis://b%40b:p@h'],
  ['an IPv6 address', 'redis://[::1]:6390/1'],
];

describe('effective options, against the real ioredis', () => {
  const options = ['host', 'port', 'path', 'db', 'username', 'keyPrefix'];

  test.each(ROWS)('%s', (_name, ...args) => {
    const before = Redis.defaultOptions;
    Redis.defaultOptions = { ...before, lazyConnect: true };
    const client = new Redis(...args);
    Redis.defaultOptions = before;
    const real = client.options;
    client.disconnect();

    const [way, ...others] = effectiveOptions(opening(args, { version: '6.0.0' }), []);
    expect(others).toEqual([]);
    expect(way?.unresolved).toBeNull();
    for (const name of options) {
      const setting = way?.settings[name]?.value;
      const mine = setting?.kind === 'literal' ? setting.value : before[name];
      const value = typeof real[name] === 'number' ? Number(mine) : (mine ?? null);
      expect([name, value]).toEqual([name, real[name] ?? null]);
    }
    const tls = way?.settings.tls !== undefined || way?.tlsScheme === true;
    expect(tls).toBe(Boolean(real.tls));
  });
});

const keyOf = (args: unknown[], more: Partial<Opening> = {}) => identityOf(opening(args, more), []).key;
const termsOf = (args: unknown[], more: Partial<Opening> = {}) => identityOf(opening(args, more), []).terms;

describe('terms', () => {
  test('a URL from the environment gives all terms', () => {
    const url = 'env:REDIS_URL';
    expect(termsOf([env('REDIS_URL')])).toEqual({
      server: url,
      user: url,
      tls: url,
      database: url,
      password: url,
      prefix: 'default',
      decode: 'default',
      library: 'ioredis',
    });
    expect(keyOf([env('REDIS_URL')])).toBe('env:REDIS_URL');
  });

  test('an option beside such a URL counts only where the URL says nothing; TLS always counts', () => {
    const terms = termsOf([env('REDIS_URL'), { db: 2, username: 'bob', tls: {} }]);
    expect(terms.database).toBe('env:REDIS_URL|literal:2');
    expect(terms.user).toBe('env:REDIS_URL|literal:bob');
    expect(terms.tls).toBe('literal:true');
    expect(termsOf([env('REDIS_URL'), { db: 0 }]).database).toBe('env:REDIS_URL');
    expect(termsOf([{ db: 2 }, env('REDIS_URL')]).database).toBe('literal:2');
  });

  test('defaults of the environment are part of the term, but never a credential', () => {
    expect(keyOf([env('REDIS_URL', 'redis://localhost:6379')])).toBe('env:REDIS_URL|literal:redis://localhost:6379');
    const secret = identityOf(opening([env('REDIS_URL', 'redis://:hunter2@h')]), []);
    expect(secret.key).toBeNull();
    expect(secret.terms.server).toBe('env:REDIS_URL|literal:***');
    expect(JSON.stringify(secret)).not.toContain('hunter2');
    expect(JSON.stringify(identityOf(opening(['redis://u:hunter2@h:1/2']), []))).not.toContain('hunter2');
    expect(JSON.stringify(identityOf(opening([{ tls: { key: 'hunter2' }, password: 'hunter2' }]), []))).not.toContain(
      'hunter2',
    );
  });

  test('host and port from the environment, in any form', () => {
    const key = 'env:REDIS_HOST:env:REDIS_PORT';
    expect(keyOf([{ host: env('REDIS_HOST'), port: number(env('REDIS_PORT')) }])).toBe(key);
    expect(keyOf([number(env('REDIS_PORT')), env('REDIS_HOST')])).toBe(key);
    expect(keyOf([env('REDIS_PORT'), env('REDIS_HOST')])).toBe(key);
    expect(keyOf([template('redis://', env('REDIS_HOST'), ':', env('REDIS_PORT'))])).toBe(key);
    expect(keyOf([template('redis://', env('REDIS_HOST'), ':', env('REDIS_PORT'), '/3')])).toBe(
      `${key};database=literal:3`,
    );
    const server = template('redis://', env('REDIS_HOST'), ':', env('REDIS_PORT'));
    expect(keyOf([template(server, '/3')])).toBe(`${key};database=literal:3`);
    expect(keyOf([{ host: env('REDIS_HOST') }])).toBe('env:REDIS_HOST:literal:6379');
  });

  test('equal addresses have equal keys, however they are written', () => {
    const keys = [
      [],
      [6379],
      [6379, 'localhost'],
      ['redis://localhost:6379/0'],
      [{ host: 'localhost', db: 0 }],
      [undefined],
    ];
    expect(new Set(keys.map((args) => keyOf(args)))).toEqual(new Set(['literal:localhost:6379']));
    expect(termsOf([]).server).toBe('default');
  });

  test('a literal never equals an environment variable; other users, TLS and databases are others', () => {
    const keys = [
      keyOf([env('H')]),
      keyOf(['redis://H']),
      keyOf([{ host: env('H') }]),
      keyOf([{ host: 'H', db: 1 }]),
      keyOf([{ host: 'H', username: 'u' }]),
      keyOf([{ host: 'H', tls: {} }]),
      keyOf([{ host: 'H', tls: { rejectUnauthorized: false } }]),
      keyOf([{ host: 'H', keyPrefix: 'k' }]),
      keyOf([config('src/env.ts#REDIS_URL')]),
      keyOf([{ host: 'H', db: env('DB') }]),
    ];
    expect(keys).not.toContain(null);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test.each([
    ['a parameter', [parameter('url')]],
    ['a call', [unknown]],
    ['a host that is not known', [{ host: unknown }]],
    ['a database per tenant', [{ host: 'h', db: parameter('tenant') }]],
    ['a database that is no number', ['redis://h/tenant']],
    ['branches that differ', [choice('redis://a', 'redis://b')]],
    ['a URL put together', [template(env('REDIS_URL'), '/2')]],
    ['another scheme', ['valkey://h:1/2']],
    ['something spread into the options', [{ kind: 'object', entries: [], open: true, at: known(1).at }]],
    ['settings that may be options', [config('src/config.ts#redis')]],
    ['TLS that depends', [{ host: 'h', tls: choice({}, undefined) }]],
    ['sentinels without a group', [{ sentinels: [{ host: 'a' }] }]],
    ['sentinels beside the URL of the environment', [env('URL'), { sentinels: [{ host: 'a' }], name: 'mymaster' }]],
    ['a certificate', [{ host: 'h', tls: { ca: 'PEM' } }]],
  ])('%s has no key', (_name, args) => {
    expect(keyOf(args)).toBeNull();
  });

  test('equal branches are one', () => {
    expect(keyOf([choice('redis://a:1', { host: 'a', port: 1 })])).toBe('literal:a:1');
  });

  test('whether the user of a URL counts depends on the version', () => {
    const args = ['redis://bob:x@h'];
    expect(termsOf(args, { version: '4.28.0' }).user).toBe('default');
    expect(termsOf(['redis://bob:x@h?allowUsernameInURI=true'], { version: '4.28.0' }).user).toBe('literal:bob');
    expect(termsOf(args, { version: '^5.0.0' }).user).toBe('literal:bob');
    expect(keyOf(args, { version: null })).toBeNull();
    expect(keyOf(['redis://h'], { version: null })).toBe('literal:h:6379');
  });

  test('a duplicate has the identity of its source, with overrides on top', () => {
    const source = opening([{ host: 'h', db: 1 }]);
    const other = opening(['redis://other'], { index: 2 });
    const of = (args: unknown[], duplicates: number[]) =>
      identityOf(opening(args, { index: 1, api: '.duplicate', duplicates }), [source, other]).key;
    expect(of([], [0])).toBe('literal:h:6379;database=literal:1');
    expect(of([{ db: 2 }], [0])).toBe('literal:h:6379;database=literal:2');
    expect(of([], [0, 2])).toBeNull();
    expect(of([parameter('options')], [0])).toBeNull();
    const byUrl = opening([env('REDIS_URL')]);
    expect(identityOf(opening([{ db: 2 }], { index: 1, duplicates: [0] }), [byUrl]).terms.database).toBe('literal:2');
  });

  test('redis-py: keywords, and a URL that beats them', () => {
    const python = (api: string, args: unknown[], keywords: Record<string, unknown> = {}) =>
      keyOf(args, {
        library: 'redis-py',
        api,
        keywords: Object.fromEntries(Object.entries(keywords).map(([key, value]) => [key, known(value)])),
      });
    expect(python('redis.Redis', [], { host: 'h', db: 2 })).toBe('literal:h:6379;database=literal:2;library=redis-py');
    expect(python('redis.from_url', ['redis://h/2'], { db: 9, decode_responses: true })).toBe(
      'literal:h:6379;database=literal:2;decode=literal:true;library=redis-py',
    );
  });
});
