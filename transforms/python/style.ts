/** How a file is written, so that new text looks like its neighbours. */

import { walk } from './node.js';
import type { Source } from './source.js';

export interface Style {
  quote: "'" | '"';
  eol: '\n' | '\r\n';
}

const known = new WeakMap<Source, Style>();

/** Measured on the file itself; what it does not show is double quotes and LF. */
export function styleOf(source: Source): Style {
  let style = known.get(source);
  if (!style) {
    style = measure(source);
    known.set(source, style);
  }
  return style;
}

function measure({ module, text }: Source): Style {
  let single = 0;
  let double = 0;
  for (const node of walk(module)) {
    if (node.type !== 'string_start') continue;
    const mark = text.slice(node.start, node.end).replace(/^[a-z]+/i, '');
    if (mark === "'") single += 1;
    if (mark === '"') double += 1;
  }
  return { quote: single > double ? "'" : '"', eol: text.includes('\r\n') ? '\r\n' : '\n' };
}
