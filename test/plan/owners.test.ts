/** CODEOWNERS as the host of a repository reads it. */

import { describe, expect, it } from 'vitest';
import { ownersAt, parseOwners } from '../../src/plan/owners.js';
import { repository } from '../gate/repository.js';

const ownerOf = parseOwners(
  [
    '# who answers',
    '*                @example/all   # everything else',
    '*.ts             @ann',
    '/src/jobs/       @example/jobs @ben',
    'docs/*           docs@example.org',
    'apps/            @example/apps',
    '/src/jobs/free',
    'with\\ space/     @space',
    '!src/no          @nobody',
    '[a-z].ts         @range',
  ].join('\n'),
);

describe('CODEOWNERS', () => {
  it.each([
    ['README.md', '@example/all'],
    ['src/a.ts', '@ann'],
    ['src/jobs/mail.ts', '@example/jobs @ben'],
    ['lib/src/jobs/mail.ts', '@ann'],
    ['docs/a.md', 'docs@example.org'],
    ['docs/deep/a.md', '@example/all'],
    ['packages/apps/a.js', '@example/apps'],
    ['src/jobs/free/a.ts', null],
    ['with space/a.ts', '@space'],
    ['src/no/a.ts', '@ann'],
    ['q.ts', '@ann'],
  ])('%s: %s', (file, owner) => {
    expect(ownerOf(file)).toBe(owner);
  });

  it('is found at its three places, and counts from the top of the repository', () => {
    const root = repository({
      '.github/CODEOWNERS': '/packages/api/src/ @example/api\n',
      CODEOWNERS: '* @late\n',
      'packages/api/src/a.ts': '',
    });
    expect(ownersAt(`${root}/packages/api`)?.('src/a.ts')).toBe('@example/api');
    expect(ownersAt(root)?.('README.md')).toBe(null);
    expect(ownersAt(repository({ 'a.ts': '' }))).toBe(null);
  });
});
