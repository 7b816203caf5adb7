/** What `init`, `rollback` and `accept` did, for a terminal. */

import type { GuardRule } from '../model/guard.js';
import type { DecisionReport, InitReport, RollbackReport } from './answers.js';
import { columns, count, page, plain, shorten, type View, wrap } from './layout.js';
import { reasonLines } from './reasons.js';

/** What was found, what was written, what to do next. */
export function initPretty(report: InitReport, view: View): string {
  const { bold, green } = view.color;
  const groups = report.groups.map(({ name, identity, sites }) => [name, identity, count(sites, 'site')]);
  const accessors = report.accessors.map(({ file, name, callSites }) => [name, file, count(callSites, 'call')]);
  const steps = report.next.map((step, index) => `  ${index + 1}. ${wrap(step, view.width - 5, '     ')}`);
  const libraries = report.libraries.map(({ name, versions, openings }) => [
    name,
    versions.join(', '),
    count(openings, 'opening'),
  ]);
  const scopes = report.scopes.length > 1 ? report.scopes.map(({ file, scope }) => [file, scope]) : [];
  return page([
    part(bold('Libraries'), libraries, view),
    part(bold('Databases'), groups, view),
    part(bold('Accessors in the tree'), accessors, view),
    part(bold('Accessors by scope'), scopes, view),
    report.tests.length > 0 ? `${bold('Tests')}\n  ${wrap(report.tests.join(', '), view.width - 2, '  ')}` : '',
    report.written.length > 0
      ? report.written.map((file) => `${green('written')}  ${shorten(file, view.width - 9)}`).join('\n')
      : 'Nothing was written.',
    steps.length > 0 ? [bold('Next'), ...steps].join('\n') : '',
    ...report.guard.flatMap((rule) => guardPart(rule, view)),
  ]);
}

/** What is to be added by hand, as it must stand there: long lines stay whole. */
function guardPart({ tool, file, state, why, text }: GuardRule, view: View): string[] {
  if (state === 'written') return [];
  const name = `${tool}${file === null ? '' : `  ${file}`}`;
  if (state === 'unchanged') return [wrap(`${name}: has the rules already`, view.width, '  ')];
  return [wrap(`${name}: to be added by hand, because ${why}`, view.width, '  '), text];
}

function part(title: string, rows: string[][], view: View): string {
  return rows.length === 0 ? '' : `${title}\n${columns(rows, [{}, { shrinks: true }, {}], view)}`;
}

/** Batches that are undone with the files that have their old bytes again, then what was refused and why. */
export function rollbackPretty({ batches, refused }: Omit<RollbackReport, 'messages'>, view: View): string {
  if (batches.length === 0 && refused.length === 0) return 'Nothing to roll back.\n';
  const files = batches.reduce((sum, { files: { length } }) => sum + length, 0);
  const title = `Rolled back ${count(batches.length, 'batch', 'batches')}: ${count(files, 'file')} as before`;
  return page([
    view.color.bold(title),
    ...batches.map((one) =>
      [`  ${plain(one.batch)}`, ...one.files.map((file) => `    ${wrap(file, view.width - 4, '      ')}`)].join('\n'),
    ),
    ...refused.map(({ batch, reasons }) =>
      [`  ${view.color.red('refused')}  ${plain(batch)}`, ...reasonLines(reasons, view, '    ')].join('\n'),
    ),
  ]);
}

/** What was decided, on which site, and what it means from now on. */
export function decisionPretty(report: DecisionReport, view: View): string {
  const { decision, file, line, reason, until, differences, withdrawn, written } = report;
  const what = withdrawn
    ? `Taken back: the decision to ${decision} it`
    : decision === 'do'
      ? 'Accepted: it will be changed'
      : 'Left: it stays as it is';
  const limit = until === null ? '' : ` (until ${until})`;
  return page([
    view.color.bold(wrap(`${file}:${line}`, view.width, '  ')),
    [
      wrap(`${what}${limit}. ${reason}`, view.width),
      ...differences.map((one) => `  ${wrap(one, view.width - 2, '  ')}`),
    ].join('\n'),
    wrap(`written  .redis-migrate/${written}: commit it.`, view.width, '  '),
  ]);
}
