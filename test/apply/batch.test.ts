import { chmodSync, linkSync, mkdirSync, readFileSync, rmdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ApplyRequest,
  applyBatch,
  dryRunBatch,
  formatWith,
  readLedgers,
  rewrittenSites,
  rollback,
  sumTotals,
  withLock,
  writableUnits,
} from '../../src/apply/index.js';
import type { BatchReport, Totals } from '../../src/model/change.js';
import { maskReport } from '../../src/secrets.js';
import {
  batchOf,
  change,
  dropTree,
  git,
  makeReadOnly,
  makeTree,
  put,
  requestFor,
  rewritten,
  site,
  snapshot,
  type Tree,
  text,
  unit,
} from './workshop.js';

const CODE = 'export const client = new Redis();\n';
const trees: Tree[] = [];
const make = (files: Record<string, string | Buffer>) => {
  const tree = makeTree(files);
  trees.push(tree);
  return tree;
};
afterEach(() => {
  for (const tree of trees.splice(0)) dropTree(tree);
});

const locked = (request: ApplyRequest) => withLock(request.stateDir, () => applyBatch(request));

/** The sum matches: every site of the batch has exactly one outcome, and the totals count them. */
function expectWhole(report: BatchReport, request: ApplyRequest): void {
  expect(report.sites.map((entry) => entry.id)).toEqual(request.batch.sites);
  const { rewritten: done, unchanged, kept, failed, sites } = report.totals;
  expect(done + unchanged + kept + failed).toBe(sites);
  expect(sites).toBe(request.batch.sites.length);
}

function outcomes(report: BatchReport): Record<string, string> {
  return Object.fromEntries(
    report.sites.map((entry) => [entry.id, `${entry.outcome} ${entry.reasons.at(-1)?.code ?? ''}`.trim()]),
  );
}

