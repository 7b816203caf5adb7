/** Flags that every command has, read and checked. */

import { accessSync, constants, statSync } from 'node:fs';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { UserError } from '../errors.js';
import { SEVERITIES, VERDICTS } from '../model/site.js';
import type { ColorChoice } from './color.js';
import { FORMATS, type Format } from './formats.js';
import type { MigrateOptions } from './migration.js';
import type { Surroundings } from './surroundings.js';

export interface CommonFlags {
  config?: string;
  format: Format;
  output?: string;
  jobs?: number;
  cache: boolean;
  includeTests?: true;
  failOn?: string[];
  quiet?: true;
  progress: boolean;
  color: ColorChoice;
}

const FAIL_ON: readonly string[] = [...VERDICTS, ...SEVERITIES];

/** Adds the flags to the program: commander reads them before and after the name of the command. */
export function addCommonOptions(program: Command): Command {
  return program
    .option('--config <file>', 'configuration to use instead of the nearest one')
    .addOption(new Option('--format <format>', 'how to write the result').choices(FORMATS).default('pretty'))
    .option('--output <file>', 'write the result to a file')
    .option('--jobs <n>', 'how many files to read at once (default: one less than there are processors)', wholeNumber)
    .option('--no-cache', 'read every file anew')
    .option('--include-tests', 'list and batch sites in tests as well')
    .option('--fail-on <kind>', `exit 1 on sites or findings of a kind: ${FAIL_ON.join(', ')}`, failOn)
    .option('--quiet', 'no messages, only the result and errors')
    .option('--no-progress', 'do not show what is being done')
    .addOption(new Option('--color <when>', 'colours').choices(['auto', 'always', 'never']).default('auto'));
}

/** The options of the recipe. Throws a `UserError` when the root is not a folder that can be read. */
export function migrateOptions(root: string, flags: CommonFlags, { processors }: Surroundings): MigrateOptions {
  checkRoot(root);
  return {
    root,
    configPath: flags.config ?? null,
    // One processor is left to this thread, which decodes what the others send: on two it is faster alone.
    jobs: flags.jobs ?? Math.max(1, processors - 1),
    cache: flags.cache,
    includeTests: flags.includeTests ?? false,
  };
}

/** Throws a `UserError` when the folder does not exist, is none, or may not be read. */
export function checkRoot(root: string): void {
  const found = statSync(root, { throwIfNoEntry: false });
  if (!found) throw new UserError(`${root}: no such folder`, 'Name the folder to work on.');
  if (!found.isDirectory()) throw new UserError(`${root}: not a folder`, 'Name the folder that holds the file.');
  try {
    accessSync(root, constants.R_OK | constants.X_OK);
  } catch {
    throw new UserError(`${root}: the folder cannot be read`, 'Check its permissions.');
  }
}

/** Throws a `UserError` when a command that gives no inventory is asked to judge one. */
export function refuseFailOn(flags: CommonFlags, command: string): void {
  if (flags.failOn) throw new UserError(`--fail-on has no meaning for ${command}`, 'It is for scan, plan and check.');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  return Number(text);
}

function failOn(text: string): string[] {
  const kinds = text.split(',').map((kind) => kind.trim());
  const wrong = kinds.find((kind) => !FAIL_ON.includes(kind));
  if (wrong !== undefined) throw new InvalidArgumentError(`Allowed: ${FAIL_ON.join(', ')}.`);
  return kinds;
}
