import { describe, expect, it } from 'vitest';
import { lead } from './tree.js';

describe('paths and baseUrl', () => {
  it('reads comments and trailing commas, and takes the longest pattern', () => {
    const files = {
      'app/tsconfig.json': `{
        // aliases
        "compilerOptions": { "paths": { "~/*": ["./src/*"], "~/lib/*": ["./library/*", "./lib/*"], "exact": ["./src/a.ts"], } },
      }`,
      'app/src/a.ts': '',
      'app/lib/b.ts': '',
    };
    expect(lead(files, 'app/x.ts', '~/a')).toBe('app/src/a.ts');
    expect(lead(files, 'app/x.ts', '~/lib/b')).toBe('app/lib/b.ts');
    expect(lead(files, 'app/x.ts', 'exact')).toBe('app/src/a.ts');
    expect(lead(files, 'other/x.ts', '~/a')).toBe('unknown');
  });

  it('starts at baseUrl when there is one', () => {
    const files = {
      'tsconfig.json': { compilerOptions: { baseUrl: './src', paths: { '@/*': ['*'] } } },
      'src/a.ts': '',
      'src/lib/b.ts': '',
    };
    expect(lead(files, 'src/x.ts', '@/a')).toBe('src/a.ts');
    expect(lead(files, 'src/x.ts', 'lib/b')).toBe('src/lib/b.ts');
  });

  it('follows extends through files, lists and workspace packages', () => {
    const files = {
      'base/package.json': { name: '@org/tsconfig' },
      'base/base.json': { compilerOptions: { paths: { '#/*': [`$${'{configDir}'}/src/*`] } } },
      'aliases.json': { compilerOptions: { paths: { '%/*': ['./shared/*'] } } },
      'one/tsconfig.json': { extends: '@org/tsconfig/base.json' },
      'one/src/a.ts': '',
      'two/tsconfig.json': { extends: ['./other', '../aliases'] },
      'two/other.json': {},
      'shared/s.ts': '',
      'loop/tsconfig.json': { extends: './tsconfig.json', compilerOptions: { paths: { '!/*': ['./*'] } } },
      'loop/l.ts': '',
    };
    expect(lead(files, 'one/x.ts', '#/a')).toBe('one/src/a.ts');
    expect(lead(files, 'two/x.ts', '%/s')).toBe('shared/s.ts');
    expect(lead(files, 'loop/x.ts', '!/l')).toBe('loop/l.ts');
  });

  it('looks into referenced configs and jsconfig.json', () => {
    const files = {
      'web/tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }, { path: './sub' }] },
      'web/tsconfig.app.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } },
      'web/sub/tsconfig.json': { compilerOptions: { paths: { '$/*': ['./*'] } } },
      'web/sub/s.ts': '',
      'web/src/a.ts': '',
      'js/jsconfig.json': { compilerOptions: { paths: { '@/*': ['./lib/*'] } } },
      'js/lib/b.js': '',
    };
    expect(lead(files, 'web/src/x.ts', '@/a')).toBe('web/src/a.ts');
    expect(lead(files, 'web/src/x.ts', '$/s')).toBe('web/sub/s.ts');
    expect(lead(files, 'js/x.js', '@/b')).toBe('js/lib/b.js');
  });
});
