/** Which objects give a client away, and where values with clients leave what we can see. */

import type { EscapeCode } from '../model/traced.js';
import { type Consumer, type ConsumerIndex, indexConsumers } from './consumers.js';
import type { ObjectId } from './objects.js';
import { consumerConstruct } from './packages.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** A client, or something that gives it away, reached a place that the analysis does not follow. */
export interface Escape {
  code: EscapeCode;
  message: string;
  file: number;
  offset: number;
}

/** A client given to a library. */
export interface HandedOver {
  file: number;
  offset: number;
  library: string;
  api: string | null;
}

export class Reach {
  /** Objects through which whoever holds them gets at clients: object → openings. */
  private readonly carried = new Map<ObjectId, Set<number>>();
  private readonly indexes: (ConsumerIndex | undefined)[] = [];

  constructor(private readonly solver: Solver) {
    this.findCarriers();
  }

  consumers(file: number): ConsumerIndex {
    const known = this.indexes[file];
    if (known) return known;
    const made = indexConsumers(this.solver.program.file(file).facts);
    this.indexes[file] = made;
    return made;
  }

  /** Openings whose clients whoever holds `object` gets at. */
  clientsOf(object: ObjectId): ReadonlySet<number> {
    return this.carried.get(object) ?? NONE;
  }

  /** Openings whose clients whoever holds what is in `node` gets at. */
  clientsThrough(node: Node): Set<number> {
    const found = new Set<number>();
    for (const object of this.solver.of(node)) for (const opening of this.clientsOf(object)) found.add(opening);
    return found;
  }

