/** Statements that can go with a call in them. */

import type { Span } from '../model/facts.js';
import type { ClientUse, Known, Opening } from '../model/traced.js';

/** A statement that a use is all of, unless it opens the client too: `createClient().on('error', log);`. */
export function ownStatement(opening: Opening, { file }: ClientUse, statement: Span | null): Span | null {
  if (statement === null || file !== opening.file) return statement;
  const { start, end } = opening.span;
  return statement.start <= start && end <= statement.end ? null : statement;
}

/**
 * Whether a call may call back what it is given when it is done (`client.quit(() => process.exit(0))`): with the call would go
 * what the program does next.
 */
export function callsBack({ args }: ClientUse): boolean {
  return args.some(mayBeCalled);
}

function mayBeCalled(known: Known): boolean {
  switch (known.kind) {
    case 'function':
    case 'unknown':
      return true;
    case 'parameter':
      return known.given === undefined || mayBeCalled(known.given);
    case 'choice':
      return known.of.some(mayBeCalled);
    default:
      return false;
  }
}
