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

/** Order of the inventory. */
export function byPlace(
  a: { file: string; line: number; column: number },
  b: { file: string; line: number; column: number },
): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column;
}
