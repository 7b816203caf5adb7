/** Batches: planned, or with their outcomes and diffs. */

import type { ApplyReport, BatchReport, Plan } from '../../model/change.js';
import type { LostMock } from '../../model/mock.js';
import type { Inventory } from '../../model/site.js';
import { ADVICE, rollbackLines } from '../advice.js';
import { count } from '../layout.js';
import { TITLE } from '../mocks.js';
import { staysOf } from '../stays.js';
import { badge, code, diffBlock, esc, list, prose, type Section, table } from './elements.js';
import { reasonHtml } from './sites.js';

/** The batches of a plan; `inventory` says where their sites are. */
export function planSection({ batches }: Plan, { sites }: Inventory): Section {
  const byId = new Map(sites.map((site) => [site.id, site]));
  const parts = batches.map(({ id, title, purpose, sites: ids, mocks }, index) => {
    const rows = ids
      .flatMap((one) => byId.get(one) ?? [])
      .map((site) => [
        badge(site.verdict),
        code(`${site.file}:${site.line}`),
        esc(site.role ?? ''),
        esc(site.database ?? ''),
      ]);
    return [
      heading(`${index + 1}. ${ADVICE[purpose].title}`, id),
      `<p>${prose(title)}. ${prose(ADVICE[purpose].why)}</p>`,
      table(['Verdict', 'Site', 'Role', 'Database'], rows),
      mocksHtml(mocks),
      advice(purpose, id),
    ].join('');
  });
  return { id: 'batches', title: `Batches (${batches.length})`, content: parts.join('') };
}

/** Batches that were applied, or would be, with their diffs; then what stays outside of them. */
export function appliedSections(report: ApplyReport): Section[] {
  const { listed, counted } = staysOf(report.kept);
  const rows = listed.map(({ file, line, reasons }) => [code(`${file}:${line}`), list(reasons.map(reasonHtml))]);
  const also = counted.length === 0 ? '' : `<p class="soft">Not listed: ${esc(counted.join(', '))}.</p>`;
  return [
    {
      id: 'batches',
      title: `Batches (${report.batches.length})`,
      content: report.batches.map((batch, index) => batchHtml(batch, index)).join(''),
    },
    { id: 'stays', title: 'What stays, and why', content: table(['Place', 'Why'], rows) + also },
  ];
}

function batchHtml(batch: BatchReport, index: number): string {
  const { totals } = batch;
  const sites = batch.sites.map((site) => [
    badge(site.outcome),
    code(`${site.file}:${site.line}`),
    esc(site.role ?? ''),
    esc(site.database ?? ''),
    list(site.reasons.filter(({ code: name }) => name !== 'purpose').map(reasonHtml)),
  ]);
  const masked = batch.masked ? '<p>Secrets in these diffs are masked: they cannot be applied.</p>' : '';
  const diffs = batch.files.map(({ file, linesAdded, linesRemoved, diff }) => {
    const title = `${code(file)} <span class="soft">+${linesAdded} −${linesRemoved}</span>`;
    return `<details><summary>${title}</summary>${diffBlock(diff)}</details>`;
  });
  return [
    heading(`${index + 1}. ${ADVICE[batch.purpose].title}`, batch.batch),
    `<p>${prose(batch.title)}: ${count(totals.rewritten, 'site')} moved, ${totals.unchanged} unchanged, ${totals.kept} kept, ${totals.failed} failed; +${totals.linesAdded} −${totals.linesRemoved} lines.</p>`,
    table(['Outcome', 'Site', 'Role', 'Database', 'Notes'], sites),
    mocksHtml(batch.mocks),
    masked + diffs.join(''),
    advice(batch.purpose, batch.batch),
  ].join('');
}

function heading(title: string, id: string): string {
  return `<h3 id="batch-${esc(id)}">${esc(title)} <code class="soft">${esc(id)}</code></h3>`;
}

function mocksHtml(mocks: readonly LostMock[] = []): string {
  const items = mocks.map(
    ({ file, line, target, why, instead }) =>
      `${code(`${file}:${line}`)} mocks ${code(target)}: ${prose(`${why}. ${instead}`)}`,
  );
  return items.length === 0 ? '' : `<h4>${esc(TITLE)}</h4>${list(items)}`;
}

function advice(purpose: BatchReport['purpose'], id: string): string {
  const [exact, byGit] = rollbackLines(id);
  const tests = list(ADVICE[purpose].test.map(prose));
  return `<details><summary>What to test after the merge, and the way back</summary>${tests}<p>${code(exact)} where it was applied, ${code(byGit)} everywhere else.</p></details>`;
}
