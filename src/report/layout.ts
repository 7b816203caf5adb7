/** Text that fits a terminal: wrapped lines, shortened paths, aligned columns. Knows nothing of what it shows. */

import type { ChalkInstance } from 'chalk';

/** How a renderer may write: colours (none at level 0) and the width of a line. */
export interface View {
  color: ChalkInstance;
  width: number;
  /** Path from the top of the repository to the root that was looked at, with a `/` at its end; empty when they are one. */
  prefix: string;
}

/** Narrower than that, text is no longer readable: lines may then be longer than the terminal. */
const LEAST = 20;

/** One line without control characters: names of files and words of parsers may hold any. */
export function plain(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}

/** Words in lines of at most `width`, each after the first with `indent` in front; a longer word is broken, a path at a `/`. */
export function wrap(text: string, width: number, indent = ''): string {
  const most = Math.max(width, LEAST);
  const lines: string[] = [];
  let line = '';
  for (const word of plain(text)
    .split(' ')
    .flatMap((whole) => broken(whole, most - indent.length))) {
    const begun = lines.length === 0 ? '' : indent;
    if (line.trim() === '') line = begun + word;
    else if (line.length + 1 + word.length <= most) line += ` ${word}`;
    else {
      lines.push(line.trimEnd());
      line = indent + word;
    }
  }
  return [...lines, line.trimEnd()].join('\n');
}

function broken(word: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = word;
  while (rest.length > most) {
    const slash = rest.lastIndexOf('/', most - 1);
    const end = slash > 0 ? slash + 1 : most;
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...pieces, rest];
}

/** Words behind something that is in the line already: all lines but the first get `indent`, and none is wider than the rest. */
export function wrapBehind(words: string, indent: number, width: number): string {
  return wrap(words, width - indent).replaceAll('\n', `\n${' '.repeat(indent)}`);
}

/** `packages/api/…/redis.ts`: a path without its middle, so that it has at most `width` characters. */
export function shorten(path: string, width: number): string {
  const text = plain(path);
  if (text.length <= width || width < 5) return text;
  const tail = Math.ceil((width - 1) * 0.6);
  return `${text.slice(0, width - 1 - tail)}…${text.slice(-tail)}`;
}

export interface Column {
  align?: 'left' | 'right';
  /** This column gives way when a row is too long: its text is shortened in the middle. */
  shrinks?: true;
  paint?: (text: string) => string;
}

/** What a column that gives way keeps. */
const LEAST_COLUMN = 12;

/**
 * Rows in columns of equal width, two spaces between, `indent` in front; no spaces at the ends of lines. Where the
 * columns do not fit side by side, each row is a paragraph.
 */
export function columns(
  rows: readonly (readonly string[])[],
  shape: readonly Column[],
  view: View,
  indent = '  ',
): string {
  const widths = shape.map((_, index) => Math.max(0, ...rows.map((row) => plain(row[index] ?? '').length)));
  const total = indent.length + widths.reduce((sum, width) => sum + width, 0) + 2 * (shape.length - 1);
  const wide = shape.findIndex(({ shrinks }) => shrinks);
  const over = total - Math.max(view.width, LEAST);
  const spare = wide < 0 ? 0 : Math.max(0, (widths[wide] ?? 0) - LEAST_COLUMN);
  if (over > spare) return paragraphs(rows, view, indent);
  if (wide >= 0 && over > 0) widths[wide] = (widths[wide] ?? 0) - over;
  return rows
    .map((row) => {
      const cells = shape.map(({ align, paint }, index) => {
        const width = widths[index] ?? 0;
        const text = shorten(row[index] ?? '', width);
        const space = ' '.repeat(Math.max(0, width - text.length));
        const painted = paint ? paint(text) : text;
        return align === 'right' ? space + painted : painted + space;
      });
      return (indent + cells.join('  ')).trimEnd();
    })
    .map((line) => line.replace(/[ ]+$/, ''))
    .join('\n');
}

function paragraphs(rows: readonly (readonly string[])[], { width }: View, indent: string): string {
  const texts = rows.map((row) => row.filter((cell) => cell.trim() !== '').join('  '));
  return texts.map((text) => indent + wrap(text, width - indent.length, `${indent}  `)).join('\n');
}

/** `1 site`, `2 sites`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** Parts with an empty line between; parts without text are left out. Ends with a line break. */
export function page(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
