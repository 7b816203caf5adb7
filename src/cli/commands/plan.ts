/** `redis-migrate plan`: the batches. */

import { planPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { failsOn } from '../fail-on.js';
import type { CommonFlags } from '../options.js';
import { tell } from '../output.js';

export const registerPlan: Register = (program, around, done) => {
  program
    .command('plan')
    .description('put what can be rewritten into small batches, the least risky first')
    .argument('[path]', 'folder to work on', '.')
    .option('--write', 'store the batches in .redis-migrate/plan.json')
    .action(async (path: string, own: { write?: true }, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      const { plan, stale, taken } = await withMigration(path, flags, around, (migration, options) =>
        migration.makePlan(options, { write: own.write ?? false }),
      );
      const pretty = (data: typeof plan, view: Parameters<typeof planPretty>[2]) =>
        planPretty(data, taken.inventory, view);
      show({ data: plan, keys: ['schemaVersion', 'batches', 'kept'], pretty }, flags, around);
      for (const entry of stale) tell(`redis-migrate: the stored plan is out of date: ${entry}`, flags, around);
      const unread = taken.inventory.files.failed;
      for (const { file, message } of unread)
        tell(`redis-migrate: ${file} could not be read: ${message}`, flags, around);
      done(failsOn(flags.failOn ?? [], taken.inventory) ? 1 : 0);
    });
};
