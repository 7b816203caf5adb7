/** How far the migration is, for a terminal. */

import type { BatchStatus, DecisionStatus, StatusReport, TallyRow } from '../model/gate.js';
import { columns, count, page, type View, wrap } from './layout.js';
import { paired, part } from './sections.js';

/** Progress, batches, tables, what stays and why, history, and the list of what completes it. */
export function statusPretty(report: StatusReport, view: View): string {
  return page([
    headline(report, view),
    batches(report.batches, view),
    table('By purpose', report.byPurpose, view),
    table('By directory', report.byDirectory, view),
    table('By owner', report.byOwner, view),
    kept(report, view),
    decided(report.decisions, view),
    burndown(report, view),
    checklist(report, view),
  ]);
}

/** Share of the sites that were moved, of all that can be, in whole percent: never 100 while something is left. Null: nothing can be. */
export function percentOf({ totals }: StatusReport): number | null {
  const all = totals.migrated + totals.planned + totals.review;
  return all === 0 ? null : Math.floor((totals.migrated * 100) / all);
}

/** `complete`, `40 % of what can move`, or that nothing can. */
export function stateOf(report: StatusReport): string {
  const percent = percentOf(report);
  if (report.complete) return 'complete';
  return percent === null ? 'not complete, and nothing can move' : `${percent} % of what can move`;
}

/** `12 calls of the accessor, 3 to rewrite, 1 to review, 2 kept, 0 exempt`. */
export function sumsOf({ totals }: StatusReport): string {
  const { migrated, planned, review, kept: stay, exempt } = totals;
  return `${count(migrated, 'call')} of the accessor, ${planned} to rewrite, ${review} to review, ${stay} kept, ${exempt} exempt`;
}

function headline(report: StatusReport, { color, width }: View): string {
  const percent = percentOf(report);
  const state = report.complete ? color.green.bold(stateOf(report)) : color.bold(stateOf(report));
  const cells = Math.max(10, Math.min(40, width - 4));
  const full = Math.round(((percent ?? 0) * cells) / 100);
  return [
    `${color.bold('status:')} ${state}`,
    ...(percent === null ? [] : [`  ${color.green('█'.repeat(full))}${color.dim('░'.repeat(cells - full))}`]),
    `  ${wrap(sumsOf(report), width - 2, '  ')}`,
  ].join('\n');
}

function batches(all: readonly BatchStatus[], view: View): string {
  if (all.length === 0) return '';
  const rows = all.map(({ id, title, state, rewritten, sites, date }) => [
    state,
    id,
    title,
    `${rewritten}/${sites}`,
    date ?? '',
  ]);
  const shape = [{}, {}, { shrinks: true as const }, { align: 'right' as const }, {}];
  return `${view.color.bold('Batches')}\n${columns(rows, shape, view)}`;
}

const HEAD = ['moved', 'rewrite', 'review', 'kept', 'exempt'];
/** Columns that the table needs beside names that are cut. */
const TABLE_WIDTH = 56;

function table(title: string, rows: readonly TallyRow[], view: View): string {
  if (rows.length === 0) return '';
  if (view.width < TABLE_WIDTH)
    return part(
      title,
      rows.map((row) => `  ${wrap(rowInWords(row), view.width - 2, '    ')}`),
      view,
    );
  const head = ['', ...HEAD];
  const lines = rows.map((row) => [row.name, ...numbersOf(row).map((number) => (number === 0 ? '·' : String(number)))]);
  const right = { align: 'right' as const };
  const shape = [{ shrinks: true as const }, right, right, right, right, right];
  return `${view.color.bold(title)}\n${columns([head, ...lines], shape, view)}`;
}

/** `src/cache: 2 moved, 1 kept`. */
function rowInWords(row: TallyRow): string {
  const parts = numbersOf(row).flatMap((number, index) => (number === 0 ? [] : `${number} ${HEAD[index]}`));
  return `${row.name}: ${parts.join(', ')}`;
}

/** In the order of the columns. */
export function numbersOf({ migrated, planned, review, kept: stay, exempt }: TallyRow): number[] {
  return [migrated, planned, review, stay, exempt];
}

/** `leave until 2027-01-31: vendored`; what no longer holds says why. */
export function decisionInWords({ decision, reason, until, stale }: DecisionStatus): string {
  const day = until === null ? '' : ` until ${until}`;
  return `${decision}${day}: ${reason}${stale === null ? '' : ` (no longer holds: ${stale})`}`;
}

function decided(decisions: readonly DecisionStatus[], view: View): string {
  const rows = decisions.map((one) => [one.at, decisionInWords(one)] as const);
  return part('Decisions', paired(rows, view), view);
}

const SHOWN = 3;

/** The first places of a list, and how many more there are. */
export function places(all: readonly string[], shown = SHOWN): string {
  const more = all.length > shown ? ` and ${all.length - shown} more` : '';
  return all.slice(0, shown).join(', ') + more;
}

function kept({ kept: reasons }: StatusReport, view: View): string {
  const lines = reasons.flatMap(({ code, sites }) => [
    `  ${wrap(`${sites.length} × ${code}: ${places(sites)}`, view.width - 2, '      ')}`,
  ]);
  return part('What stays, and why', lines, view);
}

/** What stands beside the bars: day, commit, numbers of up to four digits. */
const BESIDE_BARS = 52;
const LEAST_BAR = 5;

function burndown({ burndown: points }: StatusReport, view: View): string {
  if (points.length === 0) return '';
  const title = view.color.bold('Burndown');
  const right = { align: 'right' as const };
  const cells = Math.min(30, view.width - BESIDE_BARS);
  if (cells < LEAST_BAR) {
    const rows = points.map(({ date, migrated, left }) => [date, `${migrated} moved`, `${left} left`]);
    return `${title}\n${columns(rows, [{}, right, right], view)}`;
  }
  const most = Math.max(1, ...points.map(({ left }) => left));
  const rows = points.map(({ date, commit, migrated, left }) => [
    ...[date, commit, `${migrated} moved`, `${left} left`],
    '█'.repeat(Math.ceil((left * cells) / most)),
  ]);
  return `${title}\n${columns(rows, [{}, {}, right, right, { paint: view.color.cyan }], view)}`;
}

function checklist({ checklist: items }: StatusReport, view: View): string {
  const lines = items.map(({ text, done, left }) => {
    const mark = done ? view.color.green('[x]') : view.color.yellow('[ ]');
    const rest = done ? '' : `: ${places(left)}`;
    return `  ${mark} ${wrap(text + rest, view.width - 6, '      ')}`;
  });
  return part('Complete when', lines, view);
}
