/** The Python parser: tree-sitter compiled to WebAssembly, loaded once. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Node, Parser, Tree } from 'web-tree-sitter';
import { inGrammar } from './beyond-grammar.js';

export type { Node };

const GRAMMAR = 'tree-sitter-python.wasm';
let parser: Parser | null = null;

/** Loads parser and grammar. Needed before the first `parsePython`. */
export async function loadParser(): Promise<void> {
  if (parser !== null) return;
  const treeSitter = await import('web-tree-sitter');
  await treeSitter.Parser.init();
  const grammar = await treeSitter.Language.load(grammarPath());
  parser = new treeSitter.Parser();
  parser.setLanguage(grammar);
}

/** Beside the built program (`dist/`), else in the development dependency that the build copies it from. */
function grammarPath(): string {
  const built = fileURLToPath(new URL(`../../../${GRAMMAR}`, import.meta.url));
  return existsSync(built) ? built : createRequire(import.meta.url).resolve(`tree-sitter-python/${GRAMMAR}`);
}

/** Parses a text, gives the root to `use`, and frees the tree. Offsets are UTF-16 units of the text. */
export function parsePython<T>(text: string, use: (root: Node) => T): T {
  if (parser === null) throw new Error('the Python parser was not loaded');
  const tree = treeOf(parser, text);
  try {
    return use(tree.rootNode);
  } finally {
    tree.delete();
  }
}

/** The tree of the text; of the same in the words of the grammar, where that has fewer errors. */
function treeOf(made: Parser, text: string): Tree {
  const tree = made.parse(text);
  if (tree === null) throw new Error('the Python parser gave no tree');
  const other = tree.rootNode.hasError ? inGrammar(text) : text;
  const second = other === text ? null : made.parse(other);
  if (second === null || second.rootNode.hasError) {
    second?.delete();
    return tree;
  }
  tree.delete();
  return second;
}
