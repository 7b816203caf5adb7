/** Clients that are given a pool of connections that was opened elsewhere. */

import type { Argument, ValueId } from '../model/facts.js';
import type { RedisLibrary } from '../model/library.js';
import type { Opening } from '../model/traced.js';
import type { FoundOpening } from './client-table.js';
import type { Solver } from './solver.js';

/** Openings of the pool in the arguments of an opening; nothing where no pool is given. */
export function poolsOf(solver: Solver, file: number, value: ValueId, found: FoundOpening): Pick<Opening, 'pools'> {
  const call = solver.program.value(file, value);
  const library = solver.libraries.find((one) => one.name === found.library);
  if (call.kind !== 'call' || library?.kind !== 'redis') return {};
  const given = call.args.find((argument, index) => isPool(library, found.api, argument, index));
  if (!given) return {};
  return { pools: solver.openingsIn(solver.program.valueNode(file, given.value)) };
}

/** Whether an argument of a construct is the pool that the client shall use. */
export function isPool(library: RedisLibrary, api: string, argument: Argument, index: number): boolean {
  if (library.pool === undefined) return false;
  const construct = library.constructs.find((one) => one.api === api);
  return argument.name === library.pool || (construct?.arguments === 'pool-first' && index === 0);
}
