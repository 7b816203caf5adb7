/** Parts that several Markdown reports share. */

import type { Reason } from '../model/site.js';
import { type Cuttable, code, list, text } from './markdown.js';
import { saysItsCode } from './reasons.js';
import { staysOf } from './stays.js';

/** `code`: message (`src/b.ts:40`). */
export function reasonMarkdown({ code: name, message, at }: Reason): string {
  const lead = saysItsCode({ code: name, message }) ? '' : `${code(name)}: `;
  return `${lead}${text(message)}${at === null ? '' : ` (${code(at)})`}`;
}

/** What stays and why; empty when nothing does. */
export function keptPart(
  kept: readonly { file: string; line: number; reasons: readonly Reason[] }[],
): (string | Cuttable)[] {
  if (kept.length === 0) return [];
  const { listed, counted } = staysOf(kept);
  const also = counted.length === 0 ? [] : [`Not listed: ${counted.join(', ')}.`];
  return [
    {
      items: listed.length,
      render: (shown) => {
        const lines = listed
          .slice(0, shown)
          .map(({ file, line, reasons }) => `${code(`${file}:${line}`)}\n${list(reasons.map(reasonMarkdown))}`);
        const left = listed.length - shown;
        const more = left > 0 ? [`_${left} more are left out: the comment would be too long._`] : [];
        return ['### What stays, and why', list(lines), ...also, ...more].filter((part) => part !== '').join('\n\n');
      },
    },
  ];
}
