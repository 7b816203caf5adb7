/** What each name of a file means: Python decides it for whole bodies, before any of them runs. */

import { bindersOf, isWord, parameterNames } from './binders.js';
import { child, holds, type Node, parts } from './node.js';
import { namesInText } from './quoted-names.js';

export interface Binding {
  name: string;
  scope: Scope;
  /** Names where it is bound: targets, parameters, names of imports, functions and classes. */
  declarations: Node[];
  /** Imports bind it, and nothing else does. */
  imported: boolean;
  /** Reads. For one inside of a quoted annotation the string is the node. */
  references: Node[];
}

export interface Scope {
  kind: 'module' | 'class' | 'function' | 'comprehension';
  /** Where its names hold. */
  body: Node;
  parent: Scope | null;
  names: Map<string, Binding>;
  /** Names of `global` and `nonlocal` statements. */
  foreign: Map<string, 'global' | 'nonlocal'>;
}

export interface Bindings {
  all: Binding[];
  module: Scope;
  /** Names that nothing in the file binds: builtins, and names that are wrong. */
  unbound: { name: string; node: Node }[];
  /** What a name means at an offset; null: nothing of the file. */
  lookup(name: string, offset: number): Binding | null;
}

const SCOPES: Readonly<Record<string, Scope['kind']>> = {
  function_definition: 'function',
  lambda: 'function',
  class_definition: 'class',
  list_comprehension: 'comprehension',
  set_comprehension: 'comprehension',
  dictionary_comprehension: 'comprehension',
  generator_expression: 'comprehension',
};

/** Analyses a module. */
export function bind(module: Node, text: string): Bindings {
  const analysis = new Analysis(module, text);
  analysis.run();
  const { all, scopes, top, unbound } = analysis;
  const lookup = (name: string, offset: number) => {
    const around = scopes.filter(({ body }) => holds(body, { start: offset, end: offset + 1 }));
    return resolve(name, around.at(-1) ?? top);
  };
  return { all, module: top, unbound, lookup };
}

interface Read {
  name: string;
  node: Node;
  scope: Scope;
}

class Analysis {
  readonly all: Binding[] = [];
  /** Outer ones before inner ones. */
  readonly scopes: Scope[] = [];
  readonly top: Scope;
  readonly unbound: Bindings['unbound'] = [];
  private readonly reads: Read[] = [];
  private readonly bound = new Set<Node>();

  constructor(
    module: Node,
    private readonly text: string,
  ) {
    this.top = this.scope('module', module, null);
  }

  run(): void {
    const stack = [{ node: this.top.body, scope: this.top }];
    for (let at = stack.pop(); at; at = stack.pop()) {
      this.visit(at.node, at.scope);
      stack.push(...this.below(at.node, at.scope).reverse());
    }
    for (const { name, node, scope } of this.reads) {
      const found = resolve(name, scope);
      if (found) found.references.push(node);
      else if (node.type === 'identifier') this.unbound.push({ name, node });
    }
  }

  private scope(kind: Scope['kind'], body: Node, parent: Scope | null): Scope {
    const made: Scope = { kind, body, parent, names: new Map(), foreign: new Map() };
    this.scopes.push(made);
    return made;
  }

  private visit(node: Node, scope: Scope): void {
    const foreign = /^(global|nonlocal)_statement$/.exec(node.type)?.[1];
    if (foreign) for (const name of parts(node)) scope.foreign.set(this.nameOf(name), foreign as 'global' | 'nonlocal');
    for (const { name, imported } of bindersOf(node)) {
      this.bound.add(name);
      this.declare(name.parent?.type === 'named_expression' ? outOfComprehension(scope) : scope, name, imported);
      if (node.type === 'augmented_assignment') this.reads.push({ name: this.nameOf(name), node: name, scope });
    }
    if (node.type === 'identifier' && !this.bound.has(node) && !isWord(node)) {
      this.reads.push({ name: this.nameOf(node), node, scope });
    }
    if (node.type !== 'string' && node.type !== 'comment') return;
    for (const name of namesInText(node, this.text)) this.reads.push({ name, node, scope });
  }

  private declare(scope: Scope, node: Node, imported: boolean): void {
    const name = this.nameOf(node);
    const owner = scope.foreign.has(name) ? (outer(name, scope) ?? scope) : scope;
    const known = owner.names.get(name);
    if (known) {
      known.declarations.push(node);
      known.imported &&= imported;
      return;
    }
    const made: Binding = { name, scope: owner, declarations: [node], imported, references: [] };
    owner.names.set(name, made);
    this.all.push(made);
  }

  /** The nodes below a node, each with the scope that its names are looked up in. */
  private below(node: Node, scope: Scope): { node: Node; scope: Scope }[] {
    const kind = SCOPES[node.type];
    const body = kind === 'comprehension' ? node : child(node, 'body');
    if (kind === undefined || body === null) return node.children.map((one) => ({ node: one, scope: scope }));
    const own = this.scope(kind, body, scope);
    const parameters = child(node, 'parameters');
    for (const name of parameters ? parameterNames(parameters) : []) {
      this.bound.add(name);
      this.declare(own, name, false);
    }
    // Defaults, annotations, bases and decorators are evaluated outside.
    const inside = (one: Node) => kind === 'comprehension' || one === body;
    return node.children.map((one) => ({ node: one, scope: inside(one) ? own : scope }));
  }

  private nameOf(node: Node): string {
    return this.text.slice(node.start, node.end);
  }
}

/** A walrus binds outside of the comprehension that it stands in. */
function outOfComprehension(scope: Scope): Scope {
  let at = scope;
  while (at.kind === 'comprehension' && at.parent) at = at.parent;
  return at;
}

function resolve(name: string, from: Scope): Binding | null {
  if (from.foreign.has(name)) return outer(name, from)?.names.get(name) ?? null;
  for (let at: Scope | null = from; at; at = at.parent) {
    // Functions do not see the names of the class around them.
    const found = at.kind === 'class' && at !== from ? undefined : at.names.get(name);
    if (found) return found;
    if (at !== from && at.foreign.has(name)) return resolve(name, at);
  }
  return null;
}

/** The scope that a `global` or `nonlocal` name belongs to. */
function outer(name: string, scope: Scope): Scope | null {
  let at: Scope | null = scope.parent;
  if (scope.foreign.get(name) === 'nonlocal') {
    while (at && !(at.kind === 'function' && at.names.has(name))) at = at.parent;
    return at;
  }
  while (at?.parent) at = at.parent;
  return at;
}
