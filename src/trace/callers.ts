/**
 * All calls of a function of the project, where it is certain that there are no others: it goes only where the analysis
 * follows it, and files that could call it are parsed (`handsOut` asks for the importers of what opens).
 */

import type { Scope, ScopeId } from '../model/facts.js';
import type { CallPlace } from './call-index.js';
import type { Consumer } from './consumers.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** Members that call a function in another way. */
const APPLIES = new Set(['call', 'apply', 'bind']);

export class Callers {
  /** Functions that code outside of the project can call. */
  private readonly open = new Set<ObjectId>();
  private readonly known = new Map<string, readonly CallPlace[] | null>();

  constructor(
    private readonly solver: Solver,
    published: Iterable<Node>,
  ) {
    for (const node of published) for (const id of solver.of(node)) this.open.add(id);
  }

  /** The calls, at least one; null when there may be others. Of a constructor: the calls of its class. */
  of(file: number, scope: ScopeId): readonly CallPlace[] | null {
    const key = `${file} ${scope}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = this.find(file, scope);
    this.known.set(key, found);
    return found;
  }

  private find(file: number, scope: ScopeId): readonly CallPlace[] | null {
    const { program, objects, derived } = this.solver;
    const here = program.scope(file, scope);
    if (here.kind !== 'function' || here.generator || (here.decorators ?? []).length > 0) return null;
    const called = this.callable(file, scope, here);
    if (called === null || !this.isClosed(called)) return null;
    if (objects.get(called).kind === 'class' && [...derived.of(called)].length > 0) return null;
    const calls = this.solver.calls.of(called);
    return calls.length > 0 && (this.isAsked(file, scope) || !this.isExported(file, called)) ? calls : null;
  }

  /** What is called when the function is to run: itself, or the class that it constructs. */
  private callable(file: number, scope: ScopeId, here: Scope): ObjectId | null {
    const { program, objects } = this.solver;
    const around = here.parent === null ? null : program.scope(file, here.parent);
    if (around?.kind !== 'class' || here.parent === null) return objects.intern({ kind: 'function', file, scope });
    const constructs = here.form === 'constructor' || here.name === '__init__';
    if (!constructs || (around.decorators ?? []).length > 0) return null;
    return objects.intern({ kind: 'class', file, scope: here.parent });
  }

  /** Whether it goes nowhere but where it is called. */
  private isClosed(called: ObjectId): boolean {
    if (this.open.has(called) || this.solver.crowds.hasLost(called)) return false;
    return this.solver.nodesOf(called).every((node) => {
      const where = this.solver.program.valueOf(node);
      if (!where) return true;
      const consumers = this.solver.consumers(where.file).get(where.value) ?? [];
      return consumers.every((consumer) => this.isFollowed(where.file, consumer));
    });
  }

  private isFollowed(file: number, consumer: Consumer): boolean {
    const { program } = this.solver;
    switch (consumer.kind) {
      case 'callee':
      case 'same':
      case 'looked-at':
      case 'default':
        return true;
      case 'flow':
        return consumer.flow.place.kind !== 'member' && consumer.flow.place.kind !== 'global';
      case 'object': {
        const member = program.value(file, consumer.by);
        return member.kind === 'member' && member.name !== null && !APPLIES.has(member.name);
      }
      default:
        return false;
    }
  }

  /** It opens a client itself, or constructs a class with a method that does, so that all files which import it are parsed. */
  private isAsked(file: number, scope: ScopeId): boolean {
    const { program, clients } = this.solver;
    const { name, form, parent } = program.scope(file, scope);
    const constructs = form === 'constructor' || name === '__init__';
    return clients.openings.some((one) => {
      if (one.file !== file) return false;
      const opens = program.functionOf(file, program.value(file, one.value).scope);
      return opens === scope || (constructs && opens !== null && program.scope(file, opens).parent === parent);
    });
  }

  private isExported(file: number, called: ObjectId): boolean {
    return this.solver.program.file(file).facts.exports.some(({ name }) => {
      const target = this.solver.program.exported(file, name);
      return target.kind !== 'nodes' || target.nodes.some((node) => this.solver.of(node).has(called));
    });
  }
}

/** The callers of a program, found when they are asked for. */
export function callersOf(solver: Solver, published: Iterable<Node>): () => Callers {
  let made: Callers | null = null;
  return () => {
    made ??= new Callers(solver, published);
    return made;
  };
}
