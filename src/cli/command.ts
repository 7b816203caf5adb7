/** What all commands share: the way from flags to a result on stdout and an exit code. */

import { relative, resolve, sep } from 'node:path';
import type { Command } from 'commander';
import { json, type View } from '../report/index.js';
import { maskDeep } from '../secrets.js';
import { viewOf } from './color.js';
import type { Format, Renderers } from './formats.js';
import { watchSignals } from './interrupt.js';
import type { MigrateOptions, Migration } from './migration.js';
import { type CommonFlags, migrateOptions } from './options.js';
import { writeResult } from './output.js';
import { progress } from './progress.js';
import type { Surroundings } from './surroundings.js';

/** 0: done. 1: findings, or something was not done. 2: could not run (thrown, never returned). */
export type ExitCode = 0 | 1;

/** Registers one command; `done` gets its exit code. */
export type Register = (program: Command, around: Surroundings, done: (code: ExitCode) => void) => void;

/** Runs `work` with the loaded recipe while the progress is shown. */
export async function withMigration<T>(
  root: string,
  flags: CommonFlags,
  around: Surroundings,
  work: (migration: Migration, options: MigrateOptions) => Promise<T>,
): Promise<T> {
  const options = migrateOptions(root, flags, around);
  const shown = progress(flags, around);
  const interrupt = watchSignals(around);
  try {
    shown.stage('loading');
    return await work(await around.migration(), {
      ...options,
      onStage: (stage) => shown.stage(stage),
      signal: interrupt.signal,
      whole: interrupt.whole,
      orderly: interrupt.orderly,
    });
  } finally {
    shown.end();
  }
}

export interface Result<T extends object> {
  data: T;
  /** Keys of the JSON, in the order of the contract. */
  keys: readonly string[];
  /** How each format but `json` is written. */
  render: Renderers<T>;
  /** Keys whose text is masked already, or on purpose not. */
  verbatim?: ReadonlySet<string>;
  /** The folder that was looked at, when formats for other tools name its files. */
  root?: string;
  /** Permissions of the file of `--output`. */
  mode?: number;
}

/** Writes a result in the format that was asked for, secrets masked. */
export function show<T extends object>(result: Result<T>, flags: CommonFlags, around: Surroundings): void {
  const data = maskDeep(result.data, result.verbatim);
  const prefix = result.root === undefined ? '' : prefixOf(result.root, around.env);
  const view = { ...viewOf(flags.color, around, around.stdout, flags.output !== undefined), prefix };
  const text = flags.format === 'json' ? json(data, result.keys) : render(result, flags.format, data, view);
  writeResult(text, flags.output, around, result.mode);
}

function render<T extends object>({ render }: Result<T>, format: Exclude<Format, 'json'>, data: T, view: View): string {
  const renderer = render[format];
  if (!renderer) throw new Error(`the format ${format} was not refused in time`);
  return renderer(data, view);
}

/** Other tools name files from the checkout of the workflow, else from where the command runs; outside of it, as we do. */
function prefixOf(root: string, env: Surroundings['env']): string {
  const path = relative(env.GITHUB_WORKSPACE || '.', resolve(root))
    .split(sep)
    .join('/');
  return path === '' || path.startsWith('..') ? '' : `${path}/`;
}
