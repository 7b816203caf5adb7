/** The plan for people, as Markdown. */

import type { Batch, Plan } from '../model/change.js';
import type { Inventory } from '../model/site.js';
import { ADVICE, rollbackLines } from './advice.js';
import { count } from './layout.js';
import { code, fitted, list, table, text } from './markdown.js';
import { keptPart } from './markdown-parts.js';
import { mocksMarkdown } from './mocks.js';

/** Batches in order with why, files, sites, tests and the way back; then what stays. */
export function planMarkdown({ plan, inventory }: { plan: Plan; inventory: Inventory }): string {
  const sites = new Map(inventory.sites.map((site) => [site.id, site]));
  const kept = plan.kept.map(({ site, reasons }) => {
    const at = sites.get(site);
    return { file: at?.file ?? site, line: at?.line ?? 0, reasons };
  });
  const total = plan.batches.reduce((sum, batch) => sum + batch.sites.length, 0);
  return fitted([
    `## Redis: ${count(plan.batches.length, 'batch', 'batches')}, ${count(total, 'site')}`,
    ...plan.batches.map((batch, index) => batchPart(batch, index, sites)),
    ...keptPart(kept),
  ]);
}

function batchPart(batch: Batch, index: number, sites: ReadonlyMap<string, Inventory['sites'][number]>): string {
  const { title, why, test } = ADVICE[batch.purpose];
  const rows = batch.sites.flatMap((id) => sites.get(id) ?? []);
  const [exact, byGit] = rollbackLines(batch.id);
  return [
    `### ${index + 1}. ${text(title)} (${code(batch.id)})`,
    `${text(batch.title)}. ${text(why)}`,
    table(
      ['Verdict', 'Site', 'Role', 'Database'],
      rows.map(({ verdict, file, line, role, database }) => [
        verdict,
        code(`${file}:${line}`),
        role ?? '',
        database === null ? '' : code(database),
      ]),
    ),
    list(test.map((one) => `[ ] ${text(one)}`)),
    mocksMarkdown(batch.mocks),
    `Apply: ${code(`redis-migrate apply --batch ${batch.id}`)} · way back: ${code(exact)}, or ${code(byGit)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
