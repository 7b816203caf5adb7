/** One statement for branches that all open the same. */

import type { Edit } from '../src/model/change.js';
import type { Span } from '../src/model/facts.js';

/**
 * The edit that puts the statement `keep` of a branch, with `replaced` in it, in the place of all that `whole` holds; null
 * when it has several lines: the further ones would keep the depth of the branch.
 */
export function collapsed(text: string, whole: Span, keep: Span, replaced: Edit): Edit | null {
  const made = text.slice(keep.start, replaced.start) + replaced.text + text.slice(replaced.end, keep.end);
  return made.includes('\n') ? null : { kind: 'replace', start: whole.start, end: whole.end, text: made };
}
