import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../src/languages/python/resolve.js';
import { importsIn } from '../../../src/languages/python/specifiers.js';

type Files = Readonly<Record<string, string>>;

function resolverOf(files: Files) {
  return createResolver({ files: new Set(Object.keys(files)), read: (file) => files[file] ?? null });
}

function lead(files: Files, from: string, specifier: string): string {
  const found = resolverOf(files).resolve(from, specifier);
  return found.kind === 'file' ? found.file : found.kind === 'external' ? `pip:${found.package}` : 'unknown';
}

describe('resolve', () => {
  const files: Files = {
    'pyproject.toml': '[project]\nname = "shop"\ndependencies = ["redis>=4"]\n',
    'app/__init__.py': '',
    'app/cache/__init__.py': '',
    'app/cache/redis.py': '',
    'app/api/users.py': '',
    'src/lib/tools.py': '',
    'scripts/run.py': '',
    'scripts/helper.py': '',
    'scripts/redis.py': '',
  };

  it.each([
    ['app/cache/redis.py', '.', 'app/cache/__init__.py'],
    ['app/cache/__init__.py', '.redis', 'app/cache/redis.py'],
    ['app/api/users.py', '..cache.redis', 'app/cache/redis.py'],
    ['app/api/users.py', '..', 'app/__init__.py'],
    ['app/api/users.py', '....x', 'unknown'],
    ['app/api/users.py', '.none', 'unknown'],
    ['app/api/users.py', 'app.cache', 'app/cache/__init__.py'],
    ['app/api/users.py', 'app.cache.redis', 'app/cache/redis.py'],
    ['app/api/users.py', 'app.none', 'unknown'],
    ['app/api/users.py', 'lib.tools', 'src/lib/tools.py'],
    ['scripts/run.py', 'helper', 'scripts/helper.py'],
    ['scripts/run.py', 'redis', 'pip:redis'],
    ['app/cache/redis.py', 'redis.asyncio', 'pip:redis'],
    ['app/cache/redis.py', 'os.path', 'pip:os'],
    ['app/cache/redis.py', 'celery', 'pip:celery'],
  ])('%s: %s → %s', (from, specifier, expected) => {
    expect(lead(files, from, specifier)).toBe(expected);
  });
});

describe('manifest', () => {
  it('reads pyproject.toml, requirements and lockfiles', () => {
    const files: Files = {
      'pyproject.toml': `
[project]
name = "Shop"
classifiers = ["Private :: Do Not Upload"]
dependencies = ["Redis[hiredis] >= 5, < 6 ; python_version > '3.8'", "celery"]
[project.optional-dependencies]
dev = ["fakeredis==2.1.0"]
[project.scripts]
shop = "shop.main:run"
`,
      'requirements.txt': '# pinned\nredis==5.0.1  # why\n-r other.txt\nhttps://example.com/x.whl\n\n',
      'requirements-dev.txt': 'django_redis===5.4.0',
      'requirements/extra.txt': 'arq>=0.25',
      'notes.txt': 'nothing==1.0',
      'uv.lock': '[[package]]\nname = "celery"\nversion = "5.3.6"\n[[package]]\nname = "kombu"\nversion = "5.3.4"\n',
      'src/shop/main.py': '',
    };
    expect(resolverOf(files).manifest('src/shop/main.py')).toEqual({
      file: 'pyproject.toml',
      name: 'Shop',
      private: true,
      dependencies: {
        arq: '>=0.25',
        celery: '*',
        'django-redis': '===5.4.0',
        fakeredis: '==2.1.0',
        redis: '==5.0.1',
      },
      versions: { celery: '5.3.6', 'django-redis': '5.4.0', redis: '5.0.1' },
      entries: ['src/shop/main.py'],
    });
  });

  it('reads poetry, takes the nearest project, and survives a broken file', () => {
    const files: Files = {
      'pyproject.toml':
        '[tool.poetry]\nname = "a"\n[tool.poetry.dependencies]\npython = "^3.11"\nredis = "^5.0"\n[tool.poetry.group.dev.dependencies]\narq = { version = "0.25" }\n',
      'services/b/pyproject.toml': 'this is = = not toml',
      'services/b/x.py': '',
      'x.py': '',
    };
    const resolver = resolverOf(files);
    expect(resolver.manifest('x.py')).toMatchObject({
      name: 'a',
      private: false,
      dependencies: { arq: '0.25', python: '^3.11', redis: '^5.0' },
    });
    expect(resolver.manifest('services/b/x.py')).toMatchObject({ file: 'services/b/pyproject.toml', dependencies: {} });
    expect(resolverOf({}).manifest('x.py')).toBeNull();
  });
});

describe('importsIn', () => {
  it('finds modules and the submodules that names may be', () => {
    const text = `import a.b as c, d
from . import e
from ..f import (  # why (not)
    g,
    h as i,  # j
)
from k import l, \\
    m
try: import n
except ImportError: pass
from o import *
`;
    const expected = ['.', '.e', '..f', '..f.g', '..f.h', 'k', 'k.l', 'k.m', 'o', 'a.b', 'a', 'd', 'n'];
    expect(importsIn(text)).toEqual(expected);
  });
});
