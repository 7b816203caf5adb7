/**
 * FileFacts: the value-flow IR of one source file. Both language rooms produce it, trace and assess read nothing else.
 * It depends on the content of that file alone, so it can be cached by content and made in a worker.
 *
 * Every id is an index into the array of the same name of the same file. Every offset counts UTF-16 code units from the
 * start of the file as it lies on disk (a BOM counts as one unit).
 */

import type { Value } from './values.js';

export type * from './values.js';

export type LanguageName = 'typescript' | 'javascript' | 'python';

export type ScopeId = number;
export type LocalId = number;
export type ValueId = number;
export type BlockId = number;
export type StatementId = number;
export type ImportId = number;

/** Half-open range of UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
}

/** Bump when the shape below changes: it is part of the cache key. */
export const FACTS_VERSION = 8;

export interface FileFacts {
  version: typeof FACTS_VERSION;
  /** Path from the root, with `/`. */
  file: string;
  language: LanguageName;
  /** Offset of the first unit of each line; `lineStarts[0]` is 0. */
  lineStarts: number[];
  /** `scopes[0]` is the module. */
  scopes: Scope[];
  locals: Local[];
  imports: Import[];
  exports: Export[];
  values: Value[];
  flows: Flow[];
  blocks: Block[];
  statements: Statement[];
  directives: Directive[];
  /** Messages of the parser. Facts of a file with problems hold what could still be read. */
  problems: { message: string; line: number }[];
  /** True when a header says that a tool wrote the file (`@generated`, `DO NOT EDIT`): never edited. */
  generated: boolean;
  /** The code stands in scripts of a file of another kind (Vue, Svelte), or in a notebook: read and never edited. */
  embedded?: true | 'notebook';
}

export interface Scope {
  kind: 'module' | 'function' | 'class' | 'block';
  parent: ScopeId | null;
  /** Name of the function or class, or the name it is bound to (`const f = () => …`, `{ f() {} }`); null if it has none. */
  name: string | null;
  span: Span;
  /** Span of the body between its braces (or of the expression, for `() => x`). */
  body: Span;
  /** function only */
  async?: boolean;
  generator?: boolean;
  /** What kind of function: decides how `this` is bound and when it runs. */
  form?: 'function' | 'arrow' | 'method' | 'constructor' | 'getter' | 'setter' | 'static-block';
  /** Method or accessor of the class or object literal: a static member. */
  static?: boolean;
  /** A private member (`private`, `#x`, Python `_x` stays public): cannot be reached from outside the class. */
  access?: 'public' | 'protected' | 'private';
  params?: Param[];
  /** class only: values of the `extends` clause or of the bases. */
  bases?: ValueId[];
  /** class only: declared fields. Fields that are only assigned (`this.x = …`) are not listed. */
  fields?: Field[];
  /** class only: function scopes of its methods, accessors, constructor. */
  members?: ScopeId[];
  /** Decorators of the class or function, as values. */
  decorators?: ValueId[];
}

export interface Param {
  /**
   * Local that the parameter binds. For a destructured one it is a hidden local (`{…}#0`, by position): flows from a
   * reference to it bind the parts. Null when there is none.
   */
  local: LocalId | null;
  name: string | null;
  default: ValueId | null;
  rest: boolean;
  type: TypeRef | null;
  /** TypeScript parameter property (`constructor(private redis: Redis)`): it is also a field of that name. */
  field: 'public' | 'protected' | 'private' | null;
  decorators: ValueId[];
}

export interface Field {
  name: string;
  static: boolean;
  access: 'public' | 'protected' | 'private';
  readonly: boolean;
  type: TypeRef | null;
  span: Span;
  decorators: ValueId[];
}

/** A declared type: its source text without white space, and what its first name refers to. */
export interface TypeRef {
  text: string;
  /** A `reference` or `member` value: annotations are import references too (dependency injection needs them). */
  value: ValueId | null;
}

