/** `redis-migrate check`: the gate for CI. */

import type { CheckReport } from '../../model/gate.js';
import type { Inventory } from '../../model/site.js';
import { checkGithub, checkHtml, checkMarkdown, checkPretty, checkSarif } from '../../report/index.js';
import { maskDeep } from '../../secrets.js';
import { type Register, show, withMigration } from '../command.js';
import { failsOn } from '../fail-on.js';
import { about, type Renderers, requireFormat } from '../formats.js';
import type { CommonFlags } from '../options.js';
import { tell } from '../output.js';

interface CheckFlags {
  baseline?: string | true;
  update?: true;
  since?: string;
}

const KEYS = ['schemaVersion', 'totals', 'baseline', 'since', 'violations', 'known', 'fixed'];

interface Checked {
  report: CheckReport;
  inventory: Inventory;
}

const RENDERERS: Renderers<Checked> = {
  pretty: ({ report }, view) => checkPretty(report, view),
  markdown: ({ report }) => checkMarkdown(report),
  github: ({ report }, view) => checkGithub(report, view),
  sarif: ({ report }, view) => checkSarif(report, view),
  html: checkHtml,
};

export const registerCheck: Register = (program, around, done) => {
  program
    .command('check')
    .description('fail when something opens, owns or closes a connection that only the accessor may: the gate for CI')
    .argument('[path]', 'folder to work on', '.')
    .option('--baseline [file]', 'let pass what this file lists (.redis-migrate/baseline.txt)')
    .option('--update', 'take out of the baseline what is fixed; make it when there is none')
    .option('--since <ref>', 'only what is new since the history parted from a branch, tag or commit')
    .action(async (path: string, own: CheckFlags, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'check');
      const baseline = own.baseline ?? (own.update ? true : null);
      const request = { baseline, update: own.update ?? false, since: own.since ?? null, today: around.today() };
      const { report, taken } = await withMigration(path, flags, around, (migration, options) =>
        migration.check(options, request),
      );
      const render = about(RENDERERS, (data: CheckReport) => ({ report: data, inventory: maskDeep(taken.inventory) }));
      show({ data: report, keys: KEYS, render, root: path }, flags, around);
      const { violations, totals } = report;
      if (violations.length > 0) {
        const first = violations[0];
        tell(`redis-migrate: ${totals.violations} to mend, the first at ${first?.file}:${first?.line}`, flags, around);
      }
      done(violations.length > 0 || failsOn(flags.failOn ?? [], taken.inventory) ? 1 : 0);
    });
};
