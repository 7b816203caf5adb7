/** Identities of options that conditions, settings modules and constants of other files decide, from source texts. */

import { describe, expect, test } from 'vitest';
import { identityOf } from '../../src/assess/identity.js';
import { trace } from '../../src/trace/index.js';
import { MANIFEST, projectOf } from './build.js';

const FILES = {
  'package.json': MANIFEST,
  'src/env.ts': `import { z } from 'zod';
const Schema = z.object({ REDIS_HOST: z.string(), REDIS_TLS_DISABLED: z.string(), REDIS_PREFIX: z.string().optional() });
export const env = Schema.parse(process.env);`,
  'src/constants.ts': `export const PORT = 6390;
export const PREFIX = 'app:';
export const tlsOff = process.env.REDIS_TLS_DISABLED === 'true';
export const base = { host: process.env.REDIS_HOST, port: PORT };
export const withTls = (on: boolean) => (on ? { tls: {} } : {});
export function settings() { return { ...base, ...(tlsOff ? {} : { tls: {} }) }; }`,
};
const HEAD = `import Redis from 'ioredis';
import { env } from './env';
import { PORT, PREFIX, base, settings, tlsOff, withTls } from './constants';
declare const other: any;
`;

/** Identity keys of openings with these arguments, in one program. */
async function keysOf(...args: string[]): Promise<(string | null)[]> {
  const lines = args.map((one, index) => `export const r${index} = new Redis(${one});`);
  const project = await projectOf({ ...FILES, 'src/main.ts': `${HEAD}${lines.join('\n')}\n` });
  const { openings } = trace(project, { accessors: [] });
  return openings.map((opening) => identityOf(opening, openings).key);
}

const T = "process.env.TLS === 'true'";

describe('two ways to write one address', () => {
  test.each([
    ['a spread by a condition', `{ ...(${T} ? { tls: {} } : {}) }`, `{ tls: ${T} ? {} : undefined }`],
    [
      'the condition turned round',
      `{ tls: ${T} ? {} : undefined }`,
      `{ tls: process.env.TLS !== 'true' ? undefined : {} }`,
    ],
    [
      'the sides turned round',
      `{ tls: ${T} ? {} : undefined }`,
      `{ tls: 'true' === process.env.TLS ? {} : undefined }`,
    ],
    ['denied', `{ tls: ${T} ? {} : undefined }`, `{ tls: !(${T}) ? undefined : {} }`],
    ['loosely equal', `{ tls: ${T} ? {} : undefined }`, `{ ...(process.env.TLS == 'true' && { tls: {} }) }`],
    ['and', `{ ...(${T} && { tls: {} }) }`, `{ ...(${T} ? { tls: {} } : undefined) }`],
    [
      'two tests in any order',
      `{ ...(process.env.A && process.env.B ? { db: 2 } : {}) }`,
      `{ db: process.env.B && process.env.A ? 2 : 0 }`,
    ],
    ['a ternary with itself', `{ host: process.env.H ? process.env.H : 'x' }`, `{ host: process.env.H || 'x' }`],
    [
      'a test for undefined',
      `{ host: process.env.H !== undefined ? process.env.H : 'x' }`,
      `{ host: process.env.H ?? 'x' }`,
    ],
    ['nothing beside it', `{ username: process.env.U || undefined }`, `{ username: process.env.U }`],
    ['a chain', `{ host: process.env.A ?? process.env.B ?? 'x' }`, `{ host: process.env.A ?? (process.env.B ?? 'x') }`],
    [
      'a port that is converted first',
      `{ port: Number(process.env.P) || 6390 }`,
      `{ port: parseInt(process.env.P || '6390', 10) }`,
    ],
    ['a port with a plus', `{ port: +(process.env.P || 6390) }`, `{ port: Number(process.env.P || 6390) }`],
    [
      'a schema',
      `{ host: env.REDIS_HOST, ...(env.REDIS_TLS_DISABLED === 'true' ? {} : { tls: {} }) }`,
      `{ host: env.REDIS_HOST ?? undefined, tls: env.REDIS_TLS_DISABLED !== 'true' ? {} : undefined }`,
    ],
    ['a constant of another file', `{ port: PORT, keyPrefix: PREFIX }`, `{ port: 6390, keyPrefix: 'app:' }`],
    ['a test in another file', `{ ...base, ...(tlsOff ? {} : { tls: {} }) }`, `settings()`],
    [
      'a template',
      "'redis://' + process.env.H + ':' + process.env.P + '/2'",
      `{ host: process.env.H, port: Number(process.env.P), db: 2 }`,
    ],
    [
      'whole options by a condition',
      `${T} ? { host: 'a', db: 1 } : { host: 'b', db: 1 }`,
      `{ db: 1, host: process.env.TLS !== 'true' ? 'b' : 'a' }`,
    ],
    [
      'URLs by a condition',
      `${T} ? process.env.A! : process.env.B!`,
      `process.env.TLS !== 'true' ? process.env.B! : process.env.A!`,
    ],
    [
      'nested conditions',
      `{ tls: ${T} ? (process.env.X ? { servername: 'a' } : {}) : undefined }`,
      `{ ...(${T} ? { tls: process.env.X ? { servername: 'a' } : {} } : {}) }`,
    ],
    ['a key that a condition leaves', `{ db: 1, ...(${T} ? { db: 2 } : {}) }`, `{ db: ${T} ? 2 : 1 }`],
    ['a part of a URL', `{ host: new URL(process.env.U!).hostname }`, `{ host: (new URL(process.env.U!)).hostname }`],
    [
      'a pure method',
      `{ tls: process.env.U?.startsWith('rediss') ? {} : undefined }`,
      `{ ...(process.env.U!.startsWith('rediss') && { tls: {} }) }`,
    ],
  ])('%s', async (_name, one, other) => {
    const [a, b] = await keysOf(one, other);
    expect(a).not.toBeNull();
    expect(b).toBe(a);
  });
});

