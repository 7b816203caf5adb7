/** `redis-migrate apply`: writes one batch, or shows what it would write. */

import { Option } from 'commander';
import { UserError } from '../../errors.js';
import type { ApplyReport } from '../../model/change.js';
import type { NamedDatabase } from '../../model/config.js';
import type { Inventory } from '../../model/site.js';
import { applyHtml, applyMarkdown, applyPretty } from '../../report/index.js';
import { maskDeep } from '../../secrets.js';
import { type ExitCode, type Register, show, withMigration } from '../command.js';
import { about, type Renderers, requireFormat } from '../formats.js';
import type { ApplyRequest } from '../migration.js';
import { type CommonFlags, refuseFailOn } from '../options.js';
import { PRIVATE, tell } from '../output.js';

interface ApplyFlags {
  batch?: string;
  sites?: string;
  dryRun?: true;
  exitCode?: true;
  include?: 'review';
  allowDirty?: true;
  formatWith?: string;
  showSecrets?: true;
  typecheck?: true;
}

const REPORT_KEYS = ['schemaVersion', 'dryRun', 'batches', 'totals', 'kept'];

/** The report with what it names by ids and names only. */
interface Applied {
  report: ApplyReport;
  inventory: Inventory;
  databases: readonly NamedDatabase[];
}

const RENDERERS: Renderers<Applied> = {
  pretty: ({ report }, view) => applyPretty(report, view),
  markdown: applyMarkdown,
  html: applyHtml,
};

export const registerApply: Register = (program, around, done) => {
  program
    .command('apply')
    .description('rewrite the sites of a batch; a unit is written wholly or not at all')
    .argument('[path]', 'folder to work on', '.')
    .option('--batch <id|next|all>', 'batch of the plan')
    .option('--sites <ids>', 'these sites as a batch of their own, separated by commas')
    .option('--dry-run', 'write nothing, show the changes as a diff that `git apply` takes')
    .option('--exit-code', 'with --dry-run: exit 1 when something would change')
    .addOption(new Option('--include <verdict>', 'also rewrite sites that need a review').choices(['review']))
    .option('--allow-dirty', 'work on files that are not committed, or without git')
    .option('--format-with <command>', "run the project's formatter on the changed files")
    .option('--typecheck', "run the project's type checker, and take back what brings new errors")
    .option('--show-secrets', 'do not mask secrets in the diff; only with --dry-run and --output')
    .action(async (path: string, own: ApplyFlags, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'apply');
      refuseFailOn(flags, 'apply');
      const request = requestOf(own, flags);
      const { messages, taken, ...report } = await withMigration(path, flags, around, (migration, options) =>
        migration.applyChanges(options, request),
      );
      // The stage that writes diffs masks them, and says so in `masked`.
      const verbatim = new Set(['diff']);
      const mode = request.showSecrets ? { mode: PRIVATE } : {};
      const { databases } = taken.config;
      const render = about(RENDERERS, (data: ApplyReport) => {
        return { report: data, databases, inventory: maskDeep(taken.inventory) };
      });
      show({ data: report, keys: REPORT_KEYS, render, verbatim, ...mode }, flags, around);
      for (const message of messages) tell(`redis-migrate: ${message}`, flags, around);
      done(exitCode(report, own));
    });
};

function requestOf(own: ApplyFlags, flags: CommonFlags): ApplyRequest {
  const sites = own.sites?.split(',').map((id) => id.trim()) ?? null;
  if ((own.batch === undefined) === (sites === null)) {
    throw new UserError(
      'apply needs either --batch <id|next|all> or --sites <ids>',
      '`redis-migrate plan` lists the batches.',
    );
  }
  if (sites?.includes('')) throw new UserError('--sites holds an empty id', 'Separate ids by single commas.');
  if (own.exitCode && !own.dryRun) throw new UserError('--exit-code is for --dry-run only');
  if (own.dryRun && own.formatWith !== undefined) {
    throw new UserError(
      '--format-with cannot be part of a dry run',
      'It runs on the changed files once they are written.',
    );
  }
  if (own.dryRun && own.typecheck) {
    throw new UserError('--typecheck cannot be part of a dry run', 'It looks at the files once they are written.');
  }
  if (own.showSecrets && !(own.dryRun && flags.output !== undefined)) {
    throw new UserError('--show-secrets is only allowed with --dry-run and --output <file>');
  }
  return {
    batch: own.batch ?? null,
    sites,
    dryRun: own.dryRun ?? false,
    includeReview: own.include === 'review',
    allowDirty: own.allowDirty ?? false,
    formatWith: own.formatWith ?? null,
    showSecrets: own.showSecrets ?? false,
    typecheck: own.typecheck ?? false,
  };
}

function exitCode({ totals }: ApplyReport, { exitCode: asked }: ApplyFlags): ExitCode {
  return totals.failed > 0 || (asked && totals.rewritten > 0) ? 1 : 0;
}
