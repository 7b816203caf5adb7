/** Real repositories in temporary folders. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const AUTHOR = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];

export function git(root: string, ...args: string[]): string {
  return execFileSync('git', [...AUTHOR, ...args], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

export function textIn(root: string, file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

export function commit(root: string, message: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message', message);
}

/** A repository with one commit of these files. The system clears its folder of temporary files. */
export function repository(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'redis-migrate-gate-')));
  git(root, 'init', '--quiet', '--initial-branch=main');
  for (const [file, text] of Object.entries(files)) write(root, file, text);
  commit(root, 'first');
  return root;
}
