/** What `check` and `status` say, as sections of the page. */

import { type CheckReport, type StatusReport, type TallyRow, VIOLATIONS } from '../../model/gate.js';
import { checkSums, kindsOf, outlook } from '../check.js';
import { decisionInWords, numbersOf, percentOf, places, stateOf, sumsOf } from '../status.js';
import { badge, code, esc, list, prose, type Section, table } from './elements.js';

export function checkSection(report: CheckReport): Section {
  const rows = report.violations.map((one) => [
    `<span class="badge violation">${esc(one.code)}</span>`,
    code(`${one.file}:${one.line}`),
    prose(one.message + outlook(one)),
  ]);
  const known = report.known.map((one) => [code(one.code), code(`${one.file}:${one.line}`), prose(one.message)]);
  const todo = list(kindsOf(report.violations).map((kind) => `${code(kind)}: ${prose(VIOLATIONS[kind].todo)}`));
  const quiet =
    known.length === 0
      ? ''
      : `<details><summary>${known.length} known in ${code(report.baseline ?? '')}</summary>${table(['What', 'Place', 'Message'], known)}</details>`;
  return {
    id: 'check',
    title: 'The gate',
    content: `<p>${esc(checkSums(report))}</p>${todo}${table(['What', 'Place', 'Message'], rows)}${quiet}`,
  };
}

export function statusSections(report: StatusReport): Section[] {
  const percent = percentOf(report);
  const items = report.checklist.map(({ text, done, left }) => [
    badge(done ? 'done' : 'open'),
    esc(text),
    left.slice(0, 10).map(code).join(' ') + (left.length > 10 ? ` and ${left.length - 10} more` : ''),
  ]);
  return [
    {
      id: 'status',
      title: stateOf(report).replace(/^[a-z]/, (first) => first.toUpperCase()),
      content: `${percent === null ? '' : `<div class="bar"><span style="width:${percent}%"></span></div>`}<p>${esc(sumsOf(report))}</p>${table(['', 'Complete when', 'In the way'], items)}`,
    },
    {
      id: 'batches',
      title: 'Batches',
      content: table(
        ['State', 'Batch', 'Title', 'Sites', 'Since'],
        report.batches.map(({ state, id, title, rewritten, sites, date }) => [
          badge(state),
          code(id),
          prose(title),
          `${rewritten}/${sites}`,
          esc(date ?? ''),
        ]),
      ),
    },
    tally('purpose', 'By purpose', report.byPurpose),
    tally('directory', 'By directory', report.byDirectory),
    tally('owner', 'By owner', report.byOwner),
    {
      id: 'kept',
      title: 'What stays, and why',
      content: table(
        ['Sites', 'Reason', 'Message', 'Where'],
        report.kept.map((one) => [
          String(one.sites.length),
          code(one.code),
          prose(one.message),
          code(places(one.sites, 10)),
        ]),
      ),
    },
    decided(report),
    {
      id: 'burndown',
      title: 'Burndown',
      content: table(
        ['Day', 'Commit', 'Moved', 'Left'],
        report.burndown.map(({ date, commit, migrated, left }) => [
          esc(date),
          code(commit),
          String(migrated),
          String(left),
        ]),
      ),
    },
  ];
}

function decided({ decisions }: StatusReport): Section {
  return {
    id: 'decisions',
    title: 'Decisions',
    content: table(
      ['Where', 'Decision'],
      decisions.map((one) => [code(one.at), prose(decisionInWords(one))]),
    ),
  };
}

function tally(id: string, title: string, rows: readonly TallyRow[]): Section {
  const head = ['', 'Moved', 'Rewrite', 'Review', 'Kept', 'Exempt'];
  return {
    id,
    title,
    content: table(
      head,
      rows.map((row) => [code(row.name), ...numbersOf(row).map(String)]),
    ),
  };
}
