/** Lint rules of `init --guard`, judged by the real ESLint and the real ruff: they forbid new openings, and nothing else. */

import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';
import { parse } from 'smol-toml';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { initialise } from '../../src/initialise.js';
import type { GuardRule } from '../../src/model/guard.js';
import { ran } from '../cli/fake.js';
import { CHECKOUT, Program, start } from '../cli/program.js';
import { write } from '../gate/repository.js';
import { INIT } from '../report/samples.js';

vi.setConfig({ testTimeout: 120_000 });
const program = new Program();
afterAll(() => program.drop());

const run = (root: string) =>
  initialise(
    { root, configPath: null, jobs: 1, cache: false, includeTests: false },
    { yes: true, scaffold: null, guard: true },
  );
const only = (rules: readonly GuardRule[]): GuardRule => {
  const [rule] = rules;
  if (!rule || rules.length > 1) throw new Error(`${rules.length} rules`);
  return rule;
};
const textOf = (root: string, file: string) => readFileSync(join(root, file), 'utf8');

/** `file:line rule` of each problem. */
function linted(root: string, legacy = false): string[] {
  const bin = join(CHECKOUT, 'node_modules/eslint/bin/eslint.js');
  const env = { ESLINT_USE_FLAT_CONFIG: legacy ? 'false' : 'true' };
  const { code, out, err } = start(process.execPath, [bin, '--format', 'json', 'src'], root, env);
  if (code !== 0 && code !== 1) throw new Error(err);
  const results = JSON.parse(out) as { filePath: string; messages: { line: number; ruleId: string | null }[] }[];
  return results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, ruleId }) => `${filePath.slice(root.length + 1)}:${line} ${ruleId}`),
  );
}

const OPENS = "import Redis from 'ioredis';\nexport const late = new Redis();\n";
const REQUIRES = "const Redis = require('ioredis');\nexports.late = new Redis();\n";

/** A service with its accessor, a file that opens, and a configuration of ESLint. */
function service(files: Record<string, string>, more: { type?: string; accessor?: string; old?: string } = {}): string {
  const manifest = { name: 'shop', private: true, type: more.type ?? 'module', dependencies: { ioredis: '^5.4.0' } };
  const root = program.tree({
    'package.json': JSON.stringify({ ...manifest, devDependencies: { eslint: '^9.39.0' } }),
    'redis-migrate.config.json': JSON.stringify({
      accessors: { javascript: { file: 'src/lib/redis.js', name: 'getRedis', library: 'ioredis' } },
      exempt: [{ files: ['src/legacy/**'], reason: 'goes away' }],
    }),
    'src/lib/redis.js': more.accessor ?? OPENS,
    'src/old.js': more.old ?? OPENS,
    'src/[shop]/old.js': more.old ?? OPENS,
    ...files,
  });
  symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
  return root;
}

const GREEN = { 'src/legacy/a.js': OPENS, 'src/a.test.js': OPENS, 'src/__tests__/b.js': OPENS };
const ELEMENT = "{ rules: { 'no-var': 'error' } }";

