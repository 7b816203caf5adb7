import { describe, expect, test } from 'vitest';
import type { Site } from '../../src/model/site.js';
import { accessor, contract, settings } from './build.js';
import { clients, IMPORT, OPEN, only, shown } from './clients.js';

describe('what stands around', () => {
  const source = `const r = ${OPEN};\nr.get('a');\n`;

  test('the accessor itself is never judged', async () => {
    const { clients: sites, units } = await clients({
      'src/lib/redis.ts': `${IMPORT}export const getRedis = () => ${OPEN};\n`,
    });
    expect(
      sites.map(({ verdict, reasons, priority, unit }) => [verdict, reasons.map(({ code }) => code), priority, unit]),
    ).toEqual([['keep', ['accessor'], 'none', null]]);
    expect(units).toEqual([]);
  });

  test.each(['module.exports = { getRedis };', 'exports.getRedis = getRedis;'])(
    'calls of an accessor in CommonJS are listed: %s',
    async (exported) => {
      const { sites } = await clients(
        {
          'src/lib/redis.js': `const Redis = require('ioredis');\nfunction getRedis() {\n  return ${OPEN};\n}\n${exported}\n`,
          'src/a.js': "const { getRedis } = require('./lib/redis');\ngetRedis().get('a');\n",
          'src/b.js': "const redis = require('./lib/redis');\nredis.getRedis().get('b');\n",
        },
        settings({ accessors: [accessor({ file: 'src/lib/redis.js' })] }),
      );
      const calls = sites.filter(({ category }) => category === 'accessor-call');
      expect(calls.map(({ file, role }) => [file, role])).toEqual([
        ['src/a.js', 'command'],
        ['src/b.js', 'command'],
      ]);
    },
  );

  test('calls of the accessor are listed and stay', async () => {
    const { sites } = await clients({
      'src/lib/redis.ts': `${IMPORT}export const getRedis = () => ${OPEN};\n`,
      'src/a.ts': "import { getRedis } from './lib/redis';\ngetRedis().get('a');\n",
    });
    const call = sites.find(({ category }) => category === 'accessor-call');
    expect(call).toMatchObject({
      file: 'src/a.ts',
      verdict: 'keep',
      reasons: [{ code: 'already-migrated' }, { code: 'purpose' }],
    });
  });

  test('a factory call whose client is lost in many places names three of them', async () => {
    const lost = Array.from({ length: 9 }, (_, index) => `stranger(r);\n// ${index}\n`).join('');
    const text = `${IMPORT}import { stranger } from 'elsewhere';\nconst open = () => ${OPEN};\nconst r = open();\n${lost}`;
    const { sites } = await clients({ 'src/a.ts': text });
    const call = sites.find(({ category }) => category === 'factory-call');
    const codes = call?.reasons.map(({ code }) => code);
    expect(codes).toEqual(['through-factory', ...Array(3).fill('escapes-to-unknown-call')]);
    expect(call?.reasons.at(-1)?.message).toContain('(And 6 more places like this.)');
  });

  test('exempt by comment or by config; a comment that exempts nothing is reported', async () => {
    const comment = await clients(`// redis-migrate-ignore: Redis Stack\n${source}// redis-migrate-ignore: gone\n`);
    expect(comment.clients[0]).toMatchObject({ verdict: 'keep', exempt: { by: 'comment', reason: 'Redis Stack' } });
    expect(comment.findings).toMatchObject([{ code: 'ignore-without-site', file: 'src/a.ts', line: 5 }]);
    const byConfig = await only(
      source,
      settings({ exempt: [{ files: ['src/**'], reason: 'later', until: '2027-01-31' }] }),
    );
    expect(byConfig.site).toMatchObject({ verdict: 'keep', exempt: { by: 'config', until: '2027-01-31' } });
  });

  test('tests are listed only when asked for; one that would hang stays', async () => {
    const files = {
      'test/a.test.ts': `${IMPORT}export async function t() { const r = ${OPEN}; await r.get('a'); await r.quit(); }\n`,
    };
    expect((await clients(files)).clients).toEqual([]);
    const listed = (await clients(files, undefined, true)).clients[0];
    expect(listed).toMatchObject({ verdict: 'keep', zone: 'test', priority: 'none' });
    expect(listed?.reasons.map(({ code }) => code)).toContain('would-hang');
  });

  test('contract: another library, a coroutine, nothing perhaps', async () => {
    const by = (more: Parameters<typeof contract>[0], library = 'ioredis') =>
      only(source, settings({ accessors: [accessor({ library, contract: contract(more) })] }));
    expect((await by({}, 'redis')).codes).toContain('library-differs');
    expect((await by({ mode: 'coroutine' })).codes).toContain('accessor-mode');
    expect((await by({ mayReturnNone: true })).codes).toContain('accessor-none');
    expect((await by({ notBefore: 'import' })).codes).toContain('accessor-not-before');
  });

  test('another library: what the client uses and is not the same there, at its first use', async () => {
    const manifest = JSON.stringify({ name: 's', dependencies: { ioredis: '5.6.1', redis: '4.7.1' } });
    const uses = "r.hgetall('h');\nr.get('a');\nr.expire('a', 1);\nr.expire('b', 1);\nr.set('a', 'b', 'EX', 1);\n";
    const files = { 'package.json': manifest, 'src/a.ts': `${IMPORT}const r = ${OPEN};\n${uses}` };
    const found = await clients(files, settings({ accessors: [accessor({ library: 'redis' })] }));
    const reasons = found.clients[0]?.reasons.filter(({ code }) => code === 'api-differs') ?? [];
    expect(reasons.map(({ message, at }) => `${at} ${message}`)).toEqual([
      'src/a.ts:3 `.hgetall`: `hgetall` is `hGetAll` in redis.',
      'src/a.ts:5 `.expire` answers `true` in redis where it answers `1` here.',
      'src/a.ts:7 `.set`: `set(key, value, "EX", 10, "NX")` is `set(key, value, { EX: 10, NX: true })` in redis.',
    ]);
  });

  test('versions that were not checked stay', async () => {
    const manifest = JSON.stringify({ name: 's', dependencies: { ioredis: '^3.0.0' } });
    expect((await only({ 'package.json': manifest, 'src/a.ts': IMPORT + source })).codes).toContain('library-version');
  });

  test('without a config: the default accessor on the largest group, and it is said', async () => {
    const config = settings({ path: null, accessors: [], databases: [] });
    const one = (name: string) => `${IMPORT}const r = new Redis(process.env.${name});\nr.get('a');\n`;
    const { clients: sites, assumed } = await clients(
      { 'src/a.ts': one('REDIS_URL'), 'src/b.ts': one('REDIS_URL'), 'src/c.ts': one('OTHER_URL') },
      config,
    );
    expect(sites.map(({ verdict, database }) => [verdict, database])).toEqual([
      ['rewrite', 'main'],
      ['rewrite', 'main'],
      ['keep', null],
    ]);
    expect(assumed).toContain('env:REDIS_URL (2 sites)');
    expect((await clients({ 'src/a.ts': one('REDIS_URL') })).assumed).toBeNull();
  });
});

