import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CHECKOUT, Program } from '../cli/program.js';
import { codeshiftOf } from './codeshift.js';

const program = new Program();
const codeshift = codeshiftOf(program);
afterAll(() => program.drop());

const PATTERNS = [
  'direct-client',
  'url-client',
  'factory',
  'class-member',
  'module-singleton',
  'fallback-chain',
] as const;

describe('jscodeshift -t', () => {
  it.each([
    ['direct-client', 'default-import.ts', 'const redis = getRedis();'],
    ['url-client', 'env-url.ts', 'const redis = getRedis();'],
    ['factory', 'memoised.ts', null],
    ['class-member', 'field.ts', 'private readonly redis = getRedis();'],
    ['module-singleton', 'export-const.ts', null],
  ] as const)('%s, fixture %s', (pattern, fixture, line) => {
    const input = readFileSync(
      join(CHECKOUT, 'fixtures/javascript', pattern, fixture.replace('.ts', '.input.ts')),
      'utf8',
    );
    const { after, said } = codeshift(pattern, { [fixture]: input }, ['--accessor=./lib/redis']);
    if (line === null) {
      expect(said).toMatch(/line \d+ stays: .*(?:escapes|exports)/);
      expect(after[fixture]).toBe(input);
    } else {
      expect(said).toMatch(/\b1 ok/);
      expect(after[fixture]).toContain(line);
      expect(after[fixture]).toContain('from "./lib/redis"');
    }
  });

  it('deprecated-import moves one name of a file, and says what stays', () => {
    const files = {
      'src/a.ts':
        "import { getClient, ping } from './old';\n\nexport const read = () => ping() && getClient().get('a');\n",
      'src/b.ts': "import * as old from './old';\n\nexport const read = () => old.getClient().get('a');\n",
    };
    const options = ['--deprecated=src/old.ts#getClient', '--use=src/lib/redis.ts#getRedis'];
    const { after, said } = codeshift('deprecated-import', files, options);
    expect(after['src/a.ts']).toBe(
      "import { ping } from './old';\nimport { getRedis as getClient } from './lib/redis';\n\nexport const read = () => ping() && getClient().get('a');\n",
    );
    expect(after['src/b.ts']).toBe(files['src/b.ts']);
    expect(said).toContain('src/b.ts line 1 stays: import-module');
  });

  it('wrapper-instance replaces a class by its instance with all its calls', () => {
    const files = {
      'src/a.ts': "import { Manager } from './manager';\n\nexport const read = (m = new Manager()) => m.get('a');\n",
      'src/b.ts': "import { Manager } from './manager';\n\nexport const make = (db: number) => new Manager(db);\n",
      'src/c.ts': "import { Manager } from './manager';\n\nexport const stop = () => new Manager().close();\n",
    };
    const options = ['--class=src/manager.ts#Manager', '--instance=manager'];
    const { after, said } = codeshift('wrapper-instance', files, options);
    expect(after).toEqual({
      ...files,
      'src/a.ts': "import { manager } from './manager';\n\nexport const read = (m = manager) => m.get('a');\n",
    });
    expect(said).toContain('src/b.ts line 1 stays: instance-arguments');
    expect(said).toContain('src/c.ts line 1 stays: instance-closed');
  });

  it('tells what options a pattern needs', () => {
    const { said } = codeshift('deprecated-import', { 'src/a.ts': 'export {};\n' });
    expect(said).toContain('--deprecated=src/old.ts#name --use=src/new.ts#name');
  });

  it.each([
    ['module-singleton', 'inline', 'const redis = new Redis();\nexport const get = (key: string) => redis.get(key);'],
    [
      'class-member',
      'adapter',
      'export class Cache {\n  #redis = new Redis();\n  get = (key: string) => this.#redis.get(key);\n}',
    ],
  ] as const)('%s with the strategy %s', (pattern, strategy, code) => {
    const files = { 'a.ts': `import Redis from 'ioredis';\n\n${code}\n` };
    const { after } = codeshift(pattern, files, ['--accessor=./lib/redis', `--strategy=${strategy}`]);
    expect(after['a.ts']).toContain('get = (key: string) => getRedis().get(key);');
    expect(after['a.ts']).not.toContain('ioredis');
  });

  it('fallback-chain, of branches that differ in what has no effect', () => {
    const code = [
      "import Redis from 'ioredis';",
      '',
      'export function ping(friendly: boolean) {',
      '  const url = process.env.REDIS_URL!;',
      '  const redis = friendly ? new Redis(url) : new Redis(url, { db: 0 });',
      '  return redis.ping();',
      '}',
      '',
    ].join('\n');
    const { after } = codeshift('fallback-chain', { 'a.ts': code }, ['--accessor=./lib/redis']);
    expect(after['a.ts']).toContain('const redis = getRedis();');
  });

  it('changes its own pattern alone, in a file that holds all of them', () => {
    const text = [
      "import Redis from 'ioredis';",
      '',
      "const shared = new Redis('redis://localhost:6379');",
      '',
      'function make() {',
      "  return new Redis({ host: 'localhost' });",
      '}',
      '',
      'class Cache {',
      '  #client = new Redis(6379);',
      '  get = (key: string) => this.#client.get(key);',
      '}',
      '',
      'export async function run() {',
      "  const url = new Redis('redis://localhost');",
      '  const direct = new Redis();',
      "  await Promise.all([make().get('a'), shared.get('b'), url.get('c'), direct.get('d')]);",
      "  return new Cache().get('e');",
      '}',
      '',
    ].join('\n');
    const changed = PATTERNS.map((pattern) => {
      const { after } = codeshift(pattern, { 'src/all.ts': text }, ['--accessor=@/lib/redis']);
      const before = text.split('\n').filter((line) => line.includes('new Redis'));
      const kept = new Set(after['src/all.ts']?.split('\n'));
      return [pattern, before.filter((line) => !kept.has(line)).map((line) => line.trim())];
    });
    expect(Object.fromEntries(changed)).toEqual({
      'direct-client': ['const direct = new Redis();'],
      'url-client': ["const url = new Redis('redis://localhost');"],
      factory: ["return new Redis({ host: 'localhost' });"],
      'class-member': ['#client = new Redis(6379);'],
      'module-singleton': ["const shared = new Redis('redis://localhost:6379');"],
      'fallback-chain': [],
    });
  });

  it('refuses what leaves the file, and says why', () => {
    const file = 'src/a.ts';
    const text =
      "import Redis from 'ioredis';\nimport { use } from './use';\n\nexport const a = new Redis();\nconst b = new Redis();\nuse(b);\n";
    const { after, said } = codeshift('module-singleton', { [file]: text });
    expect(after[file]).toBe(text);
    expect(said).toContain(`${file} line 4 stays: escapes-through-published-export: the file exports it`);
    expect(said).toMatch(/line 5 stays: escapes-/);
    expect(said).toMatch(/\b1 skipped/);
  });

  it('writes the specifier from each file to the accessor, in the style of the file', () => {
    const text = (more: string) =>
      `import Redis from 'ioredis';\n${more}\nexport async function f() {\n  const r = new Redis();\n  return r.get('k');\n}\n`;
    const files = { 'src/deep/a.ts': text("import './b.js';"), 'src/c.ts': text('') };
    const { after } = codeshift('direct-client', files, ['--accessor=./src/lib/redis']);
    expect(after['src/deep/a.ts']).toContain("import { getRedis } from '../lib/redis.js';");
    expect(after['src/c.ts']).toContain("import { getRedis } from './lib/redis';");
  });

  it('gives the accessor a name, and asks no role of it that it does not offer', () => {
    const text =
      "import Redis from 'ioredis';\n\nexport async function f() {\n  const r = new Redis();\n  await r.get('k');\n  const s = new Redis();\n  await s.brpop('q', 0);\n}\n";
    const { after, said } = codeshift('direct-client', { 'a.js': text }, ['--accessor=~/redis', '--name=theRedis']);
    expect(after['a.js']).toContain("import { theRedis } from '~/redis';");
    expect(after['a.js']).toContain("const r = theRedis({ database: 'main' });");
    expect(after['a.js']).toContain('const s = new Redis();');
    expect(said).toMatch(/line 6 stays/);
  });

  it('leaves the accessor itself alone', () => {
    const text =
      "import Redis from 'ioredis';\n\nconst client = new Redis();\n\nexport async function ping() {\n  return client.ping();\n}\n";
    const file = { 'src/lib/redis.ts': text };
    expect(codeshift('module-singleton', file).after).toEqual(file);
    expect(codeshift('module-singleton', { 'src/lib/other.ts': text }).after['src/lib/other.ts']).not.toBe(text);
  });

  it('makes an error of a file that does not parse, and does the others; CRLF and BOM stay', () => {
    const good =
      "\uFEFFimport Redis from 'ioredis';\r\n\r\nexport async function f() {\r\n  const r = new Redis();\r\n  return r.get('k');\r\n}\r\n";
    const { after, said } = codeshift('direct-client', {
      'bad.ts': "import Redis from 'ioredis';\nconst = ;\n",
      'good.ts': good,
    });
    expect(said).toMatch(/bad\.ts.*does not parse: .*\(line 2\)/);
    expect(said).toMatch(/\b1 errors[\s\S]*\b1 ok/);
    const changed = good
      .replace('new Redis()', 'getRedis()')
      .replace("Redis from 'ioredis'", "{ getRedis } from './src/lib/redis'");
    expect(after['good.ts']).toBe(changed);
  });

  it('runs in the process of jscodeshift and without Babel too', () => {
    const files = {
      'a.mjs':
        "import Redis from 'ioredis';\n\nexport async function f() {\n  const r = new Redis();\n  return r.get('k');\n}\n",
    };
    for (const flag of ['--run-in-band', '--no-babel', '--parser=ts']) {
      expect(codeshift('direct-client', files, [flag, '--extensions=mjs']).after['a.mjs'], flag).toContain(
        'getRedis()',
      );
    }
  });

  it('has a wrapper for each transform of one pattern', () => {
    const built = readdirSync(program.built('src/jscodeshift')).filter((file) => file.endsWith('.cjs'));
    expect(built.sort()).toEqual(
      [...PATTERNS, 'deprecated-import', 'wrapper-instance', 'call-site', 'transform']
        .map((name) => `${name}.cjs`)
        .sort(),
    );
  });
});
