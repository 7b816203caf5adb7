/**
 * Jupyter notebooks: the code of their cells as one Python text. They are read and never edited. A position in it is that of
 * the line of the file which holds the code: notebooks are written with a line of JSON for each line of code.
 */

import { type Node as Json, parseTree } from 'jsonc-parser';

export const NOTEBOOK_EXTENSION = '.ipynb';

export interface Notebook {
  text: string;
  /** Offset in `text` of the first code of each line of the file. */
  lineStarts: number[];
}

/** A line of code with the offset in the file where its string begins. */
interface Line {
  text: string;
  offset: number;
}

/** Cell magics whose body is Python all the same. Source: ipython.readthedocs.io/interactive/magics. */
const PYTHON_CELLS = /^%%(?:time|timeit|capture|prun|debug|memit|mprun)\b/;
/** `%pip install`, `!ls`, `?name`, `name?`. */
const MAGIC = /^\s*(?:%{1,2}[A-Za-z_]|!|\?|[\w.]+\?{1,2}\s*$)/;
/** `files = !ls`, `t = %timeit -o f()`. */
const ASSIGNED = /^(\s*[\w.]+(?:\s*,\s*[\w.]+)*\s*=\s*)[!%](?!=).*$/;
const STRINGS_AND_COMMENTS = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#.*$/g;

export function isNotebook(file: string): boolean {
  return file.endsWith(NOTEBOOK_EXTENSION);
}

/** Null when the text is no notebook. One in another language than Python holds no code. */
export function readNotebook(text: string): Notebook | null {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const cells = root && cellsOf(root);
  if (!cells) return null;
  const lines = isPython(root) ? cells.flatMap(codeOf) : [];
  let code = '';
  const lineStarts = [0];
  const ends = [...text.matchAll(/\r\n|\n|\r/g)].map(({ index }) => index);
  let line = 0;
  for (const one of lines) {
    for (; (ends[line] ?? Number.POSITIVE_INFINITY) < one.offset; line += 1) lineStarts.push(code.length);
    code += `${one.text}\n`;
  }
  return { text: code, lineStarts };
}

/**
 * The lines of a notebook for tests without a parser: those that may be code stand alone. Any other text comes back as it is.
 */
export function linesOfNotebook(text: string): string {
  if (!/^\s*\{/.test(text) || !/"(?:cells|worksheets)"/.test(text)) return text;
  return text.replace(/\\n/g, '\n').replace(/^\s*(?:"(?:source|input)"\s*:\s*)?"/gm, '');
}

function member(node: Json | undefined, key: string): Json | undefined {
  const found =
    node?.type === 'object' ? node.children?.find(({ children }) => children?.[0]?.value === key) : undefined;
  return found?.children?.[1];
}

function items(node: Json | undefined): Json[] {
  return node?.type === 'array' ? (node.children ?? []) : [];
}

/** Format 4 has `cells`, format 3 `worksheets` with them. */
function cellsOf(root: Json): Json[] | null {
  const sheets = member(root, 'worksheets');
  const cells = member(root, 'cells');
  if (cells?.type !== 'array' && sheets?.type !== 'array') return null;
  return [...items(cells), ...items(sheets).flatMap((sheet) => items(member(sheet, 'cells')))];
}

function isPython(root: Json): boolean {
  const metadata = member(root, 'metadata');
  const told = [member(member(metadata, 'language_info'), 'name'), member(member(metadata, 'kernelspec'), 'language')];
  const languages = told.flatMap((node) => (typeof node?.value === 'string' ? [node.value] : []));
  return languages.length === 0 || languages.some((name) => /python/i.test(name));
}

function codeOf(cell: Json): Line[] {
  if (member(cell, 'cell_type')?.value !== 'code') return [];
  const source = member(cell, 'source') ?? member(cell, 'input');
  const strings = source?.type === 'string' ? [source] : items(source);
  const lines = strings.flatMap(({ value, offset }) => linesIn(String(value), offset));
  const first = lines.find(({ text }) => text.trim() !== '');
  if (first?.text.trimStart().startsWith('%%') && !PYTHON_CELLS.test(first.text.trimStart())) return [];
  return withoutMagics(lines);
}

function linesIn(text: string, offset: number): Line[] {
  return text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => ({ text: line, offset }));
}

/** What only IPython reads becomes a statement that does nothing. */
function withoutMagics(lines: readonly Line[]): Line[] {
  let depth = 0;
  let continued = false;
  return lines.map(({ text, offset }) => {
    const indent = /^\s*/.exec(text)?.[0] ?? '';
    if (continued || (depth === 0 && MAGIC.test(text))) {
      const before = continued;
      continued = /\\\s*$/.test(text);
      return { text: before ? '' : `${indent}pass`, offset };
    }
    if (depth === 0 && ASSIGNED.test(text)) return { text: text.replace(ASSIGNED, '$1None'), offset };
    const bare = text.replace(STRINGS_AND_COMMENTS, '');
    depth = Math.max(0, depth + (bare.match(/[([{]/g)?.length ?? 0) - (bare.match(/[)\]}]/g)?.length ?? 0));
    return { text, offset };
  });
}
