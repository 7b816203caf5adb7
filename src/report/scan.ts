/** The inventory for a terminal. */

import type { Finding, Inventory, Site } from '../model/site.js';
import { columns, count, page, shorten, type View, wrap, wrapBehind } from './layout.js';
import { painted, reasonLines } from './reasons.js';

/** Sites by file with verdict and reasons, security findings, files that could not be read, and the sums. */
export function scanPretty(inventory: Inventory, view: View): string {
  const files = new Map<string, Site[]>();
  for (const site of inventory.sites) files.set(site.file, [...(files.get(site.file) ?? []), site]);
  return page([
    headline(inventory, files.size, view),
    ...[...files].map(([file, sites]) => fileBlock(file, sites, view)),
    findings(inventory.findings, view),
    failed(inventory, view),
  ]);
}

function headline({ tool, summary, sites, files }: Inventory, inFiles: number, view: View): string {
  const found = sites.length === 0 ? 'no Redis sites' : `${count(sites.length, 'site')} in ${count(inFiles, 'file')}`;
  const name = `${tool.name} ${tool.version}`;
  const lines = [
    wrap(`${name}: ${found} (${count(files.walked, 'file')} walked, ${files.parsed} parsed)`, view.width, '  ').replace(
      name,
      view.color.bold(name),
    ),
    ...[summary.byVerdict, summary.byCategory, summary.byRole].map((numbers) => sums(numbers, view)),
  ];
  if (summary.assumed !== null) lines.push(view.color.yellow(wrap(`Assumed: ${summary.assumed}`, view.width, '  ')));
  return lines.filter((line) => line !== '').join('\n');
}

function sums(numbers: Record<string, number>, view: View): string {
  const shown = Object.entries(numbers).filter(([, number]) => number > 0);
  return shown.length === 0
    ? ''
    : `  ${wrap(shown.map(([name, number]) => `${name} ${number}`).join(' · '), view.width - 2, '  ')}`;
}

function fileBlock(file: string, sites: readonly Site[], view: View): string {
  const rows = sites.map((site) => ({ site, line: siteLine(site, view) }));
  return [
    view.color.underline(wrap(file, view.width, '  ')),
    ...rows.flatMap(({ site, line }) => [line, ...below(site, view)]),
  ].join('\n');
}

function siteLine(site: Site, view: View): string {
  const place = `${site.line}:${site.column}`;
  const what = [site.api ?? site.category, site.container, roleOf(site), databaseOf(site, view), zoneOf(site)];
  const text = what.filter((part) => part !== null).join(' · ');
  const lead = `  ${place.padEnd(8)}${site.verdict.padEnd(9)}`;
  return lead.replace(site.verdict, painted(site.verdict, view)) + wrapBehind(text, lead.length, view.width);
}

function roleOf({ role, purpose }: Site): string | null {
  return role === null ? null : purpose === null || purpose === 'unknown' ? role : `${role} (${purpose})`;
}

/** The name of the database, else where it is as far as there is room: the reasons say it in full. */
function databaseOf({ database, identity }: Site, { width }: View): string | null {
  if (database !== null) return `database ${database}`;
  const address = identity?.key ?? identity?.terms.server ?? null;
  return address === null ? null : shorten(address, Math.max(20, width - 20));
}

function zoneOf({ zone }: Site): string | null {
  return zone === 'production' ? null : zone;
}

function below(site: Site, view: View): string[] {
  const exempt = site.exempt;
  const until = exempt?.until ? ` until ${exempt.until}` : '';
  const line = exempt ? [{ code: `exempt by ${exempt.by}${until}`, message: exempt.reason, at: null }] : [];
  return reasonLines([...line, ...site.reasons], view, ' '.repeat(10));
}

function findings(found: readonly Finding[], view: View): string {
  if (found.length === 0) return '';
  const lines = found.map(({ severity, code, file, line, message }) => {
    const paint = severity === 'high' ? view.color.red : severity === 'medium' ? view.color.yellow : view.color.dim;
    const text = wrap(`${file}:${line} ${code}: ${message}`, view.width - 10, ' '.repeat(10));
    return `  ${paint(severity.padEnd(8))}${text}`;
  });
  return [view.color.bold('Findings'), ...lines].join('\n');
}

function failed({ files }: Inventory, view: View): string {
  if (files.failed.length === 0) return '';
  const title = view.color.red(`${count(files.failed.length, 'file')} could not be read`);
  const rows = files.failed.map(({ file, message }) => [file, message]);
  return `${title}\n${columns(rows, [{}, { shrinks: true }], view)}`;
}
