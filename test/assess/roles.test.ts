import { describe, expect, test } from 'vitest';
import { purposeOf } from '../../src/assess/purpose.js';
import { roleOf } from '../../src/assess/roles.js';
import type { ClientUse, Opening } from '../../src/model/traced.js';
import { at, choice, env, opening, parameter, unknown, use } from './build.js';

const found = (uses: ClientUse[], more: Partial<Opening> = {}) => roleOf(opening([], { uses, ...more }), []);

describe('role', () => {
  test.each<[string, string, unknown[], string]>([
    ['an ordinary command', 'get', ['k'], 'command'],
    ['its Buffer form', 'getBuffer', ['k'], 'command'],
    ['a client-side queue', 'multi', [], 'command'],
    ['a queue with commands', 'multi', [[['set', 'a', 'b']]], 'command'],
    ['a pipeline', 'pipeline', [], 'command'],
    ['state on the connection', 'multi', [{ pipeline: false }], 'transaction'],
    ['the option behind commands', 'multi', [[], { pipeline: false }], 'transaction'],
    ['an option that is not known', 'multi', [parameter('options')], 'unknown'],
    ['WATCH', 'watch', ['k'], 'transaction'],
    ['SELECT', 'select', [2], 'transaction'],
    ['a subscription', 'subscribe', ['c'], 'subscriber'],
    ['a pattern subscription', 'psubscribe', ['c*'], 'subscriber'],
    ['a shard subscription', 'ssubscribe', ['c'], 'subscriber'],
    ['PUBLISH', 'publish', ['c', 'm'], 'command'],
    ['BLPOP', 'blpop', ['k', 0], 'blocking'],
    ['its Buffer form', 'brpopBuffer', ['k', 0], 'blocking'],
    ['WAIT', 'wait', [1, 100], 'blocking'],
    ['XREAD', 'xread', ['COUNT', 2, 'STREAMS', parameter('key'), '$'], 'command'],
    ['XREAD with a count that is not known', 'xread', ['COUNT', parameter('n'), 'STREAMS', 'k', '$'], 'command'],
    ['XREAD that blocks', 'xread', ['BLOCK', 0, 'STREAMS', 'k', '$'], 'blocking'],
    [
      'XREADGROUP that blocks',
      'xreadgroup',
      ['GROUP', parameter('g'), parameter('c'), 'COUNT', 1, 'block', 5, 'STREAMS', 'k', '>'],
      'blocking',
    ],
    ['XREADGROUP', 'xreadgroup', ['GROUP', parameter('g'), parameter('c'), 'STREAMS', 'k', '>'], 'command'],
    ['XREAD with spread arguments', 'xread', [unknown], 'unknown'],
    ['MONITOR', 'monitor', [], 'monitor'],
    ['CLIENT REPLY', 'client', ['REPLY', 'OFF'], 'transaction'],
    ['CLIENT TRACKING', 'client', ['tracking', 'on'], 'transaction'],
    ['CLIENT LIST', 'client', ['LIST'], 'command'],
    ['a raw command', 'call', ['GET', 'k'], 'command'],
    ['a raw blocking command', 'call', ['BLPOP', 'k', 0], 'blocking'],
    ['a raw MULTI', 'call', ['MULTI'], 'transaction'],
    ['a raw command that is not known', 'call', [unknown], 'unknown'],
    ['a raw choice', 'call', [choice('GET', 'BLPOP')], 'unknown'],
    ['a method that nobody knows', 'frobnicate', [], 'unknown'],
    ['removing the listeners of all', 'removeAllListeners', [], 'unknown'],
    ['a script stream', 'scanStream', [], 'command'],
  ])('%s: .%s', (_name, member, args, role) => {
    expect(found([use(member, args)]).role).toBe(role);
  });

  test.each<[string, 'multi' | 'pipeline', string, unknown[], string]>([
    ['what sends the queue', 'multi', 'exec', [], 'command'],
    ['what drops it', 'pipeline', 'discard', [], 'command'],
    ['a transaction in a pipeline', 'pipeline', 'multi', [], 'command'],
    ['a command', 'pipeline', 'set', ['k', 'v'], 'command'],
    ['a blocking command of a pipeline', 'pipeline', 'blpop', ['k', 0], 'blocking'],
    ['a blocking command of a transaction, which answers at once', 'multi', 'blpop', ['k', 0], 'command'],
    ['a raw one', 'multi', 'call', ['BLPOP', 'k', 0], 'command'],
    ['arguments that may block', 'multi', 'xread', [unknown], 'command'],
    ['a subscription', 'multi', 'subscribe', ['c'], 'subscriber'],
    ['SELECT', 'multi', 'select', [2], 'transaction'],
    ['WATCH', 'pipeline', 'watch', ['k'], 'transaction'],
    ['a list of commands', 'pipeline', 'addBatch', [[['blpop', 'k', 0]]], 'blocking'],
    ['a member that nobody knows', 'pipeline', 'frobnicate', [], 'unknown'],
  ])('chained: %s', (_name, chained, member, args, role) => {
    expect(found([use(member, args, { chained })]).role).toBe(role);
  });

  test.each<[string, string, unknown[], string]>([
    [
      'commands of a pipeline',
      'pipeline',
      [
        [
          ['set', 'a', 1],
          ['BLPOP', 'k', 0],
        ],
      ],
      'blocking',
    ],
    [
      'commands of a transaction',
      'multi',
      [
        [
          ['set', 'a', 1],
          ['blpop', 'k', 0],
        ],
      ],
      'command',
    ],
    ['a list that is not known', 'pipeline', [parameter('commands')], 'unknown'],
    ['a command that is not known', 'multi', [[[parameter('name'), 'k']]], 'unknown'],
    ['a part that is not known', 'multi', [[['set', 'a', 1], unknown]], 'unknown'],
    ['a close among them', 'pipeline', [[['quit']]], 'command'],
  ])('in a list: %s', (_name, member, args, role) => {
    expect(found([use(member, args)]).role).toBe(role);
  });

  test('blocking commands of a transaction are no evidence of blocking, those of a pipeline are', () => {
    expect(found([use('brpop', ['k', 0], { chained: 'multi' })]).uses).toEqual([]);
    expect(found([use('brpop', ['k', 0], { chained: 'pipeline' })]).uses).toEqual(['blocking']);
  });

  test('a member that is chosen at run time, or written, is unknown', () => {
    expect(found([use(null)]).reasons.map(({ code }) => code)).toContain('role-dynamic');
    expect(found([use('get', [], { kind: 'write' })]).reasons.map(({ code }) => code)).toContain('role-changed');
  });

  test('commands that the client was given are commands', () => {
    expect(found([use('defineCommand', ['bump', {}]), use('bump', ['k'])]).role).toBe('command');
    const scripted = roleOf(opening([{ scripts: { bump: { lua: '' } } }], { uses: [use('bump', ['k'])] }), []);
    expect(scripted.role).toBe('command');
    expect(scripted.uses).toEqual([]);
  });

  test('precedence: monitor > subscriber > transaction > blocking > queue > unknown > command', () => {
    const handed = [{ at, library: 'bullmq', api: 'new Worker' }];
    const steps: [ClientUse | null, string][] = [
      [use('get'), 'queue'],
      [use('frobnicate'), 'queue'],
      [use('blpop'), 'blocking'],
      [use('watch'), 'transaction'],
      [use('subscribe'), 'subscriber'],
      [use('monitor'), 'monitor'],
    ];
    const uses: ClientUse[] = [];
    for (const [next, role] of steps) {
      if (next) uses.push(next);
      expect(found(uses, { handed }).role).toBe(role);
    }
  });

  test('an escape makes the role unknown, and stays a reason beside a stronger role', () => {
    const escapes = [{ code: 'escapes-too-far' as const, message: 'far', at }];
    expect(found([use('get')], { escapes }).role).toBe('unknown');
    const subscriber = found([use('subscribe')], { escapes });
    expect(subscriber.role).toBe('subscriber');
    expect(subscriber.reasons.map(({ code }) => code)).toContain('escapes-too-far');
  });

  test('an adapter has a role for each argument', () => {
    const adapter = (argument?: (number | string)[]) =>
      found([], {
        handed: [{ at, library: '@socket.io/redis-adapter', api: 'createAdapter', ...(argument ? { argument } : {}) }],
      }).role;
    expect(adapter([0])).toBe('command');
    expect(adapter([1])).toBe('subscriber');
    expect(adapter()).toBe('subscriber');
  });

  test('a library that nobody knows is an escape', () => {
    const { role, reasons } = found([], { handed: [{ at, library: 'some-cache', api: null }] });
    expect(role).toBe('unknown');
    expect(reasons.map(({ code }) => code)).toContain('escapes-to-library');
  });
});

