/** Which changes are reviewed together: units and sites in, batches out. Pure, but for reading the stored plan. */

export { batchOfSites, chooseBatches, findBatch } from './choose.js';
export type { MergedPlan, StaleEntry, StoredContext } from './merge.js';
export { mergePlan, staleWords } from './merge.js';
export { purposeOrder } from './order.js';
export { ownersAt } from './owners.js';
export type { OwnerOf } from './plan.js';
export { plan } from './plan.js';
export { PLAN_FILE, parsePlan, readPlan } from './stored.js';
