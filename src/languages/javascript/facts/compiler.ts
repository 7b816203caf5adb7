/** The TypeScript compiler as ts-morph ships it: loaded when the first file needs it, and kept for the run. */

import type { Project, ts as t } from 'ts-morph';

/** The compiler's namespace. Undefined until `loadCompiler` has run. */
export let ts: typeof t;

let morph: typeof import('ts-morph');
let project: Project;

/** Loads ts-morph (about 0.25 s) once. */
export async function loadCompiler(): Promise<void> {
  if (ts) return;
  morph = await import('ts-morph');
  ts = morph.ts;
  startProject();
}

/** An empty project that never looks at a disk and never makes a program. */
export function startProject(): void {
  project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true, noLib: true, noResolve: true, types: [], target: ts.ScriptTarget.Latest },
  });
}

/** One parsed file. */
export interface Parsed {
  source: t.SourceFile;
  problems: readonly t.DiagnosticWithLocation[];
  /** Forgets the file: must be called when its facts exist. */
  release(): void;
}

/** Parses a text without its BOM. */
export function parse(file: string, text: string): Parsed {
  if (!ts) throw new Error('loadFacts() must have run before facts()');
  // The parser looks at the extension alone: no other part of the path can confuse it.
  const extension = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '.js';
  const wrapped = project.createSourceFile(`/file${extension}`, text, { overwrite: true });
  const source = wrapped.compilerNode;
  return {
    source,
    problems: (source as { parseDiagnostics?: readonly t.DiagnosticWithLocation[] }).parseDiagnostics ?? [],
    release: () => wrapped.forget(),
  };
}
