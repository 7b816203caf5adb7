/** The whole way of a team, scripted in a real repository: from `init` to a green gate, one batch back, and on again. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as gate from '../../src/check.js';
import { makePlan } from '../../src/migrate.js';
import type { Plan } from '../../src/model/change.js';
import type { CheckReport, StatusReport } from '../../src/model/gate.js';
import { status as statusOf } from '../../src/status.js';
import { Program } from '../cli/program.js';
import { commit, git, write } from './repository.js';

let program: Program;
beforeAll(() => {
  program = new Program();
});
afterAll(() => program.drop());

/** The recipe in this process where a whole start of the program would only cost time. */
vi.setConfig({ testTimeout: 240_000 });
const options = (root: string) => ({ root, configPath: null, jobs: 1, cache: true, includeTests: false });
const TODAY = '2026-03-01';
async function check(root: string, asked: { baseline?: true; update?: boolean; since?: string } = {}) {
  const { report } = await gate.check(options(root), {
    ...{ baseline: asked.baseline ?? null, update: asked.update ?? false, since: asked.since ?? null },
    today: TODAY,
  });
  return { code: report.violations.length > 0 ? 1 : 0, report };
}
const status = (root: string): Promise<StatusReport> => statusOf(options(root), { today: TODAY });
const plan = async (root: string): Promise<Plan> => (await makePlan(options(root), { write: true })).plan;
const done = (root: string, ...args: string[]) => {
  const { code, err } = program.run(root, args);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
};
const apply = (root: string, id: string) => done(root, 'apply', '--batch', id, '--include', 'review');
const places = ({ violations }: CheckReport) => violations.map(({ code, file, line }) => `${code} ${file}:${line}`);

