/** Who holds what is in a place: the object that has it as a property or an open field, the function that returns it. */

import { putAt } from './dense.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

export class Holders {
  /** By node: what a file says of its places does not change. */
  private readonly known: (readonly ObjectId[] | undefined)[] = [];

  constructor(private readonly solver: Solver) {}

  /** Objects whose holder can read what is in a node which stands for itself. Values and variables have none. */
  of(node: Node): readonly ObjectId[] {
    const known = this.known[node];
    if (known !== undefined) return known;
    const found = this.find(node);
    putAt(this.known, node, found);
    return found;
  }

  private find(node: Node): readonly ObjectId[] {
    const owner = this.solver.names.ownerOf(node);
    if (owner !== null) return this.isOpenField(node, owner) ? [owner] : NONE;
    return this.returnedBy(node);
  }

  /** Private and protected members do not give anything away. */
  private isOpenField(node: Node, owner: ObjectId): boolean {
    const object = this.solver.objects.get(owner);
    if (object.kind !== 'instance' && object.kind !== 'class') return true;
    const name = this.solver.nameOf(node)?.split(' ').at(-1) ?? '';
    if (name.startsWith('#')) return false;
    const scope = this.solver.program.scope(object.file, object.scope);
    const declared = scope.fields?.find((f) => f.name === name)?.access;
    if (declared !== undefined) return declared === 'public';
    for (const member of scope.members ?? []) {
      const method = this.solver.program.scope(object.file, member);
      const field = method.params?.find((p) => p.field !== null && p.name === name)?.field;
      if (field) return field === 'public';
      if (method.form === 'getter' && method.name === name) return (method.access ?? 'public') === 'public';
    }
    return true;
  }

  /** The function that returns what is in `node`, and the instances that have it as a public method. */
  private returnedBy(node: Node): readonly ObjectId[] {
    const { program, objects } = this.solver;
    const result = program.returnOf(node);
    if (result === null) return NONE;
    const { file, scope: scopeId } = result;
    // What a helper gives back is its caller's own.
    if (this.solver.transparent.of(file, scopeId) !== null) return NONE;
    const scope = program.scope(file, scopeId);
    if (scope.kind !== 'function') return NONE;
    const found = [objects.intern({ kind: 'function', file, scope: scopeId })];
    const owner = scope.parent === null ? null : program.scope(file, scope.parent);
    if (owner?.kind === 'class' && (scope.access ?? 'public') === 'public' && scope.parent !== null) {
      const kind = scope.static ? 'class' : 'instance';
      found.push(objects.intern({ kind, file, scope: scope.parent }));
    }
    return found;
  }
}

const NONE: readonly ObjectId[] = [];
