import { describe, expect, it } from 'vitest';
import { type Files, resolverOf } from './tree.js';

const versions = (files: Files, file: string) => resolverOf(files).manifest(file)?.versions;

describe('manifest', () => {
  it('is the nearest package.json that says more than the module type', () => {
    const files = {
      'package.json': { name: 'root', private: true },
      'a/package.json': {
        name: '@org/a',
        peerDependencies: { x: '1' },
        devDependencies: { y: '2' },
        dependencies: { x: '^1' },
      },
      'a/src/package.json': { type: 'commonjs' },
    };
    const resolver = resolverOf(files);
    expect(resolver.manifest('a/src/b.ts')).toEqual({
      file: 'a/package.json',
      name: '@org/a',
      private: false,
      dependencies: { x: '^1', y: '2' },
      versions: {},
      entries: [],
    });
    expect(resolver.manifest('b.ts')).toMatchObject({ file: 'package.json', private: true });
    expect(resolverOf({}).manifest('b.ts')).toBeNull();
  });

  it('names the sources of all entries', () => {
    const files = {
      'package.json': {
        name: 'p',
        main: 'dist/index.js',
        bin: { p: './bin/p.js' },
        exports: {
          '.': './dist/index.js',
          './a': { import: './dist/a.js' },
          './parts/*': './dist/parts/*.js',
          './package.json': './package.json',
        },
      },
      'bin/p.js': '',
      'src/index.ts': '',
      'src/a.ts': '',
      'src/parts/one.ts': '',
      'src/parts/two.ts': '',
      'src/hidden.ts': '',
    };
    const entries = ['bin/p.js', 'src/a.ts', 'src/index.ts', 'src/parts/one.ts', 'src/parts/two.ts'];
    expect(resolverOf(files).manifest('src/a.ts')?.entries).toEqual(entries);
  });
});

describe('versions', () => {
  const one = { 'package.json': { name: 'p', dependencies: { ioredis: '^5.0.0', local: 'workspace:*' } } };
  const two = {
    'package.json': { name: 'root', devDependencies: { redis: '4.x' } },
    'packages/a/package.json': { name: 'a', dependencies: { ioredis: '^5.0.0' } },
  };

  it('pnpm: importers, also of hoisted dependencies of the root', () => {
    const lock = `lockfileVersion: '9.0'

importers:

  .:
    devDependencies:
      redis:
        specifier: 4.x
        version: 4.6.13

  packages/a:
    dependencies:
      ioredis:
        specifier: ^5.0.0
        version: 5.3.2(supports-color@8.1.1)
      local:
        specifier: workspace:*
        version: link:../local

packages:

  ioredis@5.9.9:
    resolution: {integrity: x}
`;
    expect(versions({ ...two, 'pnpm-lock.yaml': lock }, 'packages/a/a.ts')).toEqual({
      ioredis: '5.3.2',
      redis: '4.6.13',
    });
  });

  it('pnpm: older layouts', () => {
    const flat = `lockfileVersion: 5.4\n\nspecifiers:\n  ioredis: ^5.0.0\n\ndependencies:\n  ioredis: 5.2.0_abc\n`;
    expect(versions({ ...one, 'pnpm-lock.yaml': flat }, 'a.ts')).toEqual({ ioredis: '5.2.0' });
    const six = `lockfileVersion: '6.0'\n\ndependencies:\n  ioredis:\n    specifier: ^5.0.0\n    version: 5.2.1\n`;
    expect(versions({ ...one, 'pnpm-lock.yaml': six }, 'a.ts')).toEqual({ ioredis: '5.2.1' });
  });

  it('npm: the copy that is nearest to the package', () => {
    const packages = {
      'node_modules/ioredis': { version: '4.28.5' },
      'packages/a/node_modules/ioredis': { version: '5.1.0' },
      'node_modules/redis': { version: '4.1.0' },
    };
    const lock = { 'package-lock.json': { lockfileVersion: 3, packages } };
    expect(versions({ ...two, ...lock }, 'packages/a/a.ts')).toEqual({ ioredis: '5.1.0', redis: '4.1.0' });
    const old = { 'package-lock.json': { lockfileVersion: 1, dependencies: { ioredis: { version: '4.1.0' } } } };
    expect(versions({ ...one, ...old }, 'a.ts')).toEqual({ ioredis: '4.1.0' });
  });

  it('yarn: by name and range, both formats', () => {
    const classic = `# yarn lockfile v1\n\nioredis@^4.0.0, ioredis@^5.0.0:\n  version "5.3.0"\n  resolved "x"\n`;
    expect(versions({ ...one, 'yarn.lock': classic }, 'a.ts')).toEqual({ ioredis: '5.3.0' });
    const berry = `__metadata:\n  version: 8\n\n"ioredis@npm:^5.0.0":\n  version: 5.3.1\n`;
    expect(versions({ ...one, 'yarn.lock': berry }, 'a.ts')).toEqual({ ioredis: '5.3.1' });
  });

  it('bun, and an installed copy when there is no lockfile', () => {
    const lock = { workspaces: { '': { name: 'p' } }, packages: { ioredis: ['ioredis@5.4.1', '', {}, 'x'] } };
    expect(versions({ ...one, 'bun.lock': lock }, 'a.ts')).toEqual({ ioredis: '5.4.1' });
    const installed = { 'node_modules/ioredis/package.json': { name: 'x', version: '5.0.6' } };
    expect(versions({ ...one, ...installed }, 'a.ts')).toEqual({ ioredis: '5.0.6' });
  });

  it('finds an alias under the real name too', () => {
    const files = {
      'package.json': { name: 'p', dependencies: { redis4: 'npm:redis@^4.0.0' } },
      'pnpm-lock.yaml': `importers:\n\n  .:\n    dependencies:\n      redis4:\n        specifier: npm:redis@^4.0.0\n        version: redis@4.7.0\n`,
    };
    expect(resolverOf(files).manifest('a.ts')).toMatchObject({
      dependencies: { redis: '^4.0.0', redis4: 'npm:redis@^4.0.0' },
      versions: { redis: '4.7.0', redis4: '4.7.0' },
    });
  });
});
