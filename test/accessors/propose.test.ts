/** Names of databases, and identities that no scaffold can express. */

import { describe, expect, it } from 'vitest';
import { type IdentityGroup, proposeDatabases, scaffoldDefault } from '../../src/accessors/index.js';
import type { IdentityTerms } from '../../src/model/site.js';

/** Terms as assess writes them: a URL variable is the user, the TLS and the database term too. */
function terms(server: string, more: Partial<IdentityTerms> = {}): IdentityTerms {
  const rest = server.startsWith('env:') && !/:(?:env|literal):/.test(server.slice(4)) ? server : 'default';
  const plain = { password: 'default', prefix: 'default', decode: 'default', library: 'ioredis' };
  return { server, user: rest, tls: rest, database: rest, ...plain, ...more };
}

function group(server: string, sites: number, more: Partial<IdentityTerms> = {}): IdentityGroup {
  const all = terms(server, more);
  return { key: `${server};${all.database};${all.prefix}`, terms: all, sites };
}

const names = (...groups: IdentityGroup[]) =>
  proposeDatabases(groups, 'ioredis').databases.map(({ named }) => named.name);

function reasonFor(one: IdentityGroup): string | undefined {
  const { databases, refused } = proposeDatabases([one], 'ioredis');
  expect(databases).toEqual([]);
  return refused[0]?.reason.code;
}

describe('names', () => {
  it('calls the largest group main and the others after their variable', () => {
    const url = group('env:REDIS_URL', 9);
    expect(names(group('env:METRICS_REDIS_URL', 2), url)).toEqual(['main', 'metrics']);
    expect(names(url, group('env:RATE_LIMIT_REDIS_HOST:env:RATE_LIMIT_REDIS_PORT', 1))).toEqual(['main', 'rate-limit']);
    expect(names(url, group('env:REDIS_CACHE_URL', 1))).toEqual(['main', 'cache']);
    expect(names(url, group('env:REDIS_HOST:env:REDIS_PORT', 1))).toEqual(['main', 'redis']);
    expect(names(url, group('literal:sessions.internal:6379', 1))).toEqual(['main', 'sessions']);
    expect(names(url, group('literal:10.0.0.7:6379', 1))).toEqual(['main', 'redis']);
    expect(names(url, group('literal:127.0.0.1:6379', 1))).toEqual(['main', 'local']);
  });

  it('tells numbers of one server apart', () => {
    const hosts = 'env:REDIS_HOST:env:REDIS_PORT';
    const main = group(hosts, 5);
    expect(names(main, group(hosts, 2, { database: 'literal:4' }))).toEqual(['main', 'main-db4']);
    const cache = (number: number) => group('env:CACHE_URL', 1, { database: `env:CACHE_URL|literal:${number}` });
    expect(names(main, cache(1), cache(2))).toEqual(['main', 'cache-db1', 'cache-db2']);
  });

  it('never gives a name twice', () => {
    expect(names(group('env:X', 3), group('env:CACHE_URL', 2), group('env:CACHE_HOST:literal:1', 1))).toEqual([
      'main',
      'cache',
      'cache-2',
    ]);
  });

  it('does not depend on the order of the groups', () => {
    const groups = [group('env:B_URL', 2), group('env:A_URL', 2), group('env:C_URL', 2)];
    expect(proposeDatabases(groups, 'ioredis')).toEqual(proposeDatabases(groups.toReversed(), 'ioredis'));
  });
});

