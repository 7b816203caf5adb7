/** Closers in shutdown hooks, from source texts through trace, assess and rewrite to source texts. */

import { beforeAll, describe, expect, test } from 'vitest';
import type { Unit } from '../../src/model/change.js';
import { rewrite } from '../../src/rewrite/index.js';
import { javascriptSyntax } from '../../transforms/javascript/index.js';
import { assessed, MANIFEST, settings } from './build.js';

beforeAll(() => javascriptSyntax.load());

const ACCESSOR = `import Redis from 'ioredis';
const shared = new Map<string, Redis>();
const opened = new Set<Redis>();
export function getRedis(): Redis {
  let client = shared.get('main');
  if (!client) shared.set('main', (client = new Redis(process.env.REDIS_URL!)));
  return client;
}
export function openRedis(o: { role: string }): Redis {
  const client = new Redis(process.env.REDIS_URL!);
  opened.add(client);
  return client;
}
export async function closeRedis(): Promise<void> {
  for (const client of opened) client.disconnect();
  await Promise.all([...shared.values()].map((client) => client.quit()));
}
`;

const CLIENTS: Record<string, string> = {
  a: "export const a = new Redis(process.env.REDIS_URL!);\nexport const readA = () => a.get('a');\n",
  b: "export const b = new Redis(process.env.REDIS_URL!);\nexport const readB = () => b.get('b');\n",
  sub: "export const sub = new Redis(process.env.REDIS_URL!);\nsub.subscribe('c');\n",
};

type Files = Record<string, string>;

/** A project with a hook; its clients are in files of their own. */
function project(hook: string, before = ''): Files {
  const files: Files = { 'package.json': MANIFEST, 'src/lib/redis.ts': ACCESSOR };
  const used = Object.keys(CLIENTS).filter((name) => new RegExp(`\\b${name}\\.`).test(hook + before));
  for (const name of used) files[`src/${name}.ts`] = `import Redis from 'ioredis';\n${CLIENTS[name]}`;
  const imports = used.map((name) => `import { ${name} } from './${name}';\n`).join('');
  const close = /\bcloseRedis\b/.test(hook) ? "import { closeRedis } from './lib/redis';\n" : '';
  files['src/main.ts'] = `${imports}${close}${before}process.on('SIGTERM', async () => {\n${hook}\n});\n`;
  return files;
}

async function judged(files: Files) {
  const { sites, units } = await assessed(files, settings());
  const of = (name: string) => sites.find((s) => s.category === 'client' && s.file === `src/${name}.ts`);
  const unitsOf = (names: readonly string[]) =>
    units.filter((unit) => names.some((name) => unit.sites.includes(of(name)?.id ?? '-')));
  return { of, unitsOf, units };
}

function changed(files: Files, units: Unit[]): Files {
  const result = rewrite(
    units,
    (file) => files[file] ?? null,
    () => javascriptSyntax,
  );
  expect(result.refused).toEqual([]);
  return { ...files, ...Object.fromEntries(result.files.map(({ file, after }) => [file, after])) };
}

