/** Functions of the accessor, whose calls trace tells apart. */

import { startOf } from '../accessors/start.js';
import type { Accessor } from '../model/config.js';
import type { ScopeId } from '../model/facts.js';
import type { Solver } from './solver.js';

/** A function whose calls are listed: the accessor's. */
export interface WatchedFunction {
  file: string;
  name: string;
  /** It lends a client that others hold too: who calls it does not own what it gives. */
  lends?: boolean;
}

/** The functions of an accessor. */
export function watchedFunctions({ file, name, open, close, contract }: Accessor): WatchedFunction[] {
  const others = [open, close, startOf(contract)].flatMap((one) => (one === null ? [] : [{ file, name: one }]));
  return [{ file, name, lends: true }, ...others];
}

/** The accessor's function that a function is; null when it is none. */
export function accessorFunction({ accessors, program }: Solver, file: number, scope: ScopeId): WatchedFunction | null {
  if (accessors.length === 0) return null;
  const { name, parent } = program.scope(file, scope);
  const home = program.file(file).facts.file;
  return (parent === 0 && accessors.find((one) => one.file === home && one.name === name)) || null;
}
