/** The Python parser: tree-sitter compiled to WebAssembly, loaded once. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Language, Parser, Tree } from 'web-tree-sitter';
import { inGrammar } from './beyond-grammar.js';
import { Node } from './tree.js';

const GRAMMAR = 'tree-sitter-python.wasm';

/** Parser and grammar, with the names that the grammar's numbers stand for. */
interface Loaded {
  parser: Parser;
  types: readonly NodeType[];
  fieldNames: readonly (string | null)[];
}

let loaded: Loaded | null = null;

interface NodeType {
  name: string;
  named: boolean;
}

/** An error has a number beyond all types of the grammar. */
const ERROR: NodeType = { name: 'ERROR', named: true };

/** Loads parser and grammar. Needed before the first `parsePython`. */
export async function loadParser(): Promise<void> {
  if (loaded !== null) return;
  const treeSitter = await import('web-tree-sitter');
  await treeSitter.Parser.init();
  const grammar = await treeSitter.Language.load(grammarPath());
  const parser = new treeSitter.Parser();
  parser.setLanguage(grammar);
  loaded = { parser, types: typesOf(grammar), fieldNames: grammar.fields };
}

function typesOf(grammar: Language): NodeType[] {
  return grammar.types.map((name, id) => ({ name, named: grammar.nodeTypeIsNamed(id) }));
}

/** Beside the built program (`dist/`), else in the development dependency that the build copies it from. */
function grammarPath(): string {
  const built = fileURLToPath(new URL(`../../../${GRAMMAR}`, import.meta.url));
  return existsSync(built) ? built : createRequire(import.meta.url).resolve(`tree-sitter-python/${GRAMMAR}`);
}

/** The syntax tree of a text. Throws when the parser was not loaded, never for bad input. */
export function parsePython(text: string): Node {
  if (loaded === null) throw new Error('the Python parser was not loaded');
  const { tree, parsed } = treeOf(loaded.parser, text);
  try {
    return copyOf(tree, parsed, loaded);
  } finally {
    tree.delete();
  }
}

/** The tree of the text; of the same in the words of the grammar, where that has fewer errors. */
function treeOf(parser: Parser, text: string): { tree: Tree; parsed: string } {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('the Python parser gave no tree');
  const other = tree.rootNode.hasError ? inGrammar(text) : text;
  const second = other === text ? null : parser.parse(other);
  if (second === null || second.rootNode.hasError) {
    second?.delete();
    return { tree, parsed: text };
  }
  tree.delete();
  return { tree: second, parsed: other };
}

/** The whole tree in one walk. Each question to a node of the parser is a call of WebAssembly, so each is asked once. */
function copyOf(tree: Tree, source: string, { types, fieldNames }: Loaded): Node {
  const cursor = tree.walk();
  const damaged = tree.rootNode.hasError;
  const made = (parent: Node | null): Node => {
    const { name, named } = types[cursor.nodeTypeId] ?? ERROR;
    const missing = damaged && cursor.nodeIsMissing;
    const field = fieldNames[cursor.currentFieldId] ?? null;
    const { startIndex: start, endIndex: end } = cursor;
    const node = new Node(source, { type: name, start, end, named, missing, field, parent });
    if (damaged) markDamage(node);
    return node;
  };
  const top = made(null);
  // No recursion: a sum of thousands of terms nests deeper than calls can.
  for (let at: Node | null = cursor.gotoFirstChild() ? top : null; at !== null; ) {
    const child = made(at);
    at.children.push(child);
    if (!isWord(child) && cursor.gotoFirstChild()) {
      at = child;
      continue;
    }
    while (at !== null && !cursor.gotoNextSibling()) {
      cursor.gotoParent();
      at = at.parent;
    }
  }
  cursor.delete();
  return top;
}

/** A token of one word has nothing below it; `not in` holds two. */
function isWord({ named, type }: Node): boolean {
  return !named && !type.includes(' ');
}

/** Tells all around an error that there is one. */
function markDamage(node: Node): void {
  if (!node.missing && node.type !== ERROR.name) return;
  for (let at: Node | null = node; at !== null && !at.hasError; at = at.parent) at.hasError = true;
}