  /** Grows the set of carriers: records with a client in a property, functions that return one, instances with an open field. */
  private findCarriers(): void {
    const { solver } = this;
    solver.objects.all.forEach((object, id) => {
      if (object.kind === 'client' || object.kind === 'method') this.carried.set(id, new Set([object.opening]));
    });
    const held: { objects: ReadonlySet<ObjectId>; holders: ObjectId[] }[] = [];
    for (const [node, objects] of solver.filled()) {
      const holders = this.holders(node);
      if (holders.length > 0) held.push({ objects, holders });
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const { objects, holders } of held) {
        for (const object of objects) {
          for (const opening of this.clientsOf(object)) {
            for (const holder of holders) grown = this.carry(holder, opening) || grown;
          }
        }
      }
    }
  }

  private carry(object: ObjectId, opening: number): boolean {
    const known = this.carried.get(object);
    if (known?.has(opening)) return false;
    if (known) known.add(opening);
    else this.carried.set(object, new Set([opening]));
    return true;
  }

  /** Objects whose holder can read what is in `node`. */
  private holders(node: Node): ObjectId[] {
    const owner = this.solver.owner(node);
    if (owner !== null) return this.isOpenField(node, owner) ? [owner] : [];
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
  private returnedBy(node: Node): ObjectId[] {
    const { program, objects } = this.solver;
    const result = program.returnOf(node);
    if (result === null) return [];
    const { file, scope: scopeId } = result;
    const scope = program.scope(file, scopeId);
    if (scope.kind !== 'function') return [];
    const found = [objects.intern({ kind: 'function', file, scope: scopeId })];
    const owner = scope.parent === null ? null : program.scope(file, scope.parent);
    if (owner?.kind === 'class' && (scope.access ?? 'public') === 'public' && scope.parent !== null) {
      const kind = scope.static ? 'class' : 'instance';
      found.push(objects.intern({ kind, file, scope: scope.parent }));
    }
    return found;
  }

  /** What a consumer of a value node does to the clients in it. */
  fate(file: number, node: Node, consumer: Consumer): Escape | HandedOver[] | null {
    const { program } = this.solver;
    switch (consumer.kind) {
      case 'unknown': {
        if (HARMLESS_PARTS.has(consumer.what)) return null;
        const offset = program.value(file, consumer.by).span.start;
        return {
          code: 'escapes-to-unknown-value',
          message: `it goes into a ${consumer.what} that is not followed`,
          file,
          offset,
        };
      }
      case 'argument':
        return this.argumentFate(file, node, consumer);
      case 'flow':
        return this.flowFate(file, node, consumer);
      default:
        return null;
    }
  }

  private flowFate(file: number, node: Node, consumer: Extract<Consumer, { kind: 'flow' }>): Escape | null {
    const { place, span } = consumer.flow;
    if (place.kind !== 'member' || this.clientsThrough(node).size === 0) return null;
    const holders = [...this.solver.of(this.solver.program.valueNode(file, place.object))];
    const followed = holders.some((id) => FOLLOWED.has(this.solver.objects.get(id).kind) || this.isGlobalObject(id));
    if (followed) return null;
    const message = `it is kept in \`.${place.name ?? '[…]'}\` of an object that is not followed`;
    return { code: 'escapes-to-unknown-object', message, file, offset: span.start };
  }

  private isGlobalObject(id: ObjectId): boolean {
    const object = this.solver.objects.get(id);
    return (
      object.kind === 'external' &&
      object.package === '' &&
      ['globalThis', 'global', 'window', 'self'].includes(object.path[0] ?? '')
    );
  }

  private argumentFate(
    file: number,
    node: Node,
    consumer: Extract<Consumer, { kind: 'argument' }>,
  ): Escape | HandedOver[] | null {
    const { program } = this.solver;
    const call = program.value(file, consumer.by);
    if (call.kind !== 'call') return null;
    const offset = call.span.start;
    const callees = [...this.solver.of(program.valueNode(file, call.callee))];
    const handed: HandedOver[] = [];
    let followed = false;
    for (const id of callees) {
      const callee = this.solver.objects.get(id);
      if (callee.kind !== 'external') {
        followed ||=
          callee.kind !== 'unparsed' &&
          callee.kind !== 'namespace' &&
          callee.kind !== 'record' &&
          callee.kind !== 'client';
        continue;
      }
      const name = callee.path.join('.');
      if (callee.package === '' && (HARMLESS_GLOBALS.has(name) || /^console\./.test(name))) followed = true;
      const found =
        callee.package === '' ? null : consumerConstruct(this.solver.libraries, callee.package, callee.path);
      if (found) handed.push({ file, offset, library: found.library.name, api: found.construct.api });
    }
    if (handed.length > 0) return handed;
    if (followed || this.isKnownCallback(node, callees)) return null;
    return { code: 'escapes-to-unknown-call', message: 'it is given to a call that is not followed', file, offset };
  }

  /** A function that gives a client away only by what it returns is safe with a runtime method that drops results. */
  private isKnownCallback(node: Node, callees: ObjectId[]): boolean {
    const objects = [...this.solver.of(node)].filter((id) => this.clientsOf(id).size > 0);
    const onlyFunctions = objects.every((id) => this.solver.objects.get(id).kind === 'function');
    return (
      onlyFunctions &&
      callees.length > 0 &&
      callees.every((id) => {
        const callee = this.solver.objects.get(id);
        return callee.kind === 'external' && callee.package === '' && DROPS_RESULTS.has(callee.path.at(-1) ?? '');
      })
    );
  }
}

const NONE: ReadonlySet<number> = new Set();
/** Objects whose properties are followed. */
const FOLLOWED = new Set(['record', 'instance', 'class', 'function', 'client']);
const HARMLESS_PARTS = new Set(['void', 'throw', 'delete', 'expression']);
const HARMLESS_GLOBALS = new Set(
  'Promise.all Promise.allSettled Promise.race Promise.any Promise.resolve Object.freeze Object.seal Object.keys Object.values Object.entries Boolean String JSON.stringify Map Set WeakMap WeakSet Promise Array.from Array.isArray isinstance print len bool str repr type hasattr'.split(
    ' ',
  ),
);
/** Runtime functions that call their callback and drop what it returns. */
const DROPS_RESULTS = new Set(
  'setTimeout setInterval setImmediate queueMicrotask on once addEventListener nextTick'.split(' '),
);
