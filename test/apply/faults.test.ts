import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApplyRequest, applyBatch, recover, rollback, withLock } from '../../src/apply/index.js';
import { dropTree, git, makeTree, put, requestFor, rewritten, snapshot, type Tree } from './workshop.js';

const ROOT = resolve(import.meta.dirname, '../..');
let built: string;

/** The driver and what it imports as JavaScript, inside the package so that its dependencies are found. */
beforeAll(() => {
  const cache = join(ROOT, 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  built = mkdtempSync(join(cache, 'apply-driver-'));
  writeFileSync(join(built, 'package.json'), '{"type":"module"}');
  const apply = readdirSync(join(ROOT, 'src/apply')).map((name) => join(ROOT, 'src/apply', name));
  const model = readdirSync(join(ROOT, 'src/model')).map((name) => join(ROOT, 'src/model', name));
  for (const file of [...apply, ...model, join(ROOT, 'src/errors.ts'), join(ROOT, 'test/apply/driver.ts')]) {
    const target = join(built, relative(ROOT, file)).replace(/\.ts$/, '.js');
    mkdirSync(dirname(target), { recursive: true });
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true };
    writeFileSync(target, ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions: options }).outputText);
  }
});

afterAll(() => rmSync(built, { recursive: true, force: true }));

const FILES = {
  'src/a.ts': 'import Redis from "ioredis";\nexport const a = new Redis();\n',
  'src/b.ts': '\uFEFFimport Redis from "ioredis";\r\nexport const b = new Redis();\r\n',
  'src/deep/c.ts': 'export const c = new Redis();',
};
const NEW = 'src/lib/new/redis.ts';
const NEW_TEXT = 'export const getRedis = () => null;\n';

/** Three changed files and a created one in new folders, one of them executable. */
function prepared(): { tree: Tree; request: ApplyRequest; original: Record<string, string> } {
  const tree = makeTree({ ...FILES, '.gitignore': 'request.json\n' });
  chmodSync(join(tree.root, 'src/b.ts'), 0o755);
  git(tree.root, 'commit', '-qam', 'mode');
  const request = requestFor(tree, Object.keys(FILES));
  request.change.files.push({
    file: NEW,
    before: '',
    after: NEW_TEXT,
    created: true,
    units: ['u-0'],
    importsRemoved: [],
  });
  put(tree.root, 'request.json', JSON.stringify(request));
  return { tree, request, original: snapshot(tree.root) };
}

function drive(tree: Tree, command: string, point: string, nth = 1): NodeJS.Signals | null {
  const args = [join(built, 'test/apply/driver.js'), tree.root, command, point, String(nth)];
  const ended = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (ended.signal === null && ended.status !== 0) throw new Error(ended.stderr);
  return ended.signal;
}

function wholeOrThrow(tree: Tree, formatted = false): void {
  for (const [file, before] of Object.entries({ ...FILES, [NEW]: null })) {
    const path = join(tree.root, file);
    if (before === null && !existsSync(path)) continue;
    const now = readFileSync(path, 'utf8');
    const after = before === null ? NEW_TEXT : rewritten(before);
    expect([before, after, ...(formatted ? [`${after}// formatted\n`] : [])], file).toContain(now);
  }
}

function expectApplied(tree: Tree): void {
  for (const [file, before] of Object.entries(FILES)) {
    expect(readFileSync(join(tree.root, file), 'utf8')).toBe(rewritten(before));
  }
  expect(readFileSync(join(tree.root, NEW), 'utf8')).toBe(NEW_TEXT);
  const ledger = JSON.parse(readFileSync(join(tree.stateDir, 'batches/aaaaaaaaaaaa.json'), 'utf8'));
  expect(ledger.sites.map((row: { outcome: string }) => row.outcome)).toEqual(['rewritten', 'rewritten', 'rewritten']);
  const left = Object.keys(snapshot(tree.root)).filter((name) => name.endsWith('.tmp') || name.includes('lock'));
  expect(left).toEqual([]);
}

async function recoverHere(tree: Tree): Promise<string[]> {
  const told: string[] = [];
  await withLock(tree.stateDir, () => recover({ ...tree, tell: (message) => told.push(message) }));
  return told;
}

const APPLY_POINTS: [string, number, boolean][] = [
  ['lock-taken', 1, false],
  ['journal-bytes', 1, false],
  ['journal-open', 1, true],
  ['temp-written', 1, true],
  ['file-replaced', 1, true],
  ['temp-written', 2, true],
  ['file-replaced', 2, true],
  ['temp-written', 3, true],
  ['file-replaced', 4, true],
  ['files-replaced', 1, true],
  ['ledger-written', 1, true],
  ['journal-done', 1, false],
];

