import { describe, expect, it } from 'vitest';
import { lead } from './tree.js';

const app = { 'app/package.json': { name: 'app', dependencies: { '@org/lib': 'workspace:*' } } };
const withLib = (fields: object, ...sources: string[]) => ({
  ...app,
  'lib/package.json': { name: '@org/lib', version: '1.2.3', ...fields },
  ...Object.fromEntries(sources.map((file) => [`lib/${file}`, ''])),
});

describe('workspace packages in a clean clone', () => {
  it.each<[string, object, string[], string, string]>([
    ['main that is a source', { main: './src/main.ts' }, ['src/main.ts', 'src/index.ts'], '', 'lib/src/main.ts'],
    ['main in dist', { main: 'dist/index.js' }, ['src/index.ts'], '', 'lib/src/index.ts'],
    ['main in dist/cjs', { main: 'dist/cjs/main.cjs' }, ['src/main.ts'], '', 'lib/src/main.ts'],
    ['types in build', { types: 'build/main/entry.d.ts' }, ['src/entry.ts'], '', 'lib/src/entry.ts'],
    ['no field at all', {}, ['index.js'], '', 'lib/index.js'],
    ['subpath without exports', { main: 'dist/index.js' }, ['src/a.ts'], '/dist/a', 'lib/src/a.ts'],
    ['subpath below src', {}, ['src/util/b.ts'], '/util/b', 'lib/src/util/b.ts'],
    ['no source', { main: 'dist/index.js' }, ['README.md'], '', 'unknown'],
  ])('%s', (_, fields, sources, subpath, expected) => {
    expect(lead(withLib(fields, ...sources), 'app/a.ts', `@org/lib${subpath}`)).toBe(expected);
  });

  const exports = {
    '.': { types: './dist/index.d.ts', import: { '@org/source': './src/entry.ts', default: './dist/index.js' } },
    './redis': { require: './dist/redis.cjs', import: './dist/redis.js' },
    './v3/*': './dist/v3/*.js',
    './v3/special/*': ['./dist/elsewhere/*.js'],
    './private/*': null,
  };

  it.each([
    ['', 'lib/src/entry.ts'],
    ['/redis', 'lib/src/redis.ts'],
    ['/v3/schemas', 'lib/src/v3/schemas.ts'],
    ['/v3/special/x', 'lib/src/elsewhere/x.ts'],
    ['/none', 'unknown'],
  ])('exports map: %s', (subpath, expected) => {
    const sources = ['src/entry.ts', 'src/index.ts', 'src/redis.ts', 'src/v3/schemas.ts', 'src/elsewhere/x.ts'];
    expect(lead(withLib({ exports }, ...sources), 'app/a.ts', `@org/lib${subpath}`)).toBe(expected);
  });

  it('maps outDir to rootDir as the tsconfig says', () => {
    const files = {
      ...withLib({ main: './compiled/index.js' }, 'code/index.ts', 'src/index.ts'),
      'lib/tsconfig.build.json': { compilerOptions: { outDir: './compiled', rootDir: './code' } },
    };
    expect(lead(files, 'app/a.ts', '@org/lib')).toBe('lib/code/index.ts');
  });

  it('resolves the package itself and a package that nobody declares', () => {
    const files = withLib({ main: 'src/index.ts' }, 'src/index.ts');
    expect(lead(files, 'lib/test/a.ts', '@org/lib')).toBe('lib/src/index.ts');
    expect(lead(files, 'other/a.ts', '@org/lib')).toBe('lib/src/index.ts');
  });

  it('does not take a fixture for the public package of that name', () => {
    const files = {
      'package.json': { name: 'root', dependencies: { ioredis: '^5.0.0', lib: '^1.0.0' } },
      'fixtures/ioredis/package.json': { name: 'ioredis', version: '0.0.1' },
      'fixtures/ioredis/index.js': '',
      'fixtures/lib/package.json': { name: 'lib', version: '1.4.0' },
      'fixtures/lib/index.js': '',
    };
    expect(lead(files, 'src/a.ts', 'ioredis')).toBe('npm:ioredis');
    expect(lead(files, 'src/a.ts', 'lib')).toBe('fixtures/lib/index.js');
  });

  it('goes on to the next package when the root bears the same name', () => {
    const files = {
      'package.json': { name: 'queue', private: true },
      'packages/queue/package.json': { name: 'queue', version: '1.0.0', main: './lib/queue.js' },
      'packages/queue/lib/queue.js': '',
    };
    expect(lead(files, 'examples/a.js', 'queue')).toBe('packages/queue/lib/queue.js');
  });

  it('follows link: and file: to their directory', () => {
    const files = {
      'a/package.json': { name: 'a', dependencies: { short: 'file:../deep/long-name' } },
      'deep/long-name/package.json': { name: 'long-name', main: 'x.js' },
      'deep/long-name/x.js': '',
    };
    expect(lead(files, 'a/a.js', 'short')).toBe('deep/long-name/x.js');
  });

  it('reads the private imports of a package', () => {
    const files = {
      'p/package.json': {
        name: 'p',
        imports: { '#redis': './dist/redis.js', '#lib/*': './src/lib/*.ts', '#client': 'ioredis' },
      },
      'p/src/redis.ts': '',
      'p/src/lib/a.ts': '',
    };
    expect(lead(files, 'p/src/x.ts', '#redis')).toBe('p/src/redis.ts');
    expect(lead(files, 'p/src/x.ts', '#lib/a')).toBe('p/src/lib/a.ts');
    expect(lead(files, 'p/src/x.ts', '#client')).toBe('npm:ioredis');
    expect(lead(files, 'p/src/x.ts', '#none')).toBe('unknown');
  });
});
