import { describe, expect, test } from 'vitest';
import { matches } from '../../src/assess/globs.js';
import { effectOf, REASONS } from '../../src/assess/reasons.js';
import { accessor, assessed, MANIFEST, settings } from './build.js';

const open = (file: string, more = '') => ({
  [file]: `import Redis from 'ioredis';\n${more}export const r = new Redis(process.env.REDIS_URL);\nr.get('a');\n`,
});

async function one(files: Record<string, string>, more: Parameters<typeof accessor>[0] = {}) {
  const { sites, units } = await assessed(
    { 'package.json': MANIFEST, ...files },
    settings({ accessors: [accessor(more)] }),
  );
  const site = sites.find(({ category, file }) => category === 'client' && !file.endsWith('lib/redis.ts'));
  const instruction = units[0]?.changes[0]?.instructions[0];
  return {
    codes: site?.reasons.map(({ code }) => code) ?? [],
    specifier: instruction?.kind === 'replace-opening' ? instruction.use.specifier : null,
  };
}

describe('specifiers', () => {
  test.each([
    ['beside', 'src/lib/cache.ts', '', './redis'],
    ['above', 'src/a.ts', '', './lib/redis'],
    ['below', 'src/deep/er/a.ts', '', '../../lib/redis'],
    ['with the extension that the file uses', 'src/a.ts', "import './b.js';\n", './lib/redis.js'],
    ['with the source extension', 'src/a.ts', "import './b.ts';\n", './lib/redis.ts'],
    ['without one', 'src/a.ts', "import './b';\n", './lib/redis'],
  ])('%s', async (_name, file, imports, specifier) => {
    expect((await one(open(file, imports))).specifier).toBe(specifier);
  });

  test('a file without relative imports follows its package', async () => {
    const files = { ...open('src/a.ts'), 'src/b.ts': "import './c.js';\nimport './d.js';\n" };
    expect((await one(files)).specifier).toBe('./lib/redis.js');
  });

  test('a package of modules whose imports show nothing gets the extension that Node wants', async () => {
    const files = { ...open('src/a.ts'), 'package.json': JSON.stringify({ ...JSON.parse(MANIFEST), type: 'module' }) };
    expect((await one(files)).specifier).toBe('./lib/redis.js');
  });

  test('an index file is its folder where files are named without extensions', async () => {
    expect((await one(open('src/a.ts'), { file: 'src/redis/index.ts' })).specifier).toBe('./redis');
    expect((await one(open('src/a.ts', "import './b.js';\n"), { file: 'src/redis/index.ts' })).specifier).toBe(
      './redis/index.js',
    );
  });

  test('the config may state it', async () => {
    expect((await one(open('src/a.ts'), { import: '@/lib/redis' })).specifier).toBe('@/lib/redis');
  });
});

describe('reach', () => {
  const packages = (dependencies: Record<string, string>) => ({
    'packages/redis/package.json': JSON.stringify({ name: '@x/redis', dependencies: { ioredis: '5.4.0' } }),
    'packages/api/package.json': JSON.stringify({
      name: '@x/api',
      dependencies: { ioredis: '5.4.0', ...dependencies },
    }),
    ...open('packages/api/src/a.ts'),
    ...open('packages/redis/src/lib/redis.ts'),
  });
  const file = 'packages/redis/src/lib/redis.ts';

  test('an accessor of another package is a declared dependency, or out of reach', async () => {
    expect((await one(packages({}), { file })).codes).toContain('accessor-unreachable');
    expect((await one(packages({}), { file, import: '@x/redis' })).codes).toContain('accessor-unreachable');
    const declared = await one(packages({ '@x/redis': 'workspace:*' }), { file, import: '@x/redis' });
    expect(declared.codes).not.toContain('accessor-unreachable');
    expect(declared.specifier).toBe('@x/redis');
  });

  test.each([
    ['.cjs in a package of modules', 'src/a.cjs', 'module', 'src/lib/redis.js', true],
    ['.cjs, accessor .cjs', 'src/a.cjs', 'module', 'src/lib/redis.cjs', false],
    ['.cjs in a package of CommonJS', 'src/a.cjs', 'commonjs', 'src/lib/redis.js', false],
    ['.js that requires, accessor .mjs', 'src/a.js', 'commonjs', 'src/lib/redis.mjs', true],
    ['.js of a package of modules', 'src/a.js', 'module', 'src/lib/redis.js', false],
  ])('CommonJS cannot require a module: %s', async (_name, file, type, lib, refused) => {
    const text =
      file.endsWith('.js') && type === 'module'
        ? open(file)[file]
        : "const Redis = require('ioredis');\nconst r = new Redis(process.env.REDIS_URL);\nexports.get = () => r.get('a');\n";
    const files = { [file]: text ?? '', 'package.json': JSON.stringify({ ...JSON.parse(MANIFEST), type }) };
    expect((await one(files, { file: lib })).codes.includes('accessor-es-module')).toBe(refused);
  });

  test('a file that the accessor imports would import itself', async () => {
    const files = {
      ...open('src/log.ts'),
      'src/lib/redis.ts':
        "import '../settings';\nimport Redis from 'ioredis';\nexport const getRedis = () => new Redis(process.env.REDIS_URL);\n",
      'src/settings.ts': "import './log';\n",
    };
    expect((await one(files)).codes).toContain('import-cycle');
    expect((await one({ ...files, 'src/settings.ts': "import type {} from './log';\n" })).codes).not.toContain(
      'import-cycle',
    );
  });

  test('scopes: the narrowest serves, none serves nobody', async () => {
    expect((await one(open('src/a.ts'), { scope: 'packages/**' })).codes).toContain('no-accessor');
    expect(
      (await one(open('packages/a/x.ts'), { scope: 'packages/**', file: 'packages/lib/redis.ts' })).specifier,
    ).toBe('../lib/redis');
  });
});

test.each([
  ['**/*', 'a.ts', true],
  ['**/*', 'a/b/c.ts', true],
  ['src/**', 'src/a/b.ts', true],
  ['src/**', 'srcs/a.ts', false],
  ['src/*.ts', 'src/a/b.ts', false],
  ['src/{a,b}.ts', 'src/b.ts', true],
  ['src/[ab].ts', 'src/c.ts', false],
  ['src/a+b.ts', 'src/a+b.ts', true],
  ['src/', 'src/a.ts', true],
  ['**/redis/**/*.ts', 'redis/x.ts', true],
])('glob %s, %s: %s', (glob, file, expected) => {
  expect(matches(glob, file)).toBe(expected);
});

test('every reason has an effect and a line of documentation', () => {
  for (const [code, { effect, doc }] of Object.entries(REASONS)) {
    expect(['keep', 'review', 'note']).toContain(effect);
    expect(doc.length, code).toBeGreaterThan(10);
  }
  expect(effectOf('something-of-a-later-stage')).toBe('keep');
});
