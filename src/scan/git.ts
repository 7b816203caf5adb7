/** What git says belongs to a work tree: tracked files that are still there, and untracked files that nothing ignores. */

import { execFile } from 'node:child_process';

export interface GitEntry {
  /** Path from the asked directory, with `/`. */
  path: string;
  /** `nested` is another repository inside: a submodule, a worktree or a plain checkout. `untracked` may be a symlink. */
  kind: 'file' | 'link' | 'nested' | 'untracked';
}

/** Variables by which a git hook points at its own repository: they must not decide what is scanned. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX', 'GIT_COMMON_DIR'];

/**
 * Lists a directory by git. Null when git cannot tell: no git, no work tree, a repository that git refuses to trust, or
 * a directory that an outer repository ignores as a whole.
 */
export async function listByGit(directory: string): Promise<GitEntry[] | null> {
  const ignored = await git(directory, ['check-ignore', '--quiet', '.']);
  if (ignored !== null) return null;
  const arguments_ = ['ls-files', '-z', '-s', '-t', '--cached', '--others', '--deleted', '--exclude-standard'];
  const output = await git(directory, arguments_);
  return output === null ? null : readListing(output);
}

/** Output of git, or null when it exits with anything but 0. */
function git(directory: string, arguments_: string[]): Promise<string | null> {
  const env = { ...process.env };
  for (const name of HOOK_VARIABLES) delete env[name];
  return new Promise((resolve) => {
    execFile('git', arguments_, { cwd: directory, env, maxBuffer: 2 ** 30 }, (error, stdout) => {
      resolve(error ? null : stdout);
    });
  });
}

/** Reads lines `<tag> <mode> <hash> <stage>\t<path>`, or `? <path>` for an untracked file. */
export function readListing(output: string): GitEntry[] {
  const kinds = new Map<string, GitEntry['kind']>();
  const gone = new Set<string>();
  for (const line of output.split('\0')) {
    if (line === '') continue;
    const tag = line[0];
    if (tag === '?') {
      const path = line.slice(2);
      kinds.set(path.replace(/\/$/, ''), path.endsWith('/') ? 'nested' : 'untracked');
      continue;
    }
    const tab = line.indexOf('\t');
    const path = line.slice(tab + 1);
    // R: deleted but not yet staged. S: left out of the disk by a sparse checkout.
    if (tag === 'R' || tag === 'S') gone.add(path);
    else kinds.set(path, kindOfMode(line.slice(2, 8)));
  }
  return [...kinds].filter(([path]) => !gone.has(path)).map(([path, kind]) => ({ path, kind }));
}

function kindOfMode(mode: string): GitEntry['kind'] {
  if (mode === '120000') return 'link';
  return mode === '160000' ? 'nested' : 'file';
}
