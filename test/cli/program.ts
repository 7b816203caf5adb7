/** The program as it is installed: compiled into a folder of its own, and run as a process on real trees. */

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { commitAll, put } from '../apply/workshop.js';

export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
export const SAMPLE = join(CHECKOUT, 'fixtures/projects/express-ioredis');

export interface Run {
  code: number | null;
  out: string;
  err: string;
}

/** A program of this checkout's sources, whatever `dist/` holds. */
export class Program {
  private readonly home = temporary();
  private readonly trees: string[] = [];

  constructor() {
    symlinkSync(join(CHECKOUT, 'node_modules'), join(this.home, 'node_modules'));
    cpSync(join(CHECKOUT, 'package.json'), join(this.home, 'package.json'));
    cpSync(join(CHECKOUT, 'bin'), join(this.home, 'bin'), { recursive: true });
    for (const folder of ['src', 'transforms']) this.compile(folder);
  }

  /** Path of a compiled file. */
  built(file: string): string {
    return join(this.home, 'dist', file);
  }

  run(root: string, args: string[], more: { env?: Record<string, string>; input?: string } = {}): Run {
    return start(process.execPath, [join(this.home, 'bin/redis-migrate.js'), ...args], root, more.env);
  }

  /** A shell line in which `redis-migrate` is the program. */
  shell(root: string, line: string): Run {
    const program = `'${process.execPath}' '${join(this.home, 'bin/redis-migrate.js')}'`;
    return start('bash', ['-o', 'pipefail', '-c', line.replaceAll(/(?<!\.)redis-migrate/g, program)], root);
  }

  /** A tree in a temporary folder; committed unless told otherwise. */
  tree(files: Record<string, string | Buffer>, options: { git?: boolean } = {}): string {
    const root = temporary();
    this.trees.push(root);
    for (const [file, content] of Object.entries(files)) put(root, file, content);
    if (options.git !== false) commitAll(root, true);
    return root;
  }

  /** The sample project with its packages; with a configuration and an accessor once `init` is asked for. */
  sample(options: { init: boolean }): string {
    const root = temporary();
    this.trees.push(root);
    cpSync(SAMPLE, root, { recursive: true, filter: (path) => !path.includes('node_modules') });
    writeFileSync(join(root, '.gitignore'), 'node_modules\n');
    symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'));
    if (options.init) {
      const { code, err } = this.run(root, ['init', '--yes', '--scaffold', 'default']);
      if (code !== 0) throw new Error(err);
    }
    commitAll(root, true);
    return root;
  }

  drop(): void {
    for (const folder of [this.home, ...this.trees]) rmSync(folder, { recursive: true, force: true });
  }

  private compile(folder: string): void {
    for (const file of readdirSync(join(CHECKOUT, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.c?ts$/.test(file)) continue;
      const compilerOptions = {
        module: file.endsWith('.cts') ? ts.ModuleKind.CommonJS : ts.ModuleKind.ESNext,
        target: ts.ScriptTarget.ES2023,
        verbatimModuleSyntax: true,
      };
      const text = readFileSync(join(CHECKOUT, folder, file), 'utf8');
      const { outputText } = ts.transpileModule(text, { compilerOptions, fileName: file });
      const target = join(this.home, 'dist', folder, file.replace(/ts$/, 'js'));
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, outputText);
    }
  }
}

/** Runs a command to its end, without colours and without what the surroundings set for the terminal. */
export function start(command: string, args: string[], cwd: string, env: Record<string, string> = {}): Run {
  const clean = { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...env };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env: clean, encoding: 'utf8' });
  if (error) throw error;
  return { code: status, out: stdout, err: stderr };
}

function temporary(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'redis-migrate-e2e-')));
}