describe('units', () => {
  test('branches that one variable holds stay together', async () => {
    const { clients: sites, units } = await clients(
      `let r: Redis;\nif (process.env.X) { r = ${OPEN}; } else { r = new Redis('redis://elsewhere'); }\nr.get('a');\n`,
    );
    expect(sites.map(({ verdict }) => verdict)).toEqual(['keep', 'keep']);
    expect(sites[0]?.reasons.map(({ code }) => code)).toContain('unit-mate');
    expect(new Set(sites.map(({ unit }) => unit)).size).toBe(1);
    expect(units).toEqual([]);
  });

  test('a class that is given different clients binds nothing together', async () => {
    const { clients: sites } = await clients(
      `class C { constructor(private r: Redis) {} get() { return this.r.get('a'); } }\nexport const a = new C(${OPEN});\nexport const b = new C(new Redis('redis://elsewhere'));\n`,
    );
    expect(sites.map(({ verdict }) => verdict)).toEqual(['rewrite', 'keep']);
  });

  test('a close of what branches gave is made once', async () => {
    const result = await clients(
      `export async function f(x: boolean) {\n  let r: Redis;\n  if (x) r = ${OPEN};\n  else r = ${OPEN};\n  await r.get('a');\n  await r.quit();\n}\n`,
    );
    expect(result.clients.map(({ verdict }) => verdict)).toEqual(['rewrite', 'rewrite']);
    const texts = result.units[0]?.changes.flatMap((change) => shown(result.files, change.file, change.instructions));
    expect(texts?.filter((text) => text === '- await r.quit();')).toHaveLength(1);
  });

  test('a mate that asks makes the unit ask', async () => {
    const { clients: sites, units } = await clients(
      `let r: Redis;\nif (process.env.X) { r = ${OPEN}; } else { r = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 2 }); }\nr.get('a');\n`,
    );
    expect(sites.map(({ verdict }) => verdict)).toEqual(['review', 'review']);
    expect(units).toMatchObject([{ verdict: 'review', sites: sites.map(({ id }) => id) }]);
  });
});

