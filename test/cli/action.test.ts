/** The action as a runner calls it: variables in, annotations, summary, outputs and exit code out. */

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitAll, git, put } from '../apply/workshop.js';
import { CHECKOUT, Program, start } from './program.js';

const FOLDER = '.github/actions/redis-migrate';
let program: Program;
beforeAll(() => {
  program = new Program();
  cpSync(join(CHECKOUT, FOLDER), join(program.built('..'), FOLDER), { recursive: true });
});
afterAll(() => program.drop());

function action(root: string, inputs: Record<string, string>) {
  const env = {
    ...{ ACTION_PATH: join(program.built('..'), FOLDER), GITHUB_WORKSPACE: root },
    ...{ GITHUB_STEP_SUMMARY: join(root, 'node_modules.summary'), GITHUB_OUTPUT: join(root, 'node_modules.output') },
    ...inputs,
  };
  return start('bash', [join(CHECKOUT, FOLDER, 'check.sh')], root, env);
}

const OPENS = "import { Redis } from 'ioredis';\nexport const redis = new Redis();\n";

describe('the action', () => {
  it('annotates, writes SARIF, summary and output, and fails', () => {
    const root = program.tree({ 'api/src/old.ts': OPENS, '.gitignore': 'node_modules*\n*.sarif\n' });
    put(root, 'api/src/new.ts', OPENS);
    commitAll(root);
    put(root, 'node_modules.here', '');
    const { code, out, err } = action(root, { CHECK_PATH: 'api', CHECK_SINCE: 'HEAD~1', CHECK_SARIF: 'redis.sarif' });
    expect([code, err]).toEqual([1, expect.stringContaining('1 to mend')]);
    expect(out.match(/^::error .*/gm)).toEqual([expect.stringContaining('file=api/src/new.ts,line=2')]);
    expect(readFileSync(join(root, 'node_modules.output'), 'utf8')).toBe('violations=1\n');
    expect(readFileSync(join(root, 'node_modules.summary'), 'utf8')).toContain('`src/new.ts:2`');
    const sarif = JSON.parse(readFileSync(join(root, 'redis.sarif'), 'utf8'));
    expect(sarif.runs[0].results).toHaveLength(1);
  });

  it('passes when nothing is new, and stops when it cannot run', () => {
    const root = program.tree({ 'src/old.ts': OPENS, '.gitignore': 'node_modules*\n' });
    expect(action(root, { CHECK_SINCE: 'HEAD' }).code).toBe(0);
    expect(action(root, { CHECK_SINCE: 'no-such-ref' }).code).toBe(2);
    expect(existsSync(join(root, 'node_modules.output'))).toBe(true);
  });

  it('takes no input for a script', () => {
    const text = readFileSync(join(CHECKOUT, FOLDER, 'action.yml'), 'utf8');
    expect(text.slice(text.indexOf('run:'))).not.toContain('${{');
    const root = program.tree({ 'src/old.ts': OPENS });
    action(root, { CHECK_PATH: '$(touch pwned)', CHECK_SINCE: '; touch pwned' });
    expect(existsSync(join(root, 'pwned'))).toBe(false);
  });
});

describe('the pre-commit hook', () => {
  it('refuses a commit that adds an opening, and lets others pass', () => {
    const hooks = readFileSync(join(CHECKOUT, '.pre-commit-hooks.yaml'), 'utf8');
    const entry = /entry: redis-migrate (.+)/.exec(hooks)?.[1]?.split(' ') ?? [];
    const root = program.tree({ 'src/old.ts': OPENS });
    expect(program.run(root, entry).code).toBe(0);
    put(root, 'src/new.ts', OPENS);
    git(root, 'add', '--all');
    const { code, out } = program.run(root, entry);
    expect([code, out]).toEqual([1, expect.stringContaining('src/new.ts')]);
  });
});
