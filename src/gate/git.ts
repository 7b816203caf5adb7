/** Questions to git about the tree and its history. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { UserError } from '../errors.js';

const run = promisify(execFile);

/** Variables by which a git hook points at its own repository: they must not decide which one is asked. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/** Output of git in a folder; null when it ends with anything but 0. Throws `UserError` when git is not installed. */
export async function git(root: string, args: readonly string[]): Promise<string | null> {
  const env: NodeJS.ProcessEnv = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
  for (const name of HOOK_VARIABLES) delete env[name];
  try {
    const { stdout } = await run('git', [...args], { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    return stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UserError('git is not installed', 'It is needed to compare with a commit.');
    }
    return null;
  }
}