describe('two addresses that look alike', () => {
  test.each([
    ['another variable', `{ tls: ${T} ? {} : undefined }`, `{ tls: process.env.TLS2 === 'true' ? {} : undefined }`],
    ['another text', `{ tls: ${T} ? {} : undefined }`, `{ tls: process.env.TLS === '1' ? {} : undefined }`],
    ['the branches turned round', `{ tls: ${T} ? {} : undefined }`, `{ tls: ${T} ? undefined : {} }`],
    ['truth against a text', `{ tls: ${T} ? {} : undefined }`, `{ tls: process.env.TLS ? {} : undefined }`],
    [
      'and against or',
      `{ db: process.env.A && process.env.B ? 2 : 0 }`,
      `{ db: process.env.A || process.env.B ? 2 : 0 }`,
    ],
    ['a schema against the environment', `{ host: env.REDIS_HOST }`, `{ host: process.env.REDIS_HOST }`],
    ['another default', `{ host: process.env.H || 'a' }`, `{ host: process.env.H || 'b' }`],
    ['a default only on one side', `{ host: process.env.H || 'a' }`, `{ host: process.env.H }`],
    ['a database that zero must not reach', `{ db: Number(process.env.D) || 1 }`, `{ db: Number(process.env.D || 1) }`],
    [
      'a condition on a number',
      `{ tls: Number(process.env.T) === 1 ? {} : undefined }`,
      `{ tls: process.env.T === '1' ? {} : undefined }`,
    ],
    ['checks that a condition turns off', `{ tls: ${T} ? { rejectUnauthorized: false } : {} }`, `{ tls: {} }`],
    [
      'hostname and host of a URL',
      `{ host: new URL(process.env.U!).hostname }`,
      `{ host: new URL(process.env.U!).host }`,
    ],
  ])('%s', async (_name, one, other) => {
    const [a, b] = await keysOf(one, other);
    expect(a).not.toBeNull();
    expect(b).not.toBeNull();
    expect(b).not.toBe(a);
  });
});

describe('conditions that have no canonical text', () => {
  test.each([
    ['a call', `{ tls: other() ? {} : undefined }`],
    ['a clock', `{ db: Date.now() > 5 ? 1 : 0 }`],
    ['a spread of something unknown', `{ ...(${T} ? other : {}) }`],
    ['a random pick', `{ host: [process.env.A, process.env.B][Math.floor(Math.random() * 2)] }`],
    ['a function that gets its test', `{ host: 'h', ...withTls(other.on) }`],
    ['a secret in a test', `{ host: 'h', db: process.env.REDIS_PASSWORD === 'hunter2' ? 1 : 0 }`],
  ])('%s', async (_name, args) => {
    const [key] = await keysOf(args);
    expect(key).toBeNull();
    expect(JSON.stringify(await keysOf(args))).not.toContain('hunter2');
  });
});

test('a condition that leaves an option to the URL before it cannot be told from the URL', async () => {
  const [byUrl, beside] = await keysOf(
    `{ db: ${T} ? 1 : undefined }, process.env.REDIS_URL!`,
    `process.env.REDIS_URL!, { db: ${T} ? 1 : undefined }`,
  );
  expect(byUrl).toBeNull();
  expect(beside).toBe('env:REDIS_URL;database=env:REDIS_URL|if(env:TLS=="true")?literal:1:default');
});

test('a duplicate under a condition keeps what its source has', async () => {
  const project = await projectOf({
    ...FILES,
    'src/main.ts': `${HEAD}const a = new Redis({ host: 'h', db: 3 });
export const b = a.duplicate({ ...(${T} ? { db: 4 } : {}) });
export const c = a.duplicate({ db: ${T} ? 4 : undefined });\n`,
  });
  const { openings } = trace(project, { accessors: [] });
  expect(openings.map((one) => identityOf(one, openings).terms.database)).toEqual([
    'literal:3',
    'if(env:TLS=="true")?literal:4:literal:3',
    'if(env:TLS=="true")?literal:4:default',
  ]);
});
