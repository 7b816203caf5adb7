/** A call that makes an event loop and runs the code of a client in it: what is connected there works in that loop only. */

import type { At } from './traced.js';

export interface LoopStart {
  /** As written: `asyncio.run`, `loop.run_until_complete`; of a test the name of its function. */
  by: string;
  at: At;
  /** How often one process makes such a loop. `once`: it is proved; `unknown`: it is not. */
  runs: 'once' | 'many' | 'unknown';
  /** What says so: `@app.task`, `a loop`. */
  why: string;
  /** A command of a program with several: a process runs one of them. */
  command?: true;
  /** In a test zone file. */
  test: boolean;
}