describe('what is proposed', () => {
  it('names the server of each database, with its TLS and without its number', () => {
    const { databases } = proposeDatabases(
      [
        group('env:REDIS_URL', 3),
        group('env:REDIS_URL', 2, { database: 'env:REDIS_URL|literal:2' }),
        group('env:M_HOST|literal:localhost:env:M_PORT|literal:6379', 1, {
          database: 'literal:1',
          tls: 'literal:true',
        }),
      ],
      'ioredis',
    );
    expect(databases.map(({ named }) => named)).toEqual([
      { name: 'main', number: 0, identity: ['env:REDIS_URL'] },
      { name: 'main-db2', number: 2, identity: ['env:REDIS_URL'] },
      { name: 'm', number: 1, identity: ['env:M_HOST|literal:localhost:env:M_PORT|literal:6379;tls=literal:true'] },
    ]);
    expect(databases.map(({ scaffold }) => [scaffold.number, scaffold.tls])).toEqual([
      [null, false],
      [2, false],
      [1, true],
    ]);
  });

  it('can be written down', () => {
    const proposal = proposeDatabases(
      [
        { ...group('env:REDIS_HOST:literal:6379', 3, { user: 'env:REDIS_USER' }), password: 'env:REDIS_PASSWORD' },
        group('env:REDIS_URL|literal:redis://localhost:6379', 1, {}),
        group('default', 1, { database: 'env:REDIS_DB|literal:2' }),
      ],
      'ioredis',
    );
    expect(proposal.refused).toEqual([]);
    const databases = proposal.databases.map(({ scaffold }) => scaffold);
    const text = scaffoldDefault({ service: 's', databases, language: 'typescript', module: 'esm', version: null });
    expect(text).toContain("...optional('username', 'REDIS_USER'), ...optional('password', 'REDIS_PASSWORD')");
  });
});

describe('what is not proposed', () => {
  it.each([
    ['literal-credential', { ...group('env:H:literal:1', 1), password: 'literal:hunter2' }],
    ['literal-credential', group('env:H:literal:1', 1, { user: 'literal:app' })],
    ['literal-credential', group('env:U|literal:redis://:hunter2@h:1', 1)],
    ['literal-credential', group('literal:***', 1)],
    ['address-from-settings', group('config:src/env.ts#REDIS_HOST:config:src/env.ts#REDIS_PORT', 1)],
    ['address-unknown', group('unknown', 1)],
    ['address-unknown', group('literal:unix:/run/redis.sock', 1)],
    ['address-unknown', group('default', 1, { database: 'unknown' })],
    ['tls-settings', group('default', 1, { tls: 'if((env:A&&env:B))?literal:true:default' })],
    ['address-from-settings', group('default', 1, { tls: 'if(config:src/env.ts#env.TLS)?literal:true:default' })],
    ['tls-settings', group('default', 1, { tls: 'literal:{rejectUnauthorized=literal:false}' })],
    ['key-prefix', group('default', 1, { prefix: 'env:REDIS_PREFIX' })],
    ['other-library', group('default', 1, { library: 'redis-py' })],
  ])('%s', (code, one) => {
    expect(reasonFor(one)).toBe(code);
  });

  it.each([
    ['tls-settings', { tls: 'literal:{ca=env:CA}' }],
    ['tls-settings', { server: 'env:REDIS_URL', tls: 'if(env:T)?literal:true:default' }],
    ['key-prefix', { prefix: 'literal:a:' }],
    [undefined, { tls: 'if(env:T)?literal:true:default' }],
    [undefined, { server: 'config:src/env.ts#env.URL' }],
  ])(
    'node-redis: %s %j',
    (code, { server = 'default', ...terms }: { server?: string; tls?: string; prefix?: string }) => {
      const { refused } = proposeDatabases([group(server, 1, { library: 'redis', ...terms })], 'redis', () => true);
      expect(refused[0]?.reason.code).toBe(code);
    },
  );

  it('never repeats a credential', () => {
    const secret = { ...group('env:U|literal:redis://:hunter2@h:1', 1), key: 'k', password: 'literal:hunter2' };
    expect(JSON.stringify(proposeDatabases([secret], 'ioredis'))).not.toContain('hunter2');
  });

  it('refuses a group that differs from a larger one in its default only', () => {
    const { databases, refused } = proposeDatabases(
      [group('env:REDIS_URL', 5), group('env:REDIS_URL|literal:redis://localhost:6379', 2)],
      'ioredis',
    );
    expect(databases).toHaveLength(1);
    expect(refused[0]?.reason.code).toBe('default-differs');
  });
});
