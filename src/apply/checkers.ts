/** The project's own type checkers: which there are for some files, and how they are run. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { UserError } from '../errors.js';
import { type Complaint, readMypy, readPyright, readPython, readTsc } from './complaints.js';

/** One run of a checker. */
export interface Checker {
  /** For people, and to tell one from another: `tsc -p apps/web/tsconfig.json`. */
  name: string;
  command: string;
  args: string[];
  /** Folder from the root; empty: the root. */
  folder: string;
  read: (output: string, folder: string) => Complaint[];
}

const JAVASCRIPT = /\.[cm]?[jt]sx?$/;

/**
 * Checkers for files of a tree, each once. Throws UserError where TypeScript is governed by a `tsconfig.json` and no
 * compiler is installed: a check that does not happen must not look like one that passed.
 */
export function checkersFor(root: string, files: readonly string[]): Checker[] {
  const found = new Map<string, Checker>();
  for (const file of files) {
    const checker = JAVASCRIPT.test(file) ? typescript(root, file) : file.endsWith('.py') ? python(root, file) : null;
    if (checker) found.set(checker.name, checker);
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function typescript(root: string, file: string): Checker | null {
  const folder = above(file).find((one) => existsSync(join(root, one, 'tsconfig.json')));
  if (folder === undefined) return null;
  const at = [...foldersUp(folder)].find((one) => existsSync(join(root, one, 'node_modules/typescript/bin/tsc')));
  if (at === undefined) {
    throw new UserError(
      `${posix.join(folder, 'tsconfig.json')} has no compiler: node_modules holds no typescript`,
      'Install the packages of the project, or leave --typecheck out.',
    );
  }
  const compiler = join(root, at, 'node_modules/typescript/bin/tsc');
  return {
    name: `tsc -p ${posix.join(folder, 'tsconfig.json')}`,
    command: process.execPath,
    args: [
      compiler,
      '--noEmit',
      '--incremental',
      'false',
      '--composite',
      'false',
      '--pretty',
      'false',
      '-p',
      'tsconfig.json',
    ],
    folder,
    read: readTsc,
  };
}

/** pyright or mypy where the project has configured one; else Python itself, which only compiles. */
function python(root: string, file: string): Checker {
  for (const folder of above(file)) {
    const settings = textOf(join(root, folder, 'pyproject.toml'));
    const has = (name: string) => existsSync(join(root, folder, name));
    if (has('pyrightconfig.json') || settings.includes('[tool.pyright]')) {
      return {
        name: `pyright in ${folder || '.'}`,
        command: tool(root, folder, 'pyright'),
        args: ['--outputjson'],
        folder,
        read: readPyright(root),
      };
    }
    if (
      has('mypy.ini') ||
      has('.mypy.ini') ||
      settings.includes('[tool.mypy]') ||
      textOf(join(root, folder, 'setup.cfg')).includes('[mypy]')
    ) {
      const args = ['--no-color-output', '--no-error-summary', '--no-incremental', '.'];
      return { name: `mypy in ${folder || '.'}`, command: tool(root, folder, 'mypy'), args, folder, read: readMypy };
    }
  }
  const compile = 'import sys; compile(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1], "exec")';
  return {
    name: `python3 ${file}`,
    command: 'python3',
    args: ['-c', compile, file],
    folder: '',
    read: readPython(file),
  };
}

/** A tool of the project's virtual environment, else of the path. */
function tool(root: string, folder: string, name: string): string {
  const inside = ['.venv/bin', 'venv/bin', 'node_modules/.bin'].map((bin) => join(root, folder, bin, name));
  return inside.find((path) => existsSync(path)) ?? name;
}

function above(file: string): string[] {
  return foldersUp(posix.dirname(file));
}

/** A folder and those above it, up to the root, which is empty. */
function foldersUp(folder: string): string[] {
  const found: string[] = [];
  for (let at = folder === '.' ? '' : folder; at !== ''; at = dirname(at) === '.' ? '' : dirname(at)) found.push(at);
  return [...found, ''];
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

const MOST_OUTPUT = 64 * 1024 * 1024;

/** What a checker has against the tree as it is now. Throws UserError when it cannot be run, or ends without a word. */
export function complaintsOf(root: string, checker: Checker): Complaint[] {
  const { command, args, folder, name } = checker;
  const ran = spawnSync(command, args, { cwd: join(root, folder), encoding: 'utf8', maxBuffer: MOST_OUTPUT });
  if (ran.error)
    throw new UserError(`${name} cannot be run: ${ran.error.message}`, 'Install it, or leave --typecheck out.');
  const complaints = checker.read(`${ran.stdout}\n${ran.stderr}`, folder);
  if (ran.status !== 0 && complaints.length === 0) {
    const [line = ''] = `${ran.stderr}${ran.stdout}`.split('\n').filter((one) => one.trim() !== '');
    throw new UserError(
      `${name} failed (${ran.status ?? ran.signal}): ${line.trim()}`,
      'Mend it, or leave --typecheck out.',
    );
  }
  return complaints;
}
