/**
 * What the differential runs of options came to. `options` of a version: the looks that differ between a client with the
 * option and one without it; none where nothing can be told apart.
 */

import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startRedis } from '../support/redis.js';
import { ROOT } from '../support/session.js';

export interface Result {
  library: string;
  version: string;
  options: Record<string, string[]>;
}

export const RESULTS_FILE = join(import.meta.dirname, 'results.json');

export function recordedResults(): Result[] {
  return JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as Result[];
}

/** Kind of `run.mjs`, name of the library, and the name that a major is installed under. */
const INSTALLED = [
  ['ioredis', 'ioredis', 'ioredis-4'],
  ['ioredis', 'ioredis', 'ioredis-5'],
  ['ioredis', 'ioredis', 'ioredis'],
  ['redis-3', 'redis', 'redis-3'],
  ['redis', 'redis', 'redis-4'],
  ['redis', 'redis', 'redis-5'],
  ['redis', 'redis', 'redis'],
] as const;

/** Runs every option of the JavaScript libraries that are installed. */
export function runJavascript(): Promise<Result[]> {
  return Promise.all(
    INSTALLED.map(([kind, library, alias]) => {
      const folder = join(ROOT, 'node_modules', alias);
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
      return run(library, version, process.execPath, [join(import.meta.dirname, 'run.mjs'), kind, folder], []);
    }),
  );
}

/** Runs every option of the redis-py that a Python finds; `version` where the package does not tell it. */
export function runPython(python: string, version = versionOf(python)): Promise<Result> {
  return run('redis-py', version, python, ['-W', 'ignore', join(import.meta.dirname, 'run.py')], [version]);
}

function versionOf(python: string): string {
  return execFileSync(python, ['-c', 'import redis; print(redis.__version__)'], { encoding: 'utf8' }).trim();
}

async function run(library: string, version: string, command: string, args: string[], more: string[]): Promise<Result> {
  const servers = await Promise.all([startRedis(), startRedis()]);
  try {
    const ports = servers.map(({ port }) => String(port));
    const { stdout } = await promisify(execFile)(command, [...args, ...ports, ...more]);
    const rows = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { option: string; differs: string[] });
    return { library, version, options: Object.fromEntries(rows.map(({ option, differs }) => [option, differs])) };
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
  }
}
