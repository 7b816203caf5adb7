import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/cli/ask.js';
import { colorLevel } from '../../src/cli/color.js';
import { failsOn } from '../../src/cli/fail-on.js';
import { tool } from '../../src/report/index.js';
import { APPLIED, INVENTORY } from '../report/samples.js';
import { ran, TAKEN } from './fake.js';

const dir = mkdtempSync(join(tmpdir(), 'cli-'));
afterAll(() => rmSync(dir, { recursive: true }));

const RED = '\u001B[';

describe('what the recipe is asked', () => {
  it('gets the common flags, before and after the command', async () => {
    const line = ['--config', 'c.json', 'scan', dir, '--jobs', '3', '--no-cache', '--include-tests'];
    const [call] = (await ran(line)).asked;
    expect(call).toMatchObject([
      'takeInventory',
      { root: dir, configPath: 'c.json', jobs: 3, cache: false, includeTests: true },
    ]);
    expect((await ran(['scan'])).asked[0]?.[1]).toMatchObject({
      root: '.',
      configPath: null,
      jobs: 3,
      cache: true,
      includeTests: false,
    });
  });

  it('gets the request of apply, rollback, plan and init', async () => {
    const apply = ['apply', '--sites', 'a, b', '--include', 'review', '--allow-dirty', '--format-with', 'npx x'];
    expect((await ran(apply)).asked[0]?.[2]).toEqual({
      batch: null,
      sites: ['a', 'b'],
      dryRun: false,
      includeReview: true,
      allowDirty: true,
      formatWith: 'npx x',
      showSecrets: false,
      typecheck: false,
    });
    expect((await ran(['rollback', '--file', 'a.ts'])).asked[0]?.[2]).toEqual({ batch: null, file: 'a.ts' });
    expect((await ran(['plan', '--write'])).asked[0]?.[2]).toEqual({ write: true });
    expect((await ran(['init', '--yes'])).asked[0]?.[2]).toEqual({ yes: true, scaffold: null });
  });

  it.each([
    ['apply'],
    ['apply', '--batch', 'all', '--sites', 'a'],
    ['apply', '--sites', 'a,,b'],
    ['apply', '--batch', 'all', '--exit-code'],
    ['apply', '--batch', 'all', '--show-secrets'],
    ['apply', '--batch', 'all', '--dry-run', '--show-secrets'],
    ['apply', '--batch', 'all', '--dry-run', '--format-with', 'x'],
    ['apply', '--batch', 'all', '--fail-on', 'keep'],
    ['apply', '--batch', 'all', '--include', 'keep'],
    ['apply', '--batch', 'all', '--dry-run', '--typecheck'],
    ['rollback'],
    ['init'],
    ['scan', '--jobs', '0'],
    ['scan', '--jobs', 'many'],
    ['scan', '--fail-on', 'hgih'],
    ['scan', '--color', 'green'],
    ['scan', 'a', 'b'],
    ['scan', 'package.json'],
    ['status', '--fail-on', 'high'],
    ['status', '--format', 'sarif'],
    ['explain', 'closes-shared', '--format', 'github'],
    ['merge'],
  ])('%s %s %s: one line on stderr, exit 2, and the recipe is not asked', async (...args) => {
    const { code, out, err, asked } = await ran(args);
    expect([code, out, asked]).toEqual([2, '', []]);
    expect(err).toMatch(/^redis-migrate: [^\n]+\n$/);
  });
});

