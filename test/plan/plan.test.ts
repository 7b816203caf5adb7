import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, Unit } from '../../src/model/change.js';
import type { Config } from '../../src/model/config.js';
import { PURPOSES, type Purpose, type Site } from '../../src/model/site.js';
import { batchOfSites, chooseBatches, findBatch, mergePlan, parsePlan, plan, readPlan } from '../../src/plan/index.js';
import { site, unit } from '../apply/workshop.js';

function config(batches: Partial<Config['batches']> = {}): Config {
  return {
    path: null,
    preset: 'named-databases',
    include: ['**/*'],
    exclude: [],
    accessors: [],
    databases: [],
    onNone: 'keep',
    strategy: 'initialiser',
    wrappers: [],
    caches: [],
    deprecated: [],
    exempt: [],
    batches: { maxFiles: 5, order: [...PURPOSES], ...batches },
  };
}

/** One unit with one site in each of its files: `u(1, 'session', 'a.ts')` has the site `s-1-a.ts`. */
function made(...specs: [string, Purpose, ...string[]][]): { sites: Site[]; units: Unit[] } {
  const units = specs.map(([name, purpose, ...files]) =>
    unit(
      `u-${name}`,
      files.map((file) => `s-${name}-${file}`),
      files,
      { purpose },
    ),
  );
  const sites = units.flatMap((entry) =>
    entry.files.map((file, n) => site(entry.sites[n] ?? '', file, { purpose: entry.purpose })),
  );
  return { sites, units };
}

const unitsOf = (result: Plan) => result.batches.map((batch) => batch.units);

