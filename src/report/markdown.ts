/** Markdown as GitHub and wikis read it: tables, code, lists that are cut where a comment would be too long. */

/** Characters that a comment on GitHub may have. Bytes are counted, so that it fits for those who count those. */
export const MOST_IN_COMMENT = 65_536;

/** Text in a line: nothing in it is markup, and no name in it calls a person. Code between backticks stays code. */
export function text(words: string): string {
  return words
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('');
}

function escaped(words: string): string {
  return words
    .replace(/[\\*_~[\]|]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@(?=\w)/g, '@\u200B')
    .replace(/(^|\s)#(?=\d)/g, '$1#\u200B');
}

/** Code in a line, whatever backticks it holds. */
export function code(words: string): string {
  const line = words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${space}${line}${space}${fence}`;
}

/** A block of code in a fence that nothing in it can end. */
export function fenced(content: string, language: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${content.replace(/\n$/, '')}\n${fence}`;
}

/** A table; cells are markdown already. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line)].join('\n');
}

/** In code a bar ends a cell too. */
function cell(markdown: string): string {
  return markdown.replace(/(?<!\\)\|/g, '\\|').replace(/\n/g, '<br>');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item.replace(/\n/g, '\n  ')}`).join('\n');
}

/** Something to open. */
export function details(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Parts with an empty line between them, a line break at the end. */
export function document(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A part that can be cut: `render` shows the first `shown` items and says that there are more. */
export interface Cuttable {
  items: number;
  render: (shown: number) => string;
}

const NOTHING_CUT = Number.POSITIVE_INFINITY;

/**
 * A document of at most `most` bytes: cuttable parts lose items from their end, the last part first. What cannot be cut
 * is never left out, so a document of fixed parts alone may be longer.
 */
export function fitted(parts: readonly (string | Cuttable)[], most = MOST_IN_COMMENT): string {
  const limits = parts.map(() => NOTHING_CUT);
  const whole = () =>
    document(
      parts.map((part, index) =>
        typeof part === 'string' ? part : part.render(Math.min(part.items, limits[index] ?? 0)),
      ),
    );
  for (let index = parts.length - 1; index >= 0; index -= 1) {
    const part = parts[index];
    if (Buffer.byteLength(whole()) <= most) break;
    if (part === undefined || typeof part === 'string') continue;
    limits[index] = largest(part.items, (shown) => {
      limits[index] = shown;
      return Buffer.byteLength(whole()) <= most;
    });
  }
  return whole();
}

/** The largest number up to `most` that is fine; 0 when none is. */
function largest(most: number, isFine: (number: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isFine(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
