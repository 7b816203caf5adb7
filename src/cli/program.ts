/** The command line: commands, flags, errors, exit codes. */

import { Command, CommanderError } from 'commander';
import { UserError } from '../errors.js';
import { tool } from '../report/index.js';
import { mask } from '../secrets.js';
import { registerAccept } from './commands/accept.js';
import { registerApply } from './commands/apply.js';
import { registerCheck } from './commands/check.js';
import { registerExplain } from './commands/explain.js';
import { registerInit } from './commands/init.js';
import { registerPlan } from './commands/plan.js';
import { registerRollback } from './commands/rollback.js';
import { registerScan } from './commands/scan.js';
import { registerStatus } from './commands/status.js';
import { examplesOf } from './examples.js';
import { addCommonOptions } from './options.js';
import type { Surroundings } from './surroundings.js';

const FIRST_STEPS = `
In this order:
  redis-migrate scan                           what there is (changes nothing)
  redis-migrate init --yes --scaffold default  a configuration and an accessor
  redis-migrate plan                           the batches
  redis-migrate apply --batch next --dry-run   the first one as a diff
  redis-migrate apply --batch next             the same, written
  redis-migrate rollback --batch all           everything as it was

Exit codes:
  0  done, or clean
  1  something was found, or was not done
  2  could not run: usage, configuration, a held lock, a dirty work tree
  130, 143  interrupted by Ctrl-C or SIGTERM; nothing is half done

More of a command: redis-migrate help <command>`;

/** In the order in which `--help` lists them. */
const COMMANDS = [
  ...[registerInit, registerScan, registerExplain, registerPlan, registerAccept, registerApply],
  ...[registerCheck, registerStatus],
  registerRollback,
];

/** The commander program. `done` is told the exit code of the command that ran. */
export function createProgram(around: Surroundings, done: (code: 0 | 1) => void): Command {
  const program = new Command('redis-migrate')
    .description(
      'Moves every Redis connection of a code base to one canonical accessor, in batches that can be reviewed.',
    )
    .version(tool().version)
    .helpCommand(true)
    .showSuggestionAfterError(true)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => around.stdout.write(text),
      writeErr: (text) => around.stderr.write(text),
      outputError: (text, write) => write(`redis-migrate: ${mask(oneLine(text))}\n`),
      getOutHelpWidth: () => around.stdout.columns ?? 80,
      getErrHelpWidth: () => around.stderr.columns ?? 80,
    });
  addCommonOptions(program).addHelpText('after', FIRST_STEPS);
  for (const register of COMMANDS) register(program, around, done);
  for (const command of program.commands) command.addHelpText('after', examplesOf(command.name()));
  return program;
}

/** Runs a command line (without `node` and the script) and gives the exit code: 0, 1, or 2 when it could not run. */
export async function run(args: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  let code: 0 | 1 = 0;
  const program = createProgram(around, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failed(error, around);
  }
}

/** Says what went wrong; a mistake of the person in one line, a bug with all that is needed to report it. */
function failed(error: unknown, around: Surroundings): 0 | 2 {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UserError) {
    const message = oneLine(error.message);
    const hint = error.hint === null ? '' : `${/[.!?]$/.test(message) ? '' : '.'} ${sentence(oneLine(error.hint))}`;
    around.stderr.write(`redis-migrate: ${mask(message + hint)}\n`);
    return 2;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  around.stderr.write(`redis-migrate: internal error, please report it with the lines below\n${mask(stack)}\n`);
  return 2;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `error: unknown option '--frmat'\n(Did you mean --format?)` → one line without the first word. */
function oneLine(text: string): string {
  return text
    .trim()
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ');
}
