/** Values of the value-flow IR: every expression of a file. Part of `facts.ts`, which exports it too. */

import type { BlockId, ImportId, LocalId, ScopeId, Span, StatementId, ValueId } from './facts.js';

interface ValueBase {
  span: Span;
  scope: ScopeId;
  block: BlockId | null;
  statement: StatementId | null;
}

export interface Argument {
  value: ValueId;
  spread: boolean;
  /** Keyword of a Python call. */
  name: string | null;
}

export interface CallValue extends ValueBase {
  kind: 'call';
  callee: ValueId;
  args: Argument[];
  new: boolean;
  optional: boolean;
  /** What happens to the result: `awaited` directly, `floating` (an expression statement or `void`), `returned` directly, `used`. */
  result: 'awaited' | 'floating' | 'returned' | 'used';
  /** Short hash of the call's text with white space and comments removed: part of stable site ids, reveals nothing. */
  digest: string;
}

export type Value =
  | (ValueBase & { kind: 'literal'; value: string | number | boolean | null; undefined?: true })
  /** Texts and values in order: `redis://${host}/1` → ['redis://', 7, '/1']. */
  | (ValueBase & { kind: 'template'; parts: (string | ValueId)[] })
  | (ValueBase & { kind: 'array'; elements: { value: ValueId; spread: boolean }[] })
  | (ValueBase & { kind: 'object'; entries: ObjectEntry[] })
  /** A variable of the environment; `name` null when it is computed; `fallback` only where the read itself has one (`os.getenv`). */
  | (ValueBase & { kind: 'env'; name: string | null; fallback: ValueId | null })
  /** A read of a place that a name denotes. */
  | (ValueBase & { kind: 'reference'; local: LocalId })
  /** A name that nothing in the file binds: `globalThis`, `console`, or a global of the program. */
  | (ValueBase & { kind: 'global'; name: string })
  /** `this` or `self`; `of` is the class scope, null outside of classes. */
  | (ValueBase & { kind: 'this'; of: ScopeId | null; static: boolean })
  | (ValueBase & { kind: 'super'; of: ScopeId | null })
  /** What a `require()` or `import()` expression gives. */
  | (ValueBase & { kind: 'module'; import: ImportId })
  /** `a.b`, `a[0]`, `a['b']`; `name` null for a computed key. `write` when it is the target of an assignment or `delete`. */
  | (ValueBase & {
      kind: 'member';
      object: ValueId;
      name: string | null;
      key: ValueId | null;
      optional: boolean;
      write: boolean;
      /** A computed key that is the name of an attribute, not of an item: `getattr(a, name)`. */
      attribute?: true;
      /** A test writes it and takes it back at its end: `monkeypatch.setattr`. */
      undone?: true;
    })
  | CallValue
  | (ValueBase & { kind: 'await'; value: ValueId })
  | (ValueBase & { kind: 'conditional'; test: ValueId; then: ValueId; else: ValueId })
  /** `&&`, `||`, `??`, and Python's `and`, `or`. */
  | (ValueBase & { kind: 'logical'; operator: '&&' | '||' | '??'; left: ValueId; right: ValueId })
  /** An expression that only looks at its parts and gives a plain value: `!a`, `a === b`, `typeof a`, `a + b`, `"k" in a`, `isinstance`. */
  | (ValueBase & { kind: 'comparison'; operator: string; parts: ValueId[] })
  /** `a = v`, `a ||= v` as an expression: it gives `value`, and a flow tells where it is kept. */
  | (ValueBase & { kind: 'assign'; value: ValueId; operator: '=' | '||=' | '&&=' | '??=' | 'other' })
  | (ValueBase & { kind: 'function'; of: ScopeId })
  | (ValueBase & { kind: 'class'; of: ScopeId })
  /** Anything else. What reaches one of its parts is lost to the analysis: it escapes. */
  | (ValueBase & { kind: 'unknown'; what: string; parts: ValueId[] });

/** `key` null: a computed key or, with `spread`, `...value`. */
export interface ObjectEntry {
  key: string | null;
  value: ValueId;
  spread: boolean;
  span: Span;
}
