/** Each command line with its output and exit code is a page of test/cli/snapshots; `npx vitest run test/cli -u` writes them anew. */

import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { ran, TAKEN } from './fake.js';

const LINES: [string, string[]][] = [
  ['help', ['--help']],
  ['help-apply', ['help', 'apply']],
  ['no-command', []],
  ['scan', ['scan']],
  ['scan-json', ['scan', '--format', 'json']],
  ['scan-fail-on', ['scan', '--fail-on', 'medium', '--quiet']],
  ['explain', ['explain', 'src/cache.ts:40']],
  ['explain-json', ['explain', 'a001', '--format', 'json']],
  ['explain-code', ['explain', 'closes-shared']],
  ['explain-nothing', ['explain']],
  ['plan', ['plan']],
  ['plan-json', ['plan', '--format', 'json']],
  ['accept', ['accept', 'src/cache.ts:40', '--reason', 'measured: one database is enough']],
  ['accept-json', ['accept', 'a001', '--leave', '--reason', 'vendored', '--until', '2027-01-31', '--format', 'json']],
  ['accept-withdraw', ['accept', 'a001', '--withdraw']],
  ['accept-without-reason', ['accept', 'a001']],
  ['accept-bad-day', ['accept', 'a001', '--reason', 'r', '--until', '2027-02-30']],
  ['apply', ['apply', '--batch', 'next']],
  ['apply-dry-run', ['apply', '--batch', 'next', '--dry-run', '--exit-code']],
  ['apply-json', ['apply', '--sites', '9f3c,a001', '--format', 'json']],
  ['rollback', ['rollback', '--batch', 'all']],
  ['init', ['init', '--yes', '--scaffold', 'default']],
  ['bad-command', ['scna']],
  ['bad-flag', ['scan', '--frmat', 'json']],
  ['bad-format', ['scan', '--format', 'sarif']],
  ['bad-root', ['scan', 'no/such/folder']],
  ['apply-without-batch', ['apply']],
  ['init-without-yes', ['init']],
  ['not-built-yet', ['merge']],
  ['check', ['check', '--baseline', '--since', 'origin/main']],
  ['check-json', ['check', '--format', 'json']],
  ['status', ['status']],
  ['status-json', ['status', '--format', 'json']],
];

describe('command lines', () => {
  it.each(LINES)('%s', async (name, args) => {
    const { code, out, err } = await ran(args);
    await expect(page(args, code, out, err)).toMatchFileSnapshot(`./snapshots/${name}.md`);
  });

  it('a mistake of the person', async () => {
    const error = new UserError('the tree has changes that are not committed', 'Commit them, or say --allow-dirty.');
    const args = ['apply', '--batch', 'next'];
    const { code, out, err } = await ran(args, { applyChanges: () => Promise.reject(error) });
    await expect(page(args, code, out, err)).toMatchFileSnapshot('./snapshots/user-error.md');
  });

  it('a file that could not be read makes scan exit 1, and plan say so', async () => {
    expect(TAKEN.inventory.files.failed).toHaveLength(1);
    expect((await ran(['scan'])).code).toBe(1);
    expect((await ran(['plan'])).err).toContain('src/broken.ts could not be read');
  });
});

function page(args: string[], code: number, out: string, err: string): string {
  const block = (title: string, text: string) =>
    text === '' ? '' : `\n${title}\n\n\`\`\`text\n${text.replace(/\n$/, '')}\n\`\`\`\n`;
  return `# ${['redis-migrate', ...args].join(' ')}\n${block('Result', out)}${block('Messages', err)}\nExit code: ${code}\n`;
}
