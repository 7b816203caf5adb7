import { describe, expect, test } from 'vitest';
import { databaseOf } from '../../src/assess/databases.js';
import { identityOf } from '../../src/assess/identity.js';
import type { NamedDatabase } from '../../src/model/config.js';
import { accessor, contract, env, opening } from './build.js';

const MAIN: NamedDatabase = { name: 'main', number: 0, identity: ['env:REDIS_URL'] };
const METRICS: NamedDatabase = { name: 'metrics', number: 4, identity: ['env:METRICS_URL'] };
const bare = (name: string, number: number): NamedDatabase => ({ name, number, identity: null });

function mapped(
  args: unknown[],
  databases: NamedDatabase[],
  identity: Record<string, string> = {},
  own: string[] = [],
) {
  const { database, reasons } = databaseOf(
    identityOf(opening(args), []),
    databases,
    accessor({ contract: contract({ identity }) }),
    own,
  );
  return [database?.name ?? null, ...reasons.map(({ code }) => code)];
}

describe('named databases', () => {
  test('the identity proves it', () => {
    expect(mapped([env('REDIS_URL')], [MAIN, METRICS])).toEqual(['main']);
    expect(mapped([env('METRICS_URL'), { db: 4 }], [MAIN, METRICS])).toEqual(['metrics']);
    expect(mapped([env('OTHER')], [MAIN, METRICS])).toEqual([null, 'no-database']);
  });

  test.each([
    [
      'a number',
      [{ host: env('HOST'), port: env('PORT'), db: 7 }],
      '"redis-db7": { "number": 7, "identity": ["env:HOST:env:PORT"] }',
    ],
    ['no number', [{ host: 'cache.example' }], '"cache": { "number": 0, "identity": ["literal:cache.example:6379"] }'],
    [
      'a number beside a URL',
      [env('METRICS_URL'), { db: 7 }],
      '"metrics-db7": { "number": 7, "identity": ["env:METRICS_URL"] }',
    ],
    ['a user', [env('OTHER_URL')], '"other": { "number": 0, "identity": ["env:OTHER_URL"] }'],
  ])('an entry is proposed for what has no name: %s', (_what, args, entry) => {
    const { reasons } = databaseOf(identityOf(opening(args), []), [MAIN], accessor(), []);
    expect(reasons.map(({ code }) => code)).toEqual(['no-database']);
    expect(reasons[0]?.message).toContain(`; a name for it: ${entry}.`);
  });

  test.each([
    ['the environment gives the number', [{ host: env('HOST'), db: env('REDIS_DB') }]],
    ['its keys have a prefix', [{ host: env('HOST'), keyPrefix: 'a:' }]],
  ])('no entry is proposed where %s', (_what, args) => {
    const { reasons } = databaseOf(identityOf(opening(args), []), [MAIN], accessor(), []);
    expect(reasons[0]?.message).not.toContain('a name for it');
  });

  test('a proposed name is none that is taken', () => {
    const args = [{ host: 'cache.example', db: 2 }];
    const taken = { name: 'cache-db2', number: 9, identity: ['env:ELSEWHERE'] };
    const { reasons } = databaseOf(identityOf(opening(args), []), [taken], accessor(), []);
    expect(reasons[0]?.message).toContain('"cache-db2-2": { "number": 2');
  });

  test('a URL that may say another number than the name: a person decides', () => {
    expect(mapped([env('METRICS_URL')], [MAIN, METRICS])).toEqual(['metrics', 'database-differs']);
    expect(mapped([env('REDIS_URL'), { db: 2 }], [MAIN])).toEqual(['main', 'database-differs']);
  });

  test('a number on the default server of the accessor', () => {
    const server = { server: 'env:HOST:env:PORT' };
    const site = (db: number) => [{ host: env('HOST'), port: env('PORT'), db }];
    expect(mapped(site(0), [bare('main', 0), bare('jobs', 2)], server)).toEqual(['main']);
    expect(mapped(site(2), [bare('main', 0), bare('jobs', 2)], server)).toEqual(['jobs']);
    expect(mapped(site(3), [bare('main', 0), bare('jobs', 2)], server)).toEqual([null, 'no-database']);
    expect(mapped(site(2), [bare('main', 0), bare('jobs', 2)], {}, ['env:HOST:env:PORT'])).toEqual(['jobs']);
  });

  test('another or undeclared server: old → new', () => {
    expect(mapped([{ host: 'h' }], [bare('main', 0)], { server: 'env:REDIS_URL' })).toEqual(['main', 'server-differs']);
    expect(mapped([{ host: 'h' }], [bare('main', 0)])).toEqual(['main', 'server-differs']);
  });

  test('a number that the environment gives, as an entry says it', () => {
    const site = (db: unknown) => [{ host: env('HOST'), port: env('PORT'), db }];
    const given: NamedDatabase = { name: 'given', number: 0, identity: ['env:HOST:env:PORT;database=env:DB'] };
    const fixed: NamedDatabase = { name: 'fixed', number: 0, identity: ['env:HOST:env:PORT'] };
    expect(mapped(site(env('DB')), [given])).toEqual(['given']);
    expect(mapped(site(env('DB')), [fixed])).toEqual(['fixed', 'database-differs']);
    expect(mapped(site(env('OTHER')), [given])).toEqual(['given', 'database-differs']);
    expect(mapped(site(0), [given])).toEqual([null, 'no-database']);
    expect(mapped(site(0), [given, fixed])).toEqual(['fixed']);
    expect(mapped(site(env('DB')), [given, fixed])).toEqual(['given']);
  });

  test('a number that several names share', () => {
    expect(mapped([{ host: 'h', db: 7 }], [bare('a', 7), bare('b', 7)])).toEqual([null, 'ambiguous-database']);
    const both = { ...MAIN, name: 'copy' };
    expect(mapped([env('REDIS_URL')], [MAIN, both])).toEqual([null, 'ambiguous-database']);
    expect(mapped([env('REDIS_URL')], [MAIN, bare('b', 0)])).toEqual(['main']);
  });

  test('another user or other TLS is never exchanged', () => {
    const site = [{ host: 'h', username: 'bob', tls: {} }];
    expect(mapped(site, [bare('main', 0)], { server: 'literal:h:6379' })).toEqual([
      'main',
      'user-differs',
      'tls-differs',
    ]);
    const named = { ...MAIN, identity: ['literal:h:6379;user=literal:bob;tls=literal:true'] };
    expect(mapped(site, [named])).toEqual(['main']);
    expect(
      mapped(site, [bare('main', 0)], { server: 'literal:h:6379', user: 'literal:bob', tls: 'literal:true' }),
    ).toEqual(['main']);
  });

  test('the default address is the address that it stands for', () => {
    expect(mapped([], [{ ...MAIN, identity: ['default'] }])).toEqual(['main']);
    expect(mapped([6379, 'localhost'], [{ ...MAIN, identity: ['default'] }])).toEqual(['main']);
  });
});
