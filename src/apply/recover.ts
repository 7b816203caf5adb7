/** What a run that was killed has left: undone before anything else is done. */

import { UserError } from '../errors.js';
import { type Fault, noFault } from './fault.js';
import { readRuns, removeUnbegun } from './journal.js';
import type { Place } from './target.js';
import { foreignChanges, undoRun } from './undo.js';

export interface Recovered {
  batch: string;
  /** The command that was interrupted. An interrupted `apply` is undone, an interrupted `rollback` is finished. */
  interrupted: 'apply' | 'rollback';
  /** Files that had to be put back. */
  files: string[];
}

export interface RecoverOptions extends Place {
  /** Gets one line for each run that was recovered. */
  tell?: (message: string) => void;
  fault?: Fault;
}

/**
 * Undoes every open journal, newest first. Call it under the lock and before the tree is scanned: files may change.
 * Throws UserError, and changes nothing of that run, when somebody has edited a file since the interruption.
 */
export function recover(options: RecoverOptions): Recovered[] {
  removeUnbegun(options.stateDir);
  const recovered: Recovered[] = [];
  for (const run of readRuns(options.stateDir).reverse()) {
    if (run.index.state === 'done') continue;
    const interrupted = run.index.state === 'open' ? 'apply' : 'rollback';
    const [foreign] = foreignChanges(options, run);
    if (foreign !== undefined) {
      throw new UserError(
        `${interrupted} of batch ${run.index.batch} was interrupted, and ${foreign.file} has changed since`,
        `restore it with \`git checkout -- ${foreign.file}\` (or delete it if it is new), then run again`,
      );
    }
    const files = undoRun(options, run, options.fault ?? noFault);
    recovered.push({ batch: run.index.batch, interrupted, files });
    options.tell?.(
      `${interrupted} of batch ${run.index.batch} had been interrupted: ${files.length} file${files.length === 1 ? '' : 's'} put back as before`,
    );
  }
  return recovered;
}
