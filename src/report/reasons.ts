/** Reasons and outcomes as all reports write them. */

import type { OutcomeKind } from '../model/change.js';
import type { Reason, Verdict } from '../model/site.js';
import { type View, wrap } from './layout.js';
import { staysOf } from './stays.js';

/** `code: message (src/b.ts:40)`, one paragraph a reason. */
export function reasonLines(reasons: readonly Reason[], view: View, indent: string): string[] {
  return reasons.map(({ code, message, at }) => {
    const text = `${indent}${codedReason({ code, message, at })}`;
    const hanging = `${indent}  `;
    return view.color.dim(indent + wrap(text.trimStart(), view.width - indent.length, hanging));
  });
}

/** Whether a message begins with its code: `Purpose session: …`. */
export function saysItsCode({ code, message }: Pick<Reason, 'code' | 'message'>): boolean {
  return message.toLowerCase().startsWith(`${code} `);
}

/** `code: message (src/b.ts:40)`; the code alone is not repeated where the message begins with it (`Purpose session: …`). */
export function codedReason({ code, message, at }: Reason): string {
  const said = saysItsCode({ code, message }) ? message : `${code}: ${message}`;
  return at === null ? said : `${said} (${at})`;
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

/** What stays and why, with the number of those about which there is nothing to say. */
export function staysPart(title: string, kept: readonly { place: string; reasons: Reason[] }[], view: View): string {
  if (kept.length === 0) return '';
  const { listed, counted } = staysOf(kept);
  const lines = listed.flatMap(({ place, reasons }) => [
    `  ${wrap(place, view.width - 2, '    ')}`,
    ...reasonLines(reasons, view, '    '),
  ]);
  const also = counted.length === 0 ? [] : [`  ${wrap(`not listed: ${counted.join(', ')}`, view.width - 2, '    ')}`];
  return [view.color.bold(title), ...lines, ...also.map((line) => view.color.dim(line))].join('\n');
}
