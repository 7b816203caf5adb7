/** Functions of test frameworks that put something else in the place of a module, or of a name of one. */

/**
 * What such a function replaces. `package`: the module of its first argument, for every importer. `module`: what the keys
 * of its second argument name, for the module of its first argument alone. `name`: a dotted name (Python), as one text or
 * as an object and the name of an attribute.
 */
export type MockForm = 'package' | 'module' | 'name';

export interface MockCall {
  framework: string;
  form: MockForm;
  /** Packages or modules that export the functions; empty name: a global. */
  from: readonly string[];
  /** Member paths of the functions; empty: the module itself, or whatever is made of it. */
  calls: readonly string[];
  source: string;
}

/** Name of a parameter that a framework fills: `monkeypatch`, `t`. It stands in `from`. */
export const PARAMETER = '(parameter)';

export const MOCK_CALLS: readonly MockCall[] = [
  {
    framework: 'vitest',
    form: 'package',
    from: ['vitest', ''],
    calls: ['vi.mock', 'vi.doMock', 'vitest.mock', 'vitest.doMock'],
    source: 'vitest.dev/api/vi: vi.mock is hoisted, vi.doMock holds for the imports after it',
  },
  {
    framework: 'jest',
    form: 'package',
    from: ['@jest/globals', ''],
    calls: ['jest.mock', 'jest.doMock', 'jest.setMock', 'jest.unstable_mockModule'],
    source: 'jestjs.io/docs/jest-object: mock modules',
  },
  {
    framework: 'node:test',
    form: 'package',
    from: ['node:test', PARAMETER],
    calls: ['mock.module', 'test.mock.module', 't.mock.module', 'context.mock.module', 'ctx.mock.module'],
    source: 'nodejs.org/api/test: MockTracker.module',
  },
  { framework: 'bun', form: 'package', from: ['bun:test'], calls: ['mock.module'], source: 'bun.sh/docs/test/mocks' },
  {
    framework: 'mockery',
    form: 'package',
    from: ['mockery'],
    calls: ['registerMock', 'registerSubstitute'],
    source: 'npm mockery 2.1: registered for every require until disabled',
  },
  { framework: 'mock-require', form: 'package', from: ['mock-require'], calls: [''], source: 'npm mock-require 3.0' },
  {
    framework: 'testdouble',
    form: 'package',
    from: ['testdouble'],
    calls: ['replace', 'replaceEsm'],
    source: 'npm testdouble 3: replace(module) stands for the module in every require until reset',
  },
  {
    framework: 'proxyquire',
    form: 'module',
    from: ['proxyquire'],
    calls: ['*'],
    source: 'npm proxyquire 2.1: stubs are for the loaded module alone, unless they say @global',
  },
  {
    framework: 'rewiremock',
    form: 'module',
    from: ['rewiremock'],
    calls: ['*'],
    source: 'npm rewiremock 3: proxy(file, stubs)',
  },
  {
    framework: 'esmock',
    form: 'module',
    from: ['esmock'],
    calls: ['*'],
    source: 'npm esmock 2: the second argument is for the loaded module alone',
  },
  {
    framework: 'unittest.mock',
    form: 'name',
    from: ['unittest.mock', 'mock'],
    calls: ['patch', 'patch.object'],
    source: 'docs.python.org/3/library/unittest.mock: where to patch',
  },
  {
    framework: 'pytest-mock',
    form: 'name',
    from: [PARAMETER],
    calls: ['mocker', 'session_mocker', 'module_mocker', 'class_mocker'].flatMap((name) => [
      `${name}.patch`,
      `${name}.patch.object`,
    ]),
    source: 'pytest-mock 3: mocker.patch',
  },
  {
    framework: 'pytest',
    form: 'name',
    from: [PARAMETER],
    calls: ['monkeypatch.setattr'],
    source: 'docs.pytest.org: MonkeyPatch.setattr(target, name, value) and setattr("dotted.name", value)',
  },
];

/** Keys of a test runner's configuration under which a module is named by what stands for it. */
export const ALIAS_KEYS: readonly string[] = ['moduleNameMapper', 'alias'];

/** What a file has that replaces a library without importing it: packages of JavaScript, words of Python. */
export const MOCK_SIGNS = {
  packages: [...new Set(MOCK_CALLS.flatMap(({ form, from }) => (form === 'module' ? from : [])))],
  words: ['patch', 'setattr'],
};
