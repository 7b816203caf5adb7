import { describe, expect, test } from 'vitest';
import { optionReasons } from '../../src/assess/options.js';
import { verdictOf } from '../../src/assess/reasons.js';
import type { Role } from '../../src/model/site.js';
import type { Opening } from '../../src/model/traced.js';
import { accessor, choice, contract, env, opening } from './build.js';

function judged(
  args: unknown[],
  more: {
    role?: Role;
    fixed?: Record<string, Record<string, number | null | boolean>>;
    opening?: Partial<Opening>;
  } = {},
) {
  const fixed = more.fixed ?? { queue: { maxRetriesPerRequest: null } };
  const one = opening(args, more.opening);
  const reasons = optionReasons(one, [one], accessor({ contract: contract({ fixed }) }), more.role ?? 'command');
  return {
    verdict: verdictOf(reasons),
    codes: reasons.map(({ code }) => code),
    text: reasons.map(({ message }) => message).join('\n'),
  };
}

describe('options of meaning block', () => {
  test.each([
    ['numbers as texts', { stringNumbers: true }],
    ['a replica', { readOnly: true }],
    ['own commands', { scripts: { a: { lua: '' } } }],
    ['a value that only runs decide', { stringNumbers: env('S') }],
    ['a connector', { Connector: () => null }],
  ])('%s', (_name, options) => {
    expect(judged([options]).verdict).toBe('keep');
  });

  test('the default, said aloud, is no difference', () => {
    expect(judged([{ stringNumbers: false, readOnly: false }]).verdict).toBe('rewrite');
  });

  test('an accessor that has the option expresses it', () => {
    expect(judged([{ stringNumbers: true }], { fixed: { '*': { stringNumbers: true } } }).verdict).toBe('rewrite');
    expect(judged([{}], { fixed: { '*': { stringNumbers: true } } }).codes).toContain('option-meaning');
  });

  test('RESP version: it has a meaning from 6 on only', () => {
    expect(judged([{ protocol: 2 }], { opening: { version: '6.0.0' } }).codes).toContain('option-meaning');
    expect(judged([{ protocol: 3 }], { opening: { version: '6.0.0' } }).verdict).toBe('rewrite');
    expect(judged([{ protocol: 2 }], { opening: { version: '5.4.0' } }).verdict).toBe('rewrite');
    expect(judged([{ protocol: 2 }], { opening: { version: null } }).verdict).toBe('keep');
  });
});

describe('options of policy ask', () => {
  test('set and different: old → new', () => {
    const { verdict, text } = judged([{ maxRetriesPerRequest: 1 }]);
    expect(verdict).toBe('review');
    expect(text).toBe('maxRetriesPerRequest: 1 → 20 (library default).');
  });

  test('set as the accessor has it, for its role', () => {
    expect(judged([{ maxRetriesPerRequest: null }], { role: 'queue' }).verdict).toBe('rewrite');
    expect(judged([{ maxRetriesPerRequest: null }], { role: 'command' }).verdict).toBe('review');
    expect(judged([{ maxRetriesPerRequest: 20 }]).verdict).toBe('rewrite');
  });

  test('functions and branches cannot be compared', () => {
    expect(judged([{ retryStrategy: () => 1 }]).text).toContain('a function →');
    expect(judged([{ enableReadyCheck: choice(true, false) }]).verdict).toBe('review');
    expect(judged([{ enableReadyCheck: choice(true, true) }]).verdict).toBe('rewrite');
  });

  test('not set, but fixed by the accessor: told, not asked', () => {
    const { verdict, codes } = judged([], { role: 'queue' });
    expect(verdict).toBe('rewrite');
    expect(codes).toEqual(['option-default']);
  });
});

test('options of the connection go and are listed, secrets by name only', () => {
  const { verdict, text } = judged([
    { host: 'h', password: 'hunter2', connectTimeout: 1, lazyConnect: true, colour: 'red' },
  ]);
  expect(verdict).toBe('rewrite');
  expect(text).toContain('Connection options that the accessor owns: connectTimeout, host, lazyConnect, password.');
  expect(text).toContain('Options that this library does not know: colour.');
  expect(text).not.toContain('hunter2');
});