describe('plan', () => {
  it('orders batches by risk, and completes a short order', () => {
    const { sites, units } = made(
      ['1', 'unknown', 'a.ts'],
      ['2', 'session', 'b.ts'],
      ['3', 'health', 'c.ts'],
      ['4', 'env', 'd.ts'],
    );
    expect(plan(sites, units, config()).batches.map((batch) => batch.purpose)).toEqual([
      'health',
      'session',
      'env',
      'unknown',
    ]);
    const turned = plan(sites, units, config({ order: ['session'] }));
    expect(turned.batches.map((batch) => [batch.purpose, batch.risk])).toEqual([
      ['session', 0],
      ['health', 2],
      ['env', 8],
      ['unknown', 9],
    ]);
  });

  it('begins with imports, and with the zones that the configuration names', () => {
    const { sites, units } = made(
      ['1', 'health', 'src/a.ts'],
      ['2', 'imports', 'src/b.ts'],
      ['3', 'limits-and-locks', 'test/a.ts'],
      ['4', 'imports', 'test/b.ts'],
      ['5', 'imports', 'scripts/c.ts', 'test/c.ts'],
    );
    for (const one of sites) one.zone = one.file.startsWith('test/') ? 'test' : 'production';
    const purposes = (zones: Config['batches']['zones']) =>
      plan(sites, units, config(zones ? { zones } : {})).batches.map(({ units: own, risk }) => [...own, risk]);
    expect(purposes(undefined)).toEqual([
      ['u-2', 'u-4', 'u-5', 0],
      ['u-1', 1],
      ['u-3', 7],
    ]);
    expect(purposes(['test'])).toEqual([
      ['u-4', 0],
      ['u-3', 7],
      ['u-2', 'u-5', 10],
      ['u-1', 11],
    ]);
    expect(purposes(['production', 'test'])).toEqual([
      ['u-2', 0],
      ['u-1', 1],
      ['u-4', 'u-5', 10],
      ['u-3', 17],
    ]);
  });

  it('separates owners, nobody first', () => {
    const { sites, units } = made(['1', 'session', 'a/x.ts'], ['2', 'session', 'b/x.ts'], ['3', 'session', 'c/x.ts']);
    const owner = (file: string) => (file.startsWith('a/') ? '@team' : null);
    const result = plan(sites, units, config(), owner);
    expect(unitsOf(result)).toEqual([['u-2', 'u-3'], ['u-1']]);
    expect(result.batches[1]?.title).toBe('session: 1 site in 1 file (a), @team');
  });

  it('fills batches up to maxFiles; a larger unit is alone', () => {
    const { sites, units } = made(
      ['1', 'session', 'a.ts'],
      ['2', 'session', 'b1.ts', 'b2.ts', 'b3.ts'],
      ['3', 'session', 'c.ts'],
      ['4', 'session', 'd.ts'],
      ['5', 'session', 'e.ts'],
    );
    expect(unitsOf(plan(sites, units, config({ maxFiles: 2 })))).toEqual([['u-1'], ['u-2'], ['u-3', 'u-4'], ['u-5']]);
  });

  it('puts units that share a file into one batch, through others too', () => {
    const { sites, units } = made(
      ['1', 'session', 'a.ts', 'z.ts'],
      ['2', 'session', 'b.ts'],
      ['3', 'session', 'y.ts', 'z.ts'],
      ['4', 'health', 'z.ts'],
    );
    expect(unitsOf(plan(sites, units, config({ maxFiles: 3 })))).toEqual([['u-4'], ['u-1', 'u-3'], ['u-2']]);
  });

  it('cuts what shares one file everywhere at the limit', () => {
    const specs = Array.from({ length: 6 }, (_, n): [string, Purpose, ...string[]] => [
      `${n}`,
      'session',
      'hub.ts',
      `m${n}.ts`,
    ]);
    const { sites, units } = made(...specs, ['only', 'session', 'hub.ts']);
    const result = plan(sites, units, config({ maxFiles: 3 }));
    expect(result.batches.map((batch) => batch.files.length)).toEqual([3, 3, 3]);
    expect(result.batches.flatMap((batch) => batch.units)).toHaveLength(7);
  });

  it('has titles for people', () => {
    const { sites, units } = made(
      ['1', 'write-cache', 'src/cache/a.ts'],
      ['2', 'write-cache', 'src/cache/deep/b.ts'],
      ['3', 'health', 'a.ts'],
    );
    expect(plan(sites, units, config()).batches.map((batch) => batch.title)).toEqual([
      'health: 1 site in 1 file',
      'write-cache: 2 sites in 2 files (src/cache)',
    ]);
    const apart = made(['1', 'session', 'src/ab/a.ts'], ['2', 'session', 'src/a/b.ts']);
    expect(plan(apart.sites, apart.units, config()).batches[0]?.title).toBe('session: 2 sites in 2 files (src)');
  });

  it('keeps what must stay and what has no unit, with reasons, in order', () => {
    const { sites, units } = made(['1', 'session', 'b.ts']);
    const reasons = [{ code: 'role-unknown', message: 'x', at: null }];
    const stays = site('k', 'c.ts', { verdict: 'keep', reasons, line: 9 });
    const loose = site('l', 'c.ts', { verdict: 'review', line: 3 });
    const part = site('p', 'b.ts', { partOf: 's-1-b.ts', verdict: 'keep' });
    expect(plan([stays, loose, part, ...sites], units, config()).kept).toEqual([
      { site: 'l', reasons: [{ code: 'no-unit', message: 'no change was computed for this site', at: 'c.ts:3' }] },
      { site: 'k', reasons },
    ]);
  });

  it('has each site in one place, whole units, and the same bytes in any order', () => {
    const file = fc.constantFrom('a.ts', 'b/a.ts', 'b/c.ts', 'b/d.ts', 'e.ts', 'f.ts', 'g.ts');
    const spec = fc.tuple(fc.constantFrom(...PURPOSES), fc.uniqueArray(file, { minLength: 1, maxLength: 4 }));
    const input = fc.tuple(fc.array(spec, { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), fc.func(fc.integer()));
    fc.assert(
      fc.property(input, ([specs, maxFiles, random]) => {
        const { sites, units } = made(
          ...specs.map(([purpose, files], n): [string, Purpose, ...string[]] => [`${n}`, purpose, ...files]),
        );
        const result = plan(sites, units, config({ maxFiles }));
        const placed = result.batches.flatMap((batch) => batch.sites);
        expect([...placed].sort()).toEqual(sites.map((entry) => entry.id).sort());
        expect(result.batches.flatMap((batch) => batch.units).sort()).toEqual(units.map((entry) => entry.id).sort());
        for (const batch of result.batches)
          if (batch.units.length > 1) expect(batch.files.length).toBeLessThanOrEqual(maxFiles);
        const shuffle = <T>(items: T[]) => [...items].sort((x, y) => random(x, y));
        expect(JSON.stringify(plan(shuffle(sites), shuffle(units), config({ maxFiles })))).toBe(JSON.stringify(result));
      }),
      { numRuns: 100 },
    );
  });

  it('has ids that follow from purpose, units and sites alone', () => {
    const { sites, units } = made(['1', 'session', 'a.ts'], ['2', 'session', 'b.ts']);
    const [one] = plan(sites, units, config()).batches;
    expect(one?.id).toMatch(/^[0-9a-f]{12}$/);
    const moved = sites.map((entry) => ({ ...entry, line: entry.line + 40 }));
    expect(plan(moved, units, config({ maxFiles: 7 })).batches[0]?.id).toBe(one?.id);
    const more = made(['0', 'health', 'a.ts'], ['1', 'session', 'a.ts'], ['2', 'session', 'b.ts']);
    expect(plan(more.sites, more.units, config()).batches[1]?.id).toBe(one?.id);
    expect(plan(sites, units, config({ maxFiles: 1 })).batches[0]?.id).not.toBe(one?.id);
  });
});

describe('choosing', () => {
  const { sites, units } = made(['1', 'health', 'a.ts'], ['2', 'session', 'b.ts', 'c.ts'], ['3', 'env', 'd.ts']);
  const mixed = units.map((entry) => (entry.id === 'u-1' ? { ...entry, verdict: 'review' as const } : entry));
  const result = plan(sites, mixed, config());

  it('takes the next batch that would write something, all, or one by id', () => {
    const choose = (which: string, includeReview: boolean) =>
      chooseBatches(result, which, { units: mixed, includeReview }).map((batch) => batch.purpose);
    expect(choose('next', false)).toEqual(['session']);
    expect(choose('next', true)).toEqual(['health']);
    expect(choose('all', false)).toEqual(['health', 'session', 'env']);
    expect(choose(result.batches[2]?.id ?? '', false)).toEqual(['env']);
  });

  it('has nothing next when only review is left', () => {
    const left = { ...result, batches: result.batches.slice(0, 1) };
    expect(chooseBatches(left, 'next', { units: mixed, includeReview: false })).toEqual([]);
  });

  it('names known ids for an unknown one, the most similar first', () => {
    const wanted = result.batches[1]?.id ?? '';
    expect(() => findBatch(result, `${wanted.slice(0, 6)}zzz`)).toThrow(
      expect.objectContaining({ name: 'UserError', hint: expect.stringMatching(`^known: ${wanted}, `) }),
    );
    expect(() => findBatch({ ...result, batches: [] }, 'x')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('no batches') }),
    );
  });

  it('makes a batch of named sites, whole units and the riskiest purpose', () => {
    const stays = site('k', 'k.ts', { verdict: 'keep', purpose: null });
    const all = [...sites, stays];
    const batch = batchOfSites(['s-2-c.ts', 'k', 's-1-a.ts'], all, units, config());
    expect(batch).toMatchObject({
      sites: ['s-1-a.ts', 's-2-b.ts', 's-2-c.ts', 'k'],
      units: ['u-1', 'u-2'],
      purpose: 'session',
      risk: 4,
      title: 'session: 4 sites in 4 files',
    });
    expect(batchOfSites(['s-1-a.ts', 's-2-b.ts', 'k'], all, units, config()).id).toBe(batch.id);
    expect(() => batchOfSites(['s-2-x'], all, units, config())).toThrow(
      expect.objectContaining({ name: 'UserError', hint: expect.stringMatching(/^nearest: s-2-b\.ts/) }),
    );
    expect(() => batchOfSites([], all, units, config())).toThrow('no sites are named');
  });
});

