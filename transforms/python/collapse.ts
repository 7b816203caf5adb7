/** One statement for branches that all open the same: `if url: c = from_url(url)` with `else: c = Redis(host)`. */

import type { Edit, Instruction } from '../../src/model/change.js';
import { collapsed } from '../collapse.js';
import { checkBehind } from './check-none.js';
import { findStatement } from './find-node.js';
import { type Refusal, refuse } from './refuse.js';
import { replaceCall } from './replace-call.js';
import type { Source } from './source.js';

/** The statement `keep` of a branch, with its opening replaced and the check behind it, stands for all that `span` holds. */
export function collapse(source: Source, instruction: Instruction & { kind: 'collapse' }): Edit | Refusal {
  const { span, keep, opening, use, none } = instruction;
  const [whole, kept] = [findStatement(source, span), findStatement(source, keep)];
  if (!whole || !kept) {
    return refuse('parser-disagreement', 'no statement with exactly this span', source, span.start);
  }
  const replaced = replaceCall(source, opening, use);
  if ('ok' in replaced) return replaced;
  const edit = collapsed(source.text, span, keep, replaced);
  if (!edit) return refuse('statement-in-use', 'the statement has several lines', source, keep.start);
  const check = none === undefined ? '' : checkBehind(source, { keep: kept, opening, at: whole }, none);
  return typeof check === 'string' ? { ...edit, text: edit.text + check } : check;
}
