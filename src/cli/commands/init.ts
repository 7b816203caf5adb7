/** `redis-migrate init`: looks at the tree and writes a first configuration. */

import { UserError } from '../../errors.js';
import { type InitReport, initPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { type Renderers, requireFormat } from '../formats.js';
import { type CommonFlags, refuseFailOn } from '../options.js';

const RENDERERS: Renderers<InitReport> = { pretty: initPretty };

export const registerInit: Register = (program, around, done) => {
  program
    .command('init')
    .description('look at the tree and write a configuration: the accessor, and a named database for each server')
    .argument('[path]', 'folder to work on', '.')
    .option('--yes', 'take the best guess')
    .option('--scaffold <preset>', 'write an accessor as well')
    .action(async (path: string, own: { yes?: true; scaffold?: string }, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'init');
      refuseFailOn(flags, 'init');
      if (!own.yes) throw new UserError('init needs --yes', 'It then writes its best guess, for you to look through.');
      const report = await withMigration(path, flags, around, (migration, options) =>
        migration.initialise(options, { yes: true, scaffold: own.scaffold ?? null }),
      );
      show(
        { data: report, keys: ['written', 'config', 'groups', 'accessors', 'next'], render: RENDERERS },
        flags,
        around,
      );
      done(0);
    });
};
