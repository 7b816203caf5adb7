/**
 * Functions of assertion libraries and test frameworks that look at their first argument, or replace a member of it; and
 * base classes whose constructor takes settings out of it and does not keep the rest.
 */

import { PARAMETER } from './mocks.js';

/** What such a function does: `looks` compares or gives back; `patches` replaces a member until the test is over. */
export type Inspects = 'looks' | 'patches';

interface Inspector {
  /** Packages that export it; empty name: a global of test files. */
  packages: readonly string[];
  /** Member paths from the module without `default`; a shorter path covers all that is below it. */
  looks: readonly string[];
  patches: readonly string[];
  source: string;
}

const ASSERT = ['', 'ok', 'equal', 'notEqual', 'strictEqual', 'notStrictEqual', 'deepEqual', 'deepStrictEqual'];

/** Fixtures of pytest-mock. */
const MOCKERS = ['mocker', 'session_mocker', 'module_mocker', 'package_mocker', 'class_mocker'];

const INSPECTORS: readonly Inspector[] = [
  {
    packages: ['vitest'],
    looks: ['expect', 'assert', 'expectTypeOf', 'assertType', 'vi.mocked', 'vi.isMockFunction', 'vitest.mocked'],
    patches: ['vi.spyOn', 'vitest.spyOn'],
    source: 'vitest.dev/api/vi: mocked returns what it is given, spyOn replaces a method until mockRestore',
  },
  {
    packages: ['@jest/globals', 'bun:test'],
    looks: ['expect', 'jest.mocked', 'jest.isMockFunction'],
    patches: ['jest.spyOn', 'jest.replaceProperty', 'spyOn'],
    source: 'jestjs.io/docs/jest-object: mocked returns its source, spyOn replaces a method until mockRestore',
  },
  {
    packages: [''],
    looks: ['expect', 'vi.mocked', 'vi.isMockFunction', 'jest.mocked', 'jest.isMockFunction'],
    patches: ['vi.spyOn', 'jest.spyOn', 'jest.replaceProperty', 'spyOn', 'sinon.spy', 'sinon.stub'],
    source: 'globals of vitest (`globals: true`), jest, jasmine and sinon',
  },
  {
    packages: ['chai', '@playwright/test', 'expect'],
    looks: ['expect', 'assert', ''],
    patches: [],
    source: 'chaijs.com',
  },
  { packages: ['sinon'], looks: [], patches: ['spy', 'stub', 'replace'], source: 'sinonjs.org/releases: spies, stubs' },
  {
    packages: ['node:test'],
    looks: [],
    patches: ['mock.method', 'mock.getter', 'mock.setter', 'test.mock.method'],
    source: 'nodejs.org/api/test: MockTracker.method',
  },
  {
    packages: ['node:assert', 'assert', 'node:assert/strict', 'assert/strict'],
    looks: [...ASSERT, ...ASSERT.map((name) => `strict${name && '.'}${name}`)],
    patches: [],
    source: 'nodejs.org/api/assert',
  },
  {
    packages: ['unittest', 'mock'],
    looks: ['mock.create_autospec', 'create_autospec', 'mock.seal', 'seal'],
    patches: ['mock.patch.object', 'patch.object', 'mock.patch.multiple', 'patch.multiple'],
    source:
      'docs.python.org/3/library/unittest.mock: the patchers put back what they replaced, autospec copies attributes',
  },
  {
    packages: [PARAMETER],
    looks: MOCKERS.map((name) => `${name}.create_autospec`),
    patches: MOCKERS.flatMap((name) => [`${name}.patch.object`, `${name}.patch.multiple`, `${name}.spy`]),
    source: 'pytest-mock 3: mocker.patch.object, mocker.spy; undone at the end of the scope of the fixture',
  },
  {
    packages: ['@langchain/core'],
    looks: ['Embeddings'],
    patches: [],
    source: '@langchain/core 1, dist/embeddings.js: reads maxConcurrency, maxRetries and onFailedAttempt',
  },
];

/** Packages that the table speaks of. */
export const INSPECTOR_PACKAGES: readonly string[] = INSPECTORS.flatMap(({ packages }) => packages);

/** What a function of a package does with its first argument; null: not known here. Globals count in tests only. */
export function inspects(packageName: string, path: readonly string[]): Inspects | null {
  const name = path.filter((part) => part !== 'default').join('.');
  const own = INSPECTORS.filter(({ packages }) => packages.includes(packageName));
  if (own.some(({ looks }) => looks.some((known) => covers(known, name)))) return 'looks';
  return own.some(({ patches }) => patches.includes(name)) ? 'patches' : null;
}

/** `expect` covers `expect.soft`. */
function covers(known: string, name: string): boolean {
  return name === known || (known !== '' && name.startsWith(`${known}.`));
}
