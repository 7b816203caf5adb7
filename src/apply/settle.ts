/** How each site of a batch ends, and which files may be written for it. Looks at the disk, changes nothing. */

import type { Batch, FileChange, Outcome, RewriteResult, Unit } from '../model/change.js';
import type { Reason, Site } from '../model/site.js';
import { type Checked, checkTarget, type Place, type Target } from './target.js';

/** A batch with all that was computed for it. */
export interface BatchRequest extends Place {
  batch: Batch;
  /** The inventory; at least every site of the batch. */
  sites: readonly Site[];
  /** At least every unit of the batch. */
  units: readonly Unit[];
  /** What rewrite and verify say of the units that `writableUnits` gives for this batch. */
  change: RewriteResult;
  includeReview: boolean;
  /**
   * Computes the change anew for fewer units, when some must be left out because a file of theirs cannot be written.
   * Without it every unit that shares a file with those is left out as well: a text that holds both cannot be divided.
   */
  again?: (units: Unit[]) => RewriteResult | Promise<RewriteResult>;
}

/** The batch before it is written. */
export interface Settled {
  /** Files to write; empty when nothing changes. Sorted. */
  targets: Target[];
  /** One for every site of the batch. */
  outcomes: Map<string, Outcome>;
  /** Units that are written, with their sites. */
  written: { id: string; sites: string[] }[];
}

type Check = (change: FileChange) => Checked;

/** The units of a batch that may change: those for which `change` must be computed. */
export function writableUnits(
  batch: Batch,
  sites: readonly Site[],
  units: readonly Unit[],
  includeReview: boolean,
): Unit[] {
  const byId = new Map(sites.map((site) => [site.id, site]));
  return unitsOf(batch, units).filter((unit) => whyNot(unit, byId, includeReview) === null);
}

/** Decides every outcome. `check` says whether a file can be written. Throws when `change` is for other units. */
export async function settle(request: BatchRequest, check?: Check): Promise<Settled> {
  const { batch, sites, units, includeReview } = request;
  const byId = new Map(sites.map((site) => [site.id, site]));
  const writable = writableUnits(batch, sites, units, includeReview);
  const { change, failed } = await writablePart(request, writable, check ?? ((file) => checkTarget(request, file)));
  for (const refusal of change.refused) if (!failed.has(refusal.unit)) failed.set(refusal.unit, refusal.reason);
  const changed = new Set(change.targets.flatMap((target) => target.change.units));
  const outcomes = new Map<string, Outcome>();
  const ofSite = new Map(unitsOf(batch, units).flatMap((unit) => unit.sites.map((id) => [id, unit] as const)));
  for (const id of batch.sites) {
    const site = byId.get(id);
    if (site === undefined) throw new Error(`batch ${batch.id} names the site ${id}, which is not in the inventory`);
    outcomes.set(id, outcomeOf(site, ofSite.get(id), { byId, includeReview, failed, changed }));
  }
  const written = writable.filter((unit) => changed.has(unit.id)).map(({ id, sites }) => ({ id, sites }));
  return { targets: change.targets, outcomes, written };
}

interface Facts {
  byId: ReadonlyMap<string, Site>;
  includeReview: boolean;
  failed: ReadonlyMap<string, Reason>;
  changed: ReadonlySet<string>;
}

function outcomeOf(site: Site, unit: Unit | undefined, facts: Facts): Outcome {
  const end = (outcome: Outcome['outcome'], ...reasons: Reason[]): Outcome => ({ id: site.id, outcome, reasons });
  const at = `${site.file}:${site.line}`;
  if (site.exempt !== null) return end('kept', { code: 'exempt', message: site.exempt.reason, at });
  if (site.verdict === 'keep') return end('kept', ...site.reasons);
  if (unit === undefined) return end('kept', { code: 'no-unit', message: 'no change was computed for this site', at });
  const not = whyNot(unit, facts.byId, facts.includeReview);
  if (not !== null)
    return end(not.outcome, ...(not.outcome === 'unchanged' ? site.reasons : []), { ...not.reason, at });
  const failure = facts.failed.get(unit.id);
  if (failure !== undefined) return end('failed', failure);
  if (facts.changed.has(unit.id)) return end('rewritten', ...site.reasons);
  return end('unchanged', { code: 'already-done', message: 'the code is already as it should be', at });
}

