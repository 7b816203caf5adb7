/** `accept` on a real tree: the decision is stored, read back, and honoured by scan, plan and apply. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApplyReport } from '../../src/model/change.js';
import type { Decision } from '../../src/model/decision.js';
import type { StatusReport } from '../../src/model/gate.js';
import type { Inventory } from '../../src/model/site.js';
import { commitAll } from '../apply/workshop.js';
import { Program } from './program.js';

const program = new Program();
afterAll(() => program.drop());

const client = (name: string, options = '') => `import Redis from 'ioredis';
const ${name} = new Redis(process.env.REDIS_URL!${options});
export const read = () => ${name}.get('${name}');
`;

/** A service with one site that may be rewritten and two under review. */
function service(): string {
  const root = program.tree({
    'package.json': JSON.stringify({ name: 'shop', private: true, dependencies: { ioredis: '^5.4.0' } }),
    'src/plain.ts': client('plain'),
    'src/careful.ts': client('careful', ', { maxRetriesPerRequest: 3 }'),
    'src/other.ts': client('other', ', { maxRetriesPerRequest: 4 }'),
  });
  expect(program.run(root, ['init', '--yes', '--scaffold', 'default']).code).toBe(0);
  commitAll(root);
  return root;
}

const accept = (root: string, ...args: string[]) => program.run(root, ['accept', ...args, '--format', 'json']);
const stored = (root: string) => readFileSync(join(root, '.redis-migrate/decisions.json'), 'utf8');
const scanned = (root: string) => JSON.parse(program.run(root, ['scan', '--format', 'json']).out) as Inventory;

function rewritten(root: string): string[] {
  const { out } = program.run(root, ['apply', '--batch', 'all', '--format', 'json']);
  const { batches } = JSON.parse(out) as ApplyReport;
  return batches.flatMap(({ sites }) => sites.flatMap((one) => (one.outcome === 'rewritten' ? one.file : []))).sort();
}