describe('purpose', () => {
  const purpose = (uses: ClientUse[], more: Partial<Opening> = {}) => {
    const one = opening([], { uses, bound: 'r', file: 'src/x.ts', ...more });
    return purposeOf(one, roleOf(one, [])).purpose;
  };

  test.each<[string, ClientUse[], string]>([
    ['only PING', [use('ping')], 'health'],
    ['reads', [use('get'), use('hgetall')], 'read-cache'],
    ['reads and writes', [use('get'), use('setex')], 'write-cache'],
    ['a pipeline', [use('get'), use('pipeline')], 'pipeline'],
    ['messages', [use('get'), use('publish')], 'messaging'],
    ['a lock', [use('set', ['k', 'v', 'PX', 5, 'NX'])], 'limits-and-locks'],
    ['a key of a limiter', [use('incr', ['ratelimit:1'])], 'limits-and-locks'],
    ['a key of exchange rates', [use('get', ['rate:1'])], 'read-cache'],
    ['two keys of exchange rates', [use('get', ['rate:1']), use('mget', ['rates:1'])], 'read-cache'],
    ['a counter that expires', [use('incr', ['views:1']), use('expire', ['views:1', 60])], 'write-cache'],
    ['a counter of a rate', [use('incr', ['rate:1']), use('expire', ['rate:1', 60])], 'limits-and-locks'],
    ['a limit that nobody counts', [use('get', ['limit:card']), use('set', ['limit:card', 5])], 'write-cache'],
    ['a key of a session', [use('get', ['sess:1']), use('set', ['sess:1', 'v'])], 'session'],
    ['PING beside others', [use('ping'), use('set', ['k', 'v'])], 'write-cache'],
    ['nothing', [], 'unknown'],
  ])('%s', (_name, uses, expected) => {
    expect(purpose(uses)).toBe(expected);
  });

  test('names speak where commands cannot', () => {
    expect(purpose([use('get')], { symbol: ['RateLimiter'] })).toBe('limits-and-locks');
    expect(purpose([use('get'), use('set')], { file: 'src/session/store.ts' })).toBe('session');
    expect(purpose([use('set')], { symbol: ['healthCheck'] })).toBe('write-cache');
    expect(purpose([], { symbol: ['healthCheck'] })).toBe('health');
    expect(purpose([use('get')], { symbol: ['blockList'] })).toBe('read-cache');
  });

  test('the evidence is printed', () => {
    const one = opening([env('X')], { uses: [use('publish', ['c', 'm'])] });
    expect(purposeOf(one, roleOf(one, [])).reasons).toEqual([
      { code: 'purpose', message: 'Purpose messaging: calls `.publish`.', at: 'src/a.ts:1' },
    ]);
  });
});
