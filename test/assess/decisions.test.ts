/** Decisions of people: what they change, and when they no longer hold. */

import { describe, expect, test } from 'vitest';
import type { Decision } from '../../src/model/decision.js';
import { assessed, MANIFEST, settings } from './build.js';

const ACCESSOR = `export function getRedis(options: object) { return options; }
export function openRedis(options: object) { return options; }`;
const service = (options = '') => ({
  'package.json': MANIFEST,
  'src/lib/redis.ts': ACCESSOR,
  'src/a.ts': `import Redis from 'ioredis';
const client = new Redis(process.env.REDIS_URL!${options});
export const read = (key: string) => client.get(key);
`,
});
const POLICY = ', { maxRetriesPerRequest: 3 }';
const TODAY = '2026-06-01';

async function decided(files: Record<string, string>, decisions: Decision[], today = TODAY) {
  const { sites, units, findings } = await assessed(files, settings(), { includeTests: false, decisions, today });
  return { site: sites.find(({ category }) => category === 'client'), units, findings };
}

async function decision(files: Record<string, string>, more: Partial<Decision>): Promise<Decision> {
  const { site } = await decided(files, []);
  if (!site) throw new Error('no site');
  const differences = site.reasons.filter(({ code }) => code === 'option-policy').map(({ message }) => message);
  return {
    site: site.id,
    decision: 'leave',
    reason: 'because',
    until: null,
    file: 'src/a.ts',
    line: 2,
    differences,
    ...more,
  };
}

describe('leave', () => {
  test('the site stays, and says who decided', async () => {
    const files = service();
    const { site, units, findings } = await decided(files, [await decision(files, { until: '2026-06-01' })]);
    expect(site).toMatchObject({
      verdict: 'keep',
      exempt: { by: 'decision', reason: 'because', until: '2026-06-01' },
    });
    expect(units).toEqual([]);
    expect(findings).toEqual([]);
  });

  test('after its last day it is stale, and the site changes again', async () => {
    const files = service();
    const { site, findings } = await decided(files, [await decision(files, { until: '2026-05-31' })]);
    expect(site).toMatchObject({ verdict: 'rewrite', exempt: null });
    expect(findings).toMatchObject([{ code: 'stale-decision', severity: 'medium', file: 'src/a.ts', line: 2 }]);
  });

  test('a changed site is another site', async () => {
    const one = await decision(service(), {});
    const { site, findings } = await decided(service(', { db: 0 }'), [one]);
    expect(site?.exempt).toBeNull();
    expect(findings.map(({ code, message }) => [code, message.includes(one.site)])).toEqual([['stale-decision', true]]);
  });

  test('moved lines change nothing', async () => {
    const files = service();
    const one = await decision(files, {});
    const { site, findings } = await decided({ ...files, 'src/a.ts': `\n\n${files['src/a.ts']}` }, [one]);
    expect(site?.exempt?.by).toBe('decision');
    expect(findings).toEqual([]);
  });
});

describe('do', () => {
  test('the differences are accepted: the verdict stays what it is, the unit may be written', async () => {
    const files = service(POLICY);
    const { site, units, findings } = await decided(files, [await decision(files, { decision: 'do' })]);
    expect(site?.verdict).toBe('review');
    expect(site?.reasons.map(({ code }) => code)).toContain('accepted');
    expect(units).toMatchObject([{ verdict: 'review', accepted: true }]);
    expect(findings).toEqual([]);
  });

  test('a difference that was not there asks again', async () => {
    const files = service(POLICY);
    const one = await decision(files, { decision: 'do', differences: [] });
    const { site, units, findings } = await decided(files, [one]);
    expect(site?.reasons.map(({ code }) => code)).not.toContain('accepted');
    expect(units[0]?.accepted).toBeUndefined();
    expect(findings[0]?.message).toContain('maxRetriesPerRequest');
  });

  test('nothing that must stay is done', async () => {
    const files = service(", { keyPrefix: 'k:' }");
    const { site, units, findings } = await decided(files, [await decision(files, { decision: 'do' })]);
    expect(site?.verdict).toBe('keep');
    expect(units).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['stale-decision']);
  });

  test('a unit waits for all of its sites', async () => {
    const files = {
      ...service(),
      'src/a.ts': `import Redis from 'ioredis';
let client;
if (process.env.A) client = new Redis(process.env.REDIS_URL!${POLICY});
else client = new Redis(process.env.REDIS_URL!, { maxRetriesPerRequest: 5 });
export const read = (key: string) => client.get(key);
`,
    };
    const { sites } = await assessed(files, settings());
    const all = sites.map(
      (site): Decision => ({
        ...{ site: site.id, decision: 'do', reason: 'r', until: null, file: site.file, line: site.line },
        differences: site.reasons.map(({ message }) => message),
      }),
    );
    expect(all.length).toBe(2);
    expect((await decided(files, all.slice(0, 1))).units[0]?.accepted).toBeUndefined();
    expect((await decided(files, all)).units).toMatchObject([{ accepted: true }]);
  });
});
