/** `redis-migrate status`: how far the migration is. */

import type { StatusReport } from '../../model/gate.js';
import { statusHtml, statusMarkdown, statusPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { type Renderers, requireFormat } from '../formats.js';
import { type CommonFlags, refuseFailOn } from '../options.js';

const KEYS = [
  ...['schemaVersion', 'complete', 'totals', 'batches', 'byPurpose', 'byDirectory', 'byOwner', 'kept', 'decisions'],
  ...['burndown', 'checklist'],
];

const RENDERERS: Renderers<StatusReport> = { pretty: statusPretty, markdown: statusMarkdown, html: statusHtml };

export const registerStatus: Register = (program, around, done) => {
  program
    .command('status')
    .description('tell how far the migration is: moved, planned, kept and why; its history, and what completes it')
    .argument('[path]', 'folder to work on', '.')
    .action(async (path: string, _own: object, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'status');
      refuseFailOn(flags, 'status');
      const report = await withMigration(path, flags, around, (migration, options) =>
        migration.status(options, { today: around.today() }),
      );
      show({ data: report, keys: KEYS, render: RENDERERS }, flags, around);
      done(0);
    });
};