describe('order and ids', () => {
  const two = `export function f() { const r = ${OPEN}; return r.get('a'); }\nexport function g() { const r = ${OPEN}; return r.get('a'); }\nnew Redis(1);\nnew Redis(1);\n`;
  const idsOf = (sites: Site[]) => sites.map(({ id }) => id);

  test('ids survive moves of lines and are unique', async () => {
    const before = (await clients(two)).clients;
    const after = (await clients(`\n// a line\n\n${two}`)).clients;
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(after[0]?.line).not.toBe(before[0]?.line);
    expect(new Set(idsOf(before)).size).toBe(4);
  });

  test('the order of files changes nothing', async () => {
    const files = { 'src/b.ts': IMPORT + two, 'src/a.ts': IMPORT + two };
    const one = await clients(files);
    const other = await clients(Object.fromEntries(Object.entries(files).reverse()));
    expect(JSON.stringify(other.sites)).toBe(JSON.stringify(one.sites));
    expect(JSON.stringify(other.units)).toBe(JSON.stringify(one.units));
    const places = one.sites.map(({ file, line, column }) => [file, line, column] as const);
    expect(places).toEqual(
      [...places].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1] || a[2] - b[2])),
    );
  });
});

describe('secrets', () => {
  test('a credential in the code is a finding, and is nowhere in the output', async () => {
    const result = await clients(
      `const a = new Redis('redis://u:hunter2@h:1');\na.get('k');\nconst b = new Redis({ host: 'h', password: 'hunter2' });\nb.get('k');\nconst c = new Redis(process.env.URL ?? 'redis://:hunter2@h');\nc.get('k');\n`,
    );
    expect(result.findings.map(({ code, severity, line }) => [code, severity, line])).toEqual(
      [2, 4, 6].map((line) => ['literal-credential', 'high', line]),
    );
    const { files: _sources, ...output } = result;
    expect(JSON.stringify(output)).not.toContain('hunter2');
  });

  test('a URL inside an opening is a part of it', async () => {
    const { sites } = await clients(`const a = new Redis('redis://h:1');\na.get('k');\n`);
    const [client, url] = ['client', 'url-literal'].map((category) => sites.find((site) => site.category === category));
    expect(url).toMatchObject({
      partOf: client?.id,
      unit: null,
      verdict: 'keep',
      reasons: [{ code: 'part-of-opening' }],
    });
  });
});
