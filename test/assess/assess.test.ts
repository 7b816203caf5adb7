import { describe, expect, test } from 'vitest';
import { accessor, settings } from './build.js';
import { clients, IMPORT, OPEN, only, shown } from './clients.js';

describe('shared clients', () => {
  test('a singleton of the named database is rewritten', async () => {
    const { site, unit, files } = await only(
      `const redis = ${OPEN};\nexport const read = (k: string) => redis.get(k);\n`,
    );
    expect(site).toMatchObject({
      verdict: 'rewrite',
      role: 'command',
      database: 'main',
      args: 'url-env',
      source: 'env',
    });
    expect(site).toMatchObject({
      container: 'module-singleton',
      pattern: 'module-singleton',
      priority: 'immediate',
      mode: 'async',
    });
    expect(unit?.sites).toEqual([site.id]);
    expect(site.unit).toBe(unit?.id);
    expect(unit?.changes.map((change) => shown(files, change.file, change.instructions))).toEqual([
      [`${OPEN} → getRedis() from ./lib/redis`],
    ]);
  });

  test('a named database that is not the default is an argument', async () => {
    const config = settings({ databases: [{ name: 'metrics', number: 0, identity: ['env:REDIS_URL'] }] });
    const { unit, files } = await only(`export const r = ${OPEN}; r.get('a');`, config);
    expect(shown(files, 'src/a.ts', unit?.changes[0]?.instructions ?? [])[0]).toContain('getRedis(database=metrics)');
  });

  test('the close of a function that owned its client goes; the body stays', async () => {
    const { site, unit, files } = await only(
      `export async function f() {\n  const r = ${OPEN};\n  try { return await r.get('a'); } finally { await r.quit(); }\n}\n`,
    );
    expect(site).toMatchObject({ verdict: 'rewrite', container: 'function-local' });
    expect(shown(files, 'src/a.ts', unit?.changes[0]?.instructions ?? [])).toEqual([
      `${OPEN} → getRedis() from ./lib/redis`,
      '- await r.quit();',
    ]);
  });

  test('the close in a shutdown hook becomes the close of the accessor, in whatever file it is', async () => {
    const { site, unit, files } = await only({
      'src/cache.ts': `${IMPORT}export const r = ${OPEN};\nexport const get = () => r.get('a');\n`,
      'src/main.ts': "import { r } from './cache';\nprocess.on('SIGTERM', async () => {\n  await r.quit();\n});\n",
    });
    expect(site.verdict).toBe('rewrite');
    expect(unit?.files).toEqual(['src/cache.ts', 'src/main.ts']);
    expect(unit?.changes.flatMap((change) => shown(files, change.file, change.instructions))).toEqual([
      `${OPEN} → getRedis() from ./lib/redis`,
      'r.quit() → closeRedis() from ./lib/redis',
    ]);
  });

  test('a class that opens, uses and closes alone gives its close up', async () => {
    const body = `class C {\n  private r = ${OPEN};\n  get() { return this.r.get('a'); }\n  async stop() { await this.r.quit(); }\n}\n`;
    expect(await only(body)).toMatchObject({ site: { verdict: 'rewrite', container: 'class-member' } });
    const outside = await only(
      `${body}export const c = new C();\nexport const stop = async () => { await (c as any).r.quit(); };\n`,
    );
    expect(outside.codes).toContain('closes-shared');
    expect(outside.site.verdict).toBe('keep');
  });

  test.each([
    [
      'a close of a singleton outside of hooks',
      `const r = ${OPEN};\nexport async function f() { await r.get('a'); await r.quit(); }`,
      'closes-shared',
    ],
    [
      'a close whose result is used',
      `export async function f() { const r = ${OPEN}; await r.get('a'); return r.quit(); }`,
      'closes-shared',
    ],
    [
      'connect()',
      `const r = new Redis(process.env.REDIS_URL);\nexport async function f() { await r.connect(); await r.get('a'); }`,
      'connects-shared',
    ],
    [
      'handlers that are registered again and again',
      `export function f() { const r = ${OPEN}; r.on('error', () => process.exit(1)); return r.get('a'); }`,
      'handlers-repeat',
    ],
    [
      'a client that is lost',
      `import { keep } from 'elsewhere';\nconst r = ${OPEN}; keep(r);`,
      'escapes-to-unknown-call',
    ],
    ['a key prefix', `const r = new Redis(process.env.REDIS_URL, { keyPrefix: 'p:' }); r.get('a');`, 'key-prefix'],
    [
      'an address from a parameter',
      `export function f(url: string) { const r = new Redis(url); return r.get('a'); }`,
      'identity-unknown',
    ],
    ['a Cluster', `const r = new Redis.Cluster([{ host: 'h' }]); r.get('a');`, 'cluster'],
    ['sentinels', `const r = new Redis({ sentinels: [{ host: 'h' }], name: 'm' }); r.get('a');`, 'sentinel'],
    ['a database without a name', `const r = new Redis('redis://elsewhere:6379'); r.get('a');`, 'no-database'],
    ['a method that nobody knows', `const r = ${OPEN}; (r as any).frobnicate();`, 'role-method'],
  ])('%s keeps it', async (_name, source, code) => {
    const { site, codes, unit } = await only(source);
    expect(codes).toContain(code);
    expect(site.verdict).toBe('keep');
    expect(unit).toBeNull();
  });

  test('handlers that are registered once, and a policy that differs: a person decides', async () => {
    const handler = await only(`const r = ${OPEN};\nr.on('error', console.error);\nr.get('a');`);
    expect(handler).toMatchObject({ site: { verdict: 'review' }, unit: { verdict: 'review' } });
    expect(handler.codes).toContain('handlers-on-shared');
    const policy = await only(`const r = new Redis(process.env.REDIS_URL, { maxRetriesPerRequest: 1 });\nr.get('a');`);
    expect(policy).toMatchObject({ site: { verdict: 'review' } });
    expect(policy.site.reasons.find(({ code }) => code === 'option-policy')?.message).toBe(
      'maxRetriesPerRequest: 1 → 20 (library default).',
    );
  });
});

