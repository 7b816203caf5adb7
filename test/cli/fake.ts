/** Surroundings without a process, with a recipe that answers what it is told and remembers what it was asked. */

import type { Migration } from '../../src/cli/migration.js';
import { run } from '../../src/cli/program.js';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { defaultConfig } from '../../src/config/index.js';
import {
  APPLIED,
  CHECKED,
  DECIDED,
  EXPLAINED,
  EXPLAINED_CODE,
  INIT,
  INVENTORY,
  PLAN,
  ROLLED_BACK,
  STATUS,
} from '../report/samples.js';

export interface Ran {
  code: number;
  out: string;
  err: string;
  /** Name and arguments of each call of the recipe. */
  asked: [string, ...unknown[]][];
}

const TAKEN = {
  inventory: INVENTORY,
  config: defaultConfig(),
  units: [],
  sites: INVENTORY.sites,
  stateDir: '',
  root: '',
};

/** Runs a command line. `answers` replaces functions of the recipe, `around` parts of the surroundings. */
export async function ran(
  args: string[],
  answers: Partial<Migration> = {},
  around: Partial<Surroundings> & { tty?: boolean } = {},
): Promise<Ran> {
  const result: Ran = { code: -1, out: '', err: '', asked: [] };
  const recipe: Migration = {
    takeInventory: async () => TAKEN,
    makePlan: async () => ({ plan: PLAN, stale: [], taken: TAKEN }),
    applyChanges: async (_, { dryRun }) => ({ ...APPLIED, dryRun, messages: [], taken: TAKEN }),
    rollBack: async () => ROLLED_BACK,
    accept: async () => DECIDED,
    withdraw: async () => ({ ...DECIDED, withdrawn: true }),
    explain: async (_, { what }) => (what === EXPLAINED_CODE.code ? EXPLAINED_CODE : EXPLAINED),
    initialise: async () => INIT,
    check: async () => ({ report: CHECKED, taken: TAKEN }),
    status: async () => STATUS,
    ...answers,
  };
  const note = <A extends unknown[], R>(name: string, answer: (...given: A) => R) => {
    return (...given: A): R => {
      result.asked.push([name, ...given]);
      return answer(...given);
    };
  };
  const asked: Migration = {
    takeInventory: note('takeInventory', recipe.takeInventory),
    makePlan: note('makePlan', recipe.makePlan),
    applyChanges: note('applyChanges', recipe.applyChanges),
    rollBack: note('rollBack', recipe.rollBack),
    accept: note('accept', recipe.accept),
    withdraw: note('withdraw', recipe.withdraw),
    explain: note('explain', recipe.explain),
    initialise: note('initialise', recipe.initialise),
    check: note('check', recipe.check),
    status: note('status', recipe.status),
  };
  const isTTY = around.tty ?? false;
  const stream = (key: 'out' | 'err') => ({
    write: (text: string) => {
      result[key] += text;
    },
    isTTY,
    columns: 80,
  });
  result.code = await run(args, {
    migration: async () => asked,
    stdout: stream('out'),
    stderr: stream('err'),
    env: {},
    today: () => '2026-03-01',
    asker: async () => null,
    onSignal: () => () => undefined,
    leave: () => undefined,
    processors: 4,
    ...around,
  });
  return result;
}

export { TAKEN };
