/** Sections of a page about one thing: a title, and lines of two columns. */

import { plain, type View, wrap } from './layout.js';

/** A title with lines below; nothing when there are none. */
export function part(title: string, lines: readonly string[], view: View): string {
  return lines.length === 0 ? '' : [view.color.bold(wrap(title, view.width, '  ')), ...lines].join('\n');
}

/** What the second column needs; a first entry that leaves less has the line for itself. */
const SECOND = 44;

/** Pairs of a short text and a long one, side by side; the long one goes on under itself. */
export function paired(pairs: readonly (readonly [string, string])[], view: View): string[] {
  const most = Math.max(12, view.width - SECOND);
  const left = pairs.map(([first]) => plain(first).length).filter((length) => length <= most);
  const width = Math.max(4, ...left);
  const indent = ' '.repeat(width + 4);
  return pairs.map(([first, second]) => {
    const name = plain(first);
    const text = wrap(second, view.width - indent.length).replaceAll('\n', `\n${indent}`);
    if (name.length <= most) return `  ${name.padEnd(width)}  ${text}`.trimEnd();
    return `  ${wrap(name, view.width - 2, '    ')}\n${indent}${text}`;
  });
}