/** What stands in the hook, line by line. */
function hookOf(files: Files): string[] {
  const main = files['src/main.ts'] ?? '';
  const body = main.slice(main.indexOf('async () => {') + 'async () => {'.length, main.lastIndexOf('});'));
  return body
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The hook after the units of these clients were written together, or one after the other (each with a scan of its own). */
async function hookAfter(hook: string, steps: string[][]): Promise<string[]> {
  let files = project(hook);
  for (const names of steps) {
    const { unitsOf } = await judged(files);
    const units = unitsOf(names);
    expect(units).toHaveLength(names.length);
    files = changed(files, units);
  }
  return hookOf(files);
}

const codes = async (hook: string, name: string) =>
  (await judged(project(hook))).of(name)?.reasons.map(({ code }) => code) ?? [];

describe('one call of the close in a function', () => {
  const two = 'await a.quit();\nawait b.quit();\nprocess.exit(0);';
  const one = ['await closeRedis();', 'process.exit(0);'];

  test('several closers in one run: where the last stood', async () => {
    expect(await hookAfter(two, [['a', 'b']])).toEqual(one);
  });

  test.each([
    ['in order', [['a'], ['b']]],
    ['the last first', [['b'], ['a']]],
  ])('runs of their own, %s', async (_name, steps) => {
    expect(await hookAfter(two, steps)).toEqual(one);
  });

  test.each([
    ['() => a.quit()', '() => closeRedis()'],
    ['() => void a.quit()', '() => void closeRedis()'],
    ['() => {\n  void a.quit();\n}', '() => {\n  void closeRedis();\n}'],
    ['() => a.quit().finally(() => process.exit(0))', '() => closeRedis().finally(() => process.exit(0))'],
  ])('a hook that is one expression: %s', async (hook, after) => {
    const main = (text: string, from: string) => `import { ${from}';\nprocess.on('SIGTERM', ${text});\n`;
    const files = { ...project('await a.quit();'), 'src/main.ts': main(hook, "a } from './a") };
    const { unitsOf } = await judged(files);
    expect(changed(files, unitsOf(['a']))['src/main.ts']).toBe(main(after, "closeRedis } from './lib/redis"));
  });

  test('each alone is right as well', async () => {
    expect(await hookAfter(two, [['a']])).toEqual(['await closeRedis();', 'await b.quit();', 'process.exit(0);']);
    expect(await hookAfter(two, [['b']])).toEqual(['await a.quit();', 'await closeRedis();', 'process.exit(0);']);
  });

  test('a unit that is refused leaves the call to the others', async () => {
    const files = project(two);
    const { unitsOf } = await judged(files);
    const [first, last] = [unitsOf(['a']), unitsOf(['b'])];
    const broken = last.map((unit) => ({
      ...unit,
      changes: unit.changes.map((change) => ({
        ...change,
        file: change.file === 'src/b.ts' ? 'gone.ts' : change.file,
      })),
    }));
    const result = rewrite(
      [...first, ...broken],
      (file) => files[file] ?? null,
      () => javascriptSyntax,
    );
    expect(result.refused).toMatchObject([{ reason: { code: 'file-unreadable' } }]);
    const main = result.files.find(({ file }) => file === 'src/main.ts')?.after ?? '';
    expect(hookOf({ 'src/main.ts': main })).toEqual(['await closeRedis();', 'await b.quit();', 'process.exit(0);']);
  });

  test.each([
    ['the last runs only sometimes', 'await a.quit();\nif (process.env.X) await b.quit();'],
    ['the function may be left between', 'await a.quit();\nif (process.env.X) return;\nawait b.quit();'],
    ['the process may end between', 'await a.quit();\nif (process.env.X) process.exit(1);\nawait b.quit();'],
    ['branches', 'if (process.env.X) await a.quit();\nelse await b.quit();'],
    ['nobody waits for the last', 'await a.quit();\nb.disconnect();'],
    ['nobody waits for the last, and its error is caught', 'await a.quit();\nb.quit().catch(console.error);'],
  ])('%s: both stay', async (_name, hook) => {
    const lines = await hookAfter(hook, [['a', 'b']]);
    expect(lines.join('\n').match(/closeRedis\(\)/g)).toHaveLength(2);
  });

  test('an inner closer is left to a later one that runs in any case', async () => {
    const hook = 'if (process.env.X) {\nconsole.log("bye");\nawait a.quit();\n}\nawait b.quit();';
    expect(await hookAfter(hook, [['a', 'b']])).toEqual([
      'if (process.env.X) {',
      'console.log("bye");',
      '}',
      'await closeRedis();',
    ]);
  });

  test('a call that stood before moves down, unless it cannot go', async () => {
    expect(await hookAfter('await closeRedis();\nawait a.quit();', [['a']])).toEqual(['await closeRedis();']);
    expect(await hookAfter('await closeRedis();\nif (process.env.X) await a.quit();', [['a']])).toEqual([
      'await closeRedis();',
      'if (process.env.X) await closeRedis();',
    ]);
    const codesOfA = await codes('await closeRedis();\nawait a.quit();', 'a');
    expect(codesOfA).toEqual(expect.arrayContaining(['closes-in-hook', 'closes-later']));
  });

  test('a call that stands behind is enough', async () => {
    expect(await hookAfter('await a.quit();\nawait closeRedis();', [['a']])).toEqual(['await closeRedis();']);
    expect(await codes('await a.quit();\nawait closeRedis();', 'a')).toContain('closes-beside');
  });
});

describe('what comes after the close', () => {
  test.each([
    ['the end of the process', 'await a.quit();\nprocess.exit(0);'],
    ['logs', 'await a.quit();\nconsole.log("bye");\nlogger.info("bye");\nthis.app.log.info("bye");\nlog("bye");'],
    ['timers', 'await a.quit();\nclearTimeout(timer);\nclearInterval(timer);'],
    ['an error that is caught', 'await a.quit().catch((error) => console.error(error));\nreturn;'],
    ['a closer that stays', 'await a.quit();\nawait other.quit();'],
  ])('%s: nothing to ask', async (_name, hook) => {
    const files = project(hook, 'declare const logger: any, log: any, timer: any;\n');
    files['src/other.ts'] = "import Redis from 'ioredis';\nexport const other = new Redis(process.env.OTHER_URL!);\n";
    files['src/main.ts'] = `import { other } from './other';\n${files['src/main.ts']}`;
    const { of } = await judged(files);
    expect(of('a')).toMatchObject({ verdict: 'rewrite' });
  });

  test('another call asks a person, and is named', async () => {
    const site = (await judged(project('await a.quit();\nawait server.stop();', 'declare const server: any;\n'))).of(
      'a',
    );
    expect(site?.verdict).toBe('review');
    expect(site?.reasons.find(({ code }) => code === 'closes-in-hook-early')).toEqual({
      code: 'closes-in-hook-early',
      message: 'After `closeRedis()` comes `server.stop()`: it must not use a client of the accessor.',
      at: 'src/main.ts:5',
    });
  });

  test('a use in another hook asks a person', async () => {
    const before = "process.on('SIGINT', async () => {\n  await b.set('stopped', 1);\n});\n";
    const site = (await judged(project('await a.quit();', before))).of('a');
    expect(site).toMatchObject({ verdict: 'review' });
    expect(site?.reasons.map(({ code }) => code)).toContain('closes-in-hook-early');
  });

  test('the call goes behind what still uses a client', async () => {
    const hook = "await a.quit();\nawait b.set('stopped', 1); // last words\nprocess.exit(0);";
    const lines = ["await b.set('stopped', 1); // last words", 'await closeRedis();', 'process.exit(0);'];
    expect(await hookAfter(hook, [['a']])).toEqual(lines);
    expect(await hookAfter(hook, [['a', 'b']])).toEqual(lines);
  });

  test('a dedicated client closes itself before the accessor does', async () => {
    const hook = 'await a.quit();\nif (process.env.X) {\nawait sub.quit();\n}\nprocess.exit(0);';
    const lines = ['if (process.env.X) {', 'await sub.quit();', '}', 'await closeRedis();', 'process.exit(0);'];
    expect(await hookAfter(hook, [['a']])).toEqual(lines);
    expect(await hookAfter(hook, [['a', 'sub']])).toEqual(lines);
    expect(await hookAfter('await a.quit();\nsub.disconnect();', [['a', 'sub']])).toEqual([
      'await closeRedis();',
      'sub.disconnect();',
    ]);
  });

  test('one call behind the last use, of two closers before it', async () => {
    const hook = 'await a.quit();\nawait b.quit();\nawait sub.quit();';
    const lines = ['await sub.quit();', 'await closeRedis();'];
    expect(await hookAfter(hook, [['a', 'b', 'sub']])).toEqual(lines);
    expect(await hookAfter(hook, [['b'], ['a'], ['sub']])).toEqual(lines);
  });

  test.each([
    ['a use that is returned', "await a.quit();\nreturn b.set('stopped', 1);", 'a'],
    ['a use behind a way out', "if (process.env.X) {\nawait a.quit();\nreturn;\n}\nawait b.set('stopped', 1);", 'a'],
    ['a use behind a call that is there already', "await closeRedis();\nawait b.set('stopped', 1);", 'b'],
    ['a dedicated closer behind a call that is there already', 'await closeRedis();\nawait sub.quit();', 'sub'],
  ])('%s keeps', async (_name, hook, name) => {
    const { of } = await judged(project(hook));
    expect(of(name)).toMatchObject({ verdict: 'keep' });
    expect(of(name)?.reasons.map(({ code }) => code)).toContain('closes-before-use');
  });
});
