/**
 * `--typecheck`: a batch is written under the journal and the project's own checkers look at it. Units that bring new errors
 * are taken back and the rest is written again, until nothing new is complained of.
 */

import type { BatchReport, RewriteResult, Unit } from '../model/change.js';
import type { Reason } from '../model/site.js';
import { type ApplyRequest, applyBatch } from './batch.js';
import { checkersFor, complaintsOf } from './checkers.js';
import { type Complaint, newComplaints } from './complaints.js';
import { FormatError } from './format.js';
import { writableUnits } from './settle.js';

export interface CheckedRequest extends ApplyRequest {
  again: (units: Unit[]) => RewriteResult | Promise<RewriteResult>;
  /** What each checker says of the tree as the batches so far have left it; filled here. */
  baseline: Map<string, Complaint[]>;
}

/** Units that are left out, with what was said of them. */
type Blamed = Map<string, Reason>;

/** A batch written so that no checker has more against the tree than before. */
export async function applyChecked(request: CheckedRequest): Promise<BatchReport> {
  const run = new CheckedRun(request);
  const blamed: Blamed = new Map();
  for (;;) {
    const { report, fresh } = await run.attempt(blamed);
    if (fresh.length === 0) return report;
    const units = run.units(blamed);
    const guilty = units.filter(({ files }) => fresh.some(({ file }) => file !== null && files.includes(file)));
    const alone = guilty.length > 0 ? null : await run.withoutOne(units, blamed, fresh);
    if (alone !== null) return alone;
    // Nobody's file, and nobody's absence mends it: none of them is written.
    for (const unit of guilty.length > 0 ? guilty : units) blamed.set(unit.id, reasonOf(unit, fresh));
  }
}

class CheckedRun {
  private readonly before;
  private readonly checkers;

  constructor(private readonly request: CheckedRequest) {
    this.checkers = checkersFor(request.root, [...new Set(request.change.files.map(({ file }) => file))]);
    this.before = this.complaints(request.baseline);
  }

  /** What the checkers say now; those of `known` are not asked again, and what they say is kept there. */
  private complaints(known: Map<string, Complaint[]>): Complaint[] {
    return this.checkers.flatMap((checker) => {
      const said = known.get(checker.name) ?? complaintsOf(this.request.root, checker);
      known.set(checker.name, said);
      return said;
    });
  }

  /** Units of the batch that may still be written. */
  units(blamed: Blamed): Unit[] {
    const { batch, sites, units, includeReview } = this.request;
    return writableUnits(batch, sites, units, includeReview).filter(({ id }) => !blamed.has(id));
  }

  /** Writes the batch without some units and checks it; with new errors everything is as before. */
  async attempt(blamed: Blamed): Promise<{ report: BatchReport; fresh: Complaint[] }> {
    const { request } = this;
    const without = async (units: Unit[]): Promise<RewriteResult> => {
      const made = await request.again(units.filter(({ id }) => !blamed.has(id)));
      return { ...made, refused: [...made.refused, ...[...blamed].map(([unit, reason]) => ({ unit, reason }))] };
    };
    const change = blamed.size === 0 ? request.change : await without(this.units(blamed));
    let fresh: Complaint[] = [];
    const format = async (files: string[]) => {
      await request.format?.(files);
      const now = new Map<string, Complaint[]>();
      fresh = newComplaints(this.before, this.complaints(now));
      if (fresh.length > 0) throw new FormatError('the type checker has found new errors');
      for (const [name, said] of now) request.baseline.set(name, said);
    };
    const report = await applyBatch({ ...request, change, again: without, format });
    return { report, fresh };
  }

  /** Errors that lie in no changed file: the first unit without which they do not appear goes. */
  async withoutOne(units: readonly Unit[], blamed: Blamed, fresh: readonly Complaint[]): Promise<BatchReport | null> {
    if (units.length < 2) return null;
    for (const unit of units) {
      const tried = await this.attempt(new Map([...blamed, [unit.id, reasonOf(unit, fresh)]]));
      if (tried.fresh.length === 0) return tried.report;
    }
    return null;
  }
}

function reasonOf({ files }: Unit, fresh: readonly Complaint[]): Reason {
  const own = fresh.find(({ file }) => file !== null && files.includes(file)) ?? fresh[0];
  const at = own?.file ?? null;
  return { code: 'typecheck-failed', message: `it brings a new type error: ${own?.message ?? ''}`, at };
}
