/** Calls that are made once for several statements: which of them makes it. */

import type { AccessorUse, Edit } from '../model/change.js';
import type { Span } from '../model/facts.js';

/** A call with both ways that it can turn out. */
export interface Once {
  statement: Span;
  /** Statements that make the call for this one, if they are there. */
  enough: Span[];
  use: AccessorUse;
  /** Edits when this statement makes the call. */
  made: Edit[];
  /** Edits when another one does. */
  left: Edit[];
}

/** What a unit changes in a file, settled. */
export interface Settled {
  edits: Edit[];
  uses: AccessorUse[];
}

/**
 * The edits of one share beside all shares of the file. A call is left to any statement that is `enough` and makes the
 * same call: such statements lie further down, so one of them is the last and makes it.
 */
export function settleOnce(
  share: Settled & { once: readonly Once[] },
  all: readonly { once: readonly Once[] }[],
): Settled {
  const others = all.flatMap(({ once }) => once);
  const edits = [...share.edits];
  const uses = [...share.uses];
  for (const one of share.once) {
    const left = others.some(
      (other) => sameCall(one.use, other.use) && one.enough.some((span) => equal(span, other.statement)),
    );
    edits.push(...(left ? one.left : one.made));
    if (!left) uses.push(one.use);
  }
  return { edits, uses };
}

function equal(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}

function sameCall(a: AccessorUse, b: AccessorUse): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
