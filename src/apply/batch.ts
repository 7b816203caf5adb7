/** One batch, written or only shown. Both go the same way as far as writing. */

import type { BatchReport, FileChange } from '../model/change.js';
import { type Fault, noFault } from './fault.js';
import { ledgerAfter, readLedger } from './ledger.js';
import { type RecoverOptions, recover } from './recover.js';
import { batchReport, failedSettled, type Mask } from './report.js';
import { type BatchRequest, settle } from './settle.js';
import { startedBy } from './started.js';
import { jsonText } from './state.js';
import { type Checked, checkTarget } from './target.js';
import { writeBatch } from './write.js';

export interface DryRunRequest extends BatchRequest {
  mask: Mask;
  /**
   * Texts that earlier batches of the same dry run would have written. They count as what is on the disk, and this
   * batch adds its own.
   */
  overlay?: Map<string, string>;
}

export interface ApplyRequest extends BatchRequest {
  mask: Mask;
  /** Runs with the changed files, once they are written, before the batch counts as done (`formatWith`). */
  format?: (files: string[]) => Promise<void>;
  /** Gets one line for a run that had to be recovered first. */
  tell?: (message: string) => void;
  fault?: Fault;
}

/**
 * Writes a batch: every site of it ends in exactly one outcome, every unit wholly or not at all, and when writing or the
 * formatter fails the whole batch is taken back. Nothing is written when nothing is rewritten, the ledger included. Call
 * it under the lock. Throws UserError when the state folder or an interrupted run stands in the way.
 */
export async function applyBatch(request: ApplyRequest): Promise<BatchReport> {
  const { root, stateDir, batch, mask, fault = noFault } = request;
  recover(recoverOptions(request));
  const settled = await settle(request);
  if (settled.targets.length === 0) return batchReport(request, settled, mask);
  const before = readLedger(stateDir, batch.id);
  const written = await writeBatch({
    place: { root, stateDir },
    batch: batch.id,
    settled,
    format: request.format ?? null,
    ledger: (texts) =>
      jsonText(ledgerAfter(before, batchReport(request, settled, mask, texts), startedBy(request, settled))),
    fault,
  });
  if (written.ok) return batchReport(request, settled, mask, written.texts);
  const message = mask(written.reason.message).text;
  return batchReport(request, failedSettled(settled, { ...written.reason, message }), mask);
}

/** The report that `applyBatch` would give, without a formatter. Writes nothing, needs neither lock nor git. */
export async function dryRunBatch(request: DryRunRequest): Promise<BatchReport> {
  const { overlay } = request;
  const settled = await settle(request, (change) => checkWith(request, overlay, change));
  for (const { change } of settled.targets) overlay?.set(change.file, change.after);
  return batchReport(request, settled, request.mask);
}

function recoverOptions({ root, stateDir, tell, fault }: ApplyRequest): RecoverOptions {
  return { root, stateDir, ...(tell === undefined ? {} : { tell }), ...(fault === undefined ? {} : { fault }) };
}

/** A file that an earlier batch of the dry run has changed is checked for what that one started from. */
function checkWith(
  request: DryRunRequest,
  overlay: ReadonlyMap<string, string> | undefined,
  change: FileChange,
): Checked {
  const seen = overlay?.get(change.file);
  if (seen === undefined) return checkTarget(request, change);
  if (seen !== change.before) {
    const message = `${change.file} is not written: it is not as the batch before leaves it`;
    return { ok: false, reason: { code: 'changed-since-scan', message, at: change.file } };
  }
  return { ok: true, target: { change, path: change.file, before: null, folders: [] } };
}
