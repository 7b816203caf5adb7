/** Accessors that must be started: which batch has written the start, and which batches live on it. */

import type { Ledger } from '../model/change.js';
import type { Reason } from '../model/site.js';
import type { BatchRequest, Settled } from './settle.js';

/** What a batch has to do with the start of accessors, by their files. */
export interface Started {
  starts: string[];
  asks: string[];
}

/** What a batch that is written writes and needs. A start counts where the text has more calls of it than before. */
export function startedBy({ units }: BatchRequest, { targets, written }: Settled): Started {
  const ids = new Set(written.map(({ id }) => id));
  const asked = units.flatMap(({ id, asks = [] }) => (ids.has(id) ? asks : []));
  const starts = asked.filter(({ accessor, start }) =>
    targets.some(
      ({ change }) => change.file !== accessor && callsOf(change.after, start) > callsOf(change.before, start),
    ),
  );
  return { starts: filesOf(starts), asks: filesOf(asked) };
}

function callsOf(text: string, name: string): number {
  return text.split(`${name}(`).length - 1;
}

function filesOf(asked: readonly { accessor: string }[]): string[] {
  return [...new Set(asked.map(({ accessor }) => accessor))].sort();
}

/** The first of some batches without whose start others, which stay, would find no client; null: there is none. */
export function startedForOthers(
  ledgers: readonly Ledger[],
  batches: ReadonlySet<string>,
): { batch: string; reasons: Reason[] } | null {
  for (const { batch, starts = [] } of ledgers) {
    if (!batches.has(batch)) continue;
    for (const accessor of starts) {
      const others = ledgers.filter((one) => !batches.has(one.batch) && one.asks?.includes(accessor));
      if (others.length > 0)
        return {
          batch,
          reasons: [
            startsFor(
              accessor,
              others.map((one) => one.batch),
            ),
          ],
        };
    }
  }
  return null;
}

function startsFor(accessor: string, others: readonly string[]): Reason {
  const which = others.length === 1 ? `batch ${others[0]} asks` : `batches ${others.join(', ')} ask`;
  const message = `the batch starts the accessor ${accessor}, which ${which}: roll those back first, or all`;
  return { code: 'starts-for-others', message, at: accessor };
}
