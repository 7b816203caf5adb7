/**
 * The only room that writes sources. The order of a run: `withLock`, `recover`, `requireClean`, then scan to rewrite, then
 * `applyBatch` for each batch. What another stage has computed is only written if the bytes on disk are still the same.
 */

export { type ApplyRequest, applyBatch, type DryRunRequest, dryRunBatch } from './batch.js';
export { createNewFiles, isFreeModule } from './create.js';
export { requireClean } from './dirty.js';
export type { Fault } from './fault.js';
export { formatWith } from './format.js';
export { parseLedger, readLedgers, rewrittenSites } from './ledger.js';
export { withLock } from './lock.js';
export { type Recovered, recover } from './recover.js';
export { type Mask, sumTotals } from './report.js';
export { type RollbackReport, type RollbackRequest, rollback } from './rollback.js';
export { type BatchRequest, writableUnits } from './settle.js';
export { STATE_FOLDER, writeStateFile, writeTextFile } from './state.js';
export { applyChecked } from './typecheck.js';
