/** The batches for a terminal. */

import type { Batch, Plan } from '../model/change.js';
import type { Inventory } from '../model/site.js';
import { count, page, plain, type View, wrap } from './layout.js';
import { staysPart } from './reasons.js';
import { staysOf } from './stays.js';

/** Batches in order with their files, then what stays and why. `inventory` gives the places of sites. */
export function planPretty(plan: Plan, inventory: Inventory, view: View): string {
  const sites = new Map(inventory.sites.map((site) => [site.id, site]));
  const kept = plan.kept.map(({ site, reasons }) => {
    const at = sites.get(site);
    return { place: at ? `${at.file}:${at.line}` : site, reasons };
  });
  return page([
    headline(plan, view),
    ...plan.batches.map((batch, index) => batchBlock(batch, index, view)),
    staysPart('What stays', kept, view),
    plan.batches.length > 0
      ? `Look at the first: ${view.color.bold('redis-migrate apply --batch next --dry-run')}`
      : '',
  ]);
}

function headline({ batches, kept }: Plan, view: View): string {
  const sites = batches.reduce((sum, batch) => sum + batch.sites.length, 0);
  const files = new Set(batches.flatMap((batch) => batch.files)).size;
  const todo =
    batches.length === 0
      ? 'nothing to rewrite'
      : `${count(batches.length, 'batch', 'batches')}: ${count(sites, 'site')} in ${count(files, 'file')}`;
  return `${view.color.bold(todo)}; ${count(staysOf(kept).listed.length, 'site stays', 'sites stay')}`;
}

function batchBlock(batch: Batch, index: number, view: View): string {
  const lead = `${String(index + 1).padStart(3)}  ${view.color.bold(batch.id)}  ${plain(batch.title)}`;
  const facts = `     purpose ${batch.purpose}, risk ${batch.risk}, ${count(batch.files.length, 'file')}, ${count(batch.sites.length, 'site')}`;
  return [
    lead,
    view.color.dim(facts),
    ...batch.files.map((file) => `     ${wrap(file, view.width - 5, '       ')}`),
  ].join('\n');
}
