/** The text of the default accessor: what it depends on, and what it refuses to write. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ScaffoldDatabase, type ScaffoldInput, scaffoldDefault } from '../../src/accessors/index.js';
import { UserError } from '../../src/errors.js';
import { type Workshop, workshop } from '../support/scaffold.js';

const MAIN: ScaffoldDatabase = {
  name: 'main',
  number: null,
  server: 'env:REDIS_URL',
  tls: false,
  user: null,
  password: null,
};

function text(database: Partial<ScaffoldDatabase> = {}, input: Partial<ScaffoldInput> = {}): string {
  const databases = [{ ...MAIN, ...database }];
  return scaffoldDefault({
    service: 'shop',
    databases,
    language: 'typescript',
    module: 'esm',
    version: null,
    ...input,
  });
}

function row(database: Partial<ScaffoldDatabase>): string {
  return /\['main', \(\) => \((.*)\)\],/.exec(text(database))?.[1] ?? '';
}

describe('the address of a database', () => {
  it.each([
    ['a URL', { server: 'env:REDIS_URL' }, "{ url: env('REDIS_URL'), options: {} }"],
    ['a number where the URL has none', { number: 2 }, "{ url: env('REDIS_URL'), options: { db: 2 } }"],
    [
      'a URL with a default',
      { server: 'env:REDIS_URL|literal:redis://localhost:6379/1' },
      "{ url: env('REDIS_URL', 'redis://localhost:6379/1'), options: {} }",
    ],
    [
      'a second variable',
      { server: 'env:A_URL|env:B_URL|literal:redis://c:1' },
      "{ url: env('A_URL', process.env['B_URL'] || 'redis://c:1'), options: {} }",
    ],
    [
      'host and port',
      { server: 'env:REDIS_HOST:env:REDIS_PORT', number: 1 },
      "{ url: null, options: { host: env('REDIS_HOST'), port: Number(env('REDIS_PORT')), db: 1 } }",
    ],
    [
      'host and port with defaults',
      { server: 'env:REDIS_HOST|literal:localhost:env:REDIS_PORT|literal:6379' },
      "{ url: null, options: { host: env('REDIS_HOST', 'localhost'), port: Number(env('REDIS_PORT', '6379')) } }",
    ],
    ['literals', { server: 'literal:localhost:6380' }, "{ url: null, options: { host: 'localhost', port: 6380 } }"],
    ["the library's own", { server: 'default' }, "{ url: null, options: { host: 'localhost', port: 6379 } }"],
    [
      'a number from the environment',
      { number: 'env:REDIS_DB|literal:3' },
      "{ url: env('REDIS_URL'), options: { db: Number(env('REDIS_DB', '3')) } }",
    ],
    [
      'TLS and credentials of the environment',
      { server: 'env:H:literal:6379', tls: true, user: 'env:U', password: 'env:P' },
      "{ url: null, options: { host: env('H'), port: 6379, tls: {}, ...optional('username', 'U'), ...optional('password', 'P') } }",
    ],
    ['a quote in a literal', { server: "literal:it's:1" }, "{ url: null, options: { host: 'it\\'s', port: 1 } }"],
  ])('%s', (_name, database, expected) => {
    expect(row(database)).toBe(expected);
  });
});

describe('what is refused', () => {
  it.each([
    ['no database', { databases: [] }, /at least one/],
    ['a name that is no word', { databases: [{ ...MAIN, name: "a'b" }] }, /cannot name/],
    ['a name twice', { databases: [MAIN, MAIN] }, /named twice/],
    ['a literal password', { databases: [{ ...MAIN, password: 'literal:hunter2' }] }, /not in an environment variable/],
    [
      'a URL with a password',
      { databases: [{ ...MAIN, server: 'env:U|literal:redis://:hunter2@h/0' }] },
      /holds a credential/,
    ],
    ['an unknown address', { databases: [{ ...MAIN, server: 'unknown' }] }, /not known well enough/],
    ['a settings object', { databases: [{ ...MAIN, server: 'config:src/env.ts#URL' }] }, /not known well enough/],
  ])('%s', (_name, input, message) => {
    const write = () => text({}, input);
    expect(write).toThrow(UserError);
    expect(write).toThrow(message);
    expect(write).not.toThrow(/hunter2/);
  });
});

describe('how the class is imported', () => {
  it.each([
    [null, 'typescript', 'esm', "import { Redis, type RedisOptions } from 'ioredis';"],
    ['^5.0.0', 'typescript', 'esm', "import { Redis, type RedisOptions } from 'ioredis';"],
    ['5.0.1', 'typescript', 'esm', "import Redis, { type RedisOptions } from 'ioredis';"],
    ['^4.28.0', 'typescript', 'esm', "import Redis from 'ioredis';"],
    ['6.0.0', 'javascript', 'esm', "import { Redis } from 'ioredis';"],
    ['^4.28.0', 'javascript', 'esm', "import Redis from 'ioredis';"],
    ['6.0.0', 'javascript', 'cjs', "const { Redis } = require('ioredis');"],
    ['4.28.5', 'javascript', 'cjs', "const Redis = require('ioredis');"],
  ] as const)('ioredis %s, %s %s', (ioredis, language, module, line) => {
    expect(text({}, { version: ioredis, language, module }).split('\n')).toContain(line);
  });

  it('names members of the class as types where ioredis 4 has its types', () => {
    expect(text({}, { version: '^4.0.0' })).toContain('): Redis.Redis {');
  });
});

describe('the compiler', () => {
  let shop: Workshop;
  beforeAll(() => {
    shop = workshop();
  });
  afterAll(() => shop.remove());

  it('accepts it under the strictest settings, and it is short', () => {
    const databases = [
      { ...MAIN, user: 'env:U', password: 'env:P' },
      { ...MAIN, name: 'metrics', number: 1 },
    ];
    const source = text({}, { databases });
    shop.write('full.ts', source);
    shop.write('plain.ts', text());
    shop.write('literal.ts', text({ server: 'default' }));
    expect(shop.compile('full.ts', 'plain.ts', 'literal.ts')).toBe('');
    expect(source.trimEnd().split('\n').length).toBeLessThanOrEqual(120);
  });

  it('rejects a database, and a role, that the function does not have', () => {
    shop.write('accessor.ts', text());
    const use = (call: string) =>
      `import { getRedis, openRedis } from './accessor.js';\nexport const made = [${call}, openRedis];\n`;
    shop.write('good.ts', use("getRedis({ database: 'main', role: 'queue' })"));
    shop.write('bad-name.ts', use("getRedis({ database: 'other' })"));
    shop.write('bad-role.ts', use("getRedis({ role: 'blocking' })"));
    expect(shop.compile('good.ts')).toBe('');
    expect(shop.compile('bad-name.ts')).toContain('\'"other"\' is not assignable');
    expect(shop.compile('bad-role.ts')).toContain('\'"blocking"\' is not assignable');
  });
});

it('gives the same bytes for the same input, and no blanks in the name of a connection', () => {
  expect(text()).toBe(text());
  expect(text({}, { service: 'my shop\n' })).toContain('`my-shop-:$' + '{database}:$' + '{role}`');
});
