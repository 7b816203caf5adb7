/** `redis-migrate init`: looks at the tree and writes a first configuration. */

import { type InitReport, initPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { type Renderers, requireFormat } from '../formats.js';
import { guided } from '../guided.js';
import { type CommonFlags, refuseFailOn } from '../options.js';
import { tell } from '../output.js';

const RENDERERS: Renderers<InitReport> = { pretty: initPretty };

const KEYS = ['written', 'config', 'groups', 'accessors', 'libraries', 'tests', 'scopes', 'guard', 'next'];

export const registerInit: Register = (program, around, done) => {
  program
    .command('init')
    .description('look at the tree and write a configuration: the accessor, and a named database for each server')
    .argument('[path]', 'folder to work on', '.')
    .option('--yes', 'take the best guess')
    .option('--scaffold <preset>', 'write an accessor as well')
    .option(
      '--guard',
      'write lint rules (ESLint, ruff) that let nobody else open; alone where there is a configuration',
    )
    .option('--suite', 'write a test for your own suite that fails when `check` does')
    .action(async (path: string, own: { yes?: true; scaffold?: string; guard?: true; suite?: true }, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'init');
      refuseFailOn(flags, 'init');
      const run = (request: { scaffold: string | null; dryRun?: true }) =>
        withMigration(path, flags, around, (migration, options) =>
          migration.initialise(options, {
            yes: own.yes ?? false,
            ...(own.guard ? { guard: true } : {}),
            ...(own.suite ? { suite: true } : {}),
            ...request,
          }),
        );
      const choice = own.yes ? { scaffold: own.scaffold ?? null } : await guided(own.scaffold ?? null, around, run);
      if (choice === null) {
        tell('redis-migrate: nothing was written', flags, around);
        return done(1);
      }
      const report = await run(choice);
      show({ data: report, keys: KEYS, render: RENDERERS }, flags, around);
      done(0);
    });
};
