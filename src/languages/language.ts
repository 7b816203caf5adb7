/** What a language must be able to do. Adding one is a folder beside this file and a line in `index.ts`. */

import type { AccessorUse, Edit, Instruction, TransformResult } from '../model/change.js';
import type { FileFacts, LanguageName, Span } from '../model/facts.js';
import type { Manifest, Resolution } from '../model/project.js';
import type { Pattern } from '../model/site.js';
import type { ComputedName } from './computed-names.js';

/** Read-only view of the tree that is scanned. Paths are relative to the root, with `/`. */
export interface Tree {
  /** Every walked file of any kind (manifests and settings included). */
  files: ReadonlySet<string>;
  /** Text of a file, null when there is none or it is not valid UTF-8. A BOM stays in the text. */
  read(file: string): string | null;
}

/** Answers where imports lead; made once per run, keeps manifests and tsconfigs it has read. */
export interface Resolver {
  resolve(file: string, specifier: string): Resolution;
  /** Manifest that governs a file: the nearest above it; null when there is none. */
  manifest(file: string): Manifest | null;
}

/** A module with names that it imports, and how another file may reach it. */
export interface NamesOfModule {
  file: string;
  names: ReadonlySet<string>;
  /** The module lists what `import *` gives (`__all__`). */
  lists: boolean;
  /** Whether a specifier of the text that is looked at leads to the module. */
  leads(specifier: string): boolean;
}

export interface Language {
  name: 'javascript' | 'python';
  extensions: readonly string[];
  /** Loads the parser. Called once, before the first `facts`, and only when a file needs it. */
  load(): Promise<void>;
  /** Facts of one text. Never throws for bad input: what the parser says is in `problems`. */
  facts(file: string, text: string): FileFacts;
  /** Language of a file by its extension. */
  languageOf(file: string): LanguageName;
  /** Specifiers that a text may import, found without a parser: may be too many, never too few. Latin-1 text will do. */
  importsIn(text: string): string[];
  /**
   * Names, imported by a module, that another text may read from it or replace in it: may be too many. Latin-1 text will
   * do. Absent: nobody sees what a module imports.
   */
  namesTaken?(text: string, module: NamesOfModule): string[];
  /** Specifiers to resolve besides those of imports and re-exports: a Python name may be a submodule. */
  specifiers?(facts: FileFacts): string[];
  resolver(tree: Tree): Resolver;
  /** Whether a text may load a module under a name that it puts together: never says no wrongly. Latin-1 text will do. */
  mayCompute(text: string): boolean;
  /** The loads of a file whose names are not written out where they load. */
  computedNames(facts: FileFacts): ComputedName[];
  /** What stands between the parts of a module's name. */
  separator: '/' | '.';
}

/** What the syntax side of a language does with instructions. Lives in `transforms/<language>`. */
export interface Syntax {
  load(): Promise<void>;
  /** Edits of one site change. `taken` as for `imports`; none when it is left out. */
  transform(
    pattern: Pattern,
    file: string,
    text: string,
    instructions: Instruction[],
    taken?: ReadonlySet<string>,
  ): TransformResult;
  /**
   * The one owner of imports: adds what `uses` need, drops names and pure declarations that nothing refers to once
   * `edits` are made, and gives all edits of the file together. Never drops a name that was unused before, nor one of
   * `taken`: other files take it from this one. The names that imports bind at `gone` go even if nothing ever used them.
   */
  imports(
    file: string,
    text: string,
    edits: Edit[],
    uses: AccessorUse[],
    taken: ReadonlySet<string>,
    gone: readonly Span[],
  ): ImportsResult;
  /** Problems of a text: parse errors, and names that are used but not bound although they were bound in `before`. */
  problems(file: string, before: string, after: string): TextProblem[];
}

/** `code` left out means `does-not-parse`. */
export interface TextProblem {
  message: string;
  line: number;
  code?: 'does-not-parse' | 'name-unbound';
}

export type ImportsResult =
  | { ok: true; edits: Edit[]; importsRemoved: string[] }
  | Extract<TransformResult, { ok: false }>;
