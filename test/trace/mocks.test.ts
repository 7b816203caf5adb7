/** Stand-ins of tests that miss what they are for once the code has moved: whole programs on the disk. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeInventory } from '../../src/migrate.js';
import { makeTree } from '../scan/tree.js';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'mocks');

const JAVASCRIPT = `import { Redis } from 'ioredis';
const overrides = new Map();
export function getRedis({ database = 'main' } = {}) {
  return overrides.get(database) ?? new Redis(process.env.REDIS_URL);
}
export function overrideRedis(database, client) {
  overrides.set(database, client);
}
`;
const PYTHON = `import os

import redis

_overrides = {}


def get_redis(*, database="main", role="command", decode_responses=False):
    return _overrides.get(database) or redis.Redis.from_url(os.environ["REDIS_URL"])


def override_redis(database, client):
    _overrides[database] = client
`;
const SURROUNDINGS = {
  javascript: {
    'package.json': '{ "name": "service", "private": true, "dependencies": { "ioredis": "5.6.1" } }',
    'redis-migrate.config.json': JSON.stringify({
      accessors: { javascript: { file: 'src/lib/redis.ts' } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
    'src/lib/redis.ts': JAVASCRIPT,
  },
  python: {
    'requirements.txt': 'redis==5.0.8\n',
    'redis-migrate.config.json': JSON.stringify({
      accessors: { python: { file: 'app/lib/redis.py', name: 'get_redis' } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
    'app/lib/__init__.py': '',
    'app/lib/redis.py': PYTHON,
  },
};

interface MockProgram {
  expected: string[];
  said: { why: string[]; instead: string[] };
  files: Record<string, string>;
}

function read(name: string): MockProgram {
  const [head = '', ...parts] = readFileSync(join(FOLDER, name), 'utf8').split(/^=== /m);
  const told = (key: string) => head.split('\n').flatMap((line) => line.split(`${key}: `)[1] ?? []);
  const expected = told('expect');
  if (expected.length === 0) throw new Error(`${name} expects nothing: say \`expect: none\``);
  const own = parts.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const);
  const language = own.some(([file]) => file.endsWith('.py')) ? 'python' : 'javascript';
  return {
    expected: expected.filter((line) => line !== 'none'),
    said: { why: told('why'), instead: told('instead') },
    files: { ...SURROUNDINGS[language], ...Object.fromEntries(own) },
  };
}

const PROGRAMS = readdirSync(FOLDER);

function inventoryOf(files: Record<string, string>, jobs = 1) {
  return takeInventory({ root: makeTree(files), configPath: null, jobs, cache: false, includeTests: false });
}

describe('mocks', () => {
  it.each(PROGRAMS)('%s', async (name) => {
    const { expected, said, files } = read(name);
    const { mocks, sites } = await inventoryOf(files);
    const placeOf = (id: string) => {
      const site = sites.find((one) => one.id === id);
      return `${site?.file}:${site?.line}`;
    };
    const found = mocks.map((one) => `${one.file}:${one.line} ${one.target} -> ${one.sites.map(placeOf).join(', ')}`);
    expect(found).toEqual(expected);
    for (const words of said.why) expect(mocks.map(({ why }) => why).join('\n')).toContain(words);
    for (const words of said.instead) expect(mocks.map(({ instead }) => instead).join('\n')).toContain(words);
    const noted = sites.filter(({ reasons }) => reasons.some(({ code }) => code === 'mock-loses-target'));
    expect(noted.map(({ id }) => id).sort()).toEqual([...new Set(mocks.flatMap((one) => one.sites))].sort());
    // The openings of the programs are there, and a mock never decides.
    const openings = sites.filter(({ category, file }) => category === 'client' && !file.includes('/lib/'));
    expect(openings.length).toBeGreaterThan(0);
    const stays = name === 'skip-stays.txt' ? 'keep' : 'rewrite';
    expect([...new Set(openings.map(({ verdict }) => verdict))]).toEqual([stays]);
  });

  it('as many programs have none as have some', () => {
    expect(PROGRAMS.filter((name) => name.startsWith('skip-')).length).toBeGreaterThanOrEqual(5);
  });
});
