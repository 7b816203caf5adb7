/** From a text to its tree: @babel/parser over the original text, so that every offset is one of the file. */

import type { ParserOptions, ParserPlugin } from '@babel/parser';
import type { Collection, JSCodeshift } from 'jscodeshift';
import { type Bindings, bind } from './bindings.js';
import { child, isNode, type Node } from './node.js';

/** One text, parsed. `bindings` and `root` are made when they are first asked for. */
export interface Source {
  file: string;
  text: string;
  program: Node;
  comments: Node[];
  /** Errors that the parser could step over. */
  errors: { message: string; line: number }[];
  bindings: Bindings;
  j: JSCodeshift;
  root: Collection;
}

export type Parsed = { ok: true; source: Source } | { ok: false; message: string; line: number };

interface Engine {
  parse: (text: string, options: ParserOptions) => unknown;
  j: JSCodeshift;
}

let engine: Engine | null = null;

/** Loads parser and jscodeshift: 150 ms that a run without edits does not pay. */
export async function load(): Promise<void> {
  if (engine !== null) return;
  const [{ parse }, { default: j }] = await Promise.all([import('@babel/parser'), import('jscodeshift')]);
  engine = { parse, j };
}

const JS_BASE: ParserPlugin[] = ['explicitResourceManagement', 'decoratorAutoAccessors'];
const RARE: ParserPlugin[] = ['deferredImportEvaluation', 'deprecatedImportAssert'];

/** Sets of plugins in the order in which they are tried; the first that gives no error wins. */
function pluginSets(file: string): ParserPlugin[][] {
  const jsx: ParserPlugin[] = /\.[cm]?ts$/.test(file) ? [] : ['jsx'];
  const typescript = (decorators: ParserPlugin): ParserPlugin[] => ['typescript', ...jsx, decorators, ...JS_BASE];
  const typed = [
    [...typescript('decorators-legacy'), 'importAttributes' as const],
    [...typescript('decorators'), ...RARE],
    [...typescript('decorators-legacy'), ...RARE],
  ];
  if (/\.[cm]?tsx?$/.test(file)) return typed;
  return [['jsx', 'flow', 'decorators-legacy', ...JS_BASE, 'importAttributes'], ...typed];
}

interface RawError {
  message: string;
  loc?: { line?: number };
}

function described(error: RawError): { message: string; line: number } {
  return { message: error.message.replace(/ \(\d+:\d+\)$/, ''), line: error.loc?.line ?? 1 };
}

interface Attempt {
  tree: Node;
  errors: { message: string; line: number }[];
}

function attempt(loaded: Engine, file: string, text: string): Attempt | { message: string; line: number } {
  let recovered: Attempt | null = null;
  let failure = { message: 'the parser gave nothing', line: 1 };
  for (const plugins of pluginSets(file)) {
    try {
      const tree = loaded.parse(text, {
        sourceType: 'unambiguous',
        errorRecovery: true,
        attachComment: false,
        allowReturnOutsideFunction: true,
        allowUndeclaredExports: true,
        plugins,
      });
      if (!isNode(tree)) continue;
      const errors = ((tree.errors as RawError[] | undefined) ?? []).map(described);
      if (errors.length === 0) return { tree, errors };
      recovered ??= { tree, errors };
    } catch (error) {
      failure = described(error as RawError);
    }
  }
  return recovered ?? failure;
}

function sourceOf(loaded: Engine, file: string, text: string, found: Attempt): Source {
  const program = child(found.tree, 'program');
  if (program === null) throw new Error(`no program in the tree of ${file}`);
  let bindings: Bindings | null = null;
  let root: Collection | null = null;
  return {
    file,
    text,
    program,
    comments: ((found.tree.comments as unknown[] | undefined) ?? []).filter(isNode),
    errors: found.errors,
    j: loaded.j,
    get bindings() {
      bindings ??= bind(program);
      return bindings;
    },
    get root() {
      root ??= loaded.j(found.tree as never) as unknown as Collection;
      return root;
    },
  };
}

/** The last texts parsed: the sites of a file come one after the other, and each asks for the same tree. */
const KEPT = 8;
const recent = new Map<string, { text: string; parsed: Parsed }>();

/** Parses a text. Needs `load()` before; never throws for bad input. */
export function parse(file: string, text: string): Parsed {
  if (engine === null) throw new Error('javascriptSyntax.load() must be awaited before it is used');
  const known = recent.get(file);
  if (known?.text === text) return known.parsed;
  const found = attempt(engine, file, text);
  const parsed: Parsed =
    'tree' in found ? { ok: true, source: sourceOf(engine, file, text, found) } : { ok: false, ...found };
  recent.delete(file);
  recent.set(file, { text, parsed });
  const oldest = recent.size > KEPT ? recent.keys().next().value : undefined;
  if (oldest !== undefined) recent.delete(oldest);
  return parsed;
}
