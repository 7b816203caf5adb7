/** From a plan to changed files and back, on the sample project: what is shown is what is done, and can be undone. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ApplyReport, Plan } from '../../src/model/change.js';
import type { Inventory } from '../../src/model/site.js';
import { commitAll, git, put, snapshot } from '../apply/workshop.js';
import { Program } from './program.js';

const program = new Program();
afterAll(() => program.drop());

/** The JSON answer of a command that ends with 0. */
function ask<T>(root: string, ...args: string[]): T {
  const { code, out, err } = program.run(root, [...args, '--format', 'json']);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

/** Hash of all that git would commit. */
function tree(root: string): string {
  git(root, 'add', '--all');
  return git(root, 'write-tree').trim();
}

const ALL = ['apply', '--batch', 'all'];
/** All but what the program keeps for itself. */
function sources(root: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(snapshot(root)).filter(([file]) => !file.startsWith('.redis-migrate') && file !== 'all.patch'),
  );
}

describe('apply', () => {
  it('does what its dry run shows: `git apply` takes the diff, and the bytes are equal', () => {
    const root = program.sample({ init: true });
    const before = tree(root);
    const shown = ask<ApplyReport>(root, ...ALL, '--include', 'review', '--dry-run');
    expect(tree(root)).toBe(before);
    const diffs = shown.batches.flatMap(({ files }) => files.map(({ diff }) => diff));
    expect(diffs.length).toBeGreaterThan(12);
    // Batches follow one another: so do their diffs.
    for (const diff of diffs) {
      writeFileSync(join(root, 'all.patch'), diff);
      git(root, 'apply', 'all.patch');
    }
    rmSync(join(root, 'all.patch'));
    const patched = sources(root);
    git(root, 'checkout', '--', '.');
    git(root, 'reset', '-q', '--hard');
    const done = ask<ApplyReport>(root, ...ALL, '--include', 'review');
    expect(sources(root)).toEqual(patched);
    expect({ ...done, dryRun: true }).toEqual(shown);
    expect(done.totals).toMatchObject({ unchanged: 0, failed: 0 });
    expect(done.totals.rewritten).toBe(done.totals.sites);
  });

  it('the pretty dry run of one batch is a patch as it stands', () => {
    const root = program.sample({ init: true });
    const { code, out } = program.run(root, ['apply', '--batch', 'next', '--dry-run']);
    expect(code).toBe(0);
    writeFileSync(join(root, '../all.patch'), out);
    git(root, 'apply', '../all.patch');
    rmSync(join(root, '../all.patch'));
    expect(git(root, 'diff', '--name-only')).toBe('src/health.ts\n');
  });

  it('a second run changes nothing and says so', () => {
    const root = program.sample({ init: true });
    ask(root, ...ALL, '--include', 'review');
    commitAll(root);
    const before = tree(root);
    const again = ask<ApplyReport>(root, ...ALL, '--include', 'review');
    expect(again.totals).toMatchObject({ files: 0, rewritten: 0, failed: 0 });
    expect(tree(root)).toBe(before);
    expect(program.run(root, [...ALL, '--dry-run', '--exit-code']).code).toBe(0);
    expect(ask<Plan>(root, 'plan').batches).toEqual([]);
  });

  it('--sites makes a batch of these sites, with what must change together with them', () => {
    const root = program.sample({ init: true });
    const { sites } = ask<Inventory>(root, 'scan');
    const health = sites.find(({ file }) => file === 'src/health.ts');
    const session = sites.find(({ file }) => file.startsWith('src/sessions/'));
    const report = ask<ApplyReport>(root, 'apply', '--sites', `${session?.id},${health?.id}`);
    expect(report.batches).toHaveLength(1);
    expect(report.batches[0]?.sites.map(({ id }) => id).sort()).toEqual([health?.id, session?.id].sort());
    expect(git(root, 'diff', '--name-only').trim().split('\n')).toEqual([health?.file, session?.file]);
    const kept = sites.find(({ verdict }) => verdict === 'keep');
    const refused = program.run(root, ['apply', '--sites', `${kept?.id}`, '--dry-run']);
    expect([refused.code, refused.out]).not.toEqual([0, '']);
  });

  it('the plan that is stored wins; what is out of date in it is told', () => {
    const root = program.sample({ init: true });
    const plan = ask<Plan>(root, 'plan', '--write');
    const stored = join(root, '.redis-migrate/plan.json');
    expect(JSON.parse(readFileSync(stored, 'utf8'))).toMatchObject({ batches: plan.batches });
    expect(git(root, 'status', '--porcelain', '--untracked-files=all')).toContain('.redis-migrate/plan.json');
    // The first two batches in one, and the site of the first is gone.
    const [first, second, ...others] = plan.batches;
    if (!first || !second) throw new Error('the sample has more batches');
    const both = (of: 'files' | 'sites' | 'units') => [...first[of], ...second[of]];
    const one = { ...first, title: 'together', files: both('files'), sites: both('sites'), units: both('units') };
    writeFileSync(stored, `${JSON.stringify({ ...plan, batches: [one, ...others] }, null, 2)}\n`);
    rmSync(join(root, 'src/health.ts'));
    put(root, 'src/health.ts', 'export async function redisIsUp(): Promise<boolean> {\n  return true;\n}\n');
    commitAll(root);
    const { code, out, err } = program.run(root, ['apply', '--batch', 'next', '--include', 'review']);
    expect([code, out]).toEqual([0, expect.stringContaining(`Batch ${first.id}  together`)]);
    expect(err).toMatch(/site [0-9a-f]+ is gone/);
    expect(git(root, 'diff', '--name-only').trim().split('\n')).toEqual(second.files);
  });

  it('--format-with runs the formatter on the changed files, and rollback still gives the exact bytes back', () => {
    const root = program.sample({ init: true });
    put(
      root,
      'format.mjs',
      [
        "import { readFileSync, writeFileSync } from 'node:fs';",
        'for (const file of process.argv.slice(2)) {',
        "  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('  ', '\\t'));",
        '}',
        '',
      ].join('\n'),
    );
    commitAll(root);
    const before = tree(root);
    const { code, err } = program.run(root, [...ALL, '--format-with', 'node format.mjs']);
    expect([code, err]).toEqual([0, expect.not.stringContaining('internal error')]);
    const changed = git(root, 'diff', '--name-only').trim().split('\n');
    expect(changed).toContain('src/main.ts');
    for (const file of changed) expect(readFileSync(join(root, file), 'utf8'), file).not.toContain('  ');
    expect(program.run(root, ['rollback', '--batch', 'all']).code).toBe(0);
    expect(tree(root)).toBe(before);
  });

  it('a formatter that fails: the batch is undone and the run exits 1', () => {
    const root = program.sample({ init: true });
    const before = tree(root);
    const { code, out, err } = program.run(root, [...ALL, '--format-with', 'false']);
    expect([code, out + err]).toEqual([1, expect.stringContaining('format-failed')]);
    expect(git(root, 'diff', '--name-only')).toBe('');
    program.run(root, ['rollback', '--batch', 'all']);
    expect(tree(root)).toBe(before);
  });
});

