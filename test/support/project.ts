/** A copy of a sample project on which the commands are run as a person runs them. */

import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copySample, ROOT, type Sample } from './session.js';

export interface ProjectCopy {
  folder: string;
  /** Gives what it printed; throws when it did not end with 0. */
  run(command: string, args: string[]): string;
  redisMigrate(...args: string[]): string;
  typecheck(): void;
  /** Begins a repository and commits what is there. */
  begin(): void;
  commit(message: string): void;
  remove(): void;
}

export function projectCopy(sample: Pick<Sample, 'name'>): ProjectCopy {
  const { folder, remove } = copySample(sample);
  const run = (command: string, args: string[]): string => {
    const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    if (error) throw error;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
    return stdout;
  };
  const commit = (message: string): void => {
    const author = ['-c', 'user.name=test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];
    run('git', ['add', '--all']);
    run('git', [...author, 'commit', '--quiet', '--message', message]);
  };
  return {
    folder,
    run,
    commit,
    remove,
    redisMigrate: (...args) => run(process.execPath, [join(ROOT, 'bin', 'redis-migrate.js'), ...args]),
    typecheck: () => {
      run(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '--noEmit']);
    },
    begin: () => {
      const ignored = join(folder, '.gitignore');
      if (!existsSync(ignored)) writeFileSync(ignored, 'node_modules\n');
      run('git', ['init', '--quiet']);
      commit('Before');
    },
  };
}

/** `db0 shelf:main:command` → `db0 main:command`: the service's own name does not matter. */
export function withoutService(byName: Record<string, number>): Record<string, number> {
  const rename = (key: string) => key.replace(/ (?!bull:)[^: ]+:([^: ]+:[^: ]+)$/, ' $1');
  return Object.fromEntries(Object.entries(byName).map(([key, count]) => [rename(key), count]));
}
