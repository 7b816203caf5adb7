/** Collects the parts of FileFacts while the tree is walked, and knows what a name means where. */

import type {
  Block,
  FileFacts,
  Flow,
  Local,
  LocalId,
  Place,
  Scope,
  ScopeId,
  Span,
  Statement,
  StatementId,
  Value,
  ValueId,
} from '../../model/facts.js';
import { FACTS_VERSION } from '../../model/facts.js';
import { type Node, spanOf } from './tree.js';

/** Where the walk is. */
export interface Context {
  scope: ScopeId;
  block: number | null;
  statement: StatementId | null;
  /** Inside a `try` or a condition. */
  guarded: boolean;
  /** Inside `if TYPE_CHECKING:`. */
  typeOnly: boolean;
}

/** What `self` and `cls` stand for in the methods of a class. */
export interface Receiver {
  of: ScopeId;
  static: boolean;
}

/** A value without the fields that every value has. */
type Bare<T> = T extends unknown ? Omit<T, 'span' | 'scope' | 'block' | 'statement'> : never;
export type BareValue = Bare<Value>;

export class Builder {
  readonly facts: FileFacts;
  /** Names that each scope binds. */
  readonly names: Map<string, LocalId>[] = [];
  /** Names that a function declares `global`. */
  readonly globals = new Map<ScopeId, ReadonlySet<string>>();
  readonly receivers = new Map<LocalId, Receiver>();
  /** Star imports of the module, in their order: numbers of imports. */
  readonly stars: number[] = [];
  /** Names of the type parameters of functions and classes: seen in all that is inside, and nothing that is followed. */
  readonly typeNames = new Map<ScopeId, ReadonlySet<string>>();

  constructor(
    file: string,
    readonly text: string,
  ) {
    this.facts = {
      version: FACTS_VERSION,
      file,
      language: 'python',
      lineStarts: lineStarts(text),
      scopes: [],
      locals: [],
      imports: [],
      exports: [],
      values: [],
      flows: [],
      blocks: [],
      statements: [],
      directives: [],
      problems: [],
      generated: false,
    };
  }

  scope(scope: Scope): ScopeId {
    this.names.push(new Map());
    return this.facts.scopes.push(scope) - 1;
  }

  block(block: Block): number {
    return this.facts.blocks.push(block) - 1;
  }

  statement(kind: Statement['kind'], node: Node, context: Context): Context {
    const { scope, block } = context;
    const id = this.facts.statements.push({ kind, span: spanOf(node), scope, block }) - 1;
    return { ...context, statement: id };
  }

  value(value: BareValue, span: Span, { scope, block, statement }: Context): ValueId {
    return this.facts.values.push({ ...value, span, scope, block, statement } as Value) - 1;
  }

  flow(value: ValueId, place: Place, span: Span, context: Context, more: Partial<Flow> = {}): void {
    const { statement } = context;
    this.facts.flows.push({ value, place, declares: false, part: { kind: 'whole' }, span, statement, ...more });
  }

  /** The local of a name in a scope, made when there is none. */
  local(scope: ScopeId, name: string, kind: Local['kind'], node: Node, statement: StatementId | null): LocalId {
    const names = this.names[scope];
    const known = names?.get(name);
    if (known !== undefined) return known;
    const exported = scope === 0;
    const made: Local = {
      name,
      scope,
      kind,
      span: spanOf(node),
      statement,
      import: null,
      declares: null,
      type: null,
      exported,
    };
    const id = this.facts.locals.push(made) - 1;
    names?.set(name, id);
    return id;
  }

  /** What a name means in a scope: its own names, then those around it; class bodies are seen only by themselves. */
  lookup(name: string, from: ScopeId): LocalId | null {
    for (let at: ScopeId | null = from; at !== null; at = this.facts.scopes[at]?.parent ?? null) {
      const found: LocalId | undefined = this.globals.get(at)?.has(name)
        ? this.names[0]?.get(name)
        : this.names[at]?.get(name);
      const visible = at === from || this.facts.scopes[at]?.kind !== 'class';
      if (found !== undefined && visible) return found;
      if (this.typeNames.get(at)?.has(name)) return null;
    }
    return null;
  }

  /** Where an assignment to a name goes. */
  target(name: string, context: Context, node: Node): LocalId {
    const scope = this.globals.get(context.scope)?.has(name) ? 0 : context.scope;
    return (
      this.names[scope]?.get(name) ??
      this.lookup(name, scope) ??
      this.local(scope, name, 'let', node, context.statement)
    );
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