describe('accept', () => {
  it('what is accepted is written without --include review, and the decision is then over', () => {
    const root = service();
    expect(accept(root, 'src/careful.ts:2', '--reason', 'three tries are enough').code).toBe(0);
    expect(rewritten(root)).toEqual(['src/careful.ts', 'src/plain.ts']);
    expect(scanned(root).findings.map(({ code }) => code)).not.toContain('stale-decision');
  });

  it('what is left stays, and says why', () => {
    const root = service();
    accept(root, 'src/plain.ts:2', '--leave', '--reason', 'goes away in May', '--until', '2999-01-01');
    const site = scanned(root).sites.find(({ file }) => file === 'src/plain.ts');
    expect(site).toMatchObject({ verdict: 'keep', exempt: { by: 'decision', until: '2999-01-01' } });
    expect(rewritten(root)).toEqual([]);
  });

  it('the file is sorted by site, one entry a site, whatever the order of decisions', () => {
    const [one, other] = [service(), service()];
    const files = ['src/plain.ts', 'src/careful.ts', 'src/other.ts'];
    for (const file of files) accept(one, `${file}:2`, '--reason', 'r');
    for (const file of files.toReversed()) accept(other, `${file}:2`, '--reason', 'first');
    for (const file of files.toReversed()) accept(other, `${file}:2`, '--reason', 'r');
    expect(stored(other)).toBe(stored(one));
    const ids = (JSON.parse(stored(one)) as { decisions: Decision[] }).decisions.map(({ site }) => site);
    expect(ids).toEqual([...ids].sort());
    expect(ids).toHaveLength(3);
  });

  it('a decision is taken back: the site is judged as before, also when it is known by its place only', () => {
    const root = service();
    const verdict = (file: string) => scanned(root).sites.find((one) => one.file === file)?.verdict;
    accept(root, 'src/plain.ts:2', '--leave', '--reason', 'goes away in May');
    accept(root, 'src/careful.ts:2', '--reason', 'three tries are enough');
    expect(verdict('src/plain.ts')).toBe('keep');
    const { code, out } = accept(root, 'src/plain.ts:2', '--withdraw');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      expect.objectContaining({ withdrawn: true, decision: 'leave', reason: 'goes away in May', verdict: 'keep' }),
    ]);
    expect(verdict('src/plain.ts')).toBe('rewrite');

    // The expression changes: the decision speaks of a site that is no more, and is found where it was made.
    writeFileSync(join(root, 'src/careful.ts'), client('careful', ', { maxRetriesPerRequest: 5 }'));
    commitAll(root);
    expect(scanned(root).findings.map(({ code }) => code)).toContain('stale-decision');
    const gone = JSON.parse(accept(root, 'src/careful.ts:2', '--withdraw').out);
    expect(gone).toMatchObject({ withdrawn: true, decision: 'do', verdict: null });
    expect(scanned(root).findings.map(({ code }) => code)).not.toContain('stale-decision');
    expect(rewritten(root)).toEqual(['src/plain.ts']);
  });

  it('only one decision that is there can be taken back', () => {
    const root = service();
    const none = accept(root, 'src/plain.ts:2', '--withdraw');
    expect([none.code, none.err]).toEqual([2, expect.stringContaining('there is no decision on src/plain.ts:2')]);
    for (const file of ['plain', 'careful']) accept(root, `src/${file}.ts:2`, '--leave', '--reason', 'r');
    const before = stored(root);
    const other = accept(root, 'src/other.ts', '--withdraw');
    expect([other.code, other.err]).toEqual([2, expect.stringMatching(/There are: .*careful.ts:2 leave/)]);
    expect(accept(root, 'src/plain.ts', '--withdraw', '--reason', 'r').code).toBe(2);
    expect(stored(root)).toBe(before);
  });

  it('status and explain show what was decided, and whether it holds', () => {
    const root = service();
    accept(root, 'src/plain.ts:2', '--leave', '--reason', 'goes away in May', '--until', '2999-01-01');
    const { decisions } = JSON.parse(program.run(root, ['status', '--format', 'json']).out) as StatusReport;
    expect(decisions).toMatchObject([{ at: 'src/plain.ts:2', decision: 'leave', until: '2999-01-01', stale: null }]);
    const explained = program.run(root, ['explain', 'src/plain.ts:2']).out;
    expect(explained).toContain('decided: leave until 2999-01-01: goes away in May');
    writeFileSync(join(root, 'src/plain.ts'), client('plain', ', { lazyConnect: true }'));
    const pretty = program.run(root, ['status']).out.replace(/\s+/g, ' ');
    expect(pretty).toMatch(/leave until 2999-01-01: goes away in May \(no longer holds: there is no site/);
  });

  it('refuses what nobody may decide, and writes nothing', () => {
    const root = service();
    writeFileSync(join(root, 'src/tenant.ts'), client('tenant', ", { keyPrefix: 't:' }"));
    const kept = accept(root, 'src/tenant.ts:2', '--do', '--reason', 'r');
    expect([kept.code, kept.err]).toEqual([2, expect.stringContaining('no decision overrides that')]);
    expect(accept(root, 'src/lib/redis.ts', '--reason', 'r').code).toBe(2);
    expect(accept(root, 'src/nowhere.ts:1', '--reason', 'r').code).toBe(2);
    expect(existsSync(join(root, '.redis-migrate/decisions.json'))).toBe(false);
  });

  it('a secret in a reason is masked, a broken file is named', () => {
    const root = service();
    accept(root, 'src/plain.ts:2', '--reason', 'see redis://:hunter2@cache.internal');
    expect(stored(root)).not.toContain('hunter2');
    writeFileSync(join(root, '.redis-migrate/decisions.json'), '<<<<<<< HEAD');
    const { code, err } = program.run(root, ['scan']);
    expect([code, err]).toEqual([2, expect.stringContaining('decisions.json is not valid JSON')]);
  });
});
