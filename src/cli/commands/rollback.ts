/** `redis-migrate rollback`: gives files their old bytes back. */

import { UserError } from '../../errors.js';
import { type RollbackReport, rollbackPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { type Renderers, requireFormat } from '../formats.js';
import { type CommonFlags, refuseFailOn } from '../options.js';
import { tell } from '../output.js';

const RENDERERS: Renderers<Omit<RollbackReport, 'messages'>> = { pretty: rollbackPretty };

export const registerRollback: Register = (program, around, done) => {
  program
    .command('rollback')
    .description('undo a batch byte by byte; a file that changed since is refused')
    .argument('[path]', 'folder to work on', '.')
    .option('--batch <id|all>', 'batch to undo')
    .option('--file <path>', 'undo this file only')
    .action(async (path: string, own: { batch?: string; file?: string }, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'rollback');
      refuseFailOn(flags, 'rollback');
      if (own.batch === undefined && own.file === undefined) {
        throw new UserError('rollback needs --batch <id|all> or --file <path>');
      }
      const { messages, ...report } = await withMigration(
        path,
        flags,
        around,
        (migration, { root, configPath, whole }) =>
          migration.rollBack(
            { root, configPath, ...(whole ? { whole } : {}) },
            { batch: own.batch ?? null, file: own.file ?? null },
          ),
      );
      show({ data: report, keys: ['schemaVersion', 'batches', 'refused'], render: RENDERERS }, flags, around);
      for (const message of messages) tell(`redis-migrate: ${message}`, flags, around);
      done(report.refused.length > 0 ? 1 : 0);
    });
};