describe('eslint.config', () => {
  it.each([
    ['mjs', `export default [${ELEMENT}];\n`],
    ['js', `export default [\n\t// ours\n\t${ELEMENT},\n];\n`],
    ['mjs', `import { defineConfig } from 'eslint/config';\nexport default defineConfig([\n  ${ELEMENT},\n]);\n`],
    [
      'mjs',
      `import { defineConfig } from 'eslint/config';\nexport default defineConfig(${ELEMENT}, ...[${ELEMENT}]);\n`,
    ],
    ['mjs', `const config = [\r\n  ${ELEMENT}, // last\r\n];\r\nexport default config;\r\n`],
    ['cjs', `const all = [${ELEMENT}];\nmodule.exports = [...all];\n`],
  ])('.%s: %s', async (end, text) => {
    const file = `eslint.config.${end}`;
    const root = service({ ...GREEN, [file]: text });
    expect(only((await run(root)).guard)).toMatchObject({ tool: 'eslint', file, state: 'written', why: null });
    const after = textOf(root, file);
    expect(linted(root)).toEqual([]);
    write(root, 'src/late.js', OPENS);
    write(root, 'src/var.js', 'export var late = 1;\n');
    expect(linted(root)).toEqual(['src/late.js:1 no-restricted-imports', 'src/var.js:1 no-var']);
    for (const line of text.split(/\r?\n/)) for (const word of line.split(/[\s,;[\]]+/)) expect(after).toContain(word);
    expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
    expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r\n'));

    expect(only((await run(root)).guard).state).toBe('unchanged');
    expect(linted(root)).toContain('src/late.js:1 no-restricted-imports');
    write(root, 'src/old.js', "import { getRedis } from './lib/redis.js';\nexport const old = getRedis();\n");
    expect((await run(root)).written).toEqual([file]);
    write(root, 'src/old.js', OPENS);
    expect(linted(root)).toContain('src/old.js:1 no-restricted-imports');
  });

  it.each([
    ["import t from 'typescript-eslint';\nexport default t.config(t.configs.recommended, {});\n"],
    ["import antfu from '@antfu/eslint-config';\nexport default antfu({ vue: true });\n"],
  ])('knows what gives a list: %s', async (text) => {
    const root = service({ 'eslint.config.mjs': text });
    expect(only((await run(root)).guard).state).toBe('written');
    const after = textOf(root, 'eslint.config.mjs');
    expect(after).toMatch(/,\n {2}\{\n {4}name: 'redis-migrate\/guard',\n[\s\S]*\n {2}\}\);\n$/);
    expect(after.startsWith(text.replace(');\n', ','))).toBe(true);
  });

  it.each([
    ['export default [].concat({});\n', /put together in a way that is not known/],
    ["import own from './own.js';\nexport default own({});\n", /not known/],
    ['let config = [{}];\nconfig = [];\nexport default config;\n', /not known/],
    ['export default [];\n', /its list is empty/],
    ["export default [{ rules: { 'no-restricted-imports': ['error', 'lodash'] } }];\n", /replace the other/],
    ['export default [(0, {})];\n', /not be one of the list/],
    ['export default [\n', /not known/],
  ])('leaves to a person, with the text to add: %s', async (text, why) => {
    const root = service({ 'eslint.config.mjs': text });
    const rule = only((await run(root)).guard);
    expect(rule).toMatchObject({ file: 'eslint.config.mjs', state: 'by-hand' });
    expect(rule.why).toMatch(why);
    expect(textOf(root, 'eslint.config.mjs')).toBe(text);
    writeFileSync(join(root, 'eslint.config.mjs'), `export default [\n${rule.text},\n];\n`);
    write(root, 'src/late.js', OPENS);
    expect(linted(root)).toEqual(['src/late.js:1 no-restricted-imports']);
  });

  it('is given whole where there is none', async () => {
    const root = service(GREEN);
    const rule = only((await run(root)).guard);
    expect(rule).toMatchObject({ file: null, state: 'by-hand', why: 'there is no configuration of ESLint here' });
    write(root, 'eslint.config.mjs', rule.text);
    write(root, 'src/late.js', OPENS);
    expect(linted(root)).toEqual(['src/late.js:1 no-restricted-imports']);
  });

  it('forbids `require` too where the code has it', async () => {
    const text = `module.exports = [${ELEMENT}];\n`;
    const root = service({ 'eslint.config.js': text }, { type: 'commonjs', accessor: REQUIRES, old: REQUIRES });
    expect((await run(root)).written).toEqual(['eslint.config.js']);
    expect(linted(root)).toEqual([]);
    write(root, 'src/late.js', REQUIRES);
    expect(linted(root)).toEqual(['src/late.js:1 no-restricted-modules']);
  });

  it('lets types through in TypeScript, where the version of ESLint can', async () => {
    const root = program.sample({ init: true });
    const config = `import parser from '@typescript-eslint/parser';\nexport default [{ files: ['**/*.ts'], languageOptions: { parser } }];\n`;
    write(root, 'eslint.config.mjs', config);
    const manifest = JSON.parse(textOf(root, 'package.json')) as object;
    const files = {
      'src/types.ts': "import type { Redis } from 'ioredis';\nexport type R = Redis;\n",
      'src/late.ts': OPENS,
    };
    const asked = async (eslint: string) => {
      write(root, 'package.json', JSON.stringify({ ...manifest, devDependencies: { eslint } }));
      write(root, 'eslint.config.mjs', config);
      rmSync(join(root, 'node_modules'));
      expect((await run(root)).written).toEqual(['eslint.config.mjs']);
      symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
      expect(linted(root)).toEqual([]);
      for (const [file, text] of Object.entries(files)) write(root, file, text);
      const found = linted(root);
      for (const file of Object.keys(files)) rmSync(join(root, file));
      return found;
    };
    expect(await asked('^9.37.0')).toEqual(['src/late.ts:1 no-restricted-imports']);
    expect(await asked('^9.36.0')).toHaveLength(2);
  });
});

