/** The table of differences between libraries, against what their real versions answer on a real server. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { createClient } from 'redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiDifferences } from '../../src/libraries/api-differences.js';
import { API_FACTS, CAMEL_CASE } from '../../src/libraries/api-facts.js';
import { redisLibrary, within } from '../../src/libraries/index.js';
import { type RedisServer, startRedis } from '../support/redis.js';

interface Answered {
  library: string;
  version: string;
  command: string;
  answer: unknown;
}

let server: RedisServer;
let answered: Answered[];

beforeAll(async () => {
  server = await startRedis();
  const out = execFileSync(process.execPath, [join(import.meta.dirname, 'answers.mjs'), server.url], {
    encoding: 'utf8',
  });
  answered = JSON.parse(out) as Answered[];
});

afterAll(() => server?.stop());

/** Coordinates have more digits than a table needs. */
function told(answer: unknown): string {
  return JSON.stringify(answer).replace(/(\d+\.\d{1,2}?)0000\d+/g, (_, start: string) => String(Number(start)));
}

describe('differences between libraries', () => {
  it('seven versions were asked', () => {
    expect(new Set(answered.map(({ library, version }) => `${library} ${version.split('.')[0]}`))).toEqual(
      new Set(['ioredis 4', 'ioredis 5', 'ioredis 6', 'redis 3', 'redis 4', 'redis 5', 'redis 6']),
    );
  });

  it('answers are those of the real versions', () => {
    const facts = API_FACTS.filter(({ kind }) => kind === 'answer');
    const asked = answered.filter(({ command }) => facts.some(({ members }) => members.has(command)));
    const wrong = asked.flatMap(({ library, version, command, answer }) => {
      const forms = facts.filter(({ members }) => members.has(command)).flatMap((one) => one.forms);
      const own = forms.filter((one) => one.libraries.includes(library) && within(version, one.versions) === 'always');
      const texts = own.map(({ text }) => text);
      // What is said of JSON in answers is about the form of any value.
      const equal = texts.includes(told(answer)) || (texts.join() === '"123"' && typeof answer === 'string');
      return equal ? [] : [`${library} ${version} ${command}: ${told(answer)}, the table says ${texts.join(', ')}`];
    });
    expect(asked.length).toBeGreaterThan(150);
    expect(wrong).toEqual([]);
  });

  it('where the versions answer the same, the table tells no difference', () => {
    const of = (library: string, version: string) =>
      answered.filter((one) => one.library === library && one.version === version);
    const versions = [...new Set(answered.map(({ library, version }) => `${library} ${version}`))].map((one) =>
      one.split(' '),
    );
    for (const [library = '', version = ''] of versions) {
      for (const [other = '', its = ''] of versions) {
        const same = of(library, version).filter(({ command, answer }) =>
          of(other, its).some((one) => one.command === command && told(one.answer) === told(answer)),
        );
        const members = same.map(({ command }) => command);
        const found = apiDifferences({ library, version }, { library: other, version: its }, members);
        expect(found.filter(({ kind }) => kind === 'answer')).toEqual([]);
      }
    }
  });

  it('names in capitals are those of a real client', () => {
    const client = createClient() as unknown as Record<string, unknown>;
    expect(CAMEL_CASE.filter((name) => typeof client[name] !== 'function')).toEqual([]);
    expect(new Set(CAMEL_CASE).size).toBe(CAMEL_CASE.length);
  });

  it('libraries are in the table of libraries', () => {
    const named = API_FACTS.flatMap(({ forms }) => forms.flatMap(({ libraries }) => libraries));
    expect([...new Set(named)].filter((name) => redisLibrary(name) === null)).toEqual([]);
  });

  it.each([
    ['ioredis', '5.3.2', 'redis', '5.1.0', 'hgetall', ['call hgetall → hGetAll']],
    ['ioredis', '5.3.2', 'redis', '5.1.0', 'expire', []],
    ['ioredis', '5.3.2', 'redis', '4.6.0', 'expire', ['answer 1 → true']],
    ['ioredis', '5.3.2', 'redis', null, 'expire', ['answer 1 → 1 or true']],
    ['redis', '4.6.0', 'ioredis', '5.3.2', 'hGetAll', ['call hGetAll → hgetall']],
    ['redis', '4.6.0', 'ioredis', '5.3.2', 'get', []],
    ['redis', '3.1.2', 'redis', '4.6.0', 'HGETALL', ['answer null → {}']],
    ['@upstash/redis', '1.30.0', 'ioredis', '5.3.2', 'get', ['answer 123 → "123"']],
    ['iovalkey', '0.3.0', 'ioredis', '5.3.2', 'set', []],
    ['aioredis', '1.3.1', 'redis-py', '5.0.0', 'zadd', ['call zadd(key, score, member) → zadd(key, {member: score})']],
    ['aioredis', '2.0.1', 'redis-py', '5.0.0', 'zadd', []],
  ])('%s %s and %s %s: %s', (library, version, other, its, member, expected) => {
    const found = apiDifferences({ library, version }, { library: other, version: its }, [member]);
    expect(found.map(({ kind, from, to }) => `${kind} ${from} → ${to}`)).toEqual(expected);
  });
});
