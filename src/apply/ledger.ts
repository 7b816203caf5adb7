/** The committed record of what a batch did: `batches/<id>.json`, site ids and outcomes, one file a batch. */

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.js';
import { type BatchReport, type Ledger, OUTCOMES } from '../model/change.js';
import { PURPOSES } from '../model/site.js';
import { errorCode, readBytes } from './files.js';
import type { Started } from './started.js';
import { STATE_FOLDER } from './state.js';

const schema = z.object({
  schemaVersion: z.literal(1),
  batch: z.string(),
  title: z.string(),
  purpose: z.enum(PURPOSES),
  files: z.array(z.string()),
  sites: z.array(z.object({ id: z.string(), outcome: z.enum(OUTCOMES) })),
  starts: z.array(z.string()).exactOptional(),
  asks: z.array(z.string()).exactOptional(),
});

export function ledgerPath(stateDir: string, batch: string): string {
  return join(stateDir, 'batches', `${batch}.json`);
}

/** The ledger of a batch; null when it has none. Throws UserError when the file is not a ledger. */
export function readLedger(stateDir: string, batch: string): Ledger | null {
  const bytes = readBytes(ledgerPath(stateDir, batch));
  return bytes === null ? null : parseLedger(bytes.toString('utf8'), `${STATE_FOLDER}/batches/${batch}.json`);
}

/** All ledgers, sorted by batch id; none without a state folder. Throws UserError for a file that is not a ledger. */
export function readLedgers(stateDir: string): Ledger[] {
  let names: string[];
  try {
    names = readdirSync(join(stateDir, 'batches'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
  const ids = names.filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -'.json'.length));
  return ids.sort().flatMap((id) => readLedger(stateDir, id) ?? []);
}

/** Ids of the sites that some batch has rewritten. */
export function rewrittenSites(ledgers: readonly Ledger[]): Set<string> {
  const rows = ledgers.flatMap((ledger) => ledger.sites);
  return new Set(rows.filter((row) => row.outcome === 'rewritten').map((row) => row.id));
}

const NOTHING: Started = { starts: [], asks: [] };

/**
 * The ledger after a run of the batch. A batch may be applied more than once (with `review` the second time): what an
 * earlier run has rewritten stays rewritten.
 */
export function ledgerAfter(before: Ledger | null, report: BatchReport, started: Started = NOTHING): Ledger {
  const outcomes = new Map(report.sites.map((site) => [site.id, site.outcome]));
  for (const row of before?.sites ?? []) {
    if (row.outcome === 'rewritten' || !outcomes.has(row.id)) outcomes.set(row.id, row.outcome);
  }
  return {
    schemaVersion: 1,
    batch: report.batch,
    title: before?.title ?? report.title,
    purpose: report.purpose,
    files: [...new Set([...(before?.files ?? []), ...report.files.map((file) => file.file)])].sort(),
    sites: [...outcomes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, outcome]) => ({ id, outcome })),
    ...together('starts', before, started),
    ...together('asks', before, started),
  };
}

function together<K extends keyof Started>(key: K, before: Ledger | null, started: Started): { [k in K]?: string[] } {
  const files = [...new Set([...(before?.[key] ?? []), ...started[key]])].sort();
  return files.length > 0 ? ({ [key]: files } as { [k in K]?: string[] }) : {};
}

/** The ledger when some of its files and sites were rolled back: those rows go. */
export function ledgerWithout(ledger: Ledger, files: ReadonlySet<string>, sites: ReadonlySet<string>): Ledger {
  return {
    ...ledger,
    files: ledger.files.filter((file) => !files.has(file)),
    sites: ledger.sites.filter((site) => !sites.has(site.id)),
  };
}

export function parseLedger(text: string, name: string): Ledger {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    // Neither parser says more than that the file is not what we wrote: a conflict left in it, or an edit by hand.
    throw new UserError(`${name} is not a ledger`, 'restore it from git');
  }
}
