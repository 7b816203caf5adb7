/** The batch report for a terminal. In a dry run it holds the diffs: `git apply` reads the whole text as a patch. */

import type { ApplyReport, BatchReport, FileReport, SiteReport, Totals } from '../model/change.js';
import { columns, count, page, shorten, type View, wrap } from './layout.js';
import { mockLines } from './mocks.js';
import { painted, reasonLines, staysPart } from './reasons.js';

/** Batches with files, sites and diffs, then what stays and why, then the sums. */
export function applyPretty(report: ApplyReport, view: View): string {
  return page([
    ...report.batches.flatMap((batch) => batchParts(batch, report.dryRun, view)),
    staysPart(
      'What stays, outside of these batches',
      report.kept.map(({ file, line, reasons }) => ({ place: `${file}:${line}`, reasons })),
      view,
    ),
    totals(report.totals, report, view),
  ]);
}

function batchParts(batch: BatchReport, dryRun: boolean, view: View): string[] {
  const { color } = view;
  const name = `Batch ${batch.batch}`;
  const title = wrap(`${name}  ${batch.title}  purpose ${batch.purpose}`, view.width, '  ').replace(
    name,
    color.bold(name),
  );
  const masked = batch.masked
    ? color.yellow(
        wrap(
          'Secrets in these diffs are masked, so they cannot be applied; --show-secrets with --output writes one that can.',
          view.width,
        ),
      )
    : '';
  return [
    [title, files(batch.files, view)].filter((part) => part !== '').join('\n'),
    sites(batch.sites, view),
    mockLines(batch.mocks, view, '').join('\n'),
    ...(dryRun ? [masked, ...batch.files.map(({ diff }) => paintedDiff(diff, view))] : []),
  ];
}

function files(changed: readonly FileReport[], view: View): string {
  const rows = changed.map(({ file, linesAdded, linesRemoved }) => [file, `+${linesAdded}`, `-${linesRemoved}`]);
  const table = columns(rows, [{ shrinks: true }, { paint: view.color.green }, { paint: view.color.red }], view);
  const removed = changed.flatMap(({ file, importsRemoved }) =>
    importsRemoved.length === 0
      ? []
      : [`  ${wrap(`imports removed from ${file}: ${importsRemoved.join(', ')}`, view.width - 2, '    ')}`],
  );
  return [table, ...removed].filter((part) => part !== '').join('\n');
}

function sites(all: readonly SiteReport[], view: View): string {
  return all
    .map((site) => {
      const words = [
        site.pattern ?? site.category,
        site.role,
        site.purpose,
        site.database && `database ${site.database}`,
      ];
      const lead = `  ${site.outcome.padEnd(11)}`;
      const place = shorten(`${site.file}:${site.line}`, view.width - lead.length);
      const facts = words.filter((word) => word !== null && word !== '').join(' · ');
      return [
        lead.replace(site.outcome, painted(site.outcome, view)) + place,
        view.color.dim(' '.repeat(lead.length) + wrap(facts, view.width - lead.length, ' '.repeat(lead.length))),
        ...reasonLines(site.reasons, view, ' '.repeat(lead.length)),
      ].join('\n');
    })
    .join('\n');
}

function totals(sum: Totals, report: ApplyReport, view: View): string {
  if (report.batches.length === 0) return 'Nothing to apply.';
  const outcomes = (['rewritten', 'unchanged', 'kept', 'failed'] as const)
    .map((key) => `${sum[key]} ${key}`)
    .join(', ');
  const text = `${count(sum.sites, 'site')}: ${outcomes}; ${count(sum.files, 'file')}, +${sum.linesAdded} -${sum.linesRemoved} lines`;
  return `${view.color.bold(report.dryRun ? 'Dry run, nothing is written.' : 'Done.')}\n  ${wrap(text, view.width - 2, '  ')}`;
}

/** The bytes of a diff are not touched but for colours. */
export function paintedDiff(diff: string, { color }: View): string {
  const text = diff.replace(/\n$/, '');
  if (color.level === 0) return text;
  return text
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+|diff |index )/.test(line)) return color.bold(line);
      if (line.startsWith('@@')) return color.cyan(line);
      if (line.startsWith('+')) return color.green(line);
      return line.startsWith('-') ? color.red(line) : line;
    })
    .join('\n');
}
