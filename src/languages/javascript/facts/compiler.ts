/** The TypeScript compiler as ts-morph ships it: loaded when the first file needs it, and kept for the run. */

import type { ts as t } from 'ts-morph';

/** The compiler's namespace. Undefined until `loadCompiler` has run. */
export let ts: typeof t;

/** Loads ts-morph (about 0.25 s) once. */
export async function loadCompiler(): Promise<void> {
  ts ??= (await import('ts-morph')).ts;
}

/** One parsed file. */
export interface Parsed {
  source: t.SourceFile;
  problems: readonly t.DiagnosticWithLocation[];
}

/**
 * Parses a text without its BOM, with ts-morph's compiler but without one of its projects: wrapping a file and forgetting
 * it looks for comments between all statements of a line, which takes 90 s for 60,000 statements on one line.
 */
export function parse(file: string, text: string): Parsed {
  if (!ts) throw new Error('loadFacts() must have run before facts()');
  // The parser looks at the extension alone: no other part of the path can confuse it.
  const extension = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '.js';
  const source = ts.createSourceFile(`file${extension}`, text, ts.ScriptTarget.Latest, true);
  // The parser keeps its complaints in a member that the types do not show.
  const { parseDiagnostics = [] } = source as { parseDiagnostics?: readonly t.DiagnosticWithLocation[] };
  return { source, problems: parseDiagnostics };
}
