/** One file that holds all of a result: no other file, no network; readable without JavaScript. */

import { createHash } from 'node:crypto';
import type { ApplyReport, Plan } from '../../model/change.js';
import type { CheckReport, StatusReport } from '../../model/gate.js';
import type { Inventory } from '../../model/site.js';
import { count } from '../layout.js';
import { tool } from '../tool.js';
import { appliedSections, planSection } from './batches.js';
import { esc, prose, type Section, section } from './elements.js';
import { checkSection, statusSections } from './gate.js';
import { SCRIPT } from './script.js';
import { inventorySections } from './sites.js';
import { STYLE } from './style.js';

export function scanHtml(inventory: Inventory): string {
  return pageOf('Inventory', inventorySums(inventory), inventorySections(inventory));
}

export function planHtml({ plan, inventory }: { plan: Plan; inventory: Inventory }): string {
  return pageOf('Plan', inventorySums(inventory), [planSection(plan, inventory), ...inventorySections(inventory)]);
}

export function applyHtml({ report, inventory }: { report: ApplyReport; inventory: Inventory }): string {
  const { totals, dryRun } = report;
  const sums = `${dryRun ? 'A dry run: nothing is written. ' : ''}${count(totals.sites, 'site')}: ${totals.rewritten} moved, ${totals.unchanged} unchanged, ${totals.kept} kept, ${totals.failed} failed; ${count(totals.files, 'file')}, +${totals.linesAdded} −${totals.linesRemoved} lines.`;
  return pageOf('Batches', sums, [...appliedSections(report), ...inventorySections(inventory)]);
}

export function checkHtml({ report, inventory }: { report: CheckReport; inventory: Inventory }): string {
  return pageOf('Check', '', [checkSection(report), ...inventorySections(inventory)]);
}

export function statusHtml(report: StatusReport): string {
  return pageOf('Status', '', statusSections(report));
}

function inventorySums({ summary, sites, files }: Inventory): string {
  const verdicts = Object.entries(summary.byVerdict).map(([verdict, number]) => `${verdict} ${number}`);
  const assumed = summary.assumed === null ? '' : ` Assumed: ${summary.assumed}`;
  return `${count(sites.length, 'site')} (${verdicts.join(', ')}), ${count(files.walked, 'file')} walked.${assumed}`;
}

function pageOf(title: string, sums: string, sections: readonly Section[]): string {
  const { name, version } = tool();
  const shown = sections.filter(({ content }) => content !== '');
  const links = shown.map(({ id, title: heading }) => `<a href="#${esc(id)}">${esc(heading)}</a>`);
  // Widths of bars are styles of their elements: a hash cannot allow those.
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${esc(`${name}: ${title}`)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    `<header><h1>${esc(title)}</h1>${sums === '' ? '' : `<p>${prose(sums)}</p>`}<nav>${links.join('')}</nav></header>`,
    `<main>${shown.map(section).join('\n')}</main>`,
    `<footer class="soft"><p>${esc(`${name} ${version}`)}</p></footer>`,
    `<script>${SCRIPT}</script></body></html>`,
    '',
  ].join('\n');
}

/** What the policy of the page allows to run: exactly this text. */
function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
