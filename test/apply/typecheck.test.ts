/** `apply --typecheck` with real compilers: what brings new errors is taken back, the rest of the batch stays. */

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkersFor, complaintsOf } from '../../src/apply/checkers.js';
import { newComplaints } from '../../src/apply/complaints.js';
import { applyChanges } from '../../src/apply-changes.js';
import { CHECKOUT } from '../cli/program.js';
import { commitAll, dropTree, makeTree, put, type Tree, text } from './workshop.js';

const made: Tree[] = [];
afterEach(() => {
  for (const tree of made.splice(0)) dropTree(tree);
});

const CONFIG = {
  accessors: {
    javascript: { file: 'src/lib/redis.ts', name: 'getRedis', library: 'ioredis', contract: { fixed: {} } },
  },
  databases: { main: { number: 0, identity: ['env:REDIS_URL'] } },
};
/** An accessor whose clients can read only: a planted error for those who write. */
const NARROW = `import { Redis } from 'ioredis';
let client: Redis | undefined;
export function getRedis(_request: { database?: string; role?: string } = {}): Pick<Redis, 'get'> {
  client ??= new Redis(process.env.REDIS_URL!);
  return client;
}
`;
const reads = `import { Redis } from 'ioredis';
const reader = new Redis(process.env.REDIS_URL!);
export const read = () => reader.get('a');
`;
const writes = `import { Redis } from 'ioredis';
const writer = new Redis(process.env.REDIS_URL!);
export const write = () => writer.set('a', '1');
`;
const hands = `import { Redis } from 'ioredis';
export const shared = new Redis(process.env.REDIS_URL!);
`;
const takes = `import { shared } from './hands.js';
export const write = () => shared.set('b', '1');
`;
/** An error that was there before, in a file whose lines move. */
const OLD = `import { Redis } from 'ioredis';
const old = new Redis(process.env.REDIS_URL!);
export const wrong: number = 'text';
export const read = () => old.get('a');
`;

function service(files: Record<string, string>): Tree {
  const tree = makeTree({
    '.gitignore': 'node_modules\n',
    'package.json': JSON.stringify({
      name: 'shop',
      private: true,
      type: 'module',
      dependencies: { ioredis: '^6.0.0' },
    }),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { strict: true, module: 'NodeNext', target: 'ES2022', skipLibCheck: true, types: ['node'] },
      include: ['src'],
    }),
    'redis-migrate.config.json': JSON.stringify(CONFIG),
    'src/lib/redis.ts': NARROW,
    ...files,
  });
  made.push(tree);
  symlinkSync(join(CHECKOUT, 'node_modules'), join(tree.root, 'node_modules'), 'dir');
  return tree;
}

async function applied({ root }: Tree, typecheck = true) {
  const options = { root, configPath: null, jobs: 1, cache: false, includeTests: false };
  const report = await applyChanges(options, {
    ...{ batch: 'all', sites: null, dryRun: false, includeReview: true, allowDirty: false, formatWith: null },
    ...{ showSecrets: false, typecheck },
  });
  const sites = report.batches.flatMap((batch) => batch.sites);
  return {
    outcomes: Object.fromEntries(sites.map(({ file, outcome }) => [file, outcome])),
    reasons: sites.filter(({ outcome }) => outcome === 'failed').flatMap(({ reasons }) => reasons),
    totals: report.totals,
  };
}

describe('apply --typecheck', { timeout: 300_000 }, () => {
  it('takes a unit with a new error back byte by byte; the rest of the batch stays', async () => {
    const tree = service({ 'src/reads.ts': reads, 'src/writes.ts': writes, 'src/old.ts': OLD });
    const { outcomes, reasons, totals } = await applied(tree);
    expect(outcomes).toEqual({ 'src/reads.ts': 'rewritten', 'src/old.ts': 'rewritten', 'src/writes.ts': 'failed' });
    expect(text(tree.root, 'src/writes.ts')).toBe(writes);
    expect(text(tree.root, 'src/reads.ts')).toContain('getRedis()');
    expect(reasons).toMatchObject([{ code: 'typecheck-failed', at: 'src/writes.ts' }]);
    expect(reasons[0]?.message).toContain("TS2339: Property 'set' does not exist");
    expect(totals).toMatchObject({ rewritten: 2, failed: 1 });
  });

  it('finds the unit behind an error in a file that no unit changes', async () => {
    const tree = service({ 'src/reads.ts': reads, 'src/hands.ts': hands, 'src/takes.ts': takes });
    const { outcomes } = await applied(tree);
    expect(outcomes).toEqual({ 'src/reads.ts': 'rewritten', 'src/hands.ts': 'failed' });
    expect(text(tree.root, 'src/hands.ts')).toBe(hands);
  });

  it('without it the error is written', async () => {
    const tree = service({ 'src/writes.ts': writes });
    expect((await applied(tree, false)).outcomes).toEqual({ 'src/writes.ts': 'rewritten' });
  });

  it('a compiler that is not installed is no pass', async () => {
    const tree = makeTree({
      'package.json': '{ "name": "shop", "private": true, "dependencies": { "ioredis": "^6.0.0" } }',
      'tsconfig.json': '{}',
      'redis-migrate.config.json': JSON.stringify(CONFIG),
      'src/lib/redis.ts': NARROW,
      'src/reads.ts': reads,
    });
    made.push(tree);
    await expect(applied(tree)).rejects.toThrow('tsconfig.json has no compiler');
    expect(text(tree.root, 'src/reads.ts')).toBe(reads);
  });
});

describe('checkers', () => {
  it('Python compiles a file where no checker is configured', () => {
    const tree = makeTree({ 'app/a.py': 'def f():\n    return 1\n' });
    made.push(tree);
    const [checker, ...others] = checkersFor(tree.root, ['app/a.py']);
    if (!checker) throw new Error('no checker');
    expect(others).toEqual([]);
    expect(complaintsOf(tree.root, checker)).toEqual([]);
    put(tree.root, 'app/a.py', 'def f():\n    return (1\n');
    expect(complaintsOf(tree.root, checker)).toMatchObject([{ file: 'app/a.py', line: 2 }]);
    commitAll(tree.root);
  });

  it('tells new errors from old ones whose lines moved', () => {
    const at = (line: number, message = 'TS1: x') => ({ file: 'a.ts', line, message });
    expect(newComplaints([at(3)], [at(9)])).toEqual([]);
    expect(newComplaints([at(3)], [at(3), at(9)])).toEqual([at(9)]);
    expect(newComplaints([at(3)], [at(3, 'TS2: y')])).toEqual([at(3, 'TS2: y')]);
  });
});
