/** Statements that can go with a call in them. */

import type { Span } from '../model/facts.js';
import type { ClientUse, Opening } from '../model/traced.js';

/** A statement that a use is all of, unless it opens the client too: `createClient().on('error', log);`. */
export function ownStatement(opening: Opening, { file }: ClientUse, statement: Span | null): Span | null {
  if (statement === null || file !== opening.file) return statement;
  const { start, end } = opening.span;
  return statement.start <= start && end <= statement.end ? null : statement;
}
