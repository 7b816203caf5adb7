/** The guard before anything is written: what git cannot give back must not be touched. */

import { execFile } from 'node:child_process';
import { isAbsolute, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { UserError } from '../errors.js';
import { errorCode } from './files.js';

const run = promisify(execFile);
const SHOWN = 5;

/**
 * Passes only when git says that nothing under `root` is changed or untracked, the state folder aside. Throws UserError
 * when something is, when there is no git, or when `root` is in no repository. `allowDirty` skips all of it.
 */
export async function requireClean(options: { root: string; stateDir: string; allowDirty: boolean }): Promise<void> {
  if (options.allowDirty) return;
  const changed = await changedPaths(options.root, options.stateDir);
  if (changed.length === 0) return;
  const shown = changed.slice(0, SHOWN).join(', ');
  const more = changed.length > SHOWN ? ` and ${changed.length - SHOWN} more` : '';
  throw new UserError(
    `the working tree has uncommitted changes: ${shown}${more}`,
    'commit or stash them first, or use --allow-dirty',
  );
}

async function changedPaths(root: string, stateDir: string): Promise<string[]> {
  const state = relative(root, stateDir);
  const inside = state !== '' && !state.startsWith('..') && !isAbsolute(state);
  const exclude = inside ? [`:(exclude,literal)${state.split(sep).join('/')}`] : [];
  const args = ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--', '.', ...exclude];
  try {
    const { stdout } = await run('git', args, {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
    });
    // Without renames each entry is `XY path`; paths are from the top of the repository.
    return stdout.split('\0').flatMap((entry) => (entry.length > 3 ? [entry.slice(3)] : []));
  } catch (error) {
    throw refusal(error);
  }
}

function refusal(error: unknown): UserError {
  const hint = 'apply writes only what git can give back; use --allow-dirty to go without';
  if (errorCode(error) === 'ENOENT') return new UserError('git is not installed', hint);
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  if (said.includes('not a git repository')) return new UserError('the root is not in a git repository', hint);
  const line = said.split('\n').find((text) => text.trim() !== '') ?? 'no message';
  // The message of git can name the folder by its full path, which no output of ours does.
  return new UserError(
    `git cannot say whether the tree is clean: ${line.replace(/(['"]?)\/[^'"\s]*\1/g, '<path>')}`,
    hint,
  );
}
