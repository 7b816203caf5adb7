import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultConfig, loadConfig } from '../../src/config/index.js';
import { UserError } from '../../src/errors.js';
import { PURPOSES } from '../../src/model/site.js';
import { CONTRACT } from './contract.js';

const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true });
});

/** A folder with these files; `.git/` makes it a git root for the search. */
function tree(files: Record<string, string>): string {
  const dir = mkdtempSync(join(tmpdir(), 'config-'));
  made.push(dir);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), text);
  }
  return dir;
}

const CONFIG = 'redis-migrate.config.json';
const of = (value: unknown) => JSON.stringify(value);

describe('where the configuration is', () => {
  it('is searched from the root up to the git root, the nearest folder first', async () => {
    const dir = tree({ '.git/HEAD': '', [CONFIG]: of({ onNone: 'raise' }), 'a/b/c.txt': '', 'a/package.json': '{}' });
    const { config, dir: found } = await loadConfig(join(dir, 'a/b'), null);
    expect([config.onNone, config.path, found]).toEqual(['raise', `../../${CONFIG}`, dir]);
    expect((await loadConfig(dir, null)).config.path).toBe(CONFIG);
  });

  it('does not leave the repository, and without git not the root', async () => {
    const dir = tree({ [CONFIG]: of({ onNone: 'raise' }), 'repo/.git/HEAD': '', 'repo/a/x': '', 'plain/x': '' });
    expect((await loadConfig(join(dir, 'repo/a'), null)).config).toEqual(defaultConfig());
    expect(await loadConfig(join(dir, 'plain'), null)).toEqual({ config: defaultConfig(), dir: join(dir, 'plain') });
  });

  it.each([
    ['package.json', of({ name: 'x', 'redis-migrate': { onNone: 'return' } })],
    ['pyproject.toml', '[tool.other]\na = 1\n[tool.redis-migrate]\nonNone = "return"\n'],
    ['pyproject.toml', '[tool]\nredis-migrate = { onNone = "return" }\n'],
    [CONFIG, '\uFEFF// why\n{ "onNone": "return", }\n'],
  ])('can stand in %s', async (file, text) => {
    const dir = tree({ [file]: text });
    const { config } = await loadConfig(dir, null);
    expect([config.onNone, config.path]).toEqual(['return', file]);
    expect((await loadConfig('/', join(dir, file))).config.onNone, 'named').toBe('return');
  });

  it('passes over shared files that are broken but do not mention it', async () => {
    const dir = tree({ 'package.json': '{ broken', 'pyproject.toml': 'broken = = 1' });
    expect((await loadConfig(dir, null)).config).toEqual(defaultConfig());
  });
});

describe('a complete configuration', () => {
  it('takes every key of the contract, as JSON and as TOML', async () => {
    const { config } = await loadConfig(tree({ [CONFIG]: of(CONTRACT) }), null);
    expect(config).toMatchObject({
      preset: 'default',
      exclude: ['archives/**'],
      databases: [
        { name: 'main', number: 0, identity: null },
        { name: 'metrics', number: 4, identity: ['env:METRICS_REDIS_URL'] },
      ],
      exempt: [{ files: ['src/memory_graph.py'], reason: 'Redis Stack', until: '2027-01-31' }],
      batches: { maxFiles: 5 },
    });
    expect(config.batches.order.slice(0, 3)).toEqual(['health', 'session', 'imports']);
    expect([...config.batches.order].sort()).toEqual([...PURPOSES].sort());
    const toml = `[tool.redis-migrate]
onNone = "keep"
[tool.redis-migrate.accessors.python]
file = "a.py"
name = "get"
[[tool.redis-migrate.exempt]]
files = ["x/**"]
reason = "why"
`;
    const { config: fromToml } = await loadConfig(tree({ 'pyproject.toml': toml }), null);
    expect(fromToml.accessors).toMatchObject([{ language: 'python', file: 'a.py', library: 'redis-py', open: null }]);
    expect(fromToml.exempt).toEqual([{ files: ['x/**'], reason: 'why', until: null }]);
  });

  it('fills the accessor in from the preset, and leaves dedicated roles out where nothing offers them', async () => {
    const accessors = { javascript: [{ file: './src/lib/redis.ts' }, { file: 'b.ts', name: 'mine', scope: 'b/**' }] };
    const { config } = await loadConfig(tree({ [CONFIG]: of({ accessors }) }), null);
    const [preset, own] = config.accessors;
    expect(preset).toMatchObject({
      file: 'src/lib/redis.ts',
      name: 'getRedis',
      open: 'openRedis',
      close: 'closeRedis',
    });
    expect(preset?.contract.roles).toContain('subscriber');
    expect(own).toMatchObject({ name: 'mine', open: null, close: null, library: 'ioredis', scope: 'b/**' });
    expect(own?.contract.roles).toEqual(['command', 'queue']);
  });
});

