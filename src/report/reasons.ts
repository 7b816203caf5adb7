/** Reasons and outcomes as all reports write them. */

import type { OutcomeKind } from '../model/change.js';
import type { Reason, Verdict } from '../model/site.js';
import { type View, wrap } from './layout.js';

/** `code: message (src/b.ts:40)`, one paragraph a reason. */
export function reasonLines(reasons: readonly Reason[], view: View, indent: string): string[] {
  return reasons.map(({ code, message, at }) => {
    const text = `${indent}${code}: ${message}${at === null ? '' : ` (${at})`}`;
    const hanging = `${indent}  `;
    return view.color.dim(indent + wrap(text.trimStart(), view.width - indent.length, hanging));
  });
}

/** Paints a verdict or an outcome by what it asks of the reader. */
export function painted(word: Verdict | OutcomeKind, { color }: View): string {
  switch (word) {
    case 'rewrite':
    case 'rewritten':
      return color.green(word);
    case 'review':
      return color.yellow(word);
    case 'failed':
      return color.red(word);
    default:
      return color.cyan(word);
  }
}

/** Codes of sites that nobody has to do anything about: the text leaves them out of what stays, JSON lists them. */
const AT_PEACE = new Set(['accessor', 'already-migrated', 'part-of-opening']);

/** Whether a site that stays is worth a line in a list of what stays. */
export function isWorthTelling({ reasons }: { reasons: readonly Reason[] }): boolean {
  return !reasons.some(({ code }) => AT_PEACE.has(code));
}
