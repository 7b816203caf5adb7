/** The report of a batch as a comment of a pull request. */

import type { ApplyReport, BatchReport, SiteReport } from '../model/change.js';
import type { NamedDatabase } from '../model/config.js';
import { ADVICE, rollbackLines } from './advice.js';
import { count } from './layout.js';
import { type Cuttable, code, details, fenced, fitted, list, table, text } from './markdown.js';
import { keptPart, reasonMarkdown } from './markdown-parts.js';
import { mocksMarkdown } from './mocks.js';

/** What the report itself does not hold. */
export interface Applied {
  report: ApplyReport;
  databases: readonly NamedDatabase[];
}

/** Every batch with its files, sites, databases and tests; what stays and why; the diffs last, cut when it is too long. */
export function applyMarkdown({ report, databases }: Applied): string {
  const numbers = new Map(databases.map(({ name, number }) => [name, number]));
  return fitted([
    headline(report),
    ...report.batches.flatMap((batch) => batchParts(batch, numbers)),
    ...keptPart(report.kept),
    ...report.batches.flatMap(diffs),
  ]);
}

function headline({ totals, dryRun, batches }: ApplyReport): string {
  if (batches.length === 0) return '## Redis: nothing to apply';
  const saved = totals.linesRemoved - totals.linesAdded;
  const lines = `+${totals.linesAdded} −${totals.linesRemoved} lines (${saved >= 0 ? `${saved} saved` : `${-saved} more`})`;
  const imports = batches.flatMap(({ files }) => files.flatMap(({ importsRemoved }) => importsRemoved)).length;
  const outcomes = [
    `**${count(totals.rewritten, 'site')}** moved to the accessor in **${count(totals.files, 'file')}**`,
    lines,
    `${count(imports, 'import')} removed`,
    ...(totals.unchanged > 0 ? [`${totals.unchanged} unchanged`] : []),
    ...(totals.kept > 0 ? [`${totals.kept} kept`] : []),
    ...(totals.failed > 0 ? [`**${totals.failed} failed**`] : []),
  ];
  return [
    `## Redis: ${batches.length === 1 ? text(batches[0]?.title ?? '') : count(batches.length, 'batch', 'batches')}`,
    ...(dryRun ? ['> A dry run: nothing is written yet.'] : []),
    `${outcomes.join(' · ')}.`,
  ].join('\n\n');
}

function batchParts(batch: BatchReport, numbers: ReadonlyMap<string, number>): (string | Cuttable)[] {
  const { title, why, test } = ADVICE[batch.purpose];
  const [exact, byGit] = rollbackLines(batch.batch);
  return [
    `### ${text(title)} (batch ${code(batch.batch)})\n\n${text(batch.title)}. ${text(why)}`,
    databasesOf(batch, numbers),
    rows(batch.files.length, 'files', (shown) =>
      table(
        ['File', '+', '−', 'Imports removed'],
        batch.files
          .slice(0, shown)
          .map(({ file, linesAdded, linesRemoved, importsRemoved }) => [
            code(file),
            String(linesAdded),
            String(linesRemoved),
            importsRemoved.map(code).join(', '),
          ]),
      ),
    ),
    rows(batch.sites.length, 'sites', (shown) =>
      table(
        ['Outcome', 'Site', 'Pattern', 'Role', 'Database'],
        batch.sites.slice(0, shown).map((site) => row(site, numbers)),
      ),
    ),
    differences(batch.sites),
    `**What to test after the merge**\n\n${list(test.map((one) => `[ ] ${text(one)}`))}`,
    rows(batch.mocks?.length ?? 0, 'tests', (shown) => mocksMarkdown(batch.mocks?.slice(0, shown))),
    `**Way back**: ${code(exact)} where it was applied, ${code(byGit)} everywhere else.`,
  ];
}

function rows(items: number, what: string, shownTable: (shown: number) => string): Cuttable {
  return {
    items,
    render: (shown) => {
      const more =
        shown < items ? `\n\n_${items - shown} more ${what} are left out: the comment would be too long._` : '';
      return shownTable(shown) + more;
    },
  };
}

function row(site: SiteReport, numbers: ReadonlyMap<string, number>): string[] {
  const { outcome, file, line, pattern, category, role, database } = site;
  const number = database === null ? undefined : numbers.get(database);
  const where = database === null ? '' : code(database) + (number === undefined ? '' : ` (${number})`);
  return [
    outcome === 'failed' ? '**failed**' : outcome,
    code(`${file}:${line}`),
    pattern ?? category,
    role ?? '',
    where,
  ];
}

/** `0 → main`, `4 → metrics`: which numbers have names now. */
function databasesOf({ sites, purpose }: BatchReport, numbers: ReadonlyMap<string, number>): string {
  const used = [...new Set(sites.flatMap(({ database }) => database ?? []))].sort();
  const named = used.map((name) => `${numbers.get(name) ?? '?'} → ${code(name)}`);
  const parts = [`Purpose: ${purpose}`, ...(named.length > 0 ? [`Databases: ${named.join(', ')}`] : [])];
  return `${parts.join(' · ')}.`;
}

/** Reasons of sites of the batch: what differs for those that move, why the others do not. */
function differences(sites: readonly SiteReport[]): string | Cuttable {
  const told = sites.flatMap(({ file, line, reasons }) =>
    reasons
      .filter(({ code: name }) => name !== 'purpose' && name !== 'role')
      .map((one) => `${code(`${file}:${line}`)} ${reasonMarkdown(one)}`),
  );
  if (told.length === 0) return '';
  return rows(
    told.length,
    'notes',
    (shown) => `**What changes, or stands in the way**\n\n${list(told.slice(0, shown))}`,
  );
}

function diffs(batch: BatchReport): (string | Cuttable)[] {
  if (batch.files.length === 0) return [];
  const masked = batch.masked ? '> Secrets in these diffs are masked: they cannot be applied.\n\n' : '';
  return [
    {
      items: batch.files.length,
      render: (shown) => {
        const parts = batch.files
          .slice(0, shown)
          .map(({ file, diff }) => details(`<code>${html(file)}</code>`, fenced(diff, 'diff')));
        const left = batch.files.length - shown;
        const more =
          left > 0
            ? [`_${count(left, 'diff')} of ${batch.files.length} left out: the comment would be too long._`]
            : [];
        return [`**Before and after** (batch ${code(batch.batch)})`, masked + [...parts, ...more].join('\n\n')].join(
          '\n\n',
        );
      },
    },
  ];
}

function html(words: string): string {
  return words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
