/** What holds a client, and what is known of who reads it: the common words of the strategies. */

import type { AccessorUse } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { FileFacts } from '../model/facts.js';
import type { Role } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import type { Placed } from './hook-closers.js';
import type { Obstacle, Reading } from './takers.js';

/** What holds a client, and all who read it. */
export interface Holder {
  /** As people call it: `redis`, `getClient()`, `Cache.redis`. */
  name: string;
  /** Takes out what declares it, with its opening, and its name from exports and imports. */
  drops: Placed[];
  /** Each becomes a call of the accessor. */
  readings: Reading[];
  /** What stands against it; the first one is told. */
  obstacles: Obstacle[];
}

/** What the strategy is asked for: the opening with the changes of its closers, `connect()` and handlers. */
export interface Asked {
  opening: Opening;
  facts: FileFacts;
  role: Role;
  accessor: Accessor;
  /** The call of the accessor as a file must write it. */
  use(file: string): AccessorUse;
  /** Changes that are made in any case. What they replace is read no more. */
  others: readonly Placed[];
}

/** It stands in what another change replaces or takes out: that change says what becomes of it. */
export function isReplaced({ facts, span }: Reading, others: readonly Placed[]): boolean {
  return others.some(
    ({ file, instruction: { kind, span: own } }) =>
      file === facts.file && !kind.endsWith('-receiver') && own.start <= span.start && span.end <= own.end,
  );
}
