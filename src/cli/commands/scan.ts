/** `redis-migrate scan`: the inventory. */

import type { Inventory } from '../../model/site.js';
import { scanGithub, scanHtml, scanMarkdown, scanPretty, scanSarif } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { failsOn } from '../fail-on.js';
import { type Renderers, requireFormat } from '../formats.js';
import type { CommonFlags } from '../options.js';
import { tell } from '../output.js';

export const INVENTORY_KEYS = ['schemaVersion', 'tool', 'root', 'summary', 'sites', 'findings', 'files'];

const RENDERERS: Renderers<Inventory> = {
  ...{ pretty: scanPretty, markdown: scanMarkdown, html: scanHtml },
  ...{ github: scanGithub, sarif: scanSarif },
};

export const registerScan: Register = (program, around, done) => {
  program
    .command('scan')
    .description('list every place that opens, configures or closes a Redis connection, and say what can become of it')
    .argument('[path]', 'folder to work on', '.')
    .action(async (path: string, _own: object, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'scan');
      const { inventory } = await withMigration(path, flags, around, (migration, options) =>
        migration.takeInventory(options),
      );
      show({ data: inventory, keys: INVENTORY_KEYS, render: RENDERERS, root: path }, flags, around);
      const unread = inventory.files.failed.length;
      if (unread > 0) tell(`redis-migrate: ${unread} file${unread === 1 ? '' : 's'} could not be read`, flags, around);
      done(unread > 0 || failsOn(flags.failOn ?? [], inventory) ? 1 : 0);
    });
};
