/** How often each file says a word, whatever it means there: a field that nobody names is read by nobody. */

import type { IndexSource } from './importers.js';

/** Word → file → how often; files that never say it, and cannot be read, are left out. */
export type Mentions = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Reads every file once, when there are words. A text that the word may be put together from counts as the word. */
export function mentionsOf(words: readonly string[], source: IndexSource): Mentions {
  const found = new Map(words.map((word) => [word, new Map<string, number>()]));
  const composed = new Map(words.map((word) => [word, composedOf(word)]));
  for (const { file } of found.size > 0 ? source.files : []) {
    const text = source.text(file) ?? '';
    for (const [word, files] of found) {
      const count = (text.includes(word) ? countOf(text, word) : 0) + (composed.get(word)?.test(text) ? 1 : 0);
      if (count > 0) files.set(file, count);
    }
  }
  return found;
}

function countOf(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const beside = `${text[at - 1] ?? ' '}${text[at + word.length] ?? ' '}`;
    if (!/[\w$\x80-\xff]/.test(beside)) count += 1;
  }
  return count;
}

/** `f"{kind}_manager"`, `"redis_" + kind`, `\`redis${kind}\``: texts with the beginning or the end of a name of several parts. */
function composedOf(word: string): RegExp | undefined {
  const cuts = [...word.matchAll(/(?<=[^_])_+(?=[^_])|(?<=[a-z\d])(?=[A-Z])/g)];
  const forms = cuts.flatMap(({ index, 0: gap }) => {
    const [head, tail] = [word.slice(0, index + gap.length), word.slice(index)].map(escaped);
    return [`["'\`]${head}(?:["'\`{%]|\\$\\{)`, `(?:["'\`}]|%s)${tail}["'\`]`];
  });
  return forms.length > 0 ? new RegExp(forms.join('|')) : undefined;
}

function escaped(text: string): string {
  return text.replace(/[$]/g, '\\$&');
}
