/** The batches for a terminal. */

import type { Batch, Plan } from '../model/change.js';
import type { Inventory } from '../model/site.js';
import { ADVICE, rollbackLines, SHARED } from './advice.js';
import { count, page, type View, wrap } from './layout.js';
import { mockLines } from './mocks.js';
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
    lastWords(plan, view),
  ]);
}

function headline({ batches, kept }: Plan, view: View): string {
  const sites = batches.reduce((sum, batch) => sum + batch.sites.length, 0);
  const files = new Set(batches.flatMap((batch) => batch.files)).size;
  const todo =
    batches.length === 0
      ? 'nothing to rewrite'
      : `${count(batches.length, 'batch', 'batches')}: ${count(sites, 'site')} in ${count(files, 'file')}`;
  const stays = count(staysOf(kept).listed.length, 'site stays', 'sites stay');
  return wrap(`${todo}; ${stays}`, view.width, '  ').replace(todo, view.color.bold(todo));
}

function batchBlock(batch: Batch, index: number, view: View): string {
  const { why, test } = ADVICE[batch.purpose];
  const lead = `${String(index + 1).padStart(3)}  ${view.color.bold(batch.id)}  `;
  const under = (words: string) => `     ${wrap(words, view.width - 5, '       ')}`;
  return [
    lead + wrap(batch.title, view.width - 19, '       '),
    ...batch.files.map(under),
    view.color.dim(under(`why now: ${why}`)),
    ...test.filter((one) => one !== SHARED).map((one) => view.color.dim(under(`test after: ${one}`))),
    ...mockLines(batch.mocks, view, '     '),
  ].join('\n');
}

const NEXT = 'redis-migrate apply --batch next --dry-run';

/** What holds for every batch. */
function lastWords({ batches: [first] }: Plan, view: View): string {
  if (!first) return '';
  const [exact, byGit] = rollbackLines('<id>');
  return [
    wrap(`Look at the first: ${NEXT}`, view.width, '  ').replace(NEXT, view.color.bold(NEXT)),
    view.color.dim(wrap(`After each batch: ${SHARED}`, view.width, '  ')),
    view.color.dim(wrap(`Way back: \`${exact}\`; where it was not applied, \`${byGit}\`.`, view.width, '  ')),
  ].join('\n');
}
