/** `redis-migrate accept`: a person's decision on one site, stored for the team. */

import { InvalidArgumentError, Option } from 'commander';
import { UserError } from '../../errors.js';
import { type DecisionReport, decisionPretty } from '../../report/index.js';
import { type Register, show, withMigration } from '../command.js';
import { type Renderers, requireFormat } from '../formats.js';
import { type CommonFlags, refuseFailOn } from '../options.js';

const KEYS = [
  'schemaVersion',
  'site',
  'file',
  'line',
  'verdict',
  'decision',
  'reason',
  'until',
  'differences',
  'withdrawn',
  'written',
];

const RENDERERS: Renderers<DecisionReport> = { pretty: decisionPretty };

interface Own {
  reason?: string;
  do?: true;
  leave?: true;
  withdraw?: true;
  until?: string;
}

export const registerAccept: Register = (program, around, done) => {
  program
    .command('accept')
    .description('decide on one site: do it with its differences, or leave it; kept in .redis-migrate/decisions.json')
    .argument('<site>', 'id of a site, or its beginning; or file:line')
    .argument('[path]', 'folder to work on', '.')
    .option('--reason <text>', 'why, for those who come after')
    .addOption(new Option('--do', 'accept its differences').conflicts('leave'))
    .addOption(new Option('--leave', 'it stays as it is').conflicts('do'))
    .addOption(new Option('--withdraw', 'take a decision back').conflicts(['do', 'leave', 'reason', 'until']))
    .option('--until <date>', 'last day on which the decision holds', day)
    .action(async (what: string, path: string, own: Own, command) => {
      const flags = command.optsWithGlobals() as CommonFlags;
      requireFormat(flags.format, RENDERERS, 'accept');
      refuseFailOn(flags, 'accept');
      const reason = own.reason?.trim() ?? '';
      if (reason === '' && !own.withdraw)
        throw new UserError('accept needs --reason "…"', 'It is what others will read.');
      const decision = own.do ? 'do' : own.leave ? 'leave' : null;
      const request = { what, reason, decision, until: own.until ?? null } as const;
      const report = await withMigration(path, flags, around, (migration, options) =>
        own.withdraw ? migration.withdraw(options, { what }) : migration.accept(options, request),
      );
      show({ data: report, keys: KEYS, render: RENDERERS }, flags, around);
      done(0);
    });
};

function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const valid = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!valid) throw new InvalidArgumentError('It must be a day like 2027-01-31.');
  return text;
}
