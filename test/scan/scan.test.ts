import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateRules, type Scan, type ScanOptions, startScan } from '../../src/scan/index.js';
import { LIBRARIES } from './libraries.js';
import { git, makeTree } from './tree.js';

type Files = Record<string, string | Buffer>;

async function scanTree(files: Files, more: Partial<ScanOptions> = {}): Promise<{ scan: Scan; root: string }> {
  const root = makeTree(files);
  git(root, 'init', '-q');
  const options = { root, include: [], exclude: [], jobs: 1, cacheDir: null, rules: gateRules(LIBRARIES) };
  return { scan: await startScan({ ...options, ...more }), root };
}

const parsed = (scan: Scan) => scan.project().files.map(({ facts }) => facts.file);
const hands = (file: string, ...names: string[]) => ({ handsOut: [{ file, names }], wants: [] });

describe('round 0', () => {
  it('parses what imports a library or holds an address', async () => {
    const { scan } = await scanTree({
      'src/redis.ts': 'import Redis from "ioredis";\nexport const redis = new Redis();\n',
      'src/url.ts': 'export const url = "redis://localhost";\n',
      'src/user.ts': 'import { redis } from "./redis";\nredis.get("a");\n',
      'src/types.d.ts': 'import Redis from "ioredis";\n',
      'app/a.py': 'import redis\n',
      'README.md': 'import Redis from "ioredis"',
    });
    expect(await scan.round(null)).toBe(3);
    expect(parsed(scan)).toEqual(['app/a.py', 'src/redis.ts', 'src/url.ts']);
    expect(scan.project().walked).toBe(4);
    expect(await scan.round({ handsOut: [], wants: [] })).toBe(0);
  });

  it('tells zone, manifest and resolutions', async () => {
    const { scan } = await scanTree({
      'package.json': '{"name":"root","private":true,"dependencies":{"ioredis":"^5.0.0"}}',
      'src/a.ts': 'import Redis from "ioredis";\nimport { b } from "./b";\nexport * from "./c.js";\nimport "./none";\n',
      'src/b.ts': '',
      'src/c.ts': '',
      'test/x.ts': 'import Redis from "ioredis";\n',
    });
    await scan.round(null);
    const { files, manifests } = scan.project();
    expect(manifests.map(({ file, dependencies }) => [file, dependencies])).toEqual([
      ['package.json', { ioredis: '^5.0.0' }],
    ]);
    expect(files.map(({ zone, manifest }) => [zone, manifest])).toEqual([
      ['production', 0],
      ['test', 0],
    ]);
    expect(files[0]?.resolutions).toEqual({
      ioredis: { kind: 'external', package: 'ioredis' },
      './b': { kind: 'file', file: 'src/b.ts' },
      './c.js': { kind: 'file', file: 'src/c.ts' },
      './none': { kind: 'unknown' },
    });
  });

  it('lists what it cannot parse, but only when it names Redis', async () => {
    const large = 'x'.repeat(2 * 1024 * 1024);
    const { scan } = await scanTree({
      'binary.js': Buffer.concat([Buffer.from('redis'), Buffer.alloc(100)]),
      'other.js': Buffer.alloc(100),
      'latin.ts': Buffer.from('// redis caf\xe9', 'latin1'),
      'large.js': `${large}\nrequire("ioredis")`,
      'large-other.js': large,
      'wide.ts': Buffer.from('\uFEFFimport Redis from "ioredis"', 'utf16le'),
      'broken.ts': 'import Redis from "ioredis";\nconst a = {;\n',
      'nul.ts': `import Redis from "ioredis";\nconst key = "a\0b";\n`,
    });
    await scan.round(null);
    const { failed } = scan.project();
    expect(failed.slice(1)).toEqual([
      { file: 'broken.ts', message: expect.stringMatching(/^does not parse: .* \(line 2\)$/) },
      { file: 'large.js', message: 'not parsed: 2.0 MB is above the limit of 2 MB' },
      { file: 'latin.ts', message: 'not parsed: the text is not valid UTF-8' },
      { file: 'wide.ts', message: 'not parsed: the text is UTF-16, only UTF-8 is read' },
    ]);
    expect(failed[0]).toEqual({ file: 'binary.js', message: 'not parsed: a binary file (it holds NUL bytes)' });
    expect(parsed(scan)).toEqual(['broken.ts', 'nul.ts']);
  });

  it('keeps a BOM in the text: offsets are those of the file', async () => {
    const { scan } = await scanTree({ 'a.ts': '\uFEFFimport Redis from "ioredis";\n' });
    await scan.round(null);
    expect(scan.project().files[0]?.facts.locals[0]).toMatchObject({ name: 'Redis', span: { start: 8, end: 13 } });
  });

  it('leaves excluded files out of the project, yet imports lead to them', async () => {
    const { scan } = await scanTree(
      { 'a.ts': 'import "ioredis";\nimport "./old/b";\n', 'old/b.ts': 'import "ioredis";\n' },
      { exclude: ['old'] },
    );
    await scan.round(null);
    expect(parsed(scan)).toEqual(['a.ts']);
    expect(scan.project().walked).toBe(1);
    expect(scan.project().files[0]?.resolutions['./old/b']).toEqual({ kind: 'file', file: 'old/b.ts' });
    expect(await scan.round({ handsOut: [], wants: [{ file: 'a.ts', specifier: './old/b', name: null }] })).toBe(0);
  });
});

