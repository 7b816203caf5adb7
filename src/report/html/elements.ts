/** Pieces of HTML. Everything that comes from a code base goes through `esc`. */

/** Text as content or as the value of an attribute in double quotes. */
export function esc(words: string): string {
  return words
    .replace(/(?![\n\r\t])\p{Cc}/gu, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** Text with the code between backticks as code. */
export function prose(words: string): string {
  return words
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? `<code>${esc(part)}</code>` : esc(part)))
    .join('');
}

export function code(words: string): string {
  return `<code>${esc(words)}</code>`;
}

/** A word with a colour of its own; the colour says nothing that the word does not. */
export function badge(word: string): string {
  return `<span class="badge ${esc(word)}">${esc(word)}</span>`;
}

/** A table whose head stays in sight; cells are HTML already. Empty without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cells = (row: readonly string[]) => row.map((cell) => `<td>${cell}</td>`).join('');
  return `<div class="scroll"><table><thead><tr>${head.map((one) => `<th scope="col">${esc(one)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr>${cells(row)}</tr>`)
    .join('\n')}</tbody></table></div>`;
}

export function list(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}

/** A section with a heading to which the navigation leads; empty without content. */
export interface Section {
  id: string;
  title: string;
  content: string;
}

export function section({ id, title, content }: Section): string {
  return content === '' ? '' : `<section id="${esc(id)}"><h2>${esc(title)}</h2>${content}</section>`;
}

/** A unified diff, a line each in the colour of what it does. */
export function diffBlock(diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n');
  return `<pre class="diff">${lines.map((line) => `<span class="${kindOf(line)}">${esc(line) || ' '}</span>`).join('\n')}</pre>`;
}

function kindOf(line: string): string {
  if (/^(?:diff |index |--- |\+\+\+ |new file)/.test(line)) return 'head';
  if (line.startsWith('@@')) return 'hunk';
  return line.startsWith('+') ? 'add' : line.startsWith('-') ? 'del' : 'same';
}
