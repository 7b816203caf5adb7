/** Groups of units that a batch should hold together, and how groups fill batches. */

import type { Unit } from '../model/change.js';
import { compare } from './order.js';

/** Units and the files that they touch together. */
export interface Cluster {
  units: Unit[];
  /** Sorted. */
  files: string[];
}

/**
 * Units (of one purpose) that share a file, directly or through others, are one cluster. A cluster with more files than
 * `maxFiles` is cut between its units where the limit is reached: a file that everybody touches must not make one batch
 * of everything. Sorted by first file.
 */
export function clusters(units: readonly Unit[], maxFiles: number): Cluster[] {
  const found: Cluster[] = [];
  for (const unit of [...units].sort(byFiles)) {
    const touching = found.filter((cluster) => unit.files.some((file) => cluster.files.includes(file)));
    const together = join([...touching, { units: [unit], files: [...unit.files].sort(compare) }]);
    for (const cluster of touching) found.splice(found.indexOf(cluster), 1);
    found.push(together);
  }
  return found
    .flatMap((cluster) => (cluster.files.length <= maxFiles ? [cluster] : cut(cluster, maxFiles)))
    .sort(first);
}

/** Fills batches one after the other in the order given; a cluster that is larger than the limit is alone. */
export function pack(parts: readonly Cluster[], maxFiles: number): Cluster[] {
  const full: Cluster[] = [];
  let open: Cluster | null = null;
  for (const part of parts) {
    const together: Cluster = open === null ? part : join([open, part]);
    if (open !== null && together.files.length > maxFiles) {
      full.push(open);
      open = part;
    } else {
      open = together;
    }
  }
  return open === null ? full : [...full, open];
}

/** Units whose files are all in the part already never open another one. */
function cut(cluster: Cluster, maxFiles: number): Cluster[] {
  return pack(
    [...cluster.units].sort(byFiles).map((unit) => ({ units: [unit], files: [...unit.files].sort(compare) })),
    maxFiles,
  );
}

function join(parts: readonly Cluster[]): Cluster {
  return {
    units: parts.flatMap((part) => part.units),
    files: [...new Set(parts.flatMap((part) => part.files))].sort(compare),
  };
}

function first(a: Cluster, b: Cluster): number {
  return compare(a.files[0] ?? '', b.files[0] ?? '') || compare(firstId(a), firstId(b));
}

function firstId(cluster: Cluster): string {
  return cluster.units.map((unit) => unit.id).sort(compare)[0] ?? '';
}

function byFiles(a: Unit, b: Unit): number {
  return compare([...a.files].sort(compare).join('\n'), [...b.files].sort(compare).join('\n')) || compare(a.id, b.id);
}
