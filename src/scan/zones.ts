/**
 * What kind of code a file is. The first rule that matches a path from the root wins: a test of an example is a test,
 * a script inside an example folder is an example.
 */

import type { Zone } from '../model/project.js';

interface ZoneRule {
  zone: Zone;
  /** Names of a directory anywhere above the file, lower case. */
  directories?: readonly string[];
  /** Matches the name of a file or, with `directory`, of a directory above it. */
  name?: RegExp;
  directory?: RegExp;
  why: string;
}

export const ZONE_RULES: readonly ZoneRule[] = [
  {
    zone: 'test',
    name: /[._-](?:(?:server|client|api|db|unit|integration|smoke|acceptance)?-?tests?|spec|tst|e2e|e2e-spec|cy)\.|[._-](?:test|spec)-?(?:helpers?|utils?|setup|fixtures?)\./i,
    why: 'file name of a test or of its helpers (`a.test.ts`, `a.spec.ts`, `a.tst.ts`, `a.servertest.ts`, `a.test.helpers.ts`)',
  },
  {
    zone: 'test',
    name: /^(?:test_.*|.*_test|tests?|conftest)\.py$|^(?:test|spec)\.[cm]?[jt]sx?$|(?:TestHelpers?|TestUtils?|TestSetup)\.[cm]?[jt]sx?$/,
    why: 'pytest collects test_*.py and *_test.py, conftest.py serves it; helpers named after tests',
  },
  {
    zone: 'test',
    name: /^(?:vitest|jest|playwright|cypress|mocha|karma)[.-].*\.[cm]?[jt]sx?$|^setup-?tests?\.[cm]?[jt]sx?$|^(?:jest|vitest)\.?setup\./i,
    why: 'configuration and setup of a test runner',
  },
  {
    zone: 'test',
    directories: [
      'test',
      'tests',
      '__tests__',
      '__test__',
      '__mocks__',
      'mocks',
      'spec',
      'specs',
      'e2e',
      'cypress',
      'playwright',
    ],
    why: 'directory of tests',
  },
  {
    zone: 'test',
    directories: ['__fixtures__', 'fixtures', 'testing', 'test-utils', 'test-helpers', 'testutils', 'testdata'],
    why: 'directory of what tests need',
  },
  {
    zone: 'test',
    directory: /testcontainers|[-_.](?:e2e|tests?)$|^(?:e2e|tests?)[-_]/i,
    why: 'package that only serves tests (`testcontainers`, `sdk-compat-tests`, `api_test`)',
  },
  {
    zone: 'test',
    name: /^\.env\.(?:tests?|testing|e2e|ci)(?:\.|$)|^(?:tests?|e2e|ci)\.env$/i,
    why: 'environment of tests',
  },
  {
    zone: 'example',
    name: /^\.?env\.(?:.*\.)?(?:example|sample|template|dist)$|^\.env-?(?:example|sample|template)$|\.(?:example|sample)\.(?:env|ya?ml|toml|json)$/i,
    why: 'settings to be copied',
  },
  {
    zone: 'example',
    directories: [
      'example',
      'examples',
      'sample',
      'samples',
      'demo',
      'demos',
      'playground',
      'playgrounds',
      'tutorials',
    ],
    name: /^examples?(?:[-_][\w-]+)?\.[cm]?(?:[jt]sx?|py)$/i,
    why: 'shows how to use the code',
  },
  {
    zone: 'example',
    directories: ['doc', 'docs', 'documentation', 'references', '_templates', 'cookbook'],
    why: 'documentation and reference projects',
  },
  {
    zone: 'example',
    directories: ['bench', 'benches', 'benchmark', 'benchmarks'],
    name: /[._-]bench(?:mark)?\.[cm]?[jt]sx?$/i,
    why: 'benchmarks',
  },
  {
    zone: 'script',
    directories: ['script', 'scripts', 'hack', 'migrations', 'seeds', 'seeders', '.github', '.husky', '.circleci'],
    why: 'run by hand or by CI and must end by itself',
  },
  {
    zone: 'script',
    name: /^(?:seed|seeds|setup|noxfile|gulpfile|gruntfile)\.[cm]?(?:[jt]sx?|py)$|^(?:migrate|seed)[-_.].*\.[cm]?(?:[jt]sx?|py)$/i,
    why: 'file name of a task that runs once',
  },
  { zone: 'script', name: /\.ipynb$/, why: 'a notebook is run by hand' },
];

/** Zone of a path from the root. */
export function zoneOf(file: string): Zone {
  const parts = file.split('/');
  const name = parts.pop() ?? '';
  return ZONE_RULES.find((rule) => matches(rule, name, parts))?.zone ?? 'production';
}

function matches(rule: ZoneRule, name: string, above: readonly string[]): boolean {
  if (rule.name?.test(name)) return true;
  return above.some((part) => rule.directories?.includes(part.toLowerCase()) || rule.directory?.test(part));
}
