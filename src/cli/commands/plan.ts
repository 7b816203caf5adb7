/** `redis-migrate plan`: the batches. */

import type { Plan } from '../../model/change.js';
import type { Inventory } from '../../model/site.js';
import { planHtml, planMarkdown, planPretty } from '../../report/index.js';
import { maskDeep } from '../../secrets.js';
import { type Register, show, withMigration } from '../command.js';
import { failsOn } from '../fail-on.js';
import { about, type Renderers, requireFormat } from '../formats.js';
import type { CommonFlags } from '../options.js';
import { tell } from '../output.js';

/** The plan names sites by their ids: the inventory says where they are. */
interface Planned {
  plan: Plan;
  inventory: Inventory;
}

const KEYS = ['schemaVersion', 'batches', 'kept'];

const RENDERERS: Renderers<Planned> = {
  pretty: ({ plan, inventory }, view) => planPretty(plan, inventory, view),
  markdown: planMarkdown,
  html: planHtml,
};

export const registerPlan: Register = (program, around, done) => {
  program
    .command('plan')
    .description('put what can be rewritten into small batches, the least risky first')
    .argument('[path]', 'folder to work on', '.')
    .option('--write', 'store the batches in .redis-migrate/plan.json')
    .action(async (path: string, own: { write?: true }, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'plan');
      const { plan, stale, taken } = await withMigration(path, flags, around, (migration, options) =>
        migration.makePlan(options, { write: own.write ?? false }),
      );
      const render = about(RENDERERS, (data: Plan) => ({ plan: data, inventory: maskDeep(taken.inventory) }));
      show({ data: plan, keys: KEYS, render }, flags, around);
      for (const entry of stale) tell(`redis-migrate: the stored plan is out of date: ${entry}`, flags, around);
      const unread = taken.inventory.files.failed;
      for (const { file, message } of unread)
        tell(`redis-migrate: ${file} could not be read: ${message}`, flags, around);
      done(failsOn(flags.failOn ?? [], taken.inventory) ? 1 : 0);
    });
};
