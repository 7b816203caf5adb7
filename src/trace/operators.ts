/** What operators and templates make of values that are known. */

import type { ValueId } from '../model/facts.js';
import type { Known } from '../model/traced.js';

/** What an operator gives; `++a` and `delete a.b` change what they look at. */
export function compared(operator: string, parts: Known[], at: Known['at']): Known {
  const [only] = parts;
  if (operator === '++' || operator === '--' || operator === 'delete') return { kind: 'unknown', why: 'computed', at };
  if (operator === '+' && only && parts.length === 1) return { kind: 'converted', by: '+', value: only, at };
  return { kind: 'computed', operator, parts, at };
}

/** A text with values in it. */
export function templateOf(parts: readonly (string | ValueId)[], of: (id: ValueId) => Known, at: Known['at']): Known {
  const part = (one: string | ValueId): Known =>
    typeof one === 'number' ? of(one) : { kind: 'literal', value: one, at };
  return { kind: 'template', parts: parts.map(part), at };
}