/** Text of the file, and what the error says. */
const BAD: [string, string, string, string][] = [
  ['broken JSON', CONFIG, '{\n  "preset" "x"\n}', `${CONFIG}:2:12: not valid JSON: colon expected`],
  ['an empty file', CONFIG, '', `${CONFIG}:1:1: not valid JSON`],
  [
    'an unknown key',
    CONFIG,
    '{\n  "acessors": {}\n}',
    `${CONFIG}:2:3: acessors: unknown key, did you mean "accessors"?`,
  ],
  [
    'an unknown key further in',
    CONFIG,
    '{ "accessors": {\n  "javascript": { "file": "a.ts", "nmae": "x" } } }',
    `${CONFIG}:2:35: accessors.javascript.nmae: unknown key, did you mean "name"?`,
  ],
  [
    'a value that is not in the list',
    CONFIG,
    '{\n "onNone": "rase" }',
    `${CONFIG}:2:2: onNone: "rase" is not allowed, did you mean "raise"?`,
  ],
  ['a wrong type', CONFIG, '{ "include": "src" }', `${CONFIG}:1:3: include: must be a list, not a string`],
  [
    'a wrong database',
    CONFIG,
    '{ "databases": { "main": "0" } }',
    'databases.main: must be a number or an object, not a string',
  ],
  [
    'a fraction',
    CONFIG,
    '{ "databases": { "main": 1.5 } }',
    'databases.main: must be a whole number or an object, not a fraction',
  ],
  ['a negative number', CONFIG, '{ "databases": { "a": { "number": -1 } } }', 'databases.a.number: must be 0 or more'],
  [
    'a missing key',
    CONFIG,
    '{ "accessors": {\n "javascript": {} } }',
    `${CONFIG}:2:2: accessors.javascript.file: is missing`,
  ],
  ['an absolute path', CONFIG, '{ "accessors": { "javascript": { "file": "/a.ts" } } }', 'must be a relative path'],
  [
    'a path that leaves',
    CONFIG,
    '{ "accessors": { "javascript": { "file": "a/../../b.ts" } } }',
    'must be a relative path',
  ],
  [
    'a key twice',
    CONFIG,
    '{ "databases": {\n "a": 1,\n "a": 2 } }',
    `${CONFIG}:3:2: databases.a: this key stands twice`,
  ],
  [
    'a scope twice',
    CONFIG,
    '{ "accessors": { "javascript": [{ "file": "a.ts" }, { "file": "b.ts" }] } }',
    'accessors.javascript[1].scope: "**/*" stands there twice',
  ],
  [
    'an impossible date',
    CONFIG,
    '{ "exempt": [{ "files": ["a"], "reason": "r", "until": "2027-02-30" }] }',
    'exempt[0].until: must be a date',
  ],
  [
    'an identity term',
    CONFIG,
    '{ "databases": { "a": { "number": 1, "identity": ["X"] } } }',
    'databases.a.identity[0]: must be "literal:',
  ],
  ['an unknown preset', CONFIG, '{ "preset": "defualt" }', 'preset: "defualt" is not allowed, did you mean "default"?'],
  ['two problems', CONFIG, '{ "a": 1,\n "b": 2 }', `${CONFIG}:1:3: a: unknown key (and 1 more)`],
  [
    'package.json',
    'package.json',
    '{\n "redis-migrate": {\n  "onnone": 1 } }',
    'package.json:3:3: onnone: unknown key',
  ],
  [
    'package.json with a comment',
    'package.json',
    '{ // no\n "redis-migrate": {} }',
    'package.json:1:3: not valid JSON: invalid comment token',
  ],
  ['TOML', 'pyproject.toml', '[tool.redis-migrate]\nonNone = = 1\n', 'pyproject.toml:2:10: not valid TOML: '],
  [
    'a TOML key',
    'pyproject.toml',
    '[tool.redis-migrate]\npreset = "default"\n\n[[tool.redis-migrate.exempt]]\nfiles = ["a"]\nreason = "x"\n[[tool.redis-migrate.exempt]]\nfiles = ["b"]\nresaon = "y"\n',
    'pyproject.toml:7:1: exempt[1].reason: is missing (and 1 more)',
  ],
];

describe('a bad configuration', () => {
  it.each(BAD)('%s', async (_what, file, text, message) => {
    const error = await loadConfig(tree({ [file]: text }), null).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserError);
    const shown = error instanceof Error ? error.message : '';
    expect(shown).toContain(message);
    expect(shown).not.toContain('\n');
    expect(shown, 'no absolute path').not.toContain(tmpdir());
  });

  it('says what is allowed', async () => {
    await expect(loadConfig(tree({ [CONFIG]: '{ "batches": { "max": 1 } }' }), null)).rejects.toMatchObject({
      hint: 'Allowed here: maxFiles, order, zones.',
    });
    await expect(loadConfig(tree({ [CONFIG]: '{ "strategy": "x" }' }), null)).rejects.toMatchObject({
      hint: 'Allowed: initialiser, adapter, inline.',
    });
  });

  it('never shows a secret of the file', async () => {
    const text =
      '{ "databases": { "a": { "number": 1, "identity": ["redis://:hunter2@h"] } }, "onNone": "redis://:hunter2@h" }';
    const error = await loadConfig(tree({ [CONFIG]: text }), null).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([String(error), error])).not.toContain('hunter2');
    const toml = '[tool.redis-migrate]\npassword = hunter2\n';
    await expect(loadConfig(tree({ 'pyproject.toml': toml }), null)).rejects.not.toThrow('hunter2');
  });

  it('refuses a named file that is missing, that is code, or that holds nothing', async () => {
    const dir = tree({ 'a.js': '', 'package.json': '{}' });
    await expect(loadConfig(dir, join(dir, 'b.json'))).rejects.toThrow('no such file');
    await expect(loadConfig(dir, join(dir, 'a.js'))).rejects.toThrow('a configuration is a .json or .toml file');
    await expect(loadConfig(dir, join(dir, 'package.json'))).rejects.toThrow('holds no configuration');
  });

  it('refuses two in one folder', async () => {
    const dir = tree({ [CONFIG]: '{}', 'package.json': of({ 'redis-migrate': {} }) });
    await expect(loadConfig(dir, null)).rejects.toThrow('both hold a configuration');
  });
});
