/** How a file is written, so that new text looks like its neighbours. */

import { list, walk } from './node.js';
import type { Source } from './source.js';

export interface Style {
  quote: 'single' | 'double';
  semicolon: boolean;
  /** `{ a }` rather than `{a}`. */
  spaced: boolean;
  eol: '\n' | '\r\n';
}

const known = new WeakMap<Source, Style>();

/** Measured on the file itself; what it does not show is double quotes, semicolons, spaces, LF. */
export function styleOf(source: Source): Style {
  let style = known.get(source);
  if (!style) {
    style = measure(source);
    known.set(source, style);
  }
  return style;
}

function measure(source: Source): Style {
  const { text, program } = source;
  let single = 0;
  let double = 0;
  const count = (offset: number): void => {
    if (text[offset] === "'") single += 1;
    if (text[offset] === '"') double += 1;
  };
  walk(program, (node) => {
    if (node.type === 'StringLiteral' || node.type === 'DirectiveLiteral') count(node.start);
    return node.type !== 'JSXAttribute';
  });
  const ends = list(program, 'body').filter((node) => /^(Import|Variable|Expression)/.test(node.type));
  const terminated = ends.filter((node) => text[node.end - 1] === ';').length;
  const braces = [...text.matchAll(/\bimport\s+(?:type\s+)?\{(\s?)|(?:const|let|var)\s+\{(\s?)/g)];
  const tight = braces.filter((match) => (match[1] ?? match[2]) === '').length;
  return {
    quote: single > double ? 'single' : 'double',
    semicolon: ends.length === 0 || terminated * 2 >= ends.length,
    spaced: tight * 2 <= braces.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** A string in the file's quotes. Module specifiers hold no character that would need an escape. */
export function quoted(value: string, style: Style): string {
  return style.quote === 'single' ? `'${value}'` : `"${value}"`;
}

/** Names between braces. */
export function braced(inside: string, style: Style): string {
  return style.spaced ? `{ ${inside} }` : `{${inside}}`;
}
