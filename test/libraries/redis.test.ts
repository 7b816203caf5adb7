/** The table of node-redis against what its real versions can do, as `recorded/record.mjs` wrote it down. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { effectiveOptions, settingOf } from '../../src/assess/arguments.js';
import { within } from '../../src/libraries/index.js';
import { redis } from '../../src/libraries/redis.js';
import type { AddressPart } from '../../src/model/library.js';
import type { Known } from '../../src/model/traced.js';
import { opening } from '../assess/build.js';

interface Row {
  args: unknown[];
  options: Record<string, unknown> & { socket?: Record<string, unknown>; throws?: string };
}
interface Recorded {
  version: string;
  exports: string[];
  members: string[];
  options: string[];
  rows: Row[];
}
const RECORDED: Recorded[] = JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/redis.json'), 'utf8'));

const listed = new Set(
  [
    ...redis.closes,
    ...redis.connects,
    ...redis.handlers,
    ...redis.harmless,
    ...redis.duplicates,
    ...redis.returnsSelf,
    ...(redis.changes ?? []),
    ...Object.keys(redis.methods),
  ].map(plain),
);
/** Members that are no API: state and helpers of redis 2 and 3, executors of 4, the symbols of event emitters. */
const INTERNAL =
  /^(create_stream|handle_reply|cork|uncork|initialize_retry_vars|warn|flush_and_error|on_(error|connect|ready|info_cmd)|ready_check|send_offline_queue|connection_gone|return_error|drain|emit_idle|return_reply|write(_strings|_buffers)?|commandsexecutor|functionsexecuter|executefunction|scriptsexecuter|executescript|multiexecutor|getpubsublisteners|v4|reauthenticate|host:?|host_|post)$/i;

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '');
}

describe.each(RECORDED)('redis $version', ({ version, exports, members, options, rows }) => {
  test('every member of a client is in the table', () => {
    const missing = members.filter((name) => !INTERNAL.test(name) && !listed.has(plain(name)));
    expect(missing).toEqual([]);
  });

  test('every function that opens is a construct, and only in its versions', () => {
    for (const { path, versions, api } of redis.constructs) {
      const there = exports.includes(path.join('.'));
      expect([api, within(version, versions)]).toEqual([api, there ? 'always' : 'never']);
    }
    const opens = exports.filter(
      (name) => /^create|\.create$|^RedisClient$/.test(name) && !/SentinelClient/.test(name),
    );
    const known = redis.constructs.map(({ path }) => path.join('.'));
    expect(opens.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('every option of its types is in the table, for this version', () => {
    const names = options.filter((name) => name !== 'socket');
    expect(names.length > 10).toBe(!version.startsWith('2') && !version.startsWith('3'));
    for (const name of names) expect([name, within(version, redis.options[name]?.versions)]).toEqual([name, 'always']);
  });

  test.each(rows.map((row) => [JSON.stringify(row.args), row] as const))('%s', (_, { args, options: real }) => {
    const [way, ...others] = effectiveOptions(opening(args, { library: 'redis', api: 'createClient', version }), []);
    expect(others).toEqual([]);
    if (!way) throw new Error('no way');
    if (real.throws !== undefined) return expect(way.unresolved).not.toBeNull();
    expect(way.unresolved).toBeNull();
    const mine = (part: AddressPart) => settingOf({ library: 'redis', version }, way, part)?.value;
    const socket = real.socket ?? {};
    expect(text(mine('host'))).toBe(host(socket.host ?? real.host));
    expect(text(mine('port')) ?? '6379').toBe(String(socket.port ?? real.port ?? 6379));
    expect(text(mine('path'))).toBe(textOf(socket.path ?? real.path));
    expect(text(mine('database'))).toBe(textOf(real.database ?? real.db));
    // From 5 on credentials of the URL come from a provider, which the option that is still there does not change.
    const provider = within(version, '>=5.0.0') === 'always' && /"redis:\/\/:[^@]+@/.test(JSON.stringify(args));
    expect(text(mine('user'))).toBe(provider ? null : textOf(real.username ?? real.user));
    expect(text(mine('password'))).toBe(textOf(real.password));
    expect(text(mine('prefix'))).toBe(textOf(real.prefix));
    expect(mine('tls') !== undefined || way.tlsScheme).toBe(Boolean(socket.tls ?? real.tls));
  });
});

function text(known: Known | undefined): string | null {
  return known?.kind === 'literal' ? textOf(known.value) : null;
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : String(value);
}

/** An address in brackets is the same without them. */
function host(value: unknown): string | null {
  return textOf(value)?.replace(/^\[|\]$/g, '') ?? null;
}

describe('arguments of redis 3 in later versions', () => {
  const way = (args: unknown[], version: string) =>
    effectiveOptions(opening(args, { library: 'redis', api: 'createClient', version }), []);

  test.each([[['redis://h:1']], [[6379, 'h']], [[{ host: 'h', port: 1 }]], [[{ url: 'redis://h:1', db: 2 }]]])(
    'an address that is ignored is told, never followed: %j',
    (args) => {
      const [only, ...others] = way(args, '4.7.1');
      expect(others).toEqual([]);
      expect(only?.unresolved).toContain('opens localhost:6379');
      expect(only?.ignored?.what).toContain('ignored');
      expect(way(args, '3.1.2')[0]?.unresolved).toBeNull();
    },
  );

  test('a version that is not known leaves both readings', () => {
    expect(way(['redis://h:1'], '*').map(({ unresolved }) => unresolved === null)).toEqual([false, true]);
    expect(way([{ url: 'redis://h:1' }], '*')).toHaveLength(2);
  });
});
