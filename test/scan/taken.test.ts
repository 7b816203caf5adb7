import { describe, expect, it } from 'vitest';
import { LIBRARIES } from '../../src/libraries/index.js';
import { gateRules } from '../../src/scan/gate.js';
import { startScan } from '../../src/scan/index.js';
import { makeTree } from './tree.js';

const CACHE = 'import redis\nfrom json import dumps\n\nclient = redis.Redis()\nclient.set("a", dumps({}))\n';

/** Names that other files take from `app/cache.py`. */
async function takenFrom(files: Record<string, string>, module = 'app/cache.py'): Promise<string[]> {
  const root = makeTree({ 'requirements.txt': 'redis==5.0.8\n', 'app/__init__.py': '', [module]: CACHE, ...files });
  const rules = gateRules(LIBRARIES);
  const scan = await startScan({ root, include: [], exclude: [], jobs: 1, cacheDir: null, rules });
  await scan.round(null);
  return [...(scan.namesTaken([module]).get(module) ?? [])].sort();
}

describe('names that other files take from a Python module', () => {
  it.each([
    ['imported from it', 'from app.cache import client, redis\n'],
    ['imported from it over lines', 'from app.cache import (\n    client,\n    redis as r,  # shared\n)\n'],
    ['imported relatively', 'from .cache import redis\n'],
    ['read from the module', 'import app.cache\n\napp.cache.redis.Redis()\n'],
    ['read from the module under another name', 'import app.cache as store\n\nstore.redis.Redis()\n'],
    ['read from the module, imported from its package', 'from app import cache as c\n\nc.redis.Redis()\n'],
    ['read through the package', 'import app as a\n\na.cache.redis.Redis()\n'],
    ['patched by its path', 'from unittest.mock import patch\n\n@patch("app.cache.redis.Redis")\ndef t(m): ...\n'],
    ['patched by its path from the root of sources', 'def t(mocker):\n    mocker.patch("cache.redis")\n'],
    [
      'patched as a member',
      'import app.cache as m\n\ndef t(monkeypatch):\n    monkeypatch.setattr(m, "redis", None)\n',
    ],
    [
      'patched as a member of a module that a string names',
      'P = "app.cache"\n\ndef t(p):\n    p(P + ".redis.Redis")\n',
    ],
    ['read from a module that a string names', 'import sys\n\nsys.modules["app.cache"].redis\n'],
  ])('%s', async (_name, text) => {
    expect(await takenFrom({ 'app/other.py': text })).toEqual(['redis']);
  });

  it('is all of them for a star import, but not where __all__ lists what it gives', async () => {
    const star = { 'app/other.py': 'from app.cache import *\n' };
    expect(await takenFrom(star)).toEqual(['dumps', 'redis']);
    expect(await takenFrom({ ...star, 'app/cache.py': `${CACHE}__all__ = ["client"]\n` })).toEqual([]);
  });

  it('are found in a package that its own modules import from', async () => {
    expect(await takenFrom({ 'app/other.py': 'from . import redis\n' }, 'app/__init__.py')).toEqual(['redis']);
  });

  it('are found in files that hold no word of Redis otherwise and do not parse', async () => {
    expect(await takenFrom({ 'app/other.py': 'from app.cache import dumps\nprint "old"\n' })).toEqual(['dumps']);
  });

  it.each([
    ['another name is imported from it', 'from app.cache import client\nimport redis\n\nredis.Redis()\n'],
    [
      'another object is called as the module',
      'class A:\n    def __init__(self, cache):\n        self.r = cache.redis\n',
    ],
    ['a module of the same name is meant', 'from django.core.cache import redis\n'],
    [
      'the library itself is patched',
      'from app.cache import client\n\ndef t(mocker):\n    mocker.patch("redis.Redis")\n',
    ],
    ['the module is named in passing', '"""See app/cache.py and redis."""\nNAME = "cache"\n'],
  ])('are none when %s', async (_name, text) => {
    expect(await takenFrom({ 'app/other.py': text })).toEqual([]);
  });
});
