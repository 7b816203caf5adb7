/** The table of sites with its filter, findings, and files that could not be read. */

import type { Inventory, Reason, Site } from '../../model/site.js';
import { saysItsCode } from '../reasons.js';
import { badge, code, esc, list, prose, type Section, table } from './elements.js';

export function inventorySections({ sites, findings, files }: Inventory): Section[] {
  return [
    {
      id: 'findings',
      title: 'Findings',
      content: table(
        ['Severity', 'Place', 'What', 'Message'],
        findings.map((one) => [
          badge(one.severity),
          code(`${one.file}:${one.line}`),
          code(one.code),
          prose(one.message),
        ]),
      ),
    },
    { id: 'sites', title: 'Sites', content: sites.length === 0 ? '' : filter(sites) + siteTable(sites) },
    {
      id: 'unread',
      title: 'Files that could not be read',
      content: table(
        ['File', 'Why'],
        files.failed.map(({ file, message }) => [code(file), prose(message)]),
      ),
    },
  ];
}

const FIELDS = ['verdict', 'category', 'role', 'purpose', 'zone'] as const;

function filter(sites: readonly Site[]): string {
  const selects = FIELDS.map((field) => {
    const values = [...new Set(sites.flatMap((site) => site[field] ?? []))].sort();
    const options = values.map((value) => `<option>${esc(value)}</option>`).join('');
    return `<label>${field}<select name="${field}"><option value="">all</option>${options}</select></label>`;
  });
  return [
    '<form id="filter" hidden>',
    '<label>words<input name="words" type="search" placeholder="file, reason, database …"></label>',
    ...selects,
    '<button type="reset">all</button>',
    `<output id="shown" class="soft">${sites.length} of ${sites.length}</output></form>`,
  ].join('');
}

function siteTable(sites: readonly Site[]): string {
  const head = ['Verdict', 'Place', 'What', 'Role', 'Purpose', 'Database', 'Why'];
  const rows = sites.map((site) => {
    const data = FIELDS.map((field) => `data-${field}="${esc(site[field] ?? '')}"`).join(' ');
    const cells = cellsOf(site).map((cell) => `<td>${cell}</td>`);
    return `<tr id="site-${esc(site.id)}" ${data}>${cells.join('')}</tr>`;
  });
  const titles = head.map((one) => `<th scope="col">${one}</th>`).join('');
  return `<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody id="site-rows">${rows.join('\n')}</tbody></table></div>`;
}

function cellsOf(site: Site): string[] {
  const what = [code(site.api ?? site.category), site.container, site.zone === 'production' ? null : site.zone];
  return [
    badge(site.verdict),
    `${code(`${site.file}:${site.line}`)}`,
    what.filter((part) => part !== null).join(' · '),
    esc(site.role ?? ''),
    esc(site.purpose ?? ''),
    site.database === null ? '' : code(site.database),
    why(site),
  ];
}

/** The first reason in sight, the rest to be opened, with where it connects. */
function why({ reasons, exempt, identity, id }: Site): string {
  const rest = reasons.slice(1).map(reasonHtml);
  const terms = Object.entries(identity?.terms ?? {}).filter(([, term]) => term !== 'default');
  const facts = [...rest, ...terms.map(([name, term]) => `${esc(name)}: ${code(term)}`), `id ${code(id)}`];
  const by = exempt
    ? `<p>Exempt by ${esc(exempt.by)}${exempt.until ? ` until ${esc(exempt.until)}` : ''}: ${prose(exempt.reason)}</p>`
    : '';
  const first = reasons[0] ? `<p>${reasonHtml(reasons[0])}</p>` : '';
  return `${by}${first}<details><summary class="soft">all that is known</summary>${list(facts)}</details>`;
}

export function reasonHtml({ code: name, message, at }: Reason): string {
  const lead = saysItsCode({ code: name, message }) ? '' : `${code(name)} `;
  return `${lead}${prose(message)}${at === null ? '' : ` <span class="soft">(${code(at)})</span>`}`;
}
