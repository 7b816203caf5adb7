import { chmodSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { readListing } from '../../src/scan/git.js';
import { walk } from '../../src/scan/walk.js';
import { addFiles, git, makeTree } from './tree.js';

describe('walk in a git work tree', () => {
  it('lists tracked and untracked files, without ignored and deleted ones', async () => {
    const root = makeTree({ '.gitignore': 'out/\n', 'a.ts': '', 'b.ts': '', 'out/c.ts': '' });
    git(root, 'init', '-q');
    git(root, 'add', '.');
    git(root, 'commit', '-qm', 'first');
    rmSync(join(root, 'b.ts'));
    addFiles(root, { 'new file é.ts': '', 'node_modules/x/index.js': '' });
    expect((await walk(root)).files).toEqual(['.gitignore', 'a.ts', 'new file é.ts']);
  });

  it('starts at the given directory, not at the top of the repository', async () => {
    const root = makeTree({ 'a.ts': '', 'packages/p/b.ts': '' });
    git(root, 'init', '-q');
    git(root, 'add', '.');
    expect((await walk(join(root, 'packages'))).files).toEqual(['p/b.ts']);
  });

  it('never enters node_modules, tracked or not', async () => {
    const root = makeTree({ 'a.ts': '', 'vendor/node_modules/x/index.js': '' });
    git(root, 'init', '-q');
    git(root, 'add', '-f', '.');
    expect((await walk(root)).files).toEqual(['a.ts']);
  });

  it('leaves out what Yarn commits, in git and by hand', async () => {
    const own = { '.yarn/releases/yarn-4.cjs': '', '.pnp.cjs': '', '.pnp.loader.mjs': '' };
    const root = makeTree({ 'a.ts': '', 'p/.yarnrc.yml': '', ...own });
    expect((await walk(root)).files).toEqual(['a.ts', 'p/.yarnrc.yml']);
    git(root, 'init', '-q');
    git(root, 'add', '-f', '.');
    expect((await walk(root)).files).toEqual(['a.ts', 'p/.yarnrc.yml']);
  });

  it('enters repositories inside: untracked checkouts, submodules, and submodules that are not checked out', async () => {
    const root = makeTree({ 'a.ts': '', 'inner/.gitignore': 'dist\n', 'inner/b.ts': '', 'inner/dist/c.ts': '' });
    const other = makeTree({ 'd.ts': '' });
    for (const repository of [join(root, 'inner'), other]) {
      git(repository, 'init', '-q');
      git(repository, 'add', '.');
      git(repository, 'commit', '-qm', 'first');
    }
    git(root, 'init', '-q');
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'sub');
    git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'empty');
    git(root, 'submodule', '--quiet', 'deinit', '-f', 'empty');
    expect((await walk(root)).files).toEqual(['.gitmodules', 'a.ts', 'inner/.gitignore', 'inner/b.ts', 'sub/d.ts']);
  });

  it('walks by hand when an outer repository ignores the whole root', async () => {
    const root = makeTree({ '.gitignore': 'work/\n', 'work/a.ts': '', 'work/node_modules/x.js': '' });
    git(root, 'init', '-q');
    expect((await walk(join(root, 'work'))).files).toEqual(['a.ts']);
  });

  it('is not led astray by the variables of a git hook', async () => {
    const root = makeTree({ 'a.ts': '' });
    git(root, 'init', '-q');
    process.env.GIT_DIR = '/nowhere';
    try {
      expect((await walk(root)).files).toEqual(['a.ts']);
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it('leaves out what a sparse checkout left out', () => {
    const hash = '0'.repeat(40);
    const listing = `H 100644 ${hash} 0\ta.ts\0S 100644 ${hash} 0\tb.ts\0H 160000 ${hash} 0\tsub\0? c/\0`;
    expect(readListing(listing)).toEqual([
      { path: 'a.ts', kind: 'file' },
      { path: 'sub', kind: 'nested' },
      { path: 'c', kind: 'nested' },
    ]);
  });
});

describe('walk without git', () => {
  it('honours .gitignore files of all levels', async () => {
    const root = makeTree({
      '.gitignore': '*.gen.ts\n/build\n',
      'a.ts': '',
      'a.gen.ts': '',
      'build/b.ts': '',
      'p/build/c.ts': '',
      'p/.gitignore': '!keep.gen.ts\nlocal.ts\n',
      'p/keep.gen.ts': '',
      'p/local.ts': '',
    });
    const { files } = await walk(root);
    expect(files).toEqual(['.gitignore', 'a.ts', 'p/.gitignore', 'p/build/c.ts', 'p/keep.gen.ts']);
  });

  it('leaves out what is installed or built', async () => {
    const root = makeTree({
      'a.py': '',
      'dist/a.js': '',
      'node_modules/x/a.js': '',
      'env/pyvenv.cfg': '',
      'env/lib/x.py': '',
      '__pycache__/a.py': '',
    });
    expect((await walk(root)).files).toEqual(['a.py']);
  });

  it('uses git for a repository inside', async () => {
    const root = makeTree({ 'one/.gitignore': 'x.ts\n', 'one/x.ts': '', 'one/y.ts': '', 'two/z.ts': '' });
    git(join(root, 'one'), 'init', '-q');
    expect((await walk(root)).files).toEqual(['one/.gitignore', 'one/y.ts', 'two/z.ts']);
  });
});

describe('symlinks', () => {
  it('makes a second name of a walked file an alias and follows others inside the root only', async () => {
    const outside = makeTree({ 'o.ts': '' });
    const root = makeTree({ '.gitignore': 'hidden/\n', 'a.ts': '', 'hidden/h.ts': '', 'dir/d.ts': '' });
    git(root, 'init', '-q');
    symlinkSync('a.ts', join(root, 'link.ts'));
    symlinkSync('hidden/h.ts', join(root, 'seen.ts'));
    symlinkSync('hidden/h.ts', join(root, 'seen-again.ts'));
    symlinkSync(join(outside, 'o.ts'), join(root, 'outside.ts'));
    symlinkSync('nowhere.ts', join(root, 'broken.ts'));
    symlinkSync('dir', join(root, 'linked-dir'));
    git(root, 'add', 'link.ts');
    const { files, aliases } = await walk(root);
    expect(files).toEqual(['.gitignore', 'a.ts', 'dir/d.ts', 'seen-again.ts']);
    expect([...aliases]).toEqual([
      ['link.ts', 'a.ts'],
      ['seen.ts', 'seen-again.ts'],
    ]);
  });
});

describe('a root that cannot be walked', () => {
  it('is told to the user', async () => {
    const root = makeTree({ 'a.ts': '' });
    await expect(walk(join(root, 'none'))).rejects.toThrow(UserError);
    await expect(walk(join(root, 'none'))).rejects.toThrow('there is no such directory');
    await expect(walk(join(root, 'a.ts'))).rejects.toThrow('it is not a directory');
  });

  it('is told of a directory inside that may not be read', async () => {
    const root = makeTree({ 'a.ts': '', 'closed/b.ts': '' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'closed'), 0);
    // The superuser may read everything, so the walk runs as somebody else then.
    const superuser = process.geteuid?.() === 0;
    if (superuser) process.seteuid?.(65534);
    try {
      const { files, failed } = await walk(root);
      expect(files).toEqual(['a.ts']);
      expect(failed).toEqual([{ file: 'closed', message: 'the directory cannot be read (EACCES)' }]);
    } finally {
      if (superuser) process.seteuid?.(0);
      chmodSync(join(root, 'closed'), 0o700);
    }
  });
});
