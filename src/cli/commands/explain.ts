/** `redis-migrate explain`: all that is known of one site, or what a code means. */

import { type Explanation, explainPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { type Renderers, requireFormat } from '../formats.js';
import { type CommonFlags, refuseFailOn } from '../options.js';

const KEYS = [
  'schemaVersion',
  ...['site', 'client', 'way', 'uses', 'handed', 'escapes', 'role', 'purpose', 'options', 'reasons', 'unit', 'related'],
  ...['edit', 'byHand', 'findings', 'assumed'],
];

const RENDERERS: Renderers<Explanation> = { pretty: explainPretty };

export const registerExplain: Register = (program, around, done) => {
  program
    .command('explain')
    .description('tell all that is known of one site and show its edit, or tell what a code means')
    .argument('<site|code>', 'id of a site, or its beginning; file:line; or a code such as `closes-shared`')
    .argument('[path]', 'folder to work on', '.')
    .action(async (what: string, path: string, _own: object, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'explain');
      refuseFailOn(flags, 'explain');
      const explanation = await withMigration(path, flags, around, (migration, options) =>
        migration.explain(options, { what }),
      );
      // Diffs are masked where they are made, and say so.
      show({ data: explanation, keys: KEYS, render: RENDERERS, verbatim: new Set(['diff']) }, flags, around);
      done(0);
    });
};
