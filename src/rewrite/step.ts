/** Batches one after the other: what one changes when those before it are done. */

import type { FileChange, RewriteResult, Unit } from '../model/change.js';

/**
 * The part of a result that `units` are for. All spans are of the text as scanned, so batches that share files are
 * always computed together: `all` is the result for the units of earlier batches and these, `before` for the earlier ones.
 */
export function step(before: RewriteResult, all: RewriteResult, units: readonly Unit[]): RewriteResult {
  const own = new Set(units.map(({ id }) => id));
  const earlier = new Map(before.files.map((change) => [change.file, change]));
  return {
    files: all.files.flatMap((change) => stepOf(earlier.get(change.file), change, own)),
    refused: all.refused.filter(({ unit }) => own.has(unit)),
  };
}

function stepOf(earlier: FileChange | undefined, change: FileChange, own: ReadonlySet<string>): FileChange[] {
  const before = earlier?.after ?? change.before;
  if (before === change.after) return [];
  const units = change.units.filter((id) => own.has(id));
  const importsRemoved = change.importsRemoved.filter((name) => !earlier?.importsRemoved.includes(name));
  return [{ file: change.file, before, after: change.after, units, importsRemoved }];
}