/** A name that code can bind. Names of imports and parameters are locals as well. */
export interface Local {
  name: string;
  scope: ScopeId;
  kind: 'const' | 'let' | 'var' | 'param' | 'function' | 'class' | 'import' | 'catch' | 'enum';
  /** Span of the name where it is declared. */
  span: Span;
  /** Statement that declares it; null for parameters and imports of expressions. */
  statement: StatementId | null;
  /** For kind `import`. */
  import: ImportId | null;
  /** For kinds `function` and `class`. */
  declares: ScopeId | null;
  type: TypeRef | null;
  exported: boolean;
}

/**
 * One imported name of an import statement, one `require()` or one dynamic `import()` expression.
 * `imported` is the name in the other module: `default`, `*` for the namespace, `=` for what `require` returns.
 */
export interface Import {
  specifier: string;
  imported: string;
  local: LocalId | null;
  typeOnly: boolean;
  /** Inside a `try` or a condition: may be missing at run time. */
  guarded: boolean;
  dynamic: boolean;
  scope: ScopeId;
  span: Span;
  /** Python, `from m import a as a`: by convention for whoever imports this module. Source: PEP 484, stub files. */
  passedOn?: true;
}

/**
 * `export { a as b }` → { name: 'b', value }. `export { a as b } from './m'` → { name: 'b', specifier, imported: 'a' }.
 * `export * from` → { name: '*', imported: '*' }; `export * as ns from` → { name: 'ns', imported: '*' }.
 * CommonJS: `exports.a = v` → { name: 'a', value }; `module.exports = v` and `export = v` → { name: '=', value }.
 */
export interface Export {
  name: string;
  value: ValueId | null;
  specifier: string | null;
  imported: string | null;
  typeOnly: boolean;
  span: Span;
}

/** Where a value can be kept. */
export type Place =
  | { kind: 'local'; local: LocalId }
  | { kind: 'param'; scope: ScopeId; index: number }
  | { kind: 'return'; scope: ScopeId }
  /** Field of a class (`this.x`, `self.x`, `static x`), all instances together. */
  | { kind: 'field'; scope: ScopeId; name: string; static: boolean }
  /** Member or element (`name` null) of what a value holds: `a.b = …`, `a[i] = …`. */
  | { kind: 'member'; object: ValueId; name: string | null }
  | { kind: 'global'; name: string };

/** `value` may be kept in `place`. `declares` says that the flow is the declaration of the place, not a later assignment. */
export interface Flow {
  value: ValueId;
  place: Place;
  declares: boolean;
  /**
   * How much of the value arrives: the whole, a member of it (destructuring), an element, or what is left over. `index`
   * is known for an element that a pattern takes by its position (`const [a, b] = v`), and absent in loops.
   */
  part: { kind: 'whole' } | { kind: 'member'; name: string } | { kind: 'element'; index?: number } | { kind: 'rest' };
  /** Default of a destructured part. */
  default?: ValueId;
  span: Span;
  statement: StatementId | null;
}

/** A region whose code may run never, or more than once, or with its errors caught. */
export interface Block {
  kind: 'if' | 'else' | 'try' | 'catch' | 'finally' | 'loop' | 'with' | 'case';
  parent: BlockId | null;
  scope: ScopeId;
  span: Span;
  /** Condition of an `if`, `else` or `loop`; the context expression of a `with`. */
  test: ValueId | null;
  /** How the block ends, seen from its last statement. */
  exit: 'fall-through' | 'return' | 'return-none' | 'raise' | 'break' | 'continue';
}

export interface Statement {
  kind: 'expression' | 'declaration' | 'return' | 'import' | 'export' | 'throw' | 'other';
  span: Span;
  scope: ScopeId;
  block: BlockId | null;
}

/** `redis-migrate-ignore: reason` in a comment: holds for its own line and, when it stands alone on it, for the next line. */
export interface Directive {
  kind: 'ignore';
  reason: string;
  line: number;
  alone: boolean;
}
