/** `explain` with the real recipe, on the sample project and on small programs. */

import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { REASONS } from '../../src/assess/index.js';
import { CODES, codeExplanation } from '../../src/explain/codes.js';
import { explain } from '../../src/explain.js';
import { VIOLATIONS } from '../../src/model/gate.js';
import type { CodeExplanation, SiteExplanation } from '../../src/report/explanation.js';
import { reportSchemas } from '../../src/report/schemas.js';
import { makeTree } from '../scan/tree.js';
import { ALL } from '../sources.js';
import { type Ran, ran } from './fake.js';

const SAMPLE = fileURLToPath(new URL('../../fixtures/projects/express-ioredis', import.meta.url));
const SCHEMA = z.fromJSONSchema({ ...reportSchemas().explain });

const lineOf = (what: string, root = SAMPLE, ...more: string[]) => ran(['explain', what, root, ...more], { explain });

async function siteAt(what: string, root = SAMPLE): Promise<SiteExplanation> {
  const { code, out, err } = await lineOf(what, root, '--format', 'json');
  expect([code, err]).toEqual([0, '']);
  const data = JSON.parse(out);
  expect(SCHEMA.safeParse(data).error?.issues ?? []).toEqual([]);
  return data as SiteExplanation;
}

/** A program with its accessor and configuration. */
function program(files: Record<string, string>): string {
  return makeTree({
    'package.json': JSON.stringify({
      name: 'app',
      private: true,
      dependencies: { ioredis: '5.4.1', 'connect-redis': '7.1.1' },
    }),
    'redis-migrate.config.json': JSON.stringify({
      accessors: { javascript: { file: 'src/lib/redis.ts' } },
      databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
    }),
    'src/lib/redis.ts': "export { getRedis, openRedis, closeRedis } from './impl';\n",
    ...files,
  });
}

const REFUSED = ({ code, out, err }: Ran) => {
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^redis-migrate: [^\n]+\n$/);
  return err;
};

