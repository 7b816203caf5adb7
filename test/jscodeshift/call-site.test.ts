/** The pattern `call-site` alone: a person states what the class does, all else is judged in the file. */

import { afterAll, describe, expect, it } from 'vitest';
import { Program } from '../cli/program.js';
import { codeshiftOf } from './codeshift.js';

const program = new Program();
const codeshift = codeshiftOf(program);
afterAll(() => program.drop());

const STATED = ['--class=./src/cache.ts#Cache', '--instance=cache', '--methods=get,put=set,delete=del,batch=multi'];
const IMPORT = "import { cache } from './cache';";
const REVIEWED = [...STATED, '--include=review'];

/** One file through the transform: its text behind the imports, and what was said. */
function shifted(code: string, args = REVIEWED, imports = IMPORT) {
  const before = `${imports}\n\n${code}\n`;
  const { after, said } = codeshift('call-site', { 'src/a.ts': before }, args);
  return { text: after['src/a.ts'] ?? '', said, changed: after['src/a.ts'] !== before };
}

describe('call-site under jscodeshift', () => {
  it('sends the stated commands through the accessor, with the arguments as they are', () => {
    const files = {
      'src/a.ts':
        "import { cache } from './cache';\n\nexport async function greet(name: string, ...old: string[]) {\n" +
        "  const found = await cache.get('greeting:' + name);\n  if (found === null) await cache.put('greeting:' + name, 'hello', 'EX', 60);\n" +
        '  return cache.delete(...old);\n}\n',
      'src/deep/b.js':
        "import { Cache } from '../cache.js';\n\nconst own = new Cache();\nexport const read = (key) => own.get(key);\n",
    };
    const { after, said } = codeshift('call-site', files, REVIEWED);
    expect(after).toEqual({
      'src/a.ts':
        "import { getRedisPool } from './lib/redis-pool';\n\nexport async function greet(name: string, ...old: string[]) {\n" +
        "  const found = await getRedisPool().execute('get', 'greeting:' + name);\n  if (found === null) await getRedisPool().execute('set', 'greeting:' + name, 'hello', 'EX', 60);\n" +
        "  return getRedisPool().execute('del', ...old);\n}\n",
      'src/deep/b.js':
        "import { Cache } from '../cache.js';\nimport { getRedisPool } from '../lib/redis-pool.js';\n\nconst own = new Cache();\nexport const read = (key) => getRedisPool().execute('get', key);\n",
    });
    expect(said).toMatch(/\b2 ok/);
  });

  it('does so only when what the accessor adds was reviewed', () => {
    const { changed, said } = shifted("export const read = () => cache.get('a');", STATED);
    expect(changed).toBe(false);
    expect(said).toContain('src/a.ts line 3 stays: call-site-differs');
  });

  it('leaves what it cannot judge, and says why', () => {
    const cases: [code: string, reason: string | null, imports?: string][] = [
      ["let one = cache;\none = fake;\nexport const read = () => one.get('a');", 'line 5 stays: call-site-unsure'],
      ["cache.get = async () => 'x';\nexport const read = () => cache.get('a');", 'line 4 stays: call-site-unsure'],
      ["export const read = () => cache?.get('a');", 'line 3 stays: call-site-unsure'],
      // A command that begins something.
      ['export const start = () => cache.batch();', 'line 3 stays: call-site-client'],
      ["export const read = () => cache.get<string>('a');", 'line 3 stays: .*no-transform'],
      // Another module's, hidden by a parameter, no call.
      ["export const read = () => cache.load('a');", 'line 3 stays: nothing was stated of `Cache.load`'],
      ["export const read = () => cache.get('a');", null, "import { cache } from './other';"],
      ["export const read = (cache: Map<string, string>) => cache.get('a');", null],
      ['export const read = cache.get;', null],
    ];
    const files = Object.fromEntries(
      cases.map(([code, , imports = IMPORT], index) => [`src/case-${index}.ts`, `${imports}\n\n${code}\n`]),
    );
    const { after, said } = codeshift('call-site', files, REVIEWED);
    expect(after).toEqual(files);
    cases.forEach(([code, reason], index) => {
      const line = `src/case-${index}\\.ts `;
      if (reason === null) expect(said, code).not.toMatch(new RegExp(line));
      else expect(said, code).toMatch(new RegExp(line + reason));
    });
  });

  it('leaves a file that puts something in the place of the class, and the class itself', () => {
    const mocked = shifted("vi.mock('./cache');\nexport const read = () => cache.get('a');");
    expect(mocked.changed).toBe(false);
    expect(mocked.said).toContain('line 3 stays: it puts something in the place of src/cache.ts');
    const own = {
      'src/cache.ts':
        'export class Cache { get(key: string) { return key; } }\nexport const cache = new Cache();\nexport const a = () => cache.get("a");\n',
    };
    expect(codeshift('call-site', own, REVIEWED).after).toEqual(own);
  });

  it('takes specifiers, default exports, and other names of the accessor', () => {
    const stated = ['--class=@/cache#Cache', '--instance=default', '--methods=get', '--include=review'];
    const accessor = ['--accessor=@/lib/pool', '--name=client', '--from=pool', '--execute=send'];
    const code = "export const read = () => store.get('a');";
    const { text } = shifted(code, [...stated, ...accessor], "import store from '@/cache';");
    expect(text).toBe("import { pool } from '@/lib/pool';\n\nexport const read = () => pool().send('get', 'a');\n");
  });

  it.each([
    [['--class=src/cache.ts#Cache'], '--class=src/cache.ts#Cache --instance=cache --methods=get,put=set'],
    [['--class=src/cache.ts#class', '--methods=get'], 'what is stated of src/cache.ts cannot be'],
    [['--class=src/cache.ts#Cache', '--methods=a b'], '"a b" is no name'],
    [['--class=src/cache.ts', '--methods=get'], '--class: write `src/file.ts#name`'],
  ])('tells what is wrong with %j', (args, told) => {
    expect(shifted('export {};', args).said).toContain(told);
  });
});
