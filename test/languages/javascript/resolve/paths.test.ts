import { describe, expect, it } from 'vitest';
import { importsIn } from '../../../../src/languages/javascript/resolve-specifiers.js';
import { lead } from './tree.js';

describe('relative imports', () => {
  const files = {
    'src/a.ts': '',
    'src/b.tsx': '',
    'src/c/index.ts': '',
    'src/d.mts': '',
    'src/e.js': '',
    'src/both.ts': '',
    'src/both.js': '',
    'src/redis.server.ts': '',
    'src/data.json': '',
    'src/types.d.ts': '',
    'pkg/package.json': { main: './lib/main.js' },
    'pkg/lib/main.js': '',
    'own/package.json': { name: 'own', main: 'dist/index.js' },
    'own/src/index.ts': '',
    'own/test/a.js': '',
  };

  it.each([
    ['./a', 'src/a.ts'],
    ['./a.js', 'src/a.ts'],
    ['./a.ts', 'src/a.ts'],
    ['./b', 'src/b.tsx'],
    ['./b.jsx', 'src/b.tsx'],
    ['./c', 'src/c/index.ts'],
    ['./c/', 'src/c/index.ts'],
    ['./c/index.js', 'src/c/index.ts'],
    ['./d.mjs', 'src/d.mts'],
    ['./e', 'src/e.js'],
    ['./redis.server', 'src/redis.server.ts'],
    ['./data', 'src/data.json'],
    ['./data.json', 'src/data.json'],
    ['./a?raw', 'src/a.ts'],
    ['../pkg', 'pkg/lib/main.js'],
    ['../own', 'own/src/index.ts'],
    ['../own/dist/index.js', 'own/src/index.ts'],
    ['./types', 'unknown'],
    ['./none', 'unknown'],
    ['../../outside', 'unknown'],
    ['/etc/passwd', 'unknown'],
  ])('%s → %s', (specifier, expected) => {
    expect(lead(files, 'src/x.ts', specifier)).toBe(expected);
  });

  it('means the written file in JavaScript, the source of it in TypeScript', () => {
    expect(lead(files, 'src/x.ts', './both.js')).toBe('src/both.ts');
    expect(lead(files, 'src/x.js', './both.js')).toBe('src/both.js');
  });

  it('finds an index by dots alone', () => {
    expect(lead({ 'index.ts': '', 'a/index.ts': '' }, 'a/b.ts', '.')).toBe('a/index.ts');
    expect(lead({ 'index.ts': '', 'a/index.ts': '' }, 'a/b.ts', '..')).toBe('index.ts');
  });
});

describe('bare imports', () => {
  it.each([
    ['ioredis', 'npm:ioredis'],
    ['ioredis/built/x', 'npm:ioredis'],
    ['@redis/client/dist/x', 'npm:@redis/client'],
    ['fs', 'npm:fs'],
    ['node:fs/promises', 'npm:fs'],
    ['bun:test', 'npm:bun:test'],
    ['~/x', 'unknown'],
    ['@/x', 'unknown'],
    ['https://example.com/x.js', 'unknown'],
  ])('%s → %s', (specifier, expected) => {
    expect(lead({}, 'src/x.ts', specifier)).toBe(expected);
  });

  it('names the package behind an alias', () => {
    const files = { 'package.json': { name: 'a', dependencies: { redis4: 'npm:redis@^4.6.0' } } };
    expect(lead(files, 'a.ts', 'redis4')).toBe('npm:redis');
  });

  it('takes an undeclared path from the package for a file', () => {
    const files = { 'app/package.json': { name: 'app' }, 'app/src/a.ts': '' };
    expect(lead(files, 'app/src/b.ts', 'src/a')).toBe('app/src/a.ts');
  });
});

describe('importsIn', () => {
  it('finds specifiers of all kinds of imports', () => {
    const text = `
      import a from './a';
      import './b'
      export * from "./c";
      export { d } from'./d'
      import type { E } from './e';
      const f = require('./f');
      const g = await import(/* webpackChunkName: "g" */ './g');
      const h = await import<typeof H>('./h');
      vi.importActual("./i"); jest.requireActual('./j');
      import { k,
        l } from './k';
    `;
    expect(importsIn(text)).toEqual([...'abcdefghijk'].map((name) => `./${name}`));
  });
});