describe('SIGKILL during apply', () => {
  for (const [point, nth, open] of APPLY_POINTS) {
    it(`at ${point} ${nth}: rollback restores the exact tree`, async () => {
      const { tree, original } = prepared();
      expect(drive(tree, 'apply', point, nth)).toBe('SIGKILL');
      wholeOrThrow(tree);
      const report = await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
      expect(report.recovered.map((run) => run.interrupted)).toEqual(open ? ['apply'] : []);
      expect(report.refused).toEqual([]);
      expect(snapshot(tree.root)).toEqual(original);
      expect(git(tree.root, 'status', '--porcelain')).toBe('');
      dropTree(tree);
    });

    it(`at ${point} ${nth}: the next apply ends cleanly`, async () => {
      const { tree, original, request } = prepared();
      expect(drive(tree, 'apply', point, nth)).toBe('SIGKILL');
      const told = await recoverHere(tree);
      expect(told.length).toBe(open ? 1 : 0);
      if (open)
        expect(told[0]).toMatch(/^apply of batch aaaaaaaaaaaa had been interrupted: \d files? put back as before$/);
      const report = await withLock(tree.stateDir, () => applyBatch(request));
      const done = point === 'journal-done';
      expect(report.totals).toMatchObject(done ? { failed: 3 } : { rewritten: 3, failed: 0 });
      expectApplied(tree);
      await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
      expect(snapshot(tree.root)).toEqual(original);
      dropTree(tree);
    });
  }
});

describe('SIGKILL around a formatter', () => {
  for (const point of ['formatting', 'formatted', 'hashes-recorded', 'ledger-written']) {
    it(`at ${point}: rollback restores the exact tree`, async () => {
      const { tree, original } = prepared();
      expect(drive(tree, 'format', point)).toBe('SIGKILL');
      wholeOrThrow(tree, true);
      const report = await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
      expect(report.recovered).toHaveLength(1);
      expect(snapshot(tree.root)).toEqual(original);
      dropTree(tree);
    });
  }
});

const UNDO_POINTS: [string, number][] = [
  ['undo-begun', 1],
  ['undo-file-restored', 1],
  ['undo-file-restored', 2],
  ['undo-file-restored', 4],
  ['undo-files-restored', 1],
  ['undo-ledger-restored', 1],
  ['undo-index-gone', 1],
];

describe('SIGKILL during rollback', () => {
  for (const [point, nth] of UNDO_POINTS) {
    it(`at ${point} ${nth}: the next rollback finishes it`, async () => {
      const { tree, original, request } = prepared();
      await withLock(tree.stateDir, () => applyBatch(request));
      expect(drive(tree, 'rollback', point, nth)).toBe('SIGKILL');
      wholeOrThrow(tree);
      await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
      expect(snapshot(tree.root)).toEqual(original);
      dropTree(tree);
    });
  }

  for (const [point, nth] of UNDO_POINTS.slice(1)) {
    it(`of an interrupted apply, at ${point} ${nth}: the one after that ends cleanly`, async () => {
      const { tree, original, request } = prepared();
      expect(drive(tree, 'apply', 'files-replaced')).toBe('SIGKILL');
      expect(drive(tree, 'recover', point, nth)).toBe('SIGKILL');
      wholeOrThrow(tree);
      await recoverHere(tree);
      const report = await withLock(tree.stateDir, () => applyBatch(request));
      expect(report.totals.rewritten).toBe(3);
      expectApplied(tree);
      await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
      expect(snapshot(tree.root)).toEqual(original);
      dropTree(tree);
    });
  }
});

describe('after an interruption', () => {
  it('never overwrites what a person has edited since', async () => {
    const { tree, original } = prepared();
    drive(tree, 'apply', 'files-replaced');
    put(tree.root, 'src/a.ts', 'my own work\n');
    const applied = readFileSync(join(tree.root, 'src/b.ts'), 'utf8');
    await expect(recoverHere(tree)).rejects.toThrow(
      'apply of batch aaaaaaaaaaaa was interrupted, and src/a.ts has changed since',
    );
    expect(readFileSync(join(tree.root, 'src/a.ts'), 'utf8')).toBe('my own work\n');
    expect(readFileSync(join(tree.root, 'src/b.ts'), 'utf8')).toBe(applied);
    git(tree.root, 'checkout', '--', 'src/a.ts');
    await withLock(tree.stateDir, () => rollback({ ...tree, batch: 'all' }));
    expect(snapshot(tree.root)).toEqual(original);
    dropTree(tree);
  });

  it('says of a second run that the files are as applied already', async () => {
    const { tree, request } = prepared();
    drive(tree, 'apply', 'journal-done');
    const report = await withLock(tree.stateDir, () => applyBatch(request));
    expect(report.sites[0]?.reasons[0]?.code).toBe('changed-since-scan');
    dropTree(tree);
  });
});