describe('rollback', () => {
  it('gives the exact tree back, after all batches and after one', () => {
    const root = program.sample({ init: true });
    const before = tree(root);
    ask(root, ...ALL, '--include', 'review');
    expect(tree(root)).not.toBe(before);
    ask(root, 'rollback', '--batch', 'all');
    expect(tree(root)).toBe(before);
    const [first] = ask<Plan>(root, 'plan').batches;
    ask(root, 'apply', '--batch', first?.id ?? '');
    commitAll(root);
    const one = tree(root);
    ask(root, 'apply', '--batch', 'next');
    expect(tree(root)).not.toBe(one);
    const second = ask<{ batches: { batch: string }[] }>(root, 'rollback', '--batch', 'all');
    expect(second.batches).toHaveLength(2);
    expect(tree(root)).toBe(before);
    expect(existsSync(join(root, '.redis-migrate/batches'))).toBe(false);
  });

  it('refuses a file that changed since, by name and with what to do; the rest of its batch stays too', () => {
    const root = program.sample({ init: true });
    ask(root, ...ALL);
    const file = join(root, 'src/health.ts');
    writeFileSync(file, `${readFileSync(file, 'utf8')}// mine\n`);
    const after = sources(root);
    const { code, out, err } = program.run(root, ['rollback', '--batch', 'all']);
    expect(code).toBe(1);
    expect(out + err).toMatch(/src\/health\.ts/);
    expect(out + err).toMatch(/git revert/);
    expect(sources(root)['src/health.ts']).toBe(after['src/health.ts']);
  });

  it('--file gives one file back', () => {
    const root = program.sample({ init: true });
    ask(root, ...ALL);
    const { code } = program.run(root, ['rollback', '--file', 'src/health.ts']);
    expect(code).toBe(0);
    expect(git(root, 'diff', '--name-only')).not.toContain('src/health.ts');
    expect(git(root, 'diff', '--name-only')).toContain('src/main.ts');
  });
});