describe('applyBatch', () => {
  it('writes every file, the ledger, and a journal that only its owner can read', async () => {
    const tree = make({ 'src/a.ts': CODE, 'src/b.ts': CODE });
    const request = requestFor(tree, ['src/a.ts', 'src/b.ts']);
    const report = await locked(request);
    expectWhole(report, request);
    expect(report.totals).toEqual({
      files: 2,
      sites: 2,
      rewritten: 2,
      unchanged: 0,
      kept: 0,
      failed: 0,
      linesAdded: 2,
      linesRemoved: 2,
    } satisfies Totals);
    expect(text(tree.root, 'src/a.ts')).toBe(rewritten(CODE));
    const [ledger] = readLedgers(tree.stateDir);
    expect(ledger).toEqual({
      schemaVersion: 1,
      batch: 'aaaaaaaaaaaa',
      title: 'write-cache: 2 sites',
      purpose: 'write-cache',
      files: ['src/a.ts', 'src/b.ts'],
      sites: [
        { id: 's-0', outcome: 'rewritten' },
        { id: 's-1', outcome: 'rewritten' },
      ],
    });
    expect([...rewrittenSites(readLedgers(tree.stateDir))]).toEqual(['s-0', 's-1']);
    const run = join(tree.stateDir, 'journal/aaaaaaaaaaaa/000001');
    expect(statSync(run).mode & 0o777).toBe(0o700);
    expect(statSync(join(tree.stateDir, 'journal')).mode & 0o777).toBe(0o700);
    for (const name of ['0', '1', 'index.json']) expect(statSync(join(run, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(run, '0'), 'utf8')).toBe(CODE);
    const untracked = git(tree.root, 'status', '--porcelain', '--untracked-files=all').trim().split('\n');
    expect(untracked.map((line) => line.trim()).sort()).toEqual([
      '?? .redis-migrate/.gitignore',
      '?? .redis-migrate/batches/aaaaaaaaaaaa.json',
      'M src/a.ts',
      'M src/b.ts',
    ]);
  });

  it('gives each site its one outcome', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const tree = make(Object.fromEntries(names.map((name) => [`${name}.ts`, CODE])));
    const sites = [
      site('done', 'a.ts'),
      site('review', 'b.ts', { verdict: 'review', reasons: [{ code: 'p-option', message: 'x', at: null }] }),
      site('keep', 'c.ts', { verdict: 'keep', reasons: [{ code: 'role-unknown', message: 'x', at: null }] }),
      site('exempt', 'd.ts', { exempt: { by: 'config', reason: 'Redis Stack', until: null } }),
      site('with-exempt', 'e.ts'),
      site('refused', 'f.ts'),
      site('loose', 'g.ts'),
      site('already', 'h.ts'),
    ];
    const units = [
      unit('u-done', ['done'], ['a.ts']),
      unit('u-review', ['review'], ['b.ts'], { verdict: 'review' }),
      unit('u-exempt', ['exempt', 'with-exempt'], ['d.ts', 'e.ts']),
      unit('u-refused', ['refused'], ['f.ts']),
      unit('u-already', ['already'], ['h.ts']),
    ];
    const reason = { code: 'name-shadowed', message: 'x', at: 'f.ts:1' };
    const request: ApplyRequest = {
      ...requestFor(tree, []),
      batch: batchOf('bbbbbbbbbbbb', units, sites),
      sites,
      units,
      change: { files: [change(tree.root, 'a.ts', ['u-done'])], refused: [{ unit: 'u-refused', reason }] },
    };
    expect(writableUnits(request.batch, sites, units, false).map((entry) => entry.id)).toEqual([
      'u-done',
      'u-refused',
      'u-already',
    ]);
    const report = await locked(request);
    expectWhole(report, request);
    expect(outcomes(report)).toEqual({
      done: 'rewritten',
      review: 'unchanged review-not-included',
      keep: 'kept role-unknown',
      exempt: 'kept exempt',
      'with-exempt': 'kept unit-kept',
      refused: 'failed name-shadowed',
      loose: 'kept no-unit',
      already: 'unchanged already-done',
    });
    expect(sumTotals([report, report])).toMatchObject({ sites: 16, rewritten: 2, kept: 8, failed: 2 });
  });

  it('writes nothing at all when nothing is rewritten', async () => {
    const tree = make({ 'a.ts': CODE });
    const before = snapshot(tree.root);
    const request = requestFor(tree, ['a.ts']);
    request.change = { files: [], refused: [] };
    const report = await locked(request);
    expect(report.totals.unchanged).toBe(1);
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('refuses to write what was not asked for', async () => {
    const tree = make({ 'a.ts': CODE });
    const request = requestFor(tree, ['a.ts']);
    request.change.files[0]?.units.push('u-strange');
    await expect(locked(request)).rejects.toThrow('a.ts was changed for unit u-strange, which is not to be written');
    expect(text(tree.root, 'a.ts')).toBe(CODE);
  });

  it('adds to the ledger when the batch is applied again with review', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': CODE });
    const original = snapshot(tree.root);
    const sites = [site('one', 'a.ts'), site('two', 'b.ts', { verdict: 'review' })];
    const units = [unit('u-1', ['one'], ['a.ts']), unit('u-2', ['two'], ['b.ts'], { verdict: 'review' })];
    const batch = batchOf('cccccccccccc', units, sites);
    const base = { ...requestFor(tree, []), sites, units, batch };
    await locked({ ...base, change: { files: [change(tree.root, 'a.ts', ['u-1'])], refused: [] } });
    const rest = { ...batch, sites: ['two'], units: ['u-2'] };
    await locked({
      ...base,
      batch: rest,
      includeReview: true,
      change: { files: [change(tree.root, 'b.ts', ['u-2'])], refused: [] },
    });
    expect(readLedgers(tree.stateDir)[0]?.sites).toEqual([
      { id: 'one', outcome: 'rewritten' },
      { id: 'two', outcome: 'rewritten' },
    ]);
    const report = await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'cccccccccccc' }));
    expect(report.batches).toEqual([{ batch: 'cccccccccccc', files: ['a.ts', 'b.ts'] }]);
    expect(snapshot(tree.root)).toEqual(original);
  });
});

