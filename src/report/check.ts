/** The gate's answer for a terminal. */

import { type CheckReport, VIOLATIONS, type Violation } from '../model/gate.js';
import { count, page, type View, wrap, wrapBehind } from './layout.js';
import { paired } from './sections.js';

/** Violations by file, what to do about each kind, and what the baseline says. */
export function checkPretty(report: CheckReport, view: View): string {
  const files = new Map<string, Violation[]>();
  for (const one of report.violations) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return page([
    headline(report, view),
    ...[...files].map(([file, violations]) => fileBlock(file, violations, view)),
    whatToDo(report.violations, view),
    fixed(report, view),
  ]);
}

/** The sums in one line: `3 violations; 2 known in .redis-migrate/baseline.txt`. */
export function checkSums({ totals, baseline, since }: CheckReport): string {
  const parts = [totals.violations === 0 ? 'clean' : count(totals.violations, 'violation')];
  if (since !== null) parts.push(`since ${since.ref} (${since.base.slice(0, 12)}), ${since.older} older`);
  if (baseline !== null) parts.push(`${totals.known} known in ${baseline}`);
  return parts.join('; ');
}

/** Kinds of violations that occur, in the order of the table. */
export function kindsOf(violations: readonly Violation[]): Violation['code'][] {
  const seen = new Set(violations.map(({ code }) => code));
  return (Object.keys(VIOLATIONS) as Violation['code'][]).filter((code) => seen.has(code));
}

function headline(report: CheckReport, { color, width }: View): string {
  const paint = report.violations.length === 0 ? color.green : color.red;
  return paint.bold(wrap(`check: ${checkSums(report)}`, width, '  '));
}

/** What `apply` makes of it: ` (rewrite)`, ` (keep: key-prefix)`. */
export function outlook({ verdict, why }: Violation): string {
  if (verdict === null) return '';
  return why === null ? ` (${verdict})` : ` (${verdict}: ${why})`;
}

function fileBlock(file: string, violations: readonly Violation[], view: View): string {
  const rows = violations.map((one) => {
    const { line, column, code, message } = one;
    const lead = `  ${`${line}:${column}`.padEnd(8)}`;
    const text = wrapBehind(`${code}: ${message}${outlook(one)}`, lead.length, view.width);
    return lead + text.replace(code, view.color.red(code));
  });
  return [view.color.underline(wrap(file, view.width, '  ')), ...rows].join('\n');
}

function whatToDo(violations: readonly Violation[], view: View): string {
  const kinds = kindsOf(violations).map((code) => [code, VIOLATIONS[code].todo] as const);
  return kinds.length === 0 ? '' : [view.color.bold('What to do'), ...paired(kinds, view)].join('\n');
}

function fixed({ fixed: gone, baseline }: CheckReport, view: View): string {
  if (gone.length === 0 || baseline === null) return '';
  const lines = gone.length === 1 ? '1 line of the baseline is' : `${gone.length} lines of the baseline are`;
  return wrap(`${lines} fixed: \`redis-migrate check --baseline --update\` takes them out.`, view.width);
}
