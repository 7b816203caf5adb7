/**
 * Which name means what: scopes, what they bind, and every reference to it. Written for edits, so it errs on one side
 * only: what may be a reference counts as one (a name then stays imported, never the other way round). Type parameters
 * bind nothing here for the same reason.
 */

import { BINDERS } from './binders.js';
import { child, children, list, type Node, nameOf } from './node.js';
import { referenceFields } from './reference-fields.js';

export type BindingKind =
  | 'import'
  | 'const'
  | 'let'
  | 'var'
  | 'function'
  | 'class'
  | 'param'
  | 'catch'
  | 'type'
  | 'enum';

export interface Binding {
  name: string;
  kind: BindingKind;
  scope: Scope;
  /** The specifier, declarator, function, class or type that binds it; several when declarations merge. */
  declarations: Node[];
  exported: boolean;
  references: Node[];
}

export interface Scope {
  kind: 'module' | 'function' | 'block';
  start: number;
  end: number;
  parent: Scope | null;
  inner: Scope[];
  names: Map<string, Binding>;
}

export interface Bindings {
  module: Scope;
  all: Binding[];
  /** References that nothing in the file binds. */
  unbound: Node[];
  parents: Map<Node, Node>;
  /** What a name means at an offset; null when nothing in the file binds it there. */
  lookup(name: string, offset: number): Binding | null;
}

/** What the binders of `binders.ts` work with. */
export interface Binder {
  parents: Map<Node, Node>;
  visit(node: Node | null, scope: Scope, parent: Node): void;
  visitFields(node: Node, scope: Scope, except?: readonly string[]): void;
  open(kind: Scope['kind'], node: Node, parent: Scope): Scope;
  declare(scope: Scope, kind: BindingKind, id: Node | null, declaration: Node): void;
  pattern(scope: Scope, kind: BindingKind, target: Node, declaration: Node, parent: Node): void;
  refer(node: Node, scope: Scope): void;
}

class TreeBinder implements Binder {
  readonly all: Binding[] = [];
  readonly parents = new Map<Node, Node>();
  readonly pending: { node: Node; scope: Scope }[] = [];

  visit(node: Node | null, scope: Scope, parent: Node): void {
    if (node === null) return;
    this.parents.set(node, parent);
    const binder = BINDERS[node.type];
    if (binder) binder(this, node, scope);
    else this.visitFields(node, scope);
  }

  visitFields(node: Node, scope: Scope, except: readonly string[] = []): void {
    const skipped = referenceFields(node);
    for (const below of children(node)) {
      if (!skipped.includes(below.field) && !except.includes(below.field)) this.visit(below.node, scope, node);
    }
  }

  open(kind: Scope['kind'], node: Node, parent: Scope): Scope {
    const scope: Scope = { kind, start: node.start, end: node.end, parent, inner: [], names: new Map() };
    parent.inner.push(scope);
    return scope;
  }

  declare(scope: Scope, kind: BindingKind, id: Node | null, declaration: Node): void {
    const name = nameOf(id);
    if (name === null || name === 'this') return;
    const owner = kind === 'var' ? functionScope(scope) : scope;
    const known = owner.names.get(name);
    if (known) {
      known.declarations.push(declaration);
      return;
    }
    const made: Binding = { name, kind, scope: owner, declarations: [declaration], exported: false, references: [] };
    owner.names.set(name, made);
    this.all.push(made);
  }

  pattern(scope: Scope, kind: BindingKind, target: Node, declaration: Node, parent: Node): void {
    this.parents.set(target, parent);
    const inside = (node: Node | null): void => {
      if (node !== null) this.pattern(scope, kind, node, declaration, target);
    };
    this.visit(child(target, 'typeAnnotation'), scope, target);
    for (const decorator of list(target, 'decorators')) this.visit(decorator, scope, target);
    if (target.type === 'Identifier') this.declare(scope, kind, target, declaration);
    else if (target.type === 'AssignmentPattern') {
      inside(child(target, 'left'));
      this.visit(child(target, 'right'), scope, target);
    } else if (target.type === 'ObjectPattern') for (const property of list(target, 'properties')) inside(property);
    else if (target.type === 'ObjectProperty') {
      if (target.computed === true) this.visit(child(target, 'key'), scope, target);
      inside(child(target, 'value'));
    } else if (target.type === 'ArrayPattern') for (const element of list(target, 'elements')) inside(element);
    else if (target.type === 'RestElement') inside(child(target, 'argument'));
    else if (target.type === 'TSParameterProperty') inside(child(target, 'parameter'));
    else this.visit(target, scope, parent);
  }

  refer(node: Node, scope: Scope): void {
    this.pending.push({ node, scope });
  }
}

function functionScope(scope: Scope): Scope {
  let at = scope;
  while (at.kind === 'block' && at.parent !== null) at = at.parent;
  return at;
}

function resolve(name: string, from: Scope): Binding | null {
  for (let at: Scope | null = from; at !== null; at = at.parent) {
    const found = at.names.get(name);
    if (found) return found;
  }
  return null;
}

function innermost(scope: Scope, offset: number): Scope {
  const inner = scope.inner.find((below) => below.start <= offset && offset < below.end);
  return inner ? innermost(inner, offset) : scope;
}

/** Binds a whole program. */
export function bind(program: Node): Bindings {
  const binder = new TreeBinder();
  const module: Scope = { kind: 'module', start: 0, end: program.end, parent: null, inner: [], names: new Map() };
  binder.visitFields(program, module);
  const unbound: Node[] = [];
  for (const { node, scope } of binder.pending) {
    const name = nameOf(node);
    const found = name === null ? null : resolve(name, scope);
    if (found) found.references.push(node);
    else unbound.push(node);
  }
  for (const { node, scope } of binder.pending) {
    if (binder.parents.get(node)?.type === 'ExportSpecifier') markExported(nameOf(node), scope);
  }
  return {
    module,
    all: binder.all,
    unbound,
    parents: binder.parents,
    lookup: (name, offset) => resolve(name, innermost(module, offset)),
  };
}

function markExported(name: string | null, scope: Scope): void {
  const found = name === null ? null : resolve(name, scope);
  if (found) found.exported = true;
}