describe('--help', () => {
  it('says in which order, and what the exit codes mean, in lines that fit a terminal', async () => {
    const { code, out } = await ran(['--help'], {}, {});
    expect(code).toBe(0);
    expect(out).toMatch(/redis-migrate scan[\s\S]*init --yes[\s\S]*plan[\s\S]*--dry-run[\s\S]*rollback/);
    expect(out).toMatch(/Exit codes:\n {2}0 {2}done[\s\S]*\n {2}1 [\s\S]*\n {2}2 /);
    expect(out.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('init on a terminal', () => {
  const asking = (scaffold: string | null, yes: boolean | null) => {
    const said: string[] = [];
    const asker: Asker = {
      choose: async (question, answers) => {
        said.push(question, ...answers.map(({ label }) => label));
        return answers.find(({ value }) => value === scaffold)?.value ?? null;
      },
      confirm: async (question) => {
        said.push(question);
        return yes;
      },
      say: (_title, lines) => said.push(...lines),
    };
    return { said, around: { asker: async () => asker } };
  };

  it('shows what was found, asks which accessor and whether to write', async () => {
    const { said, around } = asking('', true);
    const { code, asked, out } = await ran(['init'], {}, around);
    expect([code, asked.at(-1)?.[2]]).toEqual([0, { yes: false, scaffold: null }]);
    expect(asked.slice(0, -1).map(([, , request]) => request)).toEqual(
      Array(2).fill({ yes: false, scaffold: null, dryRun: true }),
    );
    expect(said).toContain('ioredis ^5.4.1: 2 openings');
    expect(said).toContain('Use `getRedis` of src/lib/redis.ts');
    expect(said.at(-1)).toBe('Write redis-migrate.config.json and src/lib/redis.ts?');
    expect(out).toContain('Next');
  });

  it.each([
    [null, true],
    ['default', false],
    ['default', null],
  ])('writes nothing when the person goes away or says no (%s, %s)', async (scaffold, yes) => {
    const { asked, code, err } = await ran(['init'], {}, asking(scaffold, yes).around);
    expect([code, err]).toEqual([1, 'redis-migrate: nothing was written\n']);
    expect(asked.every(([, , request]) => (request as { dryRun?: boolean }).dryRun === true)).toBe(true);
  });
});

describe('help of a command', () => {
  it.each(['init', 'scan', 'explain', 'plan', 'accept', 'apply', 'check', 'status', 'rollback'])(
    '%s has examples that can be run and its exit codes, in 80 columns',
    async (name) => {
      const { code, out } = await ran(['help', name]);
      expect(code).toBe(0);
      const lines = out.split('\n');
      expect(lines.filter((line) => line.length > 80)).toEqual([]);
      const examples = lines.slice(lines.indexOf('Examples:') + 1).filter((line) => line.startsWith('  redis-migrate'));
      expect(examples.length).toBeGreaterThan(1);
      expect(out).toMatch(/Exit codes:\n {2}0 .+\n {2}1 .+\n {2}2 /);
    },
  );

  it.each([
    [['chek'], '(Did you mean check?)'],
    [['check', '--basline'], '(Did you mean --baseline?)'],
    [['scan', '--formt', 'json'], '(Did you mean --format?)'],
  ])('%s: a name that is nearly right is answered with the right one', async (args, words) => {
    expect((await ran(args)).err).toContain(words);
  });
});

describe('exit codes', () => {
  it('is 1 when something failed, or a dry run that was asked would change something', async () => {
    const failed = { ...APPLIED, totals: { ...APPLIED.totals, failed: 1 }, messages: ['it failed'], taken: TAKEN };
    const { code, err } = await ran(['apply', '--batch', 'all'], { applyChanges: async () => failed });
    expect([code, err]).toEqual([1, 'redis-migrate: it failed\n']);
    expect((await ran(['apply', '--batch', 'all', '--dry-run'])).code).toBe(0);
    expect((await ran(['apply', '--batch', 'all', '--dry-run', '--exit-code'])).code).toBe(1);
  });

  it('is 1 when a batch could not be rolled back', async () => {
    const refused = [
      { batch: 'c0ffee', reasons: [{ code: 'changed-since', message: 'changed since', at: 'src/a.ts:1' }] },
    ];
    const rollBack = async () => ({ schemaVersion: 1 as const, batches: [], refused, messages: [] });
    const { code, out } = await ran(['rollback', '--batch', 'all'], { rollBack });
    expect(code).toBe(1);
    expect(out).toContain('refused  c0ffee\n    changed-since: changed since (src/a.ts:1)');
  });

  it('--fail-on counts verdicts of sites that are not exempt, and severities from the one named upwards', () => {
    expect(failsOn(['rewrite'], INVENTORY)).toBe(true);
    expect(failsOn(['keep'], INVENTORY), 'exempt').toBe(false);
    const low = { ...INVENTORY, findings: INVENTORY.findings.filter(({ severity }) => severity === 'low') };
    expect(['low', 'medium', 'high'].map((kind) => failsOn([kind], low))).toEqual([true, false, false]);
    expect(['low', 'medium', 'high'].map((kind) => failsOn([kind], INVENTORY))).toEqual([true, true, true]);
    expect(failsOn([], INVENTORY)).toBe(false);
  });

  it('is 2 for a bug, with the stack and without secrets', async () => {
    const bug = () => Promise.reject(new TypeError('cannot read redis://:hunter2@h'));
    const { code, out, err } = await ran(['scan'], { takeInventory: bug });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^redis-migrate: internal error.*\nTypeError: cannot read redis:\/\/:\*\*\*@h\n {4}at /);
  });
});

describe('the result', () => {
  it('holds no secret, in either format, though the recipe forgot to mask one', async () => {
    for (const format of ['pretty', 'json']) {
      expect((await ran(['scan', '--format', format])).out).toContain('redis://:***@cache.internal');
    }
  });

  it('--output writes a file and nothing to stdout; the next run replaces it whole', async () => {
    const file = join(dir, 'scan.json');
    writeFileSync(file, 'x'.repeat(100_000));
    const { out } = await ran(['scan', '--format', 'json', '--output', file]);
    expect(out).toBe('');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse((await ran(['scan', '--format', 'json'])).out));
  });

  it('--show-secrets makes a file that only the owner can read, also where one was', async () => {
    const file = join(dir, 'x.patch');
    writeFileSync(file, '');
    chmodSync(file, 0o644);
    const line = ['apply', '--batch', 'all', '--dry-run', '--show-secrets', '--output', file];
    expect(await ran(line)).toMatchObject({ code: 0, asked: [['applyChanges', {}, { showSecrets: true }]] });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('+export const cache');
  });

  it('--output into a folder that does not exist is a mistake', async () => {
    const { code, err } = await ran(['scan', '--output', join(dir, 'no/such/x')]);
    expect(code).toBe(2);
    expect(err).toContain('(ENOENT). Choose another --output.');
  });

  it('an unreadable root is a mistake', async () => {
    const closed = join(dir, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0);
    // Nothing is unreadable for root.
    const wanted = process.getuid?.() === 0 ? 1 : 2;
    expect((await ran(['scan', closed])).code).toBe(wanted);
    chmodSync(closed, 0o700);
  });

  it('--quiet leaves stderr empty, --version is the version of the package', async () => {
    expect((await ran(['scan', '--quiet'])).err).toBe('');
    expect(await ran(['--version'])).toMatchObject({ code: 0, out: `${tool().version}\n` });
    expect(await ran(['scan', '--version'])).toMatchObject({ code: 0, asked: [] });
  });
});

describe('colours', () => {
  it.each([
    ['auto', {}, false, 0],
    ['auto', {}, true, 1],
    ['auto', { TERM: 'dumb' }, true, 0],
    ['auto', { NO_COLOR: '1' }, true, 0],
    ['auto', { NO_COLOR: '' }, true, 1],
    ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, 0],
    ['auto', { FORCE_COLOR: '' }, false, 1],
    ['auto', { FORCE_COLOR: '3' }, false, 3],
    ['auto', { FORCE_COLOR: '0' }, true, 0],
    ['auto', { CI: 'true' }, false, 0],
    ['never', { FORCE_COLOR: '3' }, true, 0],
    ['always', { NO_COLOR: '1' }, false, 1],
  ] as const)('%s, %o, terminal: %s → at least level %s', (choice, env, terminal, level) => {
    const got = colorLevel(choice, env, terminal);
    if (level === 1) expect(got).toBeGreaterThanOrEqual(1);
    else expect(got).toBe(level);
  });

  it('reach the report', async () => {
    expect((await ran(['scan'])).out).not.toContain(RED);
    expect((await ran(['scan', '--color', 'always'])).out).toContain(RED);
    expect((await ran(['scan'], {}, { tty: true, env: { TERM: 'xterm' } })).out).toContain(RED);
    const file = join(dir, 'plain.txt');
    await ran(['scan', '--output', file], {}, { tty: true, env: { TERM: 'xterm' } });
    expect(readFileSync(file, 'utf8')).not.toContain(RED);
  });
});