function edit(root: string, file: string, change: (text: string) => string): void {
  const path = join(root, file);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

/** What the sample keeps: a person decides to leave them. */
function exempt(root: string): void {
  const path = join(root, 'redis-migrate.config.json');
  const config = JSON.parse(readFileSync(path, 'utf8'));
  const rules = [
    { files: ['src/audit.ts'], reason: 'goes with the audit service', until: '2999-12-31' },
    { files: ['src/tenants/**'], reason: 'has a prefix' },
  ];
  writeFileSync(path, `${JSON.stringify({ ...config, exempt: rules }, null, 2)}\n`);
  commit(root, 'what stays');
}

describe('the way of a team', () => {
  it('leads from init over one commit a batch to a green gate, back, and on again', async () => {
    const root = program.sample({ init: true });
    write(root, '.github/CODEOWNERS', '* @example/shelf\n/src/jobs/ @example/jobs\n');
    exempt(root);
    const red = await check(root);
    expect(red.code).toBe(1);
    expect(places(red.report)).toContain('module-owner src/metrics/counters.ts:3');
    expect(red.report.violations).toHaveLength(14);

    const { batches } = await plan(root);
    commit(root, 'plan');
    for (const { id } of batches) {
      expect((await check(root)).code, `before batch ${id}`).toBe(1);
      apply(root, id);
      commit(root, `batch ${id}`);
    }
    expect(program.run(root, ['check', '--quiet']).code).toBe(0);
    const green = await status(root);
    expect({ complete: green.complete, totals: green.totals }).toEqual({
      complete: true,
      totals: { migrated: 14, planned: 0, review: 0, kept: 0, exempt: 2 },
    });
    expect(green.burndown.map(({ left }) => left)).toEqual([13, 11, 9, 8, 7, 4, 1, 0]);
    expect(green.batches.map(({ state }) => state)).toEqual(batches.map(() => 'done'));
    expect(green.byOwner.map(({ name, migrated }) => [name, migrated])).toEqual([
      ['@example/jobs', 3],
      ['@example/shelf', 11],
    ]);

    const first = batches[0]?.id ?? '';
    done(root, 'rollback', '--batch', first);
    const back = await check(root);
    expect([back.code, ...places(back.report)]).toEqual([1, 'opening src/health.ts:5']);
    expect(program.run(root, ['check']).code).toBe(1);
    expect((await check(root, { since: 'HEAD' })).report.violations).toHaveLength(1);
    expect(await status(root)).toMatchObject({ complete: false, totals: { migrated: 13, planned: 1 } });
    commit(root, 'rolled back');
    expect((await status(root)).burndown.at(-1)).toMatchObject({ migrated: 13, left: 1 });

    apply(root, first);
    commit(root, 'once more');
    expect((await check(root)).code).toBe(0);
    expect((await status(root)).complete).toBe(true);
  });

  it('sees a moved site that came back, and no baseline lets it pass', async () => {
    const root = program.sample({ init: true });
    done(root, 'check', '--baseline', '--update');
    commit(root, 'baseline');
    const before = readFileSync(join(root, 'src/health.ts'), 'utf8');
    apply(root, (await plan(root)).batches[0]?.id ?? '');
    writeFileSync(join(root, 'src/health.ts'), before);
    const { code, report } = await check(root, { baseline: true });
    expect([code, ...places(report)]).toEqual([1, 'came-back src/health.ts:5']);
  });

  it('counts a fix and a new violation as a new violation', async () => {
    const root = program.sample({ init: true });
    done(root, 'check', '--baseline', '--update');
    commit(root, 'baseline');
    apply(root, (await plan(root)).batches[0]?.id ?? '');
    write(root, 'src/late.ts', "import { Redis } from 'ioredis';\nexport const late = new Redis();\n");
    const { code, report } = await check(root, { baseline: true, update: true });
    expect([code, ...places(report)]).toEqual([1, 'module-owner src/late.ts:2']);
    expect(report.fixed.map(({ file }) => file)).toEqual(['src/health.ts']);
    const next = await check(root, { baseline: true });
    expect([next.code, next.report.totals.fixed, next.report.totals.violations]).toEqual([1, 0, 1]);
  });

  it('lets two branches that each move a batch and prune the baseline be merged', async () => {
    const root = program.sample({ init: true });
    done(root, 'check', '--baseline', '--update');
    const { batches } = await plan(root);
    commit(root, 'baseline and plan');
    git(root, 'branch', '--move', 'main');
    const [one, two] = batches.filter(({ files }) => !files.includes('src/main.ts'));
    for (const batch of [one, two]) {
      git(root, 'checkout', '--quiet', '-b', `batch-${batch?.id}`, 'main');
      apply(root, batch?.id ?? '');
      done(root, 'check', '--baseline', '--update');
      commit(root, `batch ${batch?.id}`);
    }
    git(root, 'merge', '--quiet', '--no-edit', `batch-${one?.id}`);
    const { code, report } = await check(root, { baseline: true });
    expect([code, report.totals.fixed]).toEqual([0, 0]);
    const both = (await status(root)).batches.filter(({ state }) => state === 'done');
    expect(both.map(({ id }) => id).sort()).toEqual([one?.id, two?.id].sort());
  });

  it('keeps its plan when code moves, and says what of it is out of date', async () => {
    const root = program.sample({ init: true });
    write(root, '.github/CODEOWNERS', '* @example/shelf\n');
    const { batches } = await plan(root);
    commit(root, 'plan');
    git(root, 'mv', 'src/cache/rates.ts', 'src/cache/rate-table.ts');
    edit(root, 'src/server.ts', (text) => text.replace('cache/rates.js', 'cache/rate-table.js'));
    edit(root, 'src/health.ts', (text) => `// one\n// two\n${text}`);
    const again = await makePlan(options(root), { write: false });
    expect(again.stale).toEqual([]);
    expect(again.plan.batches.map(({ id, title }) => [id, title])).toEqual(batches.map(({ id, title }) => [id, title]));
    expect(again.plan.batches[1]?.files).toEqual(['src/cache/rate-table.ts', 'src/metrics/report.ts']);

    edit(root, 'src/cache/page-cache.ts', (text) => text.replace('new Redis(', 'new Redis(/* here */ 6379, '));
    const { stale, plan: left } = await makePlan(options(root), { write: false });
    expect(stale).toEqual([
      expect.stringMatching(/^batch \w+ \(write-cache: 2 sites.*\): site \w+ is gone, of 2: deleted, changed/),
    ]);
    expect(left.batches[2]?.title).toBe('write-cache: 1 site in 2 files (src), @example/shelf');
    const { out, err } = program.run(root, ['plan']);
    expect(err).toContain(`redis-migrate: the stored plan is out of date: ${stale[0]}`);
    for (const part of ['why now: ', 'test after: ', '@example/shelf', 'Way back: `redis-migrate rollback --batch']) {
      expect(out).toContain(part);
    }
  });

  it('sees exemptions that have expired or are for nothing, in the configuration and in comments', async () => {
    const root = program.sample({ init: true });
    exempt(root);
    const path = join(root, 'redis-migrate.config.json');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('2999-12-31', '2020-01-31').replace('src/tenants/**', 'src/gone/**'));
    write(root, 'src/idle.ts', "import 'ioredis';\n// redis-migrate-ignore: nothing here\nexport const idle = 1;\n");
    const found = places((await check(root)).report).filter((place) => place.startsWith('exemption'));
    const line = text.split('\n').findIndex((one) => one.includes('src/tenants/**')) + 1;
    expect(found).toEqual([
      `exemption-stale redis-migrate.config.json:${line}`,
      'exemption-expired src/audit.ts:6',
      'exemption-stale src/idle.ts:2',
    ]);
  });

  it('sees decisions whose site changed, or whose day is over', async () => {
    const root = program.sample({ init: true });
    for (const [place, until] of [
      ['src/audit.ts:6', []],
      ['src/tenants/settings.ts:3', ['--until', '2999-12-31']],
    ] as const) {
      done(root, 'accept', place, '--leave', '--reason', 'stays for now', ...until);
    }
    const standing = places((await check(root)).report);
    expect(standing.filter((one) => /audit|tenants|decision/.test(one))).toEqual([]);

    const file = join(root, '.redis-migrate/decisions.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('2999-12-31', '2020-01-31'));
    const source = join(root, 'src/audit.ts');
    writeFileSync(source, readFileSync(source, 'utf8').replace('new Redis(', 'new Redis(6379, '));
    const { report } = await check(root);
    expect(places(report).filter((one) => /audit|tenants/.test(one))).toEqual([
      'decision-stale src/audit.ts:6',
      'opening src/audit.ts:6',
      'decision-stale src/tenants/settings.ts:3',
      'module-owner src/tenants/settings.ts:3',
    ]);
    const why = report.violations.filter(({ code }) => code === 'decision-stale').map(({ message }) => message);
    expect(why[0]).toMatch(/no longer holds: there is no site [0-9a-f]+, it changed or went\.$/);
    expect(why[1]).toMatch(/no longer holds: it was until 2020-01-31\.$/);
    const item = (await status(root)).checklist.find(({ text }) => text === 'Every decision still holds');
    expect(item).toMatchObject({ done: false, left: ['src/audit.ts:6', 'src/tenants/settings.ts:3'] });
  });

  it('lets exempt what is no opening of its own pass as well', async () => {
    const root = program.sample({ init: true });
    const lines = [
      "import { PageCache } from './cache/page-cache.js';",
      'export const pages = new PageCache();',
      '// redis-migrate-ignore: the second one goes with the tests',
      'export const others = new PageCache();',
    ];
    write(root, 'src/pages.ts', `${lines.join('\n')}\n`);
    const here = async () => places((await check(root)).report).filter((one) => one.includes('src/pages.ts'));
    expect(await here()).toEqual(['own-wrapper src/pages.ts:2']);
    edit(root, 'redis-migrate.config.json', (text) =>
      JSON.stringify({ ...JSON.parse(text), exempt: [{ files: ['src/pages.ts'], reason: 'old pages' }] }),
    );
    expect(await here()).toEqual([]);
    expect(places((await check(root)).report).filter((one) => one.startsWith('exemption'))).toEqual([]);
  });

  it('sees a shared client of the accessor that is used for what needs its own', async () => {
    const root = program.sample({ init: true });
    const lines = [
      "import { getRedis, openRedis } from './lib/redis.js';",
      "export const wait = () => getRedis().blpop('list', 0);",
      "export const own = () => openRedis({ role: 'blocking' }).blpop('list', 0);",
      "export const read = () => getRedis({ database: 'metrics' }).get('key');",
    ];
    write(root, 'src/wrong.ts', `${lines.join('\n')}\n`);
    const { violations } = (await check(root)).report;
    const here = violations.filter(({ file }) => file === 'src/wrong.ts');
    expect(here.map(({ code, line }) => `${code}:${line}`)).toEqual(['accessor-misuse:2']);
    expect(here[0]?.message).toContain('calls `.blpop`: that is role blocking');
    const sites = JSON.parse(program.run(root, ['scan', '--format', 'json']).out).sites;
    const calls = sites.filter((site: { file: string }) => site.file === 'src/wrong.ts');
    expect(
      calls.map(({ category, role, database, purpose }: Record<string, string>) => [category, role, database, purpose]),
    ).toEqual([
      ['accessor-call', 'command', 'main', 'messaging'],
      ['accessor-call', 'blocking', 'main', 'messaging'],
      ['accessor-call', 'command', 'metrics', 'read-cache'],
    ]);
  });
});
