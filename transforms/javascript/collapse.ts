/** One statement for branches that all open the same: `if (url) c = new Redis(url); else c = new Redis(host);`. */

import type { AccessorUse, Edit } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { collapsed } from '../collapse.js';
import { findStatement } from './find-node.js';
import { type Refusal, refuse } from './refuse.js';
import { replaceCall } from './replace-call.js';
import type { Source } from './source.js';

/** The statement `keep` of a branch, with its opening replaced, stands for all that `span` holds. */
export function collapse(source: Source, span: Span, keep: Span, opening: Span, use: AccessorUse): Edit | Refusal {
  if (!findStatement(source, span) || !findStatement(source, keep)) {
    return refuse('parser-disagreement', 'no statement with exactly this span', source, span.start);
  }
  const replaced = replaceCall(source, opening, use);
  if ('ok' in replaced) return replaced;
  const edit = collapsed(source.text, span, keep, replaced);
  return edit ?? refuse('statement-in-use', 'the statement has several lines', source, keep.start);
}
