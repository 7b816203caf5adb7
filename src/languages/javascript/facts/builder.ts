/** What is being built while a file is lowered: the arrays of its facts, and where in the program we stand. */

import type { ts as t } from 'ts-morph';
import type {
  Block,
  BlockId,
  Export,
  Flow,
  Import,
  Local,
  LocalId,
  ObjectEntry,
  Place,
  Scope,
  ScopeId,
  Span,
  Statement,
  StatementId,
  Value,
  ValueId,
} from '../../../model/facts.js';
import type { Names } from './scoping.js';
import { digest, type Tokens } from './tokens.js';

type Place0 = 'span' | 'scope' | 'block' | 'statement';
/** A value without what says where it stands. */
export type Shape = Value extends infer V ? (V extends Value ? Omit<V, Place0> : never) : never;

export type Part = Flow['part'];
export const WHOLE: Part = { kind: 'whole' };

/** Where the code that is being lowered stands. */
interface Position {
  /** Innermost scope of any kind. */
  scope: ScopeId;
  /** Innermost function scope; null at module level and in fields of classes. */
  fn: ScopeId | null;
  /** Scope that `var` declares in. */
  varScope: ScopeId;
  block: BlockId | null;
  statement: StatementId | null;
  /** What `this` is. */
  self: { of: ScopeId | null; static: boolean };
  /** Runs only under a condition, or with its errors caught. */
  guarded: boolean;
  /** Inside `with (…)`, where names cannot be resolved. */
  inWith: boolean;
  /** Exported members of the namespace around; null outside of namespaces. */
  namespace: ObjectEntry[] | null;
}

export class Builder {
  readonly scopes: Scope[] = [];
  readonly locals: Local[] = [];
  readonly imports: Import[] = [];
  readonly exports: Export[] = [];
  readonly values: Value[] = [];
  readonly flows: Flow[] = [];
  readonly blocks: Block[] = [];
  readonly statements: Statement[] = [];
  /** What each scope binds; nothing for a scope that binds no name. */
  readonly names: (Names | undefined)[] = [];
  /** The name of a function or class expression, by its scope. */
  readonly ownNames = new Map<ScopeId, LocalId>();
  /** Locals that `createRequire` made. */
  readonly requires = new Set<LocalId>();
  /** Locals whose declaration was met; the others were only announced by their scope. */
  readonly declared = new Set<LocalId>();
  at: Position;

  constructor(
    readonly source: t.SourceFile,
    readonly tokens: Tokens,
    /** What to add to offsets of the compiler: 1 when a BOM was taken off. */
    private readonly shift: number,
  ) {
    const whole = { start: 0, end: source.text.length + shift };
    this.scopes.push({ kind: 'module', parent: null, name: null, span: whole, body: whole });
    const self = { of: null, static: false };
    this.at = {
      scope: 0,
      fn: null,
      varScope: 0,
      block: null,
      statement: null,
      self,
      guarded: false,
      inWith: false,
      namespace: null,
    };
  }

  /** Runs `run` at another position and comes back. */
  within<R>(change: Partial<Position>, run: () => R): R {
    const before = this.at;
    this.at = { ...before, ...change };
    const result = run();
    this.at = before;
    return result;
  }

  span(node: t.Node): Span {
    return { start: node.getStart(this.source) + this.shift, end: node.end + this.shift };
  }

  range(start: number, end: number): Span {
    return { start: start + this.shift, end: end + this.shift };
  }

  /** What lies between the braces that end at the end of `node`; `start` is just behind the opening one. */
  braces(start: number, node: t.Node): Span {
    const closed = this.source.text[node.end - 1] === '}' && node.end - 1 >= start;
    return this.range(start, closed ? node.end - 1 : Math.max(start, node.end));
  }

  /** Adds a value. `shape` becomes that value: it is completed, not copied, because this runs for every expression. */
  add(node: t.Node, shape: Shape): ValueId {
    const value = shape as Value;
    const { scope, block, statement } = this.at;
    value.span = this.span(node);
    value.scope = scope;
    value.block = block;
    value.statement = statement;
    return this.values.push(value) - 1;
  }

  unknown(node: t.Node, what: string, parts: ValueId[] = []): ValueId {
    return this.add(node, { kind: 'unknown', what, parts });
  }

  reference(node: t.Node, local: LocalId): ValueId {
    return this.add(node, { kind: 'reference', local });
  }

  flow(node: t.Node, value: ValueId, place: Place, how: { declares?: boolean; part?: Part; default?: ValueId } = {}) {
    const { declares = false, part = WHOLE } = how;
    const flow: Flow = { value, place, declares, part, span: this.span(node), statement: this.at.statement };
    if (how.default !== undefined) flow.default = how.default;
    this.flows.push(flow);
  }

  namesOf(scope: ScopeId): Names {
    const known = this.names[scope];
    if (known) return known;
    const names: Names = { values: new Map(), types: new Set() };
    this.names[scope] = names;
    return names;
  }

  ownName(scope: ScopeId, text: string): LocalId | undefined {
    const id = this.ownNames.get(scope);
    return id !== undefined && this.locals[id]?.name === text ? id : undefined;
  }

  newLocal(node: t.Node, name: string, kind: Local['kind'], scope: ScopeId): LocalId {
    const local: Local = {
      name,
      scope,
      kind,
      span: this.span(node),
      statement: null,
      import: null,
      declares: null,
      type: null,
      exported: false,
    };
    return this.locals.push(local) - 1;
  }

  /** Adds a scope inside the current one; the caller enters it with `within`. */
  openScope(node: t.Node, shape: Omit<Scope, 'parent' | 'span'>): ScopeId {
    return this.scopes.push({ ...shape, parent: this.at.scope, span: this.span(node) }) - 1;
  }

  /** Runs `run` in a new block scope. */
  inBlockScope(node: t.Node, run: (scope: ScopeId) => void): void {
    const scope = this.openScope(node, { kind: 'block', name: null, body: this.span(node) });
    this.within({ scope }, () => run(scope));
  }

  digest(node: t.Node): string {
    return digest(this.tokens, node.getStart(this.source), node.end);
  }
}