describe('files', () => {
  it('keeps mode, BOM and CRLF to the byte', async () => {
    const content = '\uFEFF#!/usr/bin/env node\r\nconst c = new Redis();\r\nconst ü = "日本😀";';
    const tree = make({ 'run.ts': content });
    chmodSync(join(tree.root, 'run.ts'), 0o751);
    await locked(requestFor(tree, ['run.ts']));
    expect(readFileSync(join(tree.root, 'run.ts')).equals(Buffer.from(rewritten(content)))).toBe(true);
    expect(statSync(join(tree.root, 'run.ts')).mode & 0o777).toBe(0o751);
    chmodSync(join(tree.root, 'run.ts'), 0o700);
    await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
    expect(readFileSync(join(tree.root, 'run.ts')).equals(Buffer.from(content))).toBe(true);
    expect(statSync(join(tree.root, 'run.ts')).mode & 0o777).toBe(0o751);
  });

  it('writes through a link inside the root; the link stays', async () => {
    const tree = make({ 'real/a.ts': CODE });
    symlinkSync('real/a.ts', join(tree.root, 'a.ts'));
    const before = snapshot(tree.root);
    const report = await locked(requestFor(tree, ['a.ts']));
    expect(outcomes(report)).toEqual({ 's-0': 'rewritten' });
    expect(snapshot(tree.root)['a.ts']).toBe('link real/a.ts');
    expect(text(tree.root, 'real/a.ts')).toBe(rewritten(CODE));
    await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('refuses one file under two names, and keeps the first', async () => {
    const tree = make({ 'b.ts': CODE });
    symlinkSync('b.ts', join(tree.root, 'a.ts'));
    const report = await locked(requestFor(tree, ['a.ts', 'b.ts']));
    expect(outcomes(report)).toEqual({ 's-0': 'rewritten', 's-1': 'failed same-file' });
  });

  it('refuses what leads out of the root, or into git or the state folder', async () => {
    const other = make({ 'x.ts': CODE });
    const tree = make({ 'ok.ts': CODE });
    symlinkSync(join(other.root, 'x.ts'), join(tree.root, 'a.ts'));
    put(tree.root, '.git/hooks/pre-commit', CODE);
    put(tree.root, '.redis-migrate/cache/x.ts', CODE);
    const report = await locked(
      requestFor(tree, ['a.ts', '.git/hooks/pre-commit', '.redis-migrate/cache/x.ts', 'ok.ts']),
    );
    expect(outcomes(report)).toEqual({
      's-0': 'failed outside-root',
      's-1': 'failed outside-root',
      's-2': 'failed outside-root',
      's-3': 'rewritten',
    });
    expect(text(other.root, 'x.ts')).toBe(CODE);
  });

  it('fails the whole unit of a read-only file, and nothing else', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': CODE, 'c.ts': CODE });
    makeReadOnly(tree.root, 'b.ts');
    const sites = [site('a', 'a.ts'), site('b', 'b.ts'), site('c', 'c.ts')];
    const units = [unit('u-ab', ['a', 'b'], ['a.ts', 'b.ts']), unit('u-c', ['c'], ['c.ts'])];
    const files = [
      change(tree.root, 'a.ts', ['u-ab']),
      change(tree.root, 'b.ts', ['u-ab']),
      change(tree.root, 'c.ts', ['u-c']),
    ];
    const batch = batchOf('dddddddddddd', units, sites);
    const report = await locked({ ...requestFor(tree, []), sites, units, batch, change: { files, refused: [] } });
    expect(outcomes(report)).toEqual({ a: 'failed read-only', b: 'failed read-only', c: 'rewritten' });
    expect(text(tree.root, 'a.ts')).toBe(CODE);
    expect(report.files.map((file) => file.file)).toEqual(['c.ts']);
    expect(readLedgers(tree.stateDir)[0]?.files).toEqual(['c.ts']);
  });

  it('leaves out who shares a file with a failed unit, or computes the change again without it', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': `${CODE}${CODE}` });
    makeReadOnly(tree.root, 'a.ts');
    const sites = [site('one', 'a.ts'), site('two', 'b.ts')];
    const units = [unit('u-1', ['one'], ['a.ts', 'b.ts']), unit('u-2', ['two'], ['b.ts'])];
    const both = {
      files: [change(tree.root, 'a.ts', ['u-1']), change(tree.root, 'b.ts', ['u-1', 'u-2'])],
      refused: [],
    };
    const request = {
      ...requestFor(tree, []),
      sites,
      units,
      batch: batchOf('eeeeeeeeeeee', units, sites),
      change: both,
    };
    expect(outcomes(await locked(request))).toEqual({ one: 'failed read-only', two: 'failed read-only' });
    const second = `${CODE}${rewritten(CODE)}`;
    const report = await locked({
      ...request,
      again: (left) => ({
        files: [
          change(
            tree.root,
            'b.ts',
            left.map((entry) => entry.id),
            second,
          ),
        ],
        refused: [],
      }),
    });
    expect(outcomes(report)).toEqual({ one: 'failed read-only', two: 'rewritten' });
    expect(text(tree.root, 'b.ts')).toBe(second);
  });

  it('fails a file that changed since it was scanned, or went', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': CODE, 'c.ts': CODE });
    const request = requestFor(tree, ['a.ts', 'b.ts', 'c.ts']);
    put(tree.root, 'a.ts', `${CODE} `);
    git(tree.root, 'rm', '-q', 'b.ts');
    expect(outcomes(await locked(request))).toEqual({
      's-0': 'failed changed-since-scan',
      's-1': 'failed changed-since-scan',
      's-2': 'rewritten',
    });
    expect(text(tree.root, 'a.ts')).toBe(`${CODE} `);
  });

  it('takes all back when a file changes while the batch is written', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': CODE });
    const request = requestFor(tree, ['a.ts', 'b.ts']);
    const report = await locked({
      ...request,
      fault: (point) => {
        if (point === 'temp-written') put(tree.root, 'b.ts', 'somebody else\n');
      },
    });
    expect(outcomes(report)).toEqual({ 's-0': 'failed changed-since-scan', 's-1': 'failed changed-since-scan' });
    expect(report.files).toEqual([]);
    expect(Object.keys(snapshot(tree.root))).toEqual(['a.ts', 'b.ts']);
    expect([text(tree.root, 'a.ts'), text(tree.root, 'b.ts')]).toEqual([CODE, 'somebody else\n']);
  });

  for (const point of ['journal-bytes', 'temp-written', 'file-replaced', 'ledger-written', 'journal-done']) {
    it(`takes all back when the system refuses a step (${point})`, async () => {
      const tree = make({ 'a.ts': CODE, 'b.ts': CODE });
      const before = snapshot(tree.root);
      let passed = 0;
      const report = await locked({
        ...requestFor(tree, ['a.ts', 'b.ts']),
        fault: (name) => {
          passed += name === point ? 1 : 0;
          if (name !== point || (point === 'file-replaced' && passed < 2)) return;
          throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
        },
      });
      expect(outcomes(report)).toEqual({ 's-0': 'failed write-failed', 's-1': 'failed write-failed' });
      expect(report.sites[0]?.reasons[0]?.message).toBe('the files could not be written (ENOSPC)');
      expect(snapshot(tree.root)).toEqual(before);
    });
  }

  it('leaves the journal open when even the way back is blocked, and goes on later', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': CODE });
    const before = snapshot(tree.root);
    const obstacle = join(tree.root, '.redis-migrate-aaaaaaaaaaaa-1-1.tmp');
    const blocked = locked({
      ...requestFor(tree, ['a.ts', 'b.ts']),
      fault: (point) => {
        if (point === 'file-replaced') mkdirSync(obstacle, { recursive: true });
      },
    });
    await expect(blocked).rejects.toMatchObject({
      name: 'UserError',
      message: 'batch aaaaaaaaaaaa could not be put back (EISDIR)',
    });
    rmdirSync(obstacle);
    const report = await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
    expect(report.recovered).toEqual([{ batch: 'aaaaaaaaaaaa', interrupted: 'apply', files: ['a.ts'] }]);
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('takes all back when something is wrong with the tool itself', async () => {
    const tree = make({ 'a.ts': CODE });
    const before = snapshot(tree.root);
    const broken = locked({
      ...requestFor(tree, ['a.ts']),
      fault: (point) => {
        if (point === 'files-replaced') throw new TypeError('a bug');
      },
    });
    await expect(broken).rejects.toThrow('a bug');
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('works on hard links: the named file changes', async () => {
    const tree = make({ 'a.ts': CODE });
    linkSync(join(tree.root, 'a.ts'), join(tree.root, 'twin.ts'));
    expect(outcomes(await locked(requestFor(tree, ['a.ts'])))).toEqual({ 's-0': 'rewritten' });
    expect(text(tree.root, 'a.ts')).toBe(rewritten(CODE));
  });

  it('creates files, never over an existing one', async () => {
    const tree = make({ 'a.ts': CODE, 'lib/redis.ts': 'mine\n' });
    const request = requestFor(tree, ['a.ts']);
    const created = {
      file: 'lib/redis.ts',
      before: '',
      after: 'x\n',
      created: true as const,
      units: ['u-0'],
      importsRemoved: [],
    };
    request.change.files.push(created);
    expect(outcomes(await locked(request))).toEqual({ 's-0': 'failed file-exists' });
    expect(text(tree.root, 'lib/redis.ts')).toBe('mine\n');
    created.file = 'other/lib/redis.ts';
    expect(outcomes(await locked(request))).toEqual({ 's-0': 'rewritten' });
    expect(text(tree.root, 'other/lib/redis.ts')).toBe('x\n');
  });
});

describe('dry run', () => {
  it('gives the report that apply gives, and writes nothing', async () => {
    const tree = make({ 'a.ts': CODE, 'b.ts': CODE });
    makeReadOnly(tree.root, 'b.ts');
    const before = snapshot(tree.root);
    const request = requestFor(tree, ['a.ts', 'b.ts']);
    const dry = await dryRunBatch(request);
    expect(snapshot(tree.root)).toEqual(before);
    expect(dry.totals).toMatchObject({ rewritten: 1, failed: 1 });
    expect(await locked(request)).toEqual(dry);
    await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
    writeFileSync(join(tree.root, '.git/x.patch'), dry.files.map((file) => file.diff).join(''));
    git(tree.root, 'apply', '.git/x.patch');
    expect(text(tree.root, 'a.ts')).toBe(rewritten(CODE));
  });

  it('shows a second batch over the first one', async () => {
    const tree = make({ 'a.ts': CODE });
    const overlay = new Map<string, string>();
    await dryRunBatch({ ...requestFor(tree, ['a.ts']), overlay });
    expect(overlay.get('a.ts')).toBe(rewritten(CODE));
    const second = requestFor(tree, ['a.ts'], 'ffffffffffff');
    const next = { file: 'a.ts', before: rewritten(CODE), after: 'x\n', units: ['u-0'], importsRemoved: [] };
    const report = await dryRunBatch({ ...second, change: { files: [next], refused: [] }, overlay });
    expect(outcomes(report)).toEqual({ 's-0': 'rewritten' });
    const stale = await dryRunBatch({ ...second, overlay });
    expect(outcomes(stale)).toEqual({ 's-0': 'failed changed-since-scan' });
  });

  it('masks secrets, says so, and git refuses the masked patch', async () => {
    const tree = make({ 'a.ts': `const url = "redis://u:hunter2@host";\n${CODE}` });
    const report = await dryRunBatch({ ...requestFor(tree, ['a.ts']), mask: maskReport });
    expect(report.masked).toBe(true);
    expect(JSON.stringify(report)).not.toContain('hunter2');
    writeFileSync(join(tree.root, '.git/x.patch'), report.files[0]?.diff ?? '');
    expect(() => git(tree.root, 'apply', '--check', '.git/x.patch')).toThrow();
  });
});

describe('a formatter', () => {
  it('gets exactly the changed files, and what it writes counts', async () => {
    const tree = make({ "it's $(a) file.ts": CODE, '-b.ts': CODE, 'c.ts': 'untouched\n' });
    const names = ["it's $(a) file.ts", '-b.ts'];
    const format = formatWith(`sh -c 'for f in "$@"; do echo "// formatted" >> "$f"; done' sh`, tree.root);
    const before = snapshot(tree.root);
    const report = await locked({ ...requestFor(tree, names), format });
    expect(report.totals).toMatchObject({ rewritten: 2, linesAdded: 4, linesRemoved: 2 });
    for (const name of names) expect(text(tree.root, name)).toBe(`${rewritten(CODE)}// formatted\n`);
    expect(text(tree.root, 'c.ts')).toBe('untouched\n');
    const back = await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
    expect(back.refused).toEqual([]);
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('that fails undoes the batch', async () => {
    const tree = make({ 'a.ts': CODE });
    const before = snapshot(tree.root);
    const format = formatWith(
      `sh -c 'echo broken > "$1"; echo "bad: redis://u:hunter2@h in $PWD/$1" >&2; exit 3' sh`,
      tree.root,
    );
    const report = await locked({ ...requestFor(tree, ['a.ts']), mask: maskReport, format });
    expect(outcomes(report)).toEqual({ 's-0': 'failed format-failed' });
    const message = report.sites[0]?.reasons[0]?.message ?? '';
    expect(message).toMatch(/^the formatter `sh -c .+` ended with code 3: bad: redis:\/\/\S+@h in a\.ts$/);
    expect(message).not.toContain('hunter2');
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('that does not exist undoes the batch', async () => {
    const tree = make({ 'a.ts': CODE });
    const before = snapshot(tree.root);
    const report = await locked({ ...requestFor(tree, ['a.ts']), format: formatWith('no-such-formatter', tree.root) });
    expect(report.sites[0]?.reasons[0]?.message).toContain('the formatter `no-such-formatter` ended with code 127: ');
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('that deletes a file undoes the batch', async () => {
    const tree = make({ 'a.ts': CODE });
    const before = snapshot(tree.root);
    const report = await locked({ ...requestFor(tree, ['a.ts']), format: formatWith('rm', tree.root) });
    expect(outcomes(report)).toEqual({ 's-0': 'failed format-failed' });
    expect(snapshot(tree.root)).toEqual(before);
  });
});
