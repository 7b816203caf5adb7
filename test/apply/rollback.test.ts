import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ApplyRequest, applyBatch, recover, rollback, withLock, writeStateFile } from '../../src/apply/index.js';
import {
  batchOf,
  change,
  commitAll,
  dropTree,
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
const make = (files: Record<string, string>) => {
  const tree = makeTree(files);
  trees.push(tree);
  return tree;
};
afterEach(() => {
  for (const tree of trees.splice(0)) dropTree(tree);
});

const locked = (request: ApplyRequest) => withLock(request.stateDir, () => applyBatch(request));
const back = (tree: Tree, batch: string, file?: string) =>
  withLock(tree.stateDir, () => rollback({ ...tree, batch, ...(file === undefined ? {} : { file }) }));

/** Appends a line to each file as one batch of that id. */
function append(tree: Tree, id: string, files: string[]): Promise<unknown> {
  const request = requestFor(tree, files, id);
  request.change.files = files.map((file, number) =>
    change(tree.root, file, [`u-${number}`], `${text(tree.root, file)}// ${id}\n`),
  );
  return locked(request);
}

const [A, B, C] = ['aaaaaaaaaaaa', 'bbbbbbbbbbbb', 'cccccccccccc'] as const;

describe('rollback', () => {
  it('undoes batches over one file in reverse order only', async () => {
    const tree = make({ 'x.ts': CODE, 'y.ts': CODE });
    const original = snapshot(tree.root);
    await append(tree, A, ['x.ts']);
    await append(tree, B, ['x.ts', 'y.ts']);
    const applied = snapshot(tree.root);
    const early = await back(tree, A);
    expect(early.batches).toEqual([]);
    expect(early.refused).toEqual([
      {
        batch: A,
        reasons: [
          {
            code: 'changed-by-later-batch',
            message: `x.ts was changed again by batch ${B}: roll that one back first, or all`,
            at: 'x.ts',
          },
        ],
      },
    ]);
    expect(snapshot(tree.root)).toEqual(applied);
    expect((await back(tree, B)).batches).toEqual([{ batch: B, files: ['x.ts', 'y.ts'] }]);
    expect((await back(tree, A)).batches).toEqual([{ batch: A, files: ['x.ts'] }]);
    expect(snapshot(tree.root)).toEqual(original);
  });

  it('keeps a batch that starts an accessor for one that stays', async () => {
    const tree = make({ 'main.ts': 'listen();\n', 'x.ts': CODE, 'y.ts': CODE });
    const original = snapshot(tree.root);
    const ask = async (id: string, files: Record<string, string>) => {
      const request = requestFor(tree, Object.keys(files), id);
      request.change.files = Object.entries(files).map(([file, after], number) =>
        change(tree.root, file, [`u-${number}`], after),
      );
      for (const one of request.units) one.asks = [{ accessor: 'redis.ts', start: 'initRedis' }];
      await locked(request);
    };
    await ask(A, { 'main.ts': 'await initRedis();\nlisten();\n', 'x.ts': 'getRedis();\n' });
    await ask(B, { 'y.ts': 'getRedis();\n' });
    const { batches, refused } = await back(tree, A);
    expect([batches, refused.map(({ batch, reasons }) => [batch, reasons.map(({ code }) => code)])]).toEqual([
      [],
      [[A, ['starts-for-others']]],
    ]);
    expect(refused[0]?.reasons[0]?.message).toContain(`the accessor redis.ts, which batch ${B} asks`);
    expect((await back(tree, B)).refused).toEqual([]);
    expect((await back(tree, A)).batches).toEqual([{ batch: A, files: ['main.ts', 'x.ts'] }]);
    expect(snapshot(tree.root)).toEqual(original);
  });

  it('undoes all, also when runs of two batches are interleaved', async () => {
    const tree = make({ 'x.ts': CODE, 'y.ts': CODE });
    const original = snapshot(tree.root);
    await append(tree, A, ['x.ts']);
    await append(tree, B, ['x.ts', 'y.ts']);
    await append(tree, A, ['x.ts', 'y.ts']);
    const report = await back(tree, 'all');
    expect(report.refused).toEqual([]);
    expect(report.batches).toEqual([
      { batch: A, files: ['x.ts', 'y.ts'] },
      { batch: B, files: ['x.ts', 'y.ts'] },
    ]);
    expect(snapshot(tree.root)).toEqual(original);
  });

  it('does nothing for a batch with a file that changed since, and names it and the other way', async () => {
    const tree = make({ 'x.ts': CODE, 'y.ts': CODE, 'z.ts': CODE });
    await append(tree, A, ['x.ts', 'y.ts']);
    await append(tree, B, ['y.ts']);
    await append(tree, C, ['z.ts']);
    put(tree.root, 'y.ts', 'edited\n');
    const x = text(tree.root, 'x.ts');
    const report = await back(tree, 'all');
    expect(report.batches).toEqual([{ batch: C, files: ['z.ts'] }]);
    expect(report.refused.map((entry) => [entry.batch, entry.reasons.map((reason) => reason.code)])).toEqual([
      [B, ['changed-since-apply']],
      [A, ['changed-by-later-batch']],
    ]);
    expect(report.refused[0]?.reasons[0]?.message).toMatch(/^y\.ts has changed .*git revert/);
    expect([text(tree.root, 'x.ts'), text(tree.root, 'y.ts'), text(tree.root, 'z.ts')]).toEqual([x, 'edited\n', CODE]);
    expect(readdirSync(join(tree.stateDir, 'batches')).sort()).toEqual([`${A}.json`, `${B}.json`]);
  });

  it('accepts a file that git has put back already', async () => {
    const tree = make({ 'x.ts': CODE, 'y.ts': CODE });
    const original = snapshot(tree.root);
    await append(tree, A, ['x.ts', 'y.ts']);
    put(tree.root, 'x.ts', CODE);
    expect((await back(tree, A)).batches).toEqual([{ batch: A, files: ['y.ts'] }]);
    expect(snapshot(tree.root)).toEqual(original);
  });

  it('of one file takes back what changed together with it, and keeps the rest', async () => {
    const tree = make({ 'x.ts': CODE, 'y.ts': CODE, 'z.ts': CODE });
    const original = snapshot(tree.root);
    const sites = [site('x', 'x.ts'), site('y', 'y.ts'), site('z', 'z.ts')];
    const units = [unit('u-xy', ['x', 'y'], ['x.ts', 'y.ts']), unit('u-z', ['z'], ['z.ts'])];
    const files = [
      change(tree.root, 'x.ts', ['u-xy']),
      change(tree.root, 'y.ts', ['u-xy']),
      change(tree.root, 'z.ts', ['u-z']),
    ];
    const batch = batchOf(A, units, sites);
    await locked({ ...requestFor(tree, []), sites, units, batch, change: { files, refused: [] } });
    expect((await back(tree, A, 'x.ts')).batches).toEqual([{ batch: A, files: ['x.ts', 'y.ts'] }]);
    expect([text(tree.root, 'y.ts'), text(tree.root, 'z.ts')]).toEqual([CODE, rewritten(CODE)]);
    const ledger = JSON.parse(text(tree.stateDir, `batches/${A}.json`));
    expect([ledger.files, ledger.sites]).toEqual([['z.ts'], [{ id: 'z', outcome: 'rewritten' }]]);
    await expect(back(tree, A, 'x.ts')).rejects.toThrow(`batch ${A} has not changed x.ts`);
    await back(tree, 'all');
    expect(snapshot(tree.root)).toEqual(original);
  });

  it('says so when the journal is on another machine', async () => {
    const tree = make({ 'x.ts': CODE });
    await append(tree, A, ['x.ts']);
    commitAll(tree.root);
    rmSync(join(tree.stateDir, 'journal'), { recursive: true });
    const before = snapshot(tree.root);
    for (const which of [A, 'all']) {
      const report = await back(tree, which);
      expect(report.refused.map((entry) => entry.reasons[0]?.code)).toEqual(['no-journal']);
      expect(report.refused[0]?.reasons[0]?.message).toContain('git revert');
    }
    expect(snapshot(tree.root)).toEqual(before);
  });

  it('names the known batches for an unknown one', async () => {
    const tree = make({ 'x.ts': CODE });
    await expect(back(tree, 'nope')).rejects.toMatchObject({ name: 'UserError', hint: 'no batch was' });
    await append(tree, A, ['x.ts']);
    await expect(back(tree, 'nope')).rejects.toMatchObject({ name: 'UserError', hint: `applied: ${A}` });
  });

  it('keeps a stored plan, drops the cache with the rest', async () => {
    const tree = make({ 'x.ts': CODE });
    await append(tree, A, ['x.ts']);
    put(tree.stateDir, 'cache/facts.json', '{}');
    await back(tree, 'all');
    expect(existsSync(tree.stateDir)).toBe(false);
    await withLock(tree.stateDir, () => writeStateFile(tree.stateDir, 'plan.json', { schemaVersion: 1 }));
    await append(tree, A, ['x.ts']);
    await back(tree, 'all');
    expect(readdirSync(tree.stateDir).sort()).toEqual(['.gitignore', 'plan.json']);
  });
});

describe('a journal that cannot be trusted', () => {
  const index = (tree: Tree) => join(tree.stateDir, 'journal', A, '000001', 'index.json');

  it('never leads out of the root', async () => {
    const outside = make({ 'victim.ts': 'precious\n' });
    const tree = make({ 'd/x.ts': CODE });
    await append(tree, A, ['d/x.ts']);
    const honest = text(tree.stateDir, `journal/${A}/000001/index.json`);
    for (const path of ['../victim.ts', '/etc/passwd', 'd/../../victim.ts', './d/x.ts', '']) {
      writeFileSync(index(tree), honest.replace('"path":"d/x.ts"', `"path":${JSON.stringify(path)}`));
      await expect(back(tree, A)).rejects.toThrow(`the journal .redis-migrate/journal/${A}/000001 is not readable`);
    }
    writeFileSync(index(tree), honest.replace('"state":"done"', '"state":"open"').replaceAll('d/x.ts', 'd/victim.ts'));
    rmSync(join(tree.root, 'd'), { recursive: true });
    symlinkSync(outside.root, join(tree.root, 'd'));
    await expect(withLock(tree.stateDir, () => recover(tree))).rejects.toThrow('d/victim.ts now leads through a link');
    expect(text(outside.root, 'victim.ts')).toBe('precious\n');
  });

  it('with damaged bytes is not used', async () => {
    const tree = make({ 'x.ts': CODE });
    await append(tree, A, ['x.ts']);
    const applied = text(tree.root, 'x.ts');
    writeFileSync(join(tree.stateDir, 'journal', A, '000001', '0'), 'rotten');
    await expect(back(tree, A)).rejects.toThrow(`the journal of batch ${A} is damaged: the bytes of x.ts`);
    expect(text(tree.root, 'x.ts')).toBe(applied);
  });
});
