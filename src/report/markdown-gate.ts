/** The answers of `scan`, `check` and `status` as Markdown: for comments, summaries of workflows, and wikis. */

import { type CheckReport, type StatusReport, type TallyRow, VIOLATIONS } from '../model/gate.js';
import type { Inventory } from '../model/site.js';
import { checkSums, kindsOf, outlook } from './check.js';
import { count } from './layout.js';
import { type Cuttable, code, fitted, list, table, text } from './markdown.js';
import { reasonMarkdown } from './markdown-parts.js';
import { decisionInWords, numbersOf, places, stateOf, sumsOf } from './status.js';

/** The inventory: sums, sites in a table, findings, files that could not be read. */
export function scanMarkdown({ summary, sites, findings, files }: Inventory): string {
  const sums = [summary.byVerdict, summary.byCategory, summary.byRole].map((numbers) =>
    Object.entries(numbers)
      .map(([name, number]) => `${name} ${number}`)
      .join(' · '),
  );
  return fitted([
    `## Redis: ${count(sites.length, 'site')}`,
    list(sums.filter((line) => line !== '')),
    summary.assumed === null ? '' : `> Assumed: ${text(summary.assumed)}`,
    findings.length === 0 ? '' : '### Findings',
    list(
      findings.map(
        (one) => `**${one.severity}** ${code(`${one.file}:${one.line}`)} ${code(one.code)}: ${text(one.message)}`,
      ),
    ),
    files.failed.length === 0 ? '' : '### Files that could not be read',
    list(files.failed.map(({ file, message }) => `${code(file)}: ${text(message)}`)),
    sites.length === 0 ? '' : '### Sites',
    cut(sites.length, 'sites', (shown) =>
      table(
        ['Verdict', 'Site', 'What', 'Role', 'Purpose', 'Database', 'Reasons'],
        sites.slice(0, shown).map((site) => [
          site.verdict,
          code(`${site.file}:${site.line}`),
          code(site.api ?? site.category),
          site.role ?? '',
          site.purpose ?? '',
          site.database === null ? '' : code(site.database),
          site.reasons
            .filter((one) => one.code !== 'purpose')
            .map(reasonMarkdown)
            .join('\n'),
        ]),
      ),
    ),
  ]);
}

/** The gate: violations in a table, what to do about them, what the baseline knows. */
export function checkMarkdown(report: CheckReport): string {
  const { violations, fixed } = report;
  return fitted([
    `## Redis: ${violations.length === 0 ? '✅' : '❌'} ${text(checkSums(report))}`,
    list(kindsOf(violations).map((kind) => `${code(kind)}: ${text(VIOLATIONS[kind].todo)}`)),
    cut(violations.length, 'violations', (shown) =>
      table(
        ['Place', 'What', 'Message'],
        violations
          .slice(0, shown)
          .map((one) => [code(`${one.file}:${one.line}`), code(one.code), text(one.message + outlook(one))]),
      ),
    ),
    fixed.length === 0
      ? ''
      : `${count(fixed.length, 'line')} of the baseline can go: ${code('redis-migrate check --baseline --update')}.`,
  ]);
}

/** The state of the migration: a page of a wiki. */
export function statusMarkdown(report: StatusReport): string {
  const tables: [string, readonly TallyRow[]][] = [
    ['By purpose', report.byPurpose],
    ['By directory', report.byDirectory],
    ['By owner', report.byOwner],
  ];
  return fitted([
    `## Redis migration: ${stateOf(report)}`,
    `${sumsOf(report)}.`,
    '### Complete when',
    list(
      report.checklist.map(({ text: words, done, left }) => `[${done ? 'x' : ' '}] ${text(words)}${whatIsLeft(left)}`),
    ),
    report.batches.length === 0 ? '' : '### Batches',
    table(
      ['State', 'Batch', 'Title', 'Sites', 'Since'],
      report.batches.map(({ state, id, title, rewritten, sites, date }) => [
        state,
        code(id),
        text(title),
        `${rewritten}/${sites}`,
        date ?? '',
      ]),
    ),
    ...tables.flatMap(([title, rows]) => (rows.length === 0 ? [] : [`### ${title}`, tally(rows)])),
    report.kept.length === 0 ? '' : '### What stays, and why',
    list(
      report.kept.map(
        ({ code: name, message, sites }) =>
          `${sites.length} × ${code(name)}: ${text(message)} ${code(places(sites, 10))}`,
      ),
    ),
    report.decisions.length === 0 ? '' : '### Decisions',
    list(report.decisions.map((one) => `${code(one.at)} ${text(decisionInWords(one))}`)),
    report.burndown.length === 0 ? '' : '### Burndown',
    table(
      ['Day', 'Commit', 'Moved', 'Left'],
      report.burndown.map(({ date, commit, migrated, left }) => [date, code(commit), String(migrated), String(left)]),
    ),
  ]);
}

function whatIsLeft(left: readonly string[]): string {
  return left.length === 0
    ? ''
    : `: ${left.slice(0, 10).map(code).join(', ')}${left.length > 10 ? ` and ${left.length - 10} more` : ''}`;
}

function tally(rows: readonly TallyRow[]): string {
  return table(
    ['', 'Moved', 'Rewrite', 'Review', 'Kept', 'Exempt'],
    rows.map((row) => [code(row.name), ...numbersOf(row).map(String)]),
  );
}

function cut(items: number, what: string, shownTable: (shown: number) => string): Cuttable {
  return {
    items,
    render: (shown) => {
      const more = shown < items ? `\n\n_${items - shown} more ${what} are left out: the text would be too long._` : '';
      return shownTable(shown) + more;
    },
  };
}
