/** The recipe of `explain`: all that is known of one site, with the edit that would move it, or what a code means. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dryRunBatch } from './apply/index.js';
import { startChanges } from './changes.js';
import { codeExplanation } from './explain/codes.js';
import { findSite, mayBeSite, unknownCode } from './explain/find.js';
import { siteExplanation } from './explain/site.js';
import { type MigrateOptions, type Taken, takeInventory } from './migrate.js';
import type { Site } from './model.js';
import { batchOfSites } from './plan/index.js';
import type { ExplainedEdit, Explanation } from './report/explanation.js';
import { maskReport } from './secrets.js';

/**
 * Explains a code (`closes-shared`) without looking at the tree, or a site: by its id or the beginning of it, or by
 * `file:line`. Writes nothing. Throws a `UserError` when nothing or several things fit.
 */
export async function explain(o: MigrateOptions, { what }: { what: string }): Promise<Explanation> {
  const code = codeExplanation(what);
  if (code !== null) return code;
  if (!mayBeSite(what)) throw unknownCode(what);
  const taken = await takeInventory(o);
  const site = findSite(what, taken);
  o.onStage?.('computing the edit');
  return { ...siteExplanation(site, taken), edit: await editOf(site, taken) };
}

/** The change of the unit of a site, as if it were the only one; null when it stays. */
async function editOf({ unit: id }: Site, taken: Taken): Promise<ExplainedEdit | null> {
  const { root, stateDir, sites, units, config } = taken;
  const unit = units.find((one) => one.id === id);
  if (!unit) return null;
  const changes = await startChanges((file) => readFileSync(join(root, file), 'utf8'), taken.namesTaken(unit.files));
  const change = changes.next([unit]);
  const report = await dryRunBatch({
    ...{ root, stateDir, sites, units, includeReview: true, mask: maskReport, change },
    batch: batchOfSites(unit.sites, sites, units, config),
    again: (fewer) => changes.next(fewer),
    // Nothing will be written, so whether the files may be written is of no account.
    overlay: new Map(change.files.map(({ file, before }) => [file, before])),
  });
  const files = report.files.map(({ file, linesAdded, linesRemoved, diff }) => ({
    ...{ file, linesAdded, linesRemoved, diff },
  }));
  const failed = report.sites.filter(({ outcome }) => outcome === 'failed').flatMap(({ reasons }) => reasons);
  const refused = [...new Map(failed.map((reason) => [JSON.stringify(reason), reason])).values()];
  return { files, masked: report.masked, refused };
}
