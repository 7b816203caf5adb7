/** One batch: its id, its title, its lists. */

import { createHash } from 'node:crypto';
import type { Batch, Unit } from '../model/change.js';
import type { Purpose, Site } from '../model/site.js';
import { compare } from './order.js';

export interface BatchParts {
  purpose: Purpose;
  risk: number;
  units: readonly Unit[];
  sites: readonly Site[];
  owner: string | null;
}

/** A batch of the given parts; its id depends on purpose, units and sites alone, in whatever order they come. */
export function makeBatch(parts: BatchParts): Batch {
  const units = parts.units.map((unit) => unit.id).sort(compare);
  const sites = [...parts.sites].sort(byPosition).map((site) => site.id);
  const files = filesOf(parts.units, parts.sites);
  return {
    id: digest([parts.purpose, units, [...sites].sort(compare)]),
    title: titleOf(parts.purpose, sites.length, files, parts.owner),
    purpose: parts.purpose,
    risk: parts.risk,
    files,
    sites,
    units,
  };
}

/** The first 12 hex digits of a SHA-256: enough for the batches of one repository. */
export function digest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}

/** Every file that units change or sites lie in, sorted. */
export function filesOf(units: readonly Unit[], sites: readonly Site[]): string[] {
  return [...new Set([...units.flatMap((unit) => unit.files), ...sites.map((site) => site.file)])].sort(compare);
}

/** Order of the inventory: file, line, column. */
export function byPosition(a: Site, b: Site): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.id, b.id);
}

/** `write-cache: 3 sites in 2 files (src/cache)`. */
export function titleOf(purpose: string, sites: number, files: readonly string[], owner: string | null): string {
  const folder = commonFolder(files);
  const where = folder === '' ? '' : ` (${folder})`;
  return `${purpose}: ${count(sites, 'site')} in ${count(files.length, 'file')}${where}${owner === null ? '' : `, ${owner}`}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function commonFolder(files: readonly string[]): string {
  const folders = files.map((file) => file.split('/').slice(0, -1));
  const shared = folders[0] ?? [];
  let depth = shared.length;
  for (const folder of folders) {
    const differs = shared.findIndex((name, index) => folder[index] !== name);
    if (differs !== -1) depth = Math.min(depth, differs);
  }
  return shared.slice(0, depth).join('/');
}