describe('dedicated clients', () => {
  test('a subscriber and a loop get clients of their own, and go on closing them', async () => {
    const {
      clients: sites,
      units,
      files,
    } = await clients(
      `export async function f() {\n  const s = ${OPEN};\n  await s.subscribe('c');\n  s.on('message', console.log);\n  await s.quit();\n}\n` +
        `export async function g() {\n  const b = ${OPEN};\n  await b.brpop('k', 0);\n  b.disconnect();\n}\n`,
    );
    expect(sites.map(({ role, verdict }) => [role, verdict])).toEqual([
      ['subscriber', 'rewrite'],
      ['blocking', 'rewrite'],
    ]);
    expect(
      units.flatMap((unit) => unit.changes.flatMap((change) => shown(files, change.file, change.instructions))),
    ).toEqual([
      `${OPEN} → openRedis(role=subscriber) from ./lib/redis`,
      `${OPEN} → openRedis(role=blocking) from ./lib/redis`,
    ]);
  });

  test('an accessor without that role, or a client that escapes: it stays', async () => {
    const source = `const s = ${OPEN};\ns.subscribe('c');`;
    const none = await only(source, settings({ accessors: [accessor({ open: null })] }));
    expect(none.codes).toContain('role-not-offered');
    expect((await only(`${source}\nimport { keep } from 'elsewhere';\nkeep(s);`)).site.verdict).toBe('keep');
  });

  test('connect() on a client that the accessor has connected rejects', async () => {
    const { codes } = await only(
      `const s = new Redis(process.env.REDIS_URL, { lazyConnect: true });\nawait s.connect();\ns.subscribe('c');`,
    );
    expect(codes).toContain('connects-open');
  });

  test('a duplicate of a known client is opened by its role', async () => {
    const {
      clients: sites,
      units,
      files,
    } = await clients(`const r = ${OPEN};\nr.publish('c', 'm');\nconst s = r.duplicate();\ns.subscribe('c');\n`);
    expect(sites.map(({ api, role, verdict, args }) => [api, role, verdict, args])).toEqual([
      ['new Redis', 'command', 'rewrite', 'url-env'],
      ['.duplicate', 'subscriber', 'rewrite', 'existing'],
    ]);
    expect(shown(files, 'src/a.ts', units[1]?.changes[0]?.instructions ?? [])).toEqual([
      'r.duplicate() → openRedis(role=subscriber) from ./lib/redis',
    ]);
  });
});

describe('queues', () => {
  test('a client for BullMQ is the shared one of role queue', async () => {
    const { site, unit, files } = await only(
      `import { Worker } from 'bullmq';\nconst connection = new Redis(process.env.REDIS_URL!, { maxRetriesPerRequest: null });\nexport const w = new Worker('q', async () => {}, { connection });\n`,
    );
    expect(site).toMatchObject({ role: 'queue', verdict: 'rewrite', purpose: 'messaging' });
    expect(shown(files, 'src/a.ts', unit?.changes[0]?.instructions ?? [])[0]).toContain('→ getRedis(role=queue)');
  });
});