interface Refusal {
  outcome: 'kept' | 'unchanged';
  reason: { code: string; message: string };
}

/** Why a unit is not even tried; null: it is. A unit changes wholly or not at all, so one site that stays keeps all. */
function whyNot(unit: Unit, sites: ReadonlyMap<string, Site>, includeReview: boolean): Refusal | null {
  const stays = unit.sites
    .flatMap((id) => sites.get(id) ?? [])
    .find((site) => site.exempt !== null || site.verdict === 'keep');
  if (stays !== undefined) {
    const message = `it can only change together with ${stays.file}:${stays.line}, which stays`;
    return { outcome: 'kept', reason: { code: 'unit-kept', message } };
  }
  if (unit.verdict !== 'review' || includeReview || unit.accepted) return null;
  const message = 'a person must accept the differences: include review, or accept the site';
  return { outcome: 'unchanged', reason: { code: 'review-not-included', message } };
}

function unitsOf(batch: Batch, units: readonly Unit[]): Unit[] {
  return units.filter((unit) => batch.units.includes(unit.id));
}

interface WritablePart {
  change: { targets: Target[]; refused: RewriteResult['refused'] };
  failed: Map<string, Reason>;
}

/** The part of the change whose files can all be written, and the units that had to be left out. */
async function writablePart(request: BatchRequest, writable: readonly Unit[], check: Check): Promise<WritablePart> {
  const failed = new Map<string, Reason>();
  let change = request.change;
  for (;;) {
    expectOnly(change, writable, failed);
    const { targets, refused } = checkAll(change, check);
    if (refused.size === 0) return { change: { targets, refused: change.refused }, failed };
    for (const [unit, reason] of refused) failed.set(unit, reason);
    if (request.again === undefined) {
      spread(change, failed);
      const files = change.files.filter((file) => !file.units.some((unit) => failed.has(unit)));
      change = { files, refused: change.refused };
    } else {
      change = await request.again(writable.filter((unit) => !failed.has(unit.id)));
    }
  }
}

/** Units of files that cannot be written, with the reason. */
function checkAll(change: RewriteResult, check: Check): { targets: Target[]; refused: Map<string, Reason> } {
  const targets: Target[] = [];
  const refused = new Map<string, Reason>();
  const refuse = (units: readonly string[], reason: Reason) => {
    for (const unit of units) if (!refused.has(unit)) refused.set(unit, reason);
  };
  const paths = new Map<string, string>();
  for (const file of [...change.files].sort((a, b) => (a.file < b.file ? -1 : 1))) {
    if (file.before === file.after && file.created !== true) continue;
    const checked = check(file);
    if (!checked.ok) {
      refuse(file.units, checked.reason);
      continue;
    }
    const other = paths.get(checked.target.path);
    if (other !== undefined) {
      const message = `${file.file} is not written: it is the same file as ${other}, through a link`;
      refuse(file.units, { code: 'same-file', message, at: file.file });
      continue;
    }
    paths.set(checked.target.path, file.file);
    targets.push(checked.target);
  }
  return { targets, refused };
}

/** Whoever shares a file with a failed unit fails too, and so on. */
function spread(change: RewriteResult, failed: Map<string, Reason>): void {
  for (let grown = true; grown; ) {
    grown = false;
    for (const file of change.files) {
      const cause = file.units.map((unit) => failed.get(unit)).find((reason) => reason !== undefined);
      if (cause === undefined) continue;
      for (const unit of file.units) {
        if (failed.has(unit)) continue;
        failed.set(unit, { ...cause, message: `${file.file} changes only as a whole, and ${cause.message}` });
        grown = true;
      }
    }
  }
}

/** Writing what was not asked for would be worse than any error: that the stages disagree is a bug. */
function expectOnly(change: RewriteResult, writable: readonly Unit[], failed: ReadonlyMap<string, Reason>): void {
  const allowed = new Set(writable.filter((unit) => !failed.has(unit.id)).map((unit) => unit.id));
  for (const file of change.files) {
    const stranger = file.units.find((unit) => !allowed.has(unit));
    if (stranger !== undefined)
      throw new Error(`${file.file} was changed for unit ${stranger}, which is not to be written`);
    if (file.units.length === 0) throw new Error(`${file.file} was changed for no unit`);
  }
}
