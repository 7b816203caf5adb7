/** Passwords and prefixes between sites and named databases: different ones are never merged unsaid, and none is shown. */

import { describe, expect, test } from 'vitest';
import type { NamedDatabase } from '../../src/model/config.js';
import { assessed, MANIFEST, settings } from './build.js';

const HOST = 'host: process.env.H, port: Number(process.env.P)';
const NAMED: NamedDatabase = { name: 'main', number: 0, identity: ['env:H:env:P'] };

/** Verdict, database and reasons of plain commands on clients with these options beside host and port. */
async function judged(options: string[], databases: NamedDatabase[] = [NAMED]) {
  const lines = options.map(
    (more, index) =>
      `export const read${index} = (key: string) => r${index}.get(key);\nconst r${index} = new Redis({ ${HOST}${more} });`,
  );
  const files = {
    'package.json': MANIFEST,
    'src/lib/redis.ts':
      'export function getRedis(options: object) { return options; }\nexport function openRedis(options: object) { return options; }',
    'src/a.ts': `import Redis from 'ioredis';\n${lines.join('\n')}\n`,
  };
  const { sites } = await assessed(files, settings({ databases }));
  expect(JSON.stringify(sites)).not.toContain('hunter2');
  return sites.map(({ database, verdict, reasons }) => [
    verdict,
    database,
    ...reasons
      .map(({ code }) => code)
      .filter((code) => code.includes('password') || code.includes('prefix') || code === 'no-database'),
  ]);
}

describe('passwords', () => {
  test('one for all sites of a server is no difference', async () => {
    const all = await judged([', password: process.env.PW', ', password: process.env.PW']);
    expect(all).toEqual([
      ['rewrite', 'main'],
      ['rewrite', 'main'],
    ]);
  });

  test('different ones ask a person, on both sides', async () => {
    const all = await judged([', password: process.env.PW', ', password: process.env.OTHER', '']);
    expect(all.map(([verdict, , ...codes]) => [verdict, ...codes])).toEqual([
      ['review', 'password-differs'],
      ['review', 'password-differs'],
      ['review', 'password-differs'],
    ]);
  });

  test('a database that names its password is for that one alone', async () => {
    const stated = { ...NAMED, identity: ['env:H:env:P;password=env:PW'] };
    const other = { ...NAMED, name: 'other', identity: ['env:H:env:P;password=env:OTHER'] };
    const options = [', password: process.env.PW', ', password: process.env.OTHER', ''];
    expect(await judged(options, [stated])).toEqual([
      ['rewrite', 'main'],
      ['keep', null, 'no-database'],
      ['keep', null, 'no-database'],
    ]);
    expect((await judged(options, [stated, other])).map(([, name]) => name)).toEqual(['main', 'other', null]);
  });

  test('texts in the code are told apart without being shown', async () => {
    const same = await judged([", password: 'hunter2'", ", password: 'hunter2'"]);
    expect(same.map(([verdict]) => verdict)).toEqual(['rewrite', 'rewrite']);
    const different = await judged([", password: 'hunter2'", ", password: 'hunter2!'"]);
    expect(different.map(([verdict]) => verdict)).toEqual(['review', 'review']);
  });
});

describe('prefixes', () => {
  const prefixed = { ...NAMED, name: 'cache', prefix: 'tr:' };

  test('a site goes to the database with its prefix, and to no other', async () => {
    const options = [", keyPrefix: 'tr:'", '', ", keyPrefix: 'x:'", ', keyPrefix: process.env.X'];
    expect(await judged(options, [NAMED, prefixed])).toEqual([
      ['rewrite', 'cache'],
      ['rewrite', 'main'],
      ['keep', 'main', 'key-prefix'],
      ['keep', 'main', 'key-prefix'],
    ]);
    expect(await judged([''], [prefixed])).toEqual([['keep', null, 'no-database']]);
  });
});