describe('older configurations of ESLint', () => {
  const parser = { parserOptions: { ecmaVersion: 2022, sourceType: 'module' }, root: true };
  const json = JSON.stringify(parser, null, 4);

  it.each([
    ['.eslintrc.json', `// how we write\n${json.replace('"root": true', '"root": true, /* top */ "rules": {}')}\n`],
    ['.eslintrc', json.replace('"root": true', '"root": true, "overrides": [{ "files": ["*.js"], "rules": {} }]')],
    ['.eslintrc.cjs', `// how we write\nmodule.exports = ${json};\n`],
    ['.eslintrc.cjs', `module.exports = {\n  ...{},\n};\n`],
    ['.eslintrc.cjs', `module.exports = { ...${json}.x, root: true };\n`],
    [
      '.eslintrc.cjs',
      `module.exports = {\n  parserOptions: { ecmaVersion: 2022, sourceType: 'module' },\n  overrides: [\n    { files: ['x.js'] },\n  ],\n};\n`,
    ],
  ])('%s: %s', async (file, text) => {
    const root = service({ ...GREEN, [file]: text });
    const rule = only((await run(root)).guard);
    if (text.includes('...')) {
      expect([rule.state, textOf(root, file)]).toEqual(['by-hand', text]);
      return;
    }
    expect(rule).toMatchObject({ file, state: 'written' });
    expect(linted(root, true)).toEqual([]);
    write(root, 'src/late.js', OPENS);
    expect(linted(root, true)).toEqual(['src/late.js:1 no-restricted-imports']);
    for (const comment of text.match(/\/\/ .*|\/\* .* \*\//g) ?? []) expect(textOf(root, file)).toContain(comment);
    expect(only((await run(root)).guard).state).toBe('unchanged');
    write(root, 'src/old.js', 'export const old = 1;\n');
    expect((await run(root)).written).toEqual([file]);
    expect(textOf(root, file)).not.toMatch(/["']src\/old.js["']/);
  });

  it('package.json', async () => {
    const root = service({});
    const manifest = JSON.parse(textOf(root, 'package.json')) as object;
    write(root, 'package.json', JSON.stringify({ ...manifest, eslintConfig: parser }, null, 2));
    expect((await run(root)).written).toEqual(['package.json']);
    write(root, 'src/late.js', OPENS);
    expect(linted(root, true)).toEqual(['src/late.js:1 no-restricted-imports']);
    expect(JSON.parse(textOf(root, 'package.json'))).toMatchObject(manifest);
  });

  it('takes the rule of typescript-eslint where it is certainly there', async () => {
    const config = { extends: ['plugin:@typescript-eslint/recommended'], root: true };
    const root = service({ '.eslintrc.json': JSON.stringify(config, null, 2) });
    expect((await run(root)).written).toEqual(['.eslintrc.json']);
    const [entry] = (JSON.parse(textOf(root, '.eslintrc.json')) as { overrides: { rules: object }[] }).overrides;
    expect(Object.keys(entry?.rules ?? {})).toEqual(['@typescript-eslint/no-restricted-imports']);
  });

  it('leaves YAML, and rules of the same name, to a person', async () => {
    const yaml = service({ '.eslintrc.yml': 'root: true\n' });
    expect(only((await run(yaml)).guard)).toMatchObject({ file: '.eslintrc.yml', state: 'by-hand' });
    const text = JSON.stringify({ ...parser, rules: { 'no-restricted-imports': 'off' } });
    const same = service({ '.eslintrc.json': text });
    expect(only((await run(same)).guard).why).toMatch(/replace the other/);
    expect(textOf(same, '.eslintrc.json')).toBe(text);
  });
});

describe('ruff', () => {
  /** Messages of the real ruff for a text under the settings of a file. Throws for settings that ruff does not know. */
  function judged(root: string, file: string, code: string): string[] {
    const data = parse(textOf(root, file)) as { tool?: { ruff: object } };
    const workspace = new Workspace(data.tool?.ruff ?? data, PositionEncoding.Utf16);
    const found = workspace.check(code) as { code: string; start_location: { row: number } }[];
    return found.flatMap((one) => (one.code === 'TID251' ? `TID251:${one.start_location.row}` : []));
  }

  const CODE = [
    'import redis',
    'from redis.asyncio import Redis',
    'from redis.exceptions import RedisError',
    'one = redis.Redis()',
    'two = redis.asyncio.client.Redis.from_url("x")',
    'print(Redis, RedisError, one, two)',
  ].join('\n');

  function pythonService(files: Record<string, string>): string {
    return program.tree({
      'redis-migrate.config.json': JSON.stringify({
        accessors: {
          python: { file: 'app/clients.py', module: 'app.clients', name: 'get_redis', library: 'redis-py' },
        },
      }),
      'app/clients.py': 'import redis\n\nclient = redis.Redis()\n',
      'app/old.py': 'from redis import Redis\n\nclient = Redis()\n',
      'app/errors.py': 'from redis.exceptions import RedisError\n\nprint(RedisError)\n',
      ...files,
    });
  }

  it.each([
    ['ruff.toml', 'line-length = 100\n'],
    ['.ruff.toml', '[lint]\n# ours\nselect = ["F", "TID2"]\n'],
    [
      'pyproject.toml',
      '[project]\nname = "shop"\n\n[tool.ruff.lint]\nselect = ["F"]\nextend-select = [\n  "I", # sorted\n]\n',
    ],
    [
      'pyproject.toml',
      '[tool.ruff]\r\nline-length = 100\r\n\r\n[tool.ruff.lint.flake8-tidy-imports.banned-api]\r\n"os.system".msg = "No."\r\n',
    ],
    [
      'pyproject.toml',
      '[tool.ruff.lint.extend-per-file-ignores]\n"x.py" = ["F401"]\n\n[tool.black]\nline-length = 80\n',
    ],
  ])('%s: %s', async (file, text) => {
    const root = pythonService({ [file]: text });
    expect(only((await run(root)).guard)).toMatchObject({ tool: 'ruff', file, state: 'written' });
    const after = textOf(root, file);
    for (const line of text.split(/\r?\n/)) expect(after).toContain(line);
    expect(after.replaceAll('\r\n', '').includes('\n')).toBe(!text.includes('\r\n'));
    expect(judged(root, file, CODE)).toEqual(['TID251:2', 'TID251:4', 'TID251:5']);
    const data = parse(after) as { lint?: unknown; tool?: { ruff: object } };
    expect(data.tool?.ruff ?? data).toMatchObject({
      lint: { 'extend-per-file-ignores': { 'app/clients.py': ['TID251'], 'app/old.py': ['TID251'] } },
    });
    expect(after).not.toContain('app/errors.py');

    write(root, 'app/late.py', 'from redis import Redis\n\nclient = Redis()\n');
    expect(only((await run(root)).guard).state).toBe('unchanged');
    write(root, 'app/old.py', 'from app.clients import get_redis\n\nclient = get_redis()\n');
    expect((await run(root)).written).toEqual([file]);
    expect(textOf(root, file)).toBe(after.replace(/"app\/old\.py" = \["TID251"\]\r?\n/, ''));
  });

  it.each([
    ['pyproject.toml', '[tool.ruff]\nlint = { select = ["F"] }\n'],
    ['ruff.toml', 'lint.select = ["F"]\n'],
    ['ruff.toml', '[lint.flake8-tidy-imports.banned-api]\n"redis.Redis".msg = "No."\n'],
    ['ruff.toml', 'line-length = = 3\n'],
  ])('leaves to a person what it cannot edit surely: %s: %s', async (file, text) => {
    const root = pythonService({ [file]: text });
    const rule = only((await run(root)).guard);
    expect([rule.state, textOf(root, file)]).toEqual(['by-hand', text]);
    writeFileSync(join(root, file), rule.text);
    expect(judged(root, file, CODE)).toEqual(['TID251:2', 'TID251:4', 'TID251:5']);
  });

  it('bans names that redis-py has', async () => {
    const root = pythonService({ 'ruff.toml': '' });
    await run(root);
    const { lint } = parse(textOf(root, 'ruff.toml')) as {
      lint: { 'flake8-tidy-imports': { 'banned-api': Record<string, unknown> } };
    };
    const names = Object.keys(lint['flake8-tidy-imports']['banned-api']);
    expect(names).toContain('redis.asyncio.cluster.RedisCluster');
    const code = 'import sys, pkgutil\nfor name in sys.argv[1:]: pkgutil.resolve_name(name)\n';
    expect(start('/usr/bin/python3', ['-c', code, ...names], root)).toMatchObject({ code: 0, err: '' });
  });
});

describe('the command', () => {
  it('needs an accessor, and says what is to be added by hand', async () => {
    const root = program.tree({ 'redis-migrate.config.json': '{}', 'src/a.js': OPENS });
    const { code, err } = program.run(root, ['init', '--yes', '--guard']);
    expect([code, err]).toEqual([2, expect.stringContaining('the configuration names no accessor')]);
    const none = service({});
    const { out } = program.run(none, ['init', '--yes', '--guard']);
    expect(out).toContain('Nothing was written.');
    expect(out).toContain('eslint: to be added by hand, because there is no configuration of ESLint here');
    expect(out).toContain("\n    name: 'redis-migrate/guard',\n");
    expect(existsSync(join(none, 'eslint.config.mjs'))).toBe(false);
  });

  it('writes it with the configuration and the accessor', async () => {
    const root = program.sample({ init: false });
    write(root, 'eslint.config.mjs', `export default [${ELEMENT}];\n`);
    const { code, out } = program.run(root, ['init', '--yes', '--scaffold', 'default', '--guard', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(out).written).toEqual(['src/lib/redis.ts', 'redis-migrate.config.json', 'eslint.config.mjs']);
    expect(textOf(root, 'eslint.config.mjs')).toContain("'src/lib/redis.ts'");
  });

  it('asks on a terminal before it edits a file', async () => {
    const asked: string[] = [];
    const asker = (answer: boolean) => async () => ({
      choose: async () => null,
      say: () => undefined,
      confirm: async (question: string) => {
        asked.push(question);
        return answer;
      },
    });
    const guard = { ...INIT, config: null, written: ['eslint.config.mjs'] };
    const answers = { initialise: async () => guard };
    const yes = await ran(['init', '--guard'], answers, { asker: asker(true), tty: true });
    const no = await ran(['init', '--guard'], answers, { asker: asker(false), tty: true });
    expect(asked).toEqual(Array(2).fill('Write lint rules into eslint.config.mjs?'));
    expect([yes.code, no.code]).toEqual([0, 1]);
    expect(yes.asked.map(([, , request]) => request)).toMatchObject([{ dryRun: true, guard: true }, { guard: true }]);
    expect(no.err).toContain('nothing was written');
  });
});
