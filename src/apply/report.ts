/** The report of a batch: every site with its one outcome, every file with its diff. */

import type { BatchReport, FileReport, SiteReport, Totals } from '../model/change.js';
import type { Reason, Site } from '../model/site.js';
import { diffOf } from './diff.js';
import type { BatchRequest, Settled } from './settle.js';
import type { Target } from './target.js';

/** Hides secrets in a text and says whether it hid any. */
export type Mask = (text: string) => { text: string; masked: boolean };

/** What the files hold in the end; a formatter may have had a hand in it. Keys are `FileChange.file`. */
export type FinalTexts = ReadonlyMap<string, string>;

export function batchReport(request: BatchRequest, settled: Settled, mask: Mask, texts?: FinalTexts): BatchReport {
  const { batch } = request;
  const byId = new Map(request.sites.map((site) => [site.id, site]));
  const diffs = settled.targets.map((target) => fileReport(target, mask, texts?.get(target.change.file)));
  const files = diffs.map((diff) => diff.report);
  const sites = batch.sites.flatMap((id) => siteReport(byId.get(id), settled) ?? []);
  return {
    batch: batch.id,
    title: batch.title,
    purpose: batch.purpose,
    files,
    sites,
    totals: totalsOf(files, sites),
    masked: diffs.some((diff) => diff.masked),
  };
}

/** The same batch when it had to be undone: nothing is written, and what would have been rewritten has failed. */
export function failedSettled(settled: Settled, reason: Reason): Settled {
  const outcomes = new Map(
    [...settled.outcomes].map(([id, outcome]) => [
      id,
      outcome.outcome === 'rewritten' ? { id, outcome: 'failed' as const, reasons: [reason] } : outcome,
    ]),
  );
  return { targets: [], outcomes, written: [] };
}

/** Totals of several batches. A file that several of them change counts once. */
export function sumTotals(batches: readonly Pick<BatchReport, 'totals' | 'files'>[]): Totals {
  const sum: Totals = {
    files: 0,
    sites: 0,
    rewritten: 0,
    unchanged: 0,
    kept: 0,
    failed: 0,
    linesAdded: 0,
    linesRemoved: 0,
  };
  for (const { totals } of batches) {
    for (const key of Object.keys(sum) as (keyof Totals)[]) sum[key] += totals[key];
  }
  return { ...sum, files: new Set(batches.flatMap(({ files }) => files.map(({ file }) => file))).size };
}

/** A mask in an added line would become code: the note makes `git apply` refuse the patch (it ends the header). */
function inapplicable(diff: string): string {
  return diff.replace('\n@@ ', '\n# secrets are masked in this diff: it cannot be applied\n@@ ');
}

function fileReport(target: Target, mask: Mask, final: string | undefined): { report: FileReport; masked: boolean } {
  const { file, before, after, created, importsRemoved } = target.change;
  const diff = diffOf(file, before, final ?? after, created === true);
  const shown = mask(diff.text);
  const { linesAdded, linesRemoved } = diff;
  const text = shown.masked ? inapplicable(shown.text) : shown.text;
  return { report: { file, linesAdded, linesRemoved, importsRemoved, diff: text }, masked: shown.masked };
}

function siteReport(site: Site | undefined, settled: Settled): SiteReport | null {
  const outcome = site === undefined ? undefined : settled.outcomes.get(site.id);
  if (site === undefined || outcome === undefined) return null;
  const { file, line, category, pattern, database, role, purpose } = site;
  return { ...outcome, file, line, category, pattern, database, role, purpose };
}

function totalsOf(files: readonly FileReport[], sites: readonly SiteReport[]): Totals {
  const ended = (outcome: SiteReport['outcome']) => sites.filter((site) => site.outcome === outcome).length;
  return {
    files: files.length,
    sites: sites.length,
    rewritten: ended('rewritten'),
    unchanged: ended('unchanged'),
    kept: ended('kept'),
    failed: ended('failed'),
    linesAdded: files.reduce((sum, file) => sum + file.linesAdded, 0),
    linesRemoved: files.reduce((sum, file) => sum + file.linesRemoved, 0),
  };
}
