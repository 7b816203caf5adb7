/** What is new since a branch left another one, asked of real git. */

import { describe, expect, it } from 'vitest';
import { isNew, linesOf, newSince } from '../../src/gate/since.js';
import { commit, git, repository, write } from './repository.js';

const at = (file: string, line: number, endLine = line) => ({ file, line, endLine });
const TEN = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('');

describe('since a ref', () => {
  const root = repository({ 'a.ts': TEN, 'old name.ts': TEN, 'sub/b.ts': TEN });
  git(root, 'checkout', '--quiet', '-b', 'work');
  write(root, 'a.ts', TEN.replace('line 3\n', 'line 3, changed\nand one more\n'));
  git(root, 'mv', 'old name.ts', 'new "näme".ts');
  commit(root, 'work');
  git(root, 'checkout', '--quiet', 'main');
  write(root, 'sub/b.ts', `main goes on\n${TEN}`);
  commit(root, 'main goes on');
  git(root, 'checkout', '--quiet', 'work');
  write(root, 'sub/b.ts', `${TEN}not committed\n`);
  write(root, 'untracked.ts', TEN);

  it('are the changed lines, committed or not, and files that git does not track', async () => {
    const { lines, base } = await newSince(root, 'main');
    expect(base).toBe(git(root, 'rev-parse', 'main~1').trim());
    const fresh = [at('a.ts', 3), at('a.ts', 4), at('a.ts', 1, 3), at('sub/b.ts', 11), at('untracked.ts', 5)];
    expect(fresh.filter((place) => !isNew(lines, place))).toEqual([]);
    const old = [at('a.ts', 2), at('a.ts', 5), at('sub/b.ts', 1), at('sub/b.ts', 10), at('no.ts', 1)];
    expect(old.filter((place) => isNew(lines, place))).toEqual([]);
  });

  it('are not the lines of a file that was only renamed', async () => {
    const { lines } = await newSince(root, 'main');
    expect(isNew(lines, at('new "näme".ts', 3))).toBe(false);
  });

  it('names files from the folder that is checked', async () => {
    const { lines } = await newSince(`${root}/sub`, 'main');
    expect([isNew(lines, at('b.ts', 11)), isNew(lines, at('b.ts', 10))]).toEqual([true, false]);
  });

  it('need a ref that git knows, and a common commit', async () => {
    await expect(newSince(root, 'nowhere')).rejects.toThrow('git knows no commit "nowhere"');
    await expect(newSince(root, '--output=x')).rejects.toThrow('git knows no commit');
    git(root, 'stash', '--quiet', '--include-untracked');
    git(root, 'checkout', '--quiet', '--orphan', 'alone');
    commit(root, 'alone');
    git(root, 'checkout', '--quiet', 'work');
    git(root, 'stash', 'pop', '--quiet');
    await expect(newSince(root, 'alone')).rejects.toThrow('no commit in common');
  });
});

describe('a diff', () => {
  it('is counted, not guessed: an added line may look like a header', () => {
    const diff = [
      'diff --git a/x b/x',
      '--- a/x',
      '+++ b/x',
      '@@ -2,1 +2,2 @@ context',
      '--- b/fake',
      '+++ b/fake',
      '+@@ -1 +1 @@',
      '\\ No newline at end of file',
      '@@ -9 +10,0 @@',
      '-gone',
      'diff --git a/y b/y',
      '--- a/y',
      '+++ b/y with space\t',
      '@@ -0,0 +1 @@',
      '+one',
      '',
    ].join('\n');
    expect([...linesOf(diff)]).toEqual([
      ['x', [[2, 3]]],
      ['y with space', [[1, 1]]],
    ]);
  });
});
