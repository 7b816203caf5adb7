/** The TypeScript compiler as ts-morph ships it: loaded when the first file needs it, and kept for the run. */

import type { Project, ts as t } from 'ts-morph';

/** The compiler's namespace. Undefined until `loadCompiler` has run. */
export let ts: typeof t;

let project: Project;

/** Loads ts-morph (about 0.25 s) once. */
export async function loadCompiler(): Promise<void> {
  if (project) return;
  const morph = await import('ts-morph');
  ts = morph.ts;
  project = new morph.Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      allowJs: true,
      noLib: true,
      noResolve: true,
      types: [],
      target: ts.ScriptTarget.Latest,
      jsx: ts.JsxEmit.Preserve,
    },
  });
}

/** One file, parsed and bound. */
export interface Parsed {
  source: t.SourceFile;
  checker: t.TypeChecker;
  problems: readonly t.DiagnosticWithLocation[];
  /** Forgets the file: must be called when its facts exist. */
  release(): void;
}

/**
 * Parses and binds a text without its BOM.
 *
 * A program for each file, because the checker is the one binder that resolves every kind of shadowing, and because it
 * is fast enough: over 431 files of a large TypeScript tree the median is 2.8 ms a file with every identifier resolved,
 * against 0.9 ms for parsing alone. Sixteen files in one program take 3.2 ms in the median and 40 % less in sum, which
 * does not pay for facts that would depend on their neighbours' global declarations.
 */
export function parse(file: string, text: string): Parsed {
  if (!project) throw new Error('loadFacts() must have run before facts()');
  const extension = /(?:\.d)?\.[cm]?[jt]sx?$/.exec(file)?.[0] ?? '.js';
  const wrapped = project.createSourceFile(`/file${extension}`, text, { overwrite: true });
  const source = wrapped.compilerNode;
  return {
    source,
    checker: project.getTypeChecker().compilerObject,
    problems: (source as { parseDiagnostics?: readonly t.DiagnosticWithLocation[] }).parseDiagnostics ?? [],
    release: () => wrapped.forget(),
  };
}

/** Takes a file that could not be bound out of the project, so that the next one starts clean. */
export function forgetAll(): void {
  for (const file of project.getSourceFiles()) file.forget();
}