describe('a stored plan', () => {
  const { sites, units } = made(['1', 'health', 'a.ts'], ['2', 'session', 'b.ts', 'c.ts'], ['3', 'env', 'd.ts']);
  const stored = plan(sites, units, config());

  it('survives being written and read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'redis-migrate-plan-'));
    expect(readPlan(folder)).toBeNull();
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(stored, null, 2));
    expect(readPlan(folder)).toEqual(stored);
    rmSync(join(folder, 'plan.json'));
    mkdirSync(join(folder, 'plan.json'));
    expect(() => readPlan(folder)).toThrow(expect.objectContaining({ name: 'UserError' }));
    rmSync(folder, { recursive: true });
  });

  it('is refused when it is broken', () => {
    expect(() => parsePlan('<<<<<<< HEAD', 'plan.json')).toThrow('plan.json is not valid JSON');
    expect(() => parsePlan('{"schemaVersion":2,"batches":[]}', 'plan.json')).toThrow(
      'plan.json is not a plan: schemaVersion',
    );
    const outside = { ...stored, batches: stored.batches.map((batch) => ({ ...batch, id: '../../x' })) };
    expect(() => parsePlan(JSON.stringify(outside), 'plan.json')).toThrow('batches.0.id');
    const twice = { ...stored, batches: [...stored.batches, ...stored.batches] };
    expect(() => parsePlan(JSON.stringify(twice), 'plan.json')).toThrow('twice');
  });

  it('wins over what would be planned now', () => {
    const hand = {
      ...stored,
      batches: stored.batches.map((batch) => ({
        ...batch,
        id: `${batch.purpose}0000`.replace('-', ''),
        title: 'by hand',
      })),
    };
    const merged = mergePlan(hand, { sites, units, config: config({ maxFiles: 1 }) });
    expect(merged).toEqual({ plan: hand, stale: [], added: [] });
  });

  it('reports entries that are gone, not those that were rewritten, and plans what is new', () => {
    const now = made(['2', 'session', 'b.ts', 'c.ts'], ['4', 'health', 'n.ts']);
    const merged = mergePlan(stored, { ...now, config: config(), rewritten: new Set(['s-1-a.ts']) });
    expect(merged.stale).toEqual([{ batch: stored.batches[2]?.id, site: 's-3-d.ts' }]);
    expect(merged.plan.batches.map((batch) => [batch.purpose, batch.units])).toEqual([
      ['health', ['u-4']],
      ['session', ['u-2']],
    ]);
    expect(merged.plan.batches[1]?.id).toBe(stored.batches[1]?.id);
    expect(merged.added).toEqual([merged.plan.batches[0]?.id]);
  });

  it('keeps titles true: those it made are made anew, those by hand stay', () => {
    const left = made(['2', 'session', 'b.ts']);
    const context = { ...left, config: config(), ownerOf: () => '@team' };
    expect(mergePlan(stored, context).plan.batches.map(({ title }) => title)).toEqual([
      'session: 1 site in 1 file, @team',
    ]);
    const hand = { ...stored, batches: stored.batches.map((batch) => ({ ...batch, title: 'by hand' })) };
    expect(mergePlan(hand, context).plan.batches.map(({ title }) => title)).toEqual(['by hand']);
  });

  it('follows a site into another file', () => {
    const now = made(['1', 'health', 'new/a.ts'], ['2', 'session', 'b.ts', 'c.ts'], ['3', 'env', 'd.ts']);
    const moved = new Map([['s-1-a.ts', 's-1-new/a.ts']]);
    const merged = mergePlan(stored, { ...now, config: config(), moved });
    expect([merged.stale, merged.added]).toEqual([[], []]);
    expect(merged.plan.batches[0]).toMatchObject({
      ...{ id: stored.batches[0]?.id, sites: ['s-1-new/a.ts'], files: ['new/a.ts'] },
      title: 'health: 1 site in 1 file (new)',
    });
  });

  it('keeps a unit whole that two of its batches name, and shows what stays now', () => {
    const one = made(['x', 'session', 'b.ts'], ['y', 'session', 'c.ts'], ['z', 'session', 'd.ts']);
    const apart = plan(one.sites, one.units, config({ maxFiles: 1 }));
    const joined = [unit('u-xy', ['s-x-b.ts', 's-y-c.ts'], ['b.ts', 'c.ts'], { purpose: 'session' })];
    const now = one.sites.map((entry) => (entry.id === 's-z-d.ts' ? { ...entry, verdict: 'keep' as const } : entry));
    const merged = mergePlan(apart, { sites: now, units: joined, config: config() });
    expect(merged.plan.batches.map((batch) => [batch.sites, batch.units])).toEqual([
      [['s-x-b.ts', 's-y-c.ts'], ['u-xy']],
      [['s-z-d.ts'], []],
    ]);
    expect(merged.plan.kept).toEqual([]);
    expect(merged.stale).toEqual([]);
  });
});