describe('a site of the sample project', () => {
  it('has its way, its uses, its hook, its edit, in lines that fit a terminal', async () => {
    const { code, out } = await lineOf('src/cache/client.ts:3');
    expect(code).toBe(0);
    expect(out).toMatch(/^rewrite {2}src\/cache\/client\.ts:3:22\n/);
    expect(out).toContain('src/cache/client.ts:3    kept in `cache`\n  src/cache/client.ts:3    exported as `cache`');
    expect(out).toContain('src/cache/products.ts:12  .get · in `productOf`');
    expect(out).toMatch(/src\/main\.ts:14 +\.quit · on SIGTERM/);
    expect(out).toContain(
      '-export const cache = new Redis(process.env.REDIS_URL!);\n+export const cache = getRedis();',
    );
    expect(out).toContain('-  await cache.quit();\n+  await closeRedis();');
    const [before = ''] = out.split('diff --git');
    expect(before.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('is found by id, by the beginning of the id, by unit, by place from the root and from here', async () => {
    const { site } = await siteAt('src/health.ts:5');
    expect(site).toMatchObject({ file: 'src/health.ts', line: 5, category: 'client' });
    const names = [site.id, site.id.slice(0, 6), site.unit ?? '', './src/health.ts:5:17', 'src/health.ts'];
    for (const name of [...names, `${SAMPLE}/src/health.ts:5`]) expect((await siteAt(name)).site, name).toEqual(site);
  });

  it('of review: what differs, what to look at, how to accept it', async () => {
    const all = await siteAt('src/cache/rates.ts:5');
    expect(all.options).toContainEqual(
      expect.objectContaining({ name: 'maxRetriesPerRequest', class: 'P', outcome: 'differs' }),
    );
    expect(all.byHand.map(({ code }) => code)).toEqual(['option-policy']);
    expect(all.edit?.files.map(({ file }) => file)).toEqual(['src/cache/rates.ts']);
    expect((await lineOf('src/cache/rates.ts:5')).out).toContain(`apply --sites ${all.site.id} --include review`);
  });

  it('of keep: no edit, and what a person can do', async () => {
    const all = await siteAt('src/tenants/settings.ts:3');
    expect([all.site.verdict, all.edit]).toEqual(['keep', null]);
    expect(all.byHand).toEqual([{ code: 'key-prefix', text: expect.stringContaining('prefix into the keys') }]);
    expect(all.options).toContainEqual(expect.objectContaining({ name: 'keyPrefix', class: 'S', outcome: 'differs' }));
  });

  it('whose client goes out of sight: where', async () => {
    const { escapes, role } = await siteAt('src/audit.ts:6');
    expect(escapes).toEqual([expect.objectContaining({ code: 'escapes-to-unknown-object', at: 'src/audit.ts:6' })]);
    expect(role).toMatchObject({ is: 'unknown', evidence: [{ code: 'escapes-to-unknown-object' }] });
  });

  it('that blocks: the deciding place', async () => {
    const { role, handed } = await siteAt('src/jobs/mail-loop.ts:6');
    expect(role?.is).toBe('blocking');
    expect(role?.evidence).toEqual([
      expect.objectContaining({ code: 'role', at: expect.stringMatching(/mail-loop\.ts:\d+$/) }),
    ]);
    expect(handed).toEqual([]);
    expect((await siteAt('src/jobs/queue.ts:10')).handed).toEqual([
      { library: 'bullmq', api: 'new Queue', at: 'src/jobs/queue.ts:9' },
    ]);
  });

  it('that calls a factory: its own way and uses, and the opening; the opening names its calls', async () => {
    const call = await siteAt('src/limits/rate-limit.ts:3');
    expect(call.site.category).toBe('factory-call');
    expect(call.uses.map(({ member }) => member)).toEqual(['incr', 'expire', 'quit']);
    expect(call.way[0]?.text).toBe('kept in `limiter`');
    const [opens] = call.related;
    expect(opens).toMatchObject({ relation: 'opens', site: { at: 'src/redis/create.ts:4' } });
    const opening = await siteAt(opens?.site.id ?? '');
    expect(opening.related).toContainEqual({
      relation: 'called-by',
      site: { id: call.site.id, at: 'src/limits/rate-limit.ts:3', verdict: 'keep' },
    });
  });
});

describe('sites of small programs', () => {
  const OPEN = "import Redis from 'ioredis';\n";

  it('a wrapper class: what opens inside of it, its way and uses', async () => {
    const root = program({
      'src/wrapper.ts': `${OPEN}export class Cache {\n  private redis = new Redis(process.env.REDIS_URL);\n  get(k: string) { return this.redis.get(k); }\n}\n`,
      'src/use.ts': "import { Cache } from './wrapper';\nexport const cache = new Cache();\n",
    });
    const { site, related, client, uses, way } = await siteAt('src/use.ts:2', root);
    expect([site.category, site.role, client?.bound]).toEqual(['wrapper-instance', 'command', 'cache']);
    expect(uses).toEqual([expect.objectContaining({ member: 'get', at: 'src/wrapper.ts:4' })]);
    expect(way).toEqual([{ text: 'kept in `Cache.redis`', at: 'src/wrapper.ts:3' }]);
    expect(related).toEqual([{ relation: 'opens', site: expect.objectContaining({ at: 'src/wrapper.ts:3' }) }]);
  });

  it('a wrapper class that calls a factory: the call; the call names both', async () => {
    const root = program({
      'src/a.ts': `${OPEN}const open = () => new Redis(process.env.REDIS_URL);\nexport class Cache {\n  private redis = open();\n  get(k: string) { return this.redis.get(k); }\n}\nexport const cache = new Cache();\n`,
    });
    const relations = async (what: string) =>
      (await siteAt(what, root)).related.map(({ relation, site }) => `${relation} ${site.at}`);
    expect(await relations('src/a.ts:7')).toEqual(['opens src/a.ts:4']);
    expect(await relations('src/a.ts:4')).toEqual(['opens src/a.ts:2', 'called-by src/a.ts:7']);
  });

  it('a unit: its other sites, and which of them keeps it', async () => {
    const root = program({
      'src/a.ts': `${OPEN}let r: Redis;\nif (process.env.X) {\n  r = new Redis(process.env.REDIS_URL);\n} else {\n  r = new Redis(process.env.REDIS_URL, { keyPrefix: 'p:' });\n}\nr.get('k');\n`,
    });
    const { unit, byHand, edit } = await siteAt('src/a.ts:4', root);
    expect(unit?.sites.map(({ at }) => at)).toEqual(['src/a.ts:4', 'src/a.ts:6']);
    expect([byHand.map(({ code }) => code), edit]).toEqual([['unit-mate'], null]);
    expect((await lineOf('src/a.ts:4', root)).out).toContain('changes together with 1 other site\n  src/a.ts:6  keep');
  });

  it('pipelines, loops, tests, computed members are told of uses', async () => {
    const root = program({
      'src/a.ts': `${OPEN}export const r = new Redis(process.env.REDIS_URL);\nexport async function all(keys: string[], name: 'get') {\n  for (const k of keys) await r.pipeline().get(k).exec();\n  await r[name]('k');\n}\n`,
      'src/a.test.ts': "import { r } from './a';\nafterAll(() => r.quit());\n",
    });
    const { uses } = await siteAt('src/a.ts:2', root);
    const shown = uses.map(({ at, member, chained, within, loop, test }) => ({
      at,
      member,
      chained,
      within,
      loop,
      test,
    }));
    const there = { at: 'src/a.ts:4', within: 'all', loop: true, test: false };
    expect(shown).toContainEqual({ ...there, member: 'get', chained: 'pipeline' });
    expect(shown).toContainEqual(expect.objectContaining({ at: 'src/a.test.ts:2', member: 'quit', test: true }));
    expect(uses.map(({ at }) => at)).toContain('src/a.ts:5');
  });

  it('duplicates know each other, a URL knows its opening, and the opening is meant by their line', async () => {
    const root = program({
      'src/a.ts': `${OPEN}export const a = new Redis('redis://cache:6379');\nexport const b = a.duplicate();\na.get('k');\nb.get('k');\n`,
    });
    const original = await siteAt('src/a.ts:2', root);
    expect(original.site.category).toBe('client');
    expect(original.related.map(({ relation }) => relation).sort()).toEqual(['duplicated-by', 'holds']);
    const url = original.related.find(({ relation }) => relation === 'holds');
    expect((await siteAt(url?.site.id ?? '', root)).related[0]).toMatchObject({
      relation: 'part-of',
      site: { id: original.site.id },
    });
    expect((await siteAt('src/a.ts:3', root)).related[0]?.relation).toBe('duplicates');
  });

  it('options: what each becomes', async () => {
    const root = program({
      'src/a.ts': `${OPEN}export const r = new Redis(process.env.REDIS_URL, { db: 0, connectTimeout: 5, noSuch: 1, stringNumbers: true });\nr.get('k');\n`,
    });
    const { options } = await siteAt('src/a.ts:2', root);
    const outcomes = Object.fromEntries(options.map((one) => [one.name, [one.class, one.outcome]]));
    expect(outcomes).toEqual({
      url: [null, 'identity'],
      db: ['S', 'identity'],
      connectTimeout: ['C', 'dropped'],
      noSuch: [null, 'without-effect'],
      stringNumbers: ['S', 'differs'],
    });
  });

  it('secrets are in no output', async () => {
    const root = program({
      'src/a.ts': `${OPEN}const token = 'hunter2token';\nexport const a = new Redis({ host: 'h', password: 'hunter2option', apiKey: 'hunter2key' });\nexport const b = new Redis('redis://:hunter2url@cache:6379');\nexport const c = new Redis({ host: 'h', password: token });\nexport async function f() {\n  await a.auth('hunter2auth');\n}\n`,
      'redis-migrate.config.json': JSON.stringify({
        accessors: { javascript: { file: 'src/lib/redis.ts' } },
        databases: {
          main: { number: 0, identity: ['literal:cache:6379'] },
          h: { number: 1, identity: ['literal:h:6379'] },
        },
      }),
    });
    const runs = [];
    for (const at of ['src/a.ts:3', 'src/a.ts:4', 'src/a.ts:5']) {
      for (const format of ['pretty', 'json']) runs.push(await lineOf(at, root, '--format', format));
    }
    for (const { code, out, err } of runs) {
      expect([code, err]).toEqual([0, '']);
      expect(out).not.toContain('hunter2');
    }
    const edits = runs.flatMap(({ out }) => (out.includes('diff --git') ? [out] : []));
    expect(edits.length).toBeGreaterThan(0);
    for (const out of edits) expect(out).toMatch(/masked/);
  });

  it('the accessor is named as what it is, and nothing is to be done', async () => {
    const root = program({
      'src/lib/redis.ts': `${OPEN}const c = new Redis(process.env.REDIS_URL);\nexport const getRedis = () => c;\n`,
    });
    const { reasons, edit, byHand } = await siteAt('src/lib/redis.ts:2', root);
    expect(reasons.map(({ code, effect }) => [code, effect])).toEqual([['accessor', 'keep']]);
    expect([edit, byHand]).toEqual([null, []]);
  });
});

describe('a code', () => {
  it('is explained without looking at the tree', async () => {
    const { code, out, err } = await lineOf('closes-shared');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^closes-shared: a reason of a verdict\n\nOnly the accessor closes/);
    expect(out).toContain('What to do\n');
    const json = JSON.parse((await lineOf('parser-disagreement', SAMPLE, '--format', 'json')).out) as CodeExplanation;
    expect(SCHEMA.safeParse(json).success).toBe(true);
    expect(json).toMatchObject({ code: 'parser-disagreement', kind: 'refusal', effect: null });
  });

  it('that keeps or asks has a remedy, unless there is nothing to do; one that only tells has none', () => {
    const idle = ['accessor', 'already-migrated', 'not-an-address'];
    for (const [code, { effect }] of Object.entries(REASONS)) {
      const known = codeExplanation(code);
      expect(known?.means).toMatch(/[.)]$/);
      expect(known?.byHand === null, code).toBe(effect === 'note' || idle.includes(code));
    }
  });

  it('is known, whichever stage gives it', () => {
    const stages = ALL.filter(({ file }) =>
      /^(?:src\/(?:apply|plan|rewrite|verify|assess|trace)\/|transforms\/)/.test(file),
    );
    const given = stages.flatMap(({ text }) =>
      [...text.matchAll(/\bcode: (?:[^,\n]*\? )?'([a-z]+(?:-[a-z]+)+)'(?: : '([a-z]+(?:-[a-z]+)+)')?/g)].flatMap(
        ([, code = '', other]) => [code, ...(other === undefined ? [] : [other])],
      ),
    );
    expect(given.length).toBeGreaterThan(10);
    const unknown = [...new Set(given)].filter((code) => !CODES.includes(code));
    expect(unknown, 'say in src/explain/refusals.ts what it means').toEqual([]);
  });
});

describe('a violation of the gate', () => {
  it.each(Object.entries(VIOLATIONS))('%s is explained in the words of `check`', async (code, { means, todo }) => {
    const { out } = await lineOf(code, SAMPLE, '--format', 'json');
    expect(JSON.parse(out)).toEqual({ schemaVersion: 1, code, kind: 'violation', effect: null, means, byHand: todo });
    expect((await lineOf(code)).out).toContain(`${code}: a violation of \`check\``);
  });
});

describe('what is not there, or not clear, is exit 2 with what may be meant', () => {
  it.each([
    ['closes-shard', /neither a site nor a code\. Near: closes-shared/],
    ['escapes-to', /Near: escapes-too-far, escapes-to-library/],
    ['helth', /A site is named by its id/],
    ['ffffffff', /no site has an id that begins with ffffffff/],
    [
      'src/health.ts:1',
      /there is no site at src\/health\.ts:1\. Near: [0-9a-f]{16} \(src\/health\.ts:5:17 new Redis\)/,
    ],
    ['src/main.ts:14', /A client that is opened elsewhere is used there: [0-9a-f]{16} \(src\/cache\/client\.ts:3:22/],
    ['src/helth.ts:5', /there is no site in src\/helth\.ts\. Near: src\/health\.ts/],
    ['src/redis/', /Near: src\/redis\/create\.ts, src\/redis\/shared\.ts/],
    ['nowhere.ts', /`redis-migrate scan` lists the sites/],
    ['redis://:hunter2@h:6379', /there is no site in redis:\/+:\*\*\*@h/],
  ])('%s', async (what, message) => {
    const err = REFUSED(await lineOf(what));
    expect(err).toMatch(message);
    expect(err).not.toContain('hunter2');
  });

  it('several sites on one line', async () => {
    const root = program({
      'src/a.ts':
        "import Redis from 'ioredis';\nexport const all = [new Redis(process.env.A), new Redis(process.env.B)];\n",
    });
    expect(REFUSED(await lineOf('src/a.ts:2', root))).toMatch(
      /fits 2 sites\. Name one: \w+ \(src\/a\.ts:2:21 .*; \w+ \(src\/a\.ts:2:/,
    );
    const { site } = await siteAt('src/a.ts:2:21', root);
    expect(site.column).toBe(21);
  });

  it('one digit when there are more sites than digits', async () => {
    const runs = await Promise.all([...'0123456789abcdef'].map((digit) => lineOf(digit)));
    const several = runs.filter(({ err }) => / fits \d+ sites\. Name one: /.test(err));
    expect(several.length).toBeGreaterThan(0);
    several.forEach(REFUSED);
  });

  it('a test whose sites are not listed', async () => {
    const root = program({
      'src/a.test.ts': "import Redis from 'ioredis';\nconst r = new Redis(process.env.REDIS_URL);\n",
    });
    expect(REFUSED(await lineOf('src/a.test.ts:2', root))).toContain('Say --include-tests.');
    expect((await lineOf('src/a.test.ts:2', root, '--include-tests')).code).toBe(0);
  });

  it('the command line: no word, --fail-on, a root that is none', async () => {
    for (const args of [['explain'], ['explain', 'x', '--fail-on', 'keep'], ['explain', 'x', 'no/such']]) {
      const run = await ran(args);
      REFUSED(run);
      expect(run.asked).toEqual([]);
    }
    expect((await ran(['explain', 'closes-shared', SAMPLE, '--jobs', '2'])).asked).toMatchObject([
      ['explain', { root: SAMPLE, jobs: 2 }, { what: 'closes-shared' }],
    ]);
  });
});
