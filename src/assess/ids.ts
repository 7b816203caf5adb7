/** Stable ids: they survive moves of lines, not changes of what a site is. */

import { createHash } from 'node:crypto';
import type { Category } from '../model/site.js';
import { compare } from './order.js';

const LENGTH = 16;

/** Hash of texts, in order. */
export function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, LENGTH);
}

/** What an id is made of. */
export interface Identified {
  file: string;
  line: number;
  column: number;
  symbol: readonly string[];
  bound: string | null;
  category: Category;
  digest: string;
}

/** An id for each, in the same order. Equal ones get an ordinal by their place in the file. */
export function idsOf(sites: readonly Identified[]): string[] {
  const seen = new Map<string, number>();
  const ids = new Map<Identified, string>();
  for (const site of [...sites].sort(byPlace)) {
    const base = JSON.stringify([site.file, site.symbol, site.bound, site.category, site.digest]);
    const ordinal = seen.get(base) ?? 0;
    seen.set(base, ordinal + 1);
    ids.set(site, hashOf(ordinal === 0 ? [base] : [base, String(ordinal)]));
  }
  return sites.map((site) => ids.get(site) ?? '');
}

/**
 * Where sites went whose files were renamed, or whose code was taken to another file as it is: old id → new id. `stored`
 * are ids with the files that they may have been in. A site whose own id is stored has not come from elsewhere.
 */
export function movedIds(
  sites: readonly Identified[],
  stored: readonly { id: string; files: readonly string[] }[],
): Map<string, string> {
  const ids = idsOf(sites);
  const there = new Set(ids);
  const known = new Set(stored.map(({ id }) => id));
  const gone = stored.filter(({ id }) => !there.has(id));
  const moved = new Map<string, string>();
  for (const from of [...new Set(gone.flatMap(({ files }) => files))].sort(compare)) {
    const lost = new Set(gone.flatMap(({ id, files }) => (files.includes(from) ? [id] : [])));
    for (const file of [...new Set(sites.map((site) => site.file))].sort(compare)) {
      const members = sites.flatMap((site, index) => (site.file === file ? [{ site, id: ids[index] ?? '' }] : []));
      const before = idsOf(members.map(({ site }) => ({ ...site, file: from })));
      for (const [index, old] of before.entries()) {
        const id = members[index]?.id ?? '';
        if (!lost.has(old) || moved.has(old) || known.has(id)) continue;
        moved.set(old, id);
        known.add(id);
      }
    }
  }
  return moved;
}

/** Order of the inventory. */
export function byPlace(
  a: { file: string; line: number; column: number },
  b: { file: string; line: number; column: number },
): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}
