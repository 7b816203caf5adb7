/**
 * What the commands ask of the recipe (`src/migrate.ts`, `src/apply-changes.ts`, `src/initialise.ts`, `src/explain.ts`,
 * `src/check.ts`, `src/status.ts`), so that they can be tested without it.
 */

import type { ApplyRequest } from '../apply-changes.js';
import type { CheckRequest } from '../check.js';
import type { DecisionRequest } from '../decide.js';
import type { InitRequest } from '../initialise.js';
import type { MigrateOptions } from '../migrate.js';
import type { ApplyReport, Plan, Unit } from '../model/change.js';
import type { Config } from '../model/config.js';
import type { CheckReport, StatusReport } from '../model/gate.js';
import type { Inventory, Site } from '../model/site.js';
import type { DecisionReport, InitReport, RollbackReport } from '../report/answers.js';
import type { Explanation } from '../report/explanation.js';

export type { ApplyRequest } from '../apply-changes.js';
export type { MigrateOptions } from '../migrate.js';
export type { DecisionReport, InitReport, RollbackReport } from '../report/answers.js';

export interface Taken {
  inventory: Inventory;
  config: Config;
  units: Unit[];
  sites: Site[];
  /** Absolute path of `.redis-migrate`. */
  stateDir: string;
  /** Absolute. */
  root: string;
}

export interface Migration {
  takeInventory(options: MigrateOptions): Promise<Taken>;
  makePlan(
    options: MigrateOptions,
    request: { write: boolean },
  ): Promise<{ plan: Plan; stale: string[]; taken: Taken }>;
  applyChanges(
    options: MigrateOptions,
    request: ApplyRequest,
  ): Promise<ApplyReport & { messages: string[]; taken: Pick<Taken, 'inventory' | 'config'> }>;
  rollBack(
    options: Pick<MigrateOptions, 'root' | 'configPath' | 'whole'>,
    request: { batch: string | null; file: string | null },
  ): Promise<RollbackReport>;
  check(options: MigrateOptions, request: CheckRequest): Promise<{ report: CheckReport; taken: Taken }>;
  status(options: MigrateOptions, request: { today: string }): Promise<StatusReport>;
  /** `what`: a code, an id or the beginning of one, or `file:line`. */
  explain(options: MigrateOptions, request: { what: string }): Promise<Explanation>;
  accept(options: MigrateOptions, request: DecisionRequest): Promise<DecisionReport>;
  withdraw(options: MigrateOptions, request: { what: string }): Promise<DecisionReport>;
  initialise(options: MigrateOptions, request: InitRequest): Promise<InitReport>;
}
