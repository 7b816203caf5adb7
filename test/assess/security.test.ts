/** Security findings: each shape, and beside it one that looks alike and is none. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FINDINGS } from '../../src/explain/refusals.js';
import { runProgram } from '../trace/program-run.js';
import { assessed, MANIFEST, settings } from './build.js';

const ACCESSOR = readFileSync(join(import.meta.dirname, '../../fixtures/trace/accessor.ts'), 'utf8');
const IOREDIS = "import Redis from 'ioredis';\n";
const SECRET = 'swordfish';

async function found(source: string, file = 'src/a.ts', more: Record<string, string> = {}, dependencies = {}) {
  const { findings } = await runProgram({ files: { [file]: source, ...more }, dependencies }, ACCESSOR);
  expect(JSON.stringify(findings)).not.toContain(SECRET);
  return findings
    .filter(({ code }) => code !== 'literal-credential')
    .map(({ code, severity, file, line }) => `${code} ${severity} ${file}:${line}`);
}

const JAVASCRIPT: [string, string, string[]][] = [
  [
    'a certificate that is not checked',
    "new Redis({ host: 'cache', tls: { rejectUnauthorized: false } });",
    ['tls-unchecked high'],
  ],
  [
    'names that are not compared',
    "new Redis({ host: 'cache', tls: { checkServerIdentity: () => undefined } });",
    ['tls-unchecked high'],
  ],
  ['a certificate that is checked', "new Redis({ host: 'cache', tls: { rejectUnauthorized: true } });", []],
  [
    'a cloud without TLS',
    `new Redis({ host: 'x.cache.amazonaws.com', password: '${SECRET}' });`,
    ['plain-connection high'],
  ],
  ['a remote host without TLS', `new Redis('redis://:${SECRET}@redis.example.com:6379');`, ['plain-connection medium']],
  ['a remote host with TLS', `new Redis('rediss://:${SECRET}@redis.example.com:6379');`, []],
  ['TLS by an option', "new Redis({ host: 'redis.example.com', tls: {}, password: process.env.PASSWORD });", []],
  ['no credentials', "new Redis('rediss://redis.example.com');", ['no-credentials medium']],
  [
    'a private address',
    "new Redis({ host: '10.1.2.3', tls: {}, password: process.env.PASSWORD });",
    ['private-address low'],
  ],
  ['a service of the network', "new Redis({ host: 'redis' });", []],
  ['localhost itself', "new Redis('redis://localhost:6379');", []],
  [
    'localhost instead of a variable',
    "new Redis(process.env.REDIS_URL ?? 'redis://localhost:6379');",
    ['localhost-fallback medium'],
  ],
  [
    'localhost instead of a host',
    "new Redis({ host: process.env.REDIS_HOST || '127.0.0.1' });",
    ['localhost-fallback medium'],
  ],
  ['another default', "new Redis(process.env.REDIS_URL ?? 'rediss://:x@redis.example.com');", []],
  ['a flush', 'new Redis(process.env.REDIS_URL).flushall();', ['dangerous-command medium']],
  ['all keys', "new Redis(process.env.REDIS_URL).keys('*');", ['dangerous-command medium']],
  ['a scan', "new Redis(process.env.REDIS_URL).scan('0');", []],
];

const PYTHON: [string, string, string[]][] = [
  [
    'a certificate that is not checked',
    "redis.Redis(host='cache', ssl=True, ssl_cert_reqs='none')",
    ['tls-unchecked high'],
  ],
  ['None for it', "redis.Redis(host='cache', ssl=True, ssl_cert_reqs=None)", ['tls-unchecked high']],
  ['CERT_NONE', "redis.Redis(host='cache', ssl=True, ssl_cert_reqs=ssl.CERT_NONE)", ['tls-unchecked high']],
  ['in the URL', "redis.from_url('rediss://cache?ssl_cert_reqs=none')", ['tls-unchecked high']],
  [
    'names that are not compared',
    "redis.Redis(host='cache', ssl=True, ssl_check_hostname=False)",
    ['tls-unchecked high'],
  ],
  ['required', "redis.Redis(host='cache', ssl=True, ssl_cert_reqs='required')", []],
  ['a cloud without TLS', `redis.from_url('redis://:${SECRET}@a.upstash.io:6379')`, ['plain-connection high']],
  [
    'localhost instead of a variable',
    "redis.from_url(os.getenv('REDIS_URL', 'redis://localhost'))",
    ['localhost-fallback medium'],
  ],
  ['a service instead of a variable', "redis.from_url(os.getenv('REDIS_URL', 'redis://redis:6379'))", []],
  ['a flush', "redis.from_url(os.environ['REDIS_URL']).flushdb()", ['dangerous-command medium']],
];

describe('of an opening', () => {
  test.each(JAVASCRIPT)('JavaScript: %s', async (_, line, expected) => {
    expect(await found(`${IOREDIS}${line}\n`)).toEqual(expected.map((one) => `${one} src/a.ts:2`));
  });

  test.each(PYTHON)('Python: %s', async (_, line, expected) => {
    const text = `import os\nimport ssl\nimport redis\n${line}\n`;
    expect(await found(text, 'src/a.py')).toEqual(expected.map((one) => `${one} src/a.py:4`));
  });

  test('of node-redis too', async () => {
    const text =
      "import { createClient } from 'redis';\ncreateClient({ url: process.env.REDIS_URL, socket: { tls: true, rejectUnauthorized: false } });\n";
    expect(await found(text, 'src/a.ts', {}, { redis: '4.7.1' })).toEqual(['tls-unchecked high src/a.ts:2']);
  });

  test('not of tests', async () => {
    expect(await found(`${IOREDIS}new Redis('redis://redis.example.com').flushall();\n`, 'test/a.test.ts')).toEqual([]);
  });

  test('each can be explained', () => {
    const codes = ['tls-unchecked', 'plain-connection', 'no-credentials', 'private-address', 'localhost-fallback'];
    for (const code of [...codes, 'dangerous-command', 'fail-open', 'pickled-data', 'merges-users', 'merges-data'])
      expect(FINDINGS[code]?.byHand).toBeTruthy();
  });
});

describe('of guards that let everybody pass', () => {
  const guard = (name: string, caught: string, before = 'return n < 5;') => `${IOREDIS}
const redis = new Redis(process.env.REDIS_URL);
export async function ${name}(id: string, next: () => void) {
  try {
    const n = await redis.incr(id);
    ${before}
  } catch (error) {
    ${caught}
  }
}
`;
  const OPEN = ['fail-open high src/a.ts:6'];

  test.each([
    ['allowRequest', 'return true;', OPEN],
    ['allowRequest', 'return false;', []],
    ['allowRequest', 'throw error;', []],
    ['rateLimit', 'next();', OPEN],
    ['isRevoked', 'return false;', OPEN],
    ['isRevoked', 'return true;', []],
    ['countViews', 'return true;', []],
  ])('%s: %s', async (name, caught, expected) => {
    expect(await found(guard(name, caught))).toEqual(expected);
  });

  test('next with an error is no pass', async () => {
    expect(await found(guard('rateLimit', 'next(error);').replace('next: ()', 'next: (e?: unknown)'))).toEqual([]);
  });

  test('a guard that says no by throwing says yes when it ends', async () => {
    const refuses = "if (n > 5) throw new Error('too many');";
    expect(await found(guard('rateLimit', 'console.warn(error);', refuses))).toEqual(OPEN);
    expect(await found(guard('countViews', 'console.warn(error);', refuses))).toEqual([]);
  });

  const python = (caught: string, before = 'return n < 5') => `import os
import redis
r = redis.from_url(os.environ["REDIS_URL"])

def check_rate_limit(user):
    try:
        n = r.incr(user)
        ${before}
    except redis.RedisError:
        ${caught}
`;

  test.each([
    ['return True', 'return n < 5', true],
    ['return False', 'return n < 5', false],
    ['raise', 'return n < 5', false],
    ['pass', 'assert n\n        if n > 5: raise PermissionError()', true],
    ['return None', 'return n', false],
  ])('Python: %s', async (caught, before, open) => {
    expect(await found(python(caught, before), 'src/a.py')).toEqual(open ? ['fail-open high src/a.py:7'] : []);
  });
});

describe('of switches of libraries', () => {
  const express = (option: string, from = 'express-rate-limit') => `${IOREDIS}import { rateLimit } from '${from}';
import { RedisStore } from 'rate-limit-redis';
const redis = new Redis(process.env.REDIS_URL);
const options = {
  ${option},
  store: new RedisStore({ sendCommand: (...args: string[]) => redis.call(...args) }),
};
export const limiter = rateLimit(options);
`;

  test.each([
    ['passOnStoreError: true', ['fail-open high src/a.ts:6']],
    ['passOnStoreError: false', []],
    ['passOnStoreError: process.env.OPEN === "1"', []],
    ['skipOnError: true', []],
  ])('express-rate-limit, %s', async (option, expected) => {
    expect(await found(express(option))).toEqual(expected);
  });

  test('the same name of another package is none', async () => {
    expect(await found(express('passOnStoreError: true', 'elsewhere'))).toEqual([]);
  });

  test.each([
    ['app.register(rateLimit, { redis, skipOnError: true });', ['fail-open high src/a.ts:5']],
    ['app.register(rateLimit, { redis });', []],
  ])('fastify: %s', async (line, expected) => {
    const text = `${IOREDIS}import fastify from 'fastify';\nimport rateLimit from '@fastify/rate-limit';
const [app, redis] = [fastify(), new Redis(process.env.REDIS_URL)];\n${line}\n`;
    expect(await found(text)).toEqual(expected);
  });

  test.each([
    ['insuranceLimiter: new RateLimiterMemory({ points: 1 })', ['fail-open medium src/a.ts:4']],
    ['insuranceLimiter: undefined', []],
    ['points: 5', []],
  ])('rate-limiter-flexible, %s', async (option, expected) => {
    const text = `${IOREDIS}import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
const storeClient = new Redis(process.env.REDIS_URL);\nexport const limiter = new RateLimiterRedis({ storeClient, ${option} });\n`;
    expect(await found(text)).toEqual(expected);
  });

  test.each([
    ['from flask_limiter import Limiter', 'Limiter(app, swallow_errors=True)', ['fail-open high src/a.py:3']],
    ['from flask_limiter import Limiter', 'Limiter(app, swallow_errors=False)', []],
    ['from slowapi import Limiter', 'Limiter(in_memory_fallback_enabled=True)', ['fail-open medium src/a.py:3']],
    ['from slowapi import Limiter', 'Limiter(in_memory_fallback=["5/minute"])', ['fail-open medium src/a.py:3']],
    ['from slowapi import Limiter', 'Limiter(in_memory_fallback=[])', []],
    ['from elsewhere import Limiter', 'Limiter(swallow_errors=True)', []],
    [
      'from flask_limiter import Limiter',
      'app.config["RATELIMIT_SWALLOW_ERRORS"] = True',
      ['fail-open high src/a.py:3'],
    ],
    ['from elsewhere import app', 'app.config.update(RATELIMIT_SWALLOW_ERRORS=True)', ['fail-open high src/a.py:3']],
    ['import redis', 'C = {"OPTIONS": {"IGNORE_EXCEPTIONS": True}}', ['fail-open low src/a.py:3']],
    ['import redis', 'DJANGO_REDIS_IGNORE_EXCEPTIONS = True', ['fail-open low src/a.py:3']],
  ])('Python: %s, %s', async (first, line, expected) => {
    expect(await found(`import redis\n${first}\n${line}\n`, 'src/a.py')).toEqual(expected);
  });

  test('not of tests', async () => {
    const text = 'import redis\nfrom slowapi import Limiter\nLimiter(swallow_errors=True)\n';
    expect(await found(text, 'tests/test_a.py')).toEqual([]);
  });
});

describe('of files of settings', () => {
  const SOURCE = `${IOREDIS}new Redis(process.env.REDIS_URL).get('a');\n`;

  test.each([
    ['.env', `REDIS_URL=redis://:${SECRET}@redis\nNODE_TLS_REJECT_UNAUTHORIZED=0\n`, ['tls-unchecked high .env:2']],
    ['.env', 'REDIS_HOST=redis\nNODE_TLS_REJECT_UNAUTHORIZED=1\n', []],
    ['.env.test', 'REDIS_HOST=redis\nNODE_TLS_REJECT_UNAUTHORIZED=0\n', []],
    [
      'docker-compose.yml',
      'services:\n  web:\n    environment:\n      REDIS_HOST: redis\n      NODE_TLS_REJECT_UNAUTHORIZED: 0\n',
      ['tls-unchecked high docker-compose.yml:5'],
    ],
    [
      'docker-compose.yml',
      'services:\n  web:\n    environment:\n      - REDIS_HOST=redis\n      - NODE_TLS_REJECT_UNAUTHORIZED=0\n',
      ['tls-unchecked high docker-compose.yml:5'],
    ],
    [
      'config.json',
      '{ "redisHost": "redis", "NODE_TLS_REJECT_UNAUTHORIZED": 0 }',
      ['tls-unchecked high config.json:1'],
    ],
  ])('%s: %s', async (file, text, expected) => {
    const run = await runProgram({ files: { 'src/a.ts': SOURCE, [file]: text }, dependencies: {} }, ACCESSOR);
    const shown = run.findings.map(({ code, severity, file: at, line }) => `${code} ${severity} ${at}:${line}`);
    expect(shown.filter((one) => one.startsWith('tls'))).toEqual(expected);
    expect(run.sites.filter(({ category }) => category === 'config-file').map(({ api }) => api)).not.toContain(
      'NODE_TLS_REJECT_UNAUTHORIZED',
    );
    expect(JSON.stringify(run)).not.toContain(SECRET);
  });
});

describe('of the process', () => {
  test.each([
    ["process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';", ['tls-unchecked high src/a.ts:2']],
    ["process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';", ['tls-unchecked high src/a.ts:2']],
    ["process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';", []],
    ["other.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';", []],
  ])('%s', async (line, expected) => {
    expect(await found(`${IOREDIS}${line}\nnew Redis(process.env.REDIS_URL).get('a');\n`)).toEqual(expected);
  });
});

describe('of data that come together', () => {
  /** Findings where a bare number is a database on the accessor's own server. */
  async function moved(options: string, identity: string[] | null = null): Promise<string[]> {
    const accessor = `${IOREDIS}export function getRedis({ database = 'main' } = {}) {
  return new Redis(process.env.REDIS_URL, { connectionName: database });
}
`;
    const text = `${IOREDIS}export const redis = new Redis(${options});\nawait redis.get('a');\n`;
    const config = settings({ databases: [{ name: 'main', number: 0, identity }] });
    const files = { 'package.json': MANIFEST, 'src/lib/redis.ts': accessor, 'src/a.ts': text };
    const { findings } = await assessed(files, config);
    return findings.map(({ code, severity, line }) => `${code} ${severity} ${line}`);
  }

  test('a move to another user, or to the keys of another database', async () => {
    // Another user is never moved, and the finding warns of doing it by hand; clients of one server with different
    // passwords may be different users.
    expect(await moved("{ host: 'cache', username: 'bob' }")).toEqual(['merges-users high 2']);
    const server = (password: string) => `{ host: process.env.HOST, password: process.env.${password} }`;
    const both = `${server('ONE')});\nexport const other = new Redis(${server('TWO')}`;
    expect(await moved(both, ['env:HOST:literal:6379'])).toEqual(['merges-users high 2', 'merges-users high 3']);
    const same = `${server('ONE')});\nexport const other = new Redis(${server('ONE')}`;
    expect(await moved(same, ['env:HOST:literal:6379'])).toEqual([]);
    expect(await moved("{ host: 'cache' }")).toEqual(['merges-data high 2']);
    expect(await moved('process.env.REDIS_URL')).toEqual([]);
  });

  const queue =
    "import os\nimport redis\nfrom rq import Queue\njobs = Queue(connection=redis.from_url(os.environ['REDIS_URL']))\n";
  const cache = (url: string) => `import os\nimport redis\nredis.from_url(os.environ['${url}']).get('a')\n`;

  test('pickled objects beside other data, not alone', async () => {
    expect(await found(queue, 'src/a.py', { 'src/b.py': cache('REDIS_URL') })).toEqual([
      'pickled-data high src/a.py:4',
    ]);
    expect(await found(queue, 'src/a.py', { 'src/b.py': cache('OTHER_URL') })).toEqual([]);
    expect(await found(queue, 'src/a.py')).toEqual([]);
  });
});
