/** What `init` and `rollback` did, for a terminal. */

import type { InitReport, RollbackReport } from './answers.js';
import { columns, count, page, plain, shorten, type View, wrap } from './layout.js';

/** What was found, what was written, what to do next. */
export function initPretty(report: InitReport, view: View): string {
  const { bold, green } = view.color;
  const groups = report.groups.map(({ name, identity, sites }) => [name, identity, count(sites, 'site')]);
  const accessors = report.accessors.map(({ file, name, callSites }) => [name, file, count(callSites, 'call')]);
  const steps = report.next.map((step, index) => `  ${index + 1}. ${wrap(step, view.width - 5, '     ')}`);
  return page([
    part(bold('Databases'), groups, view),
    part(bold('Accessors in the tree'), accessors, view),
    report.written.length > 0
      ? report.written.map((file) => `${green('written')}  ${shorten(file, view.width - 9)}`).join('\n')
      : 'Nothing was written.',
    steps.length > 0 ? [bold('Next'), ...steps].join('\n') : '',
  ]);
}

function part(title: string, rows: string[][], view: View): string {
  return rows.length === 0 ? '' : `${title}\n${columns(rows, [{}, { shrinks: true }, {}], view)}`;
}

/** Batches that are undone and the files that have their old bytes again. */
export function rollbackPretty(report: RollbackReport, view: View): string {
  if (report.batches.length === 0 && report.files.length === 0) return 'Nothing to roll back.\n';
  return page([
    view.color.bold(
      `Rolled back ${count(report.batches.length, 'batch', 'batches')}: ${count(report.files.length, 'file')} as before`,
    ),
    [
      ...report.batches.map((batch) => `  batch  ${plain(batch)}`),
      ...report.files.map((file) => `  file   ${shorten(file, view.width - 9)}`),
    ].join('\n'),
  ]);
}
