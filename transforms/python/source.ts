/** One Python text, parsed, with what is known of its names. */

import { loadParser, parsePython } from '../../src/languages/python/parser.js';
import { type Bindings, bind } from './bindings.js';
import { lineAt, type Node, walk } from './node.js';

export interface Source {
  file: string;
  text: string;
  module: Node;
  comments: Node[];
  bindings: Bindings;
}

export interface ParseError {
  message: string;
  line: number;
}

export type Parsed = { ok: true; source: Source } | ({ ok: false } & ParseError);

export const load: () => Promise<void> = loadParser;

/** The last texts parsed: the sites of a file come one after the other, and each asks for the same tree. */
const KEPT = 8;
const recent = new Map<string, Parsed>();

/** Parses a text. Needs `load()` before; never throws for bad input. */
export function parse(file: string, text: string): Parsed {
  const key = `${file}\n${text}`;
  const known = recent.get(key);
  if (known) return known;
  const parsed = parsedNow(file, text);
  recent.set(key, parsed);
  const oldest = recent.size > KEPT ? recent.keys().next().value : undefined;
  if (oldest !== undefined) recent.delete(oldest);
  return parsed;
}

function parsedNow(file: string, text: string): Parsed {
  const module = wholeOf(parsePython(text), text);
  const comments: Node[] = [];
  for (const node of walk(module)) {
    if (node.type === 'comment') comments.push(node);
    const message = problemOf(node);
    if (message === null) continue;
    return { ok: false, message, line: lineAt(text, node.start) };
  }
  return { ok: true, source: { file, text, module, comments, bindings: bind(module, text) } };
}

/** tree-sitter begins a module behind the blank lines at its head. */
function wholeOf(module: Node, text: string): Node {
  return Object.assign(module, { start: 0, end: text.length });
}

/** The grammar takes statements of Python 2 as well: what an edit would write there is Python 3. */
const PYTHON_2 = new Set(['print_statement', 'exec_statement', '<>']);

function problemOf(node: Node): string | null {
  if (node.missing) return `${node.type} expected`;
  if (node.type === 'ERROR') return 'invalid syntax';
  const commas = node.children.some(({ type }) => type === 'expression_list' || type === ',');
  const old = /^(?:raise_statement|except_clause)$/.test(node.type) && commas;
  return old || PYTHON_2.has(node.type) ? 'a statement of Python 2' : null;
}