describe('later rounds', () => {
  const REDIS = 'import Redis from "ioredis";\nexport const client = new Redis();\nexport const limit = 5;\n';

  it('add importers that name what is handed out, whatever words they hold', async () => {
    const { scan } = await scanTree({
      'src/store.ts': REDIS,
      'src/user.ts': 'import { client } from "./store";\nclient.get("a");\n',
      'src/all.ts': 'import * as store from "./store.js";\nstore.client.get("a");\n',
      'src/lazy.ts': 'export const get = async () => (await import("./store")).client;\n',
      'src/common.cjs': 'const { client } = require("./store");\n',
      'src/limited.ts': 'import { limit } from "./store";\nexport default limit;\n',
      'src/same-words.ts': '// from "./store" comes client\nexport const client = 1;\n',
      'lib/store.ts': 'export const client = 2;\n',
      'lib/other.ts': 'import { client } from "./store";\n',
    });
    expect(await scan.round(null)).toBe(1);
    expect(await scan.round(hands('src/store.ts', 'client'))).toBe(4);
    expect(parsed(scan)).toEqual(['src/all.ts', 'src/common.cjs', 'src/lazy.ts', 'src/store.ts', 'src/user.ts']);
    expect(await scan.round(hands('src/store.ts', 'client'))).toBe(0);
    expect(await scan.round(hands('src/store.ts', 'client', 'limit'))).toBe(1);
  });

  it('add barrels, and those who import from them when asked again', async () => {
    const { scan } = await scanTree({
      'src/db/index.ts': 'export * from "./store";\n',
      'src/db/store.ts': REDIS,
      'src/user.ts': 'import { client } from "./db";\n',
      'src/db/near.ts': 'import { client } from ".";\n',
    });
    await scan.round(null);
    expect(await scan.round(hands('src/db/store.ts', 'client'))).toBe(1);
    expect(await scan.round(hands('src/db/index.ts', 'client'))).toBe(2);
  });

  it('follow package names and aliases', async () => {
    const { scan } = await scanTree({
      'packages/cache/package.json': '{"name":"@org/cache","version":"1.0.0","main":"dist/index.js"}',
      'packages/cache/src/index.ts': REDIS,
      'packages/api/package.json': '{"name":"@org/api","dependencies":{"@org/cache":"workspace:*"}}',
      'packages/api/tsconfig.json': '{"compilerOptions":{"paths":{"@store":["../cache/src/index.ts"]}}}',
      'packages/api/src/a.ts': 'import { client } from "@org/cache";\n',
      'packages/api/src/b.ts': 'import { client } from "@store";\n',
    });
    await scan.round(null);
    expect(await scan.round(hands('packages/cache/src/index.ts', 'client'))).toBe(2);
  });

  it('follow Python imports of names, modules and packages', async () => {
    const { scan } = await scanTree({
      'app/__init__.py': '',
      'app/store.py': 'import redis\nclient = redis.Redis()\n',
      'app/a.py': 'from .store import client\n',
      'app/b.py': 'from app import store\nstore.client.get("a")\n',
      'app/c.py': 'from . import store as s\ns.client.get("a")\n',
      'main.py': 'import app.store\napp.store.client.get("a")\n',
      'app/d.py': 'from app import other\nclient = 1\n',
    });
    await scan.round(null);
    expect(await scan.round(hands('app/store.py', 'client'))).toBe(4);
    expect(parsed(scan)).toEqual(['app/a.py', 'app/b.py', 'app/c.py', 'app/store.py', 'main.py']);
  });

  it('add where wants lead, through a symlink to the file itself', async () => {
    const root = makeTree({
      'a.ts': 'import "ioredis";\nimport { use } from "./link";\n',
      'lib/use.ts': 'export const use = 1;\n',
    });
    symlinkSync('lib/use.ts', join(root, 'link.ts'));
    const scan = await startScan({
      root,
      include: [],
      exclude: [],
      jobs: 1,
      cacheDir: null,
      rules: gateRules(LIBRARIES),
    });
    await scan.round(null);
    expect(await scan.round({ handsOut: [], wants: [{ file: 'a.ts', specifier: './link', name: null }] })).toBe(1);
    expect(parsed(scan)).toEqual(['a.ts', 'lib/use.ts']);
    expect(scan.project().files[0]?.resolutions['./link']).toEqual({ kind: 'file', file: 'lib/use.ts' });
  });
});
