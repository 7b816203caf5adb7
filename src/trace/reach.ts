/** Which objects give a client away, and where values with clients leave what we can see. */

import type { Flow } from '../model/facts.js';
import type { EscapeCode } from '../model/traced.js';
import type { CallPlace } from './call-index.js';
import { writtenName } from './code-names.js';
import type { Consumer, ConsumerIndex } from './consumers.js';
import { type Forwards, forwardsOf } from './forwards.js';
import type { GivenCalls } from './given-calls.js';
import { argumentFates } from './hand-over.js';
import type { Holders } from './holders.js';
import { nameOfModule } from './module-members.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import { keepsInRequest } from './request-parts.js';
import type { Solver } from './solver.js';
import { Tokens } from './tokens.js';

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
  /** Path of the argument, as in the consumer's `clientAt`. */
  argument: (number | string)[];
  /** Functions that stood for the clients because they pass commands on to them. */
  forwards: ObjectId[];
}

/** What a consumer does to some clients. */
export interface Fate {
  clients: ObjectId[];
  what: Escape | HandedOver;
}

/** What is asked of places, whatever the program holds beside them. */
export interface ReachPlaces {
  holders: Holders;
  calls: GivenCalls;
}

export class Reach {
  /** Objects through which whoever holds them gets at clients: object → client objects. */
  private readonly carried = new Map<ObjectId, Set<ObjectId>>();
  /** Who holds the objects that were gone through while carriers are found. */
  private readonly given = new Map<ObjectId, readonly ObjectId[]>();
  private found: readonly Node[] | null = null;
  private ofNames: readonly Node[] | null = null;
  private holding: ((node: Node) => boolean) | null = null;
  /** Functions that pass any command on to a client. */
  readonly forwards: Forwards;
  /** Names under which calls keep things, as the program is now. */
  readonly tokens: Tokens;

  /** @param places What was found of places, kept from one program to the next. */
  constructor(
    private readonly solver: Solver,
    private readonly places: ReachPlaces,
  ) {
    this.forwards = forwardsOf(solver);
    this.tokens = new Tokens(solver.program, solver);
    this.findCarriers();
  }

  consumers(file: number): ConsumerIndex {
    return this.solver.consumers(file);
  }

  /** Clients that whoever holds `object` gets at. */
  clientsOf(object: ObjectId): ReadonlySet<ObjectId> {
    return this.carried.get(object) ?? NONE;
  }

  /** Whether whoever holds what is in `node` gets at a client. */
  givesAway(node: Node): boolean {
    this.holding ??= this.solver.heldIn(this.carried.keys());
    return this.holding(node);
  }

  /** Clients that whoever holds what is in `node` gets at. */
  clientsThrough(node: Node): Set<ObjectId> {
    const found = new Set<ObjectId>();
    for (const object of this.solver.of(node)) for (const client of this.clientsOf(object)) found.add(client);
    return found;
  }

  /** Nodes that hold something which gives a client away, in their order. */
  get nodes(): readonly Node[] {
    this.found ??= inOrder([...this.carried.keys()].flatMap((id) => this.solver.nodesOf(id)));
    return this.found;
  }

  /** Those of them that have a name: fields, properties, globals. */
  get named(): readonly Node[] {
    const { names } = this.solver;
    this.ofNames ??= inOrder(
      [...this.carried.keys()].flatMap((id) => this.solver.firstsOf(id).filter((node) => names.has(node))),
    );
    return this.ofNames;
  }

  /** Calls that get something which gives a client away as an argument. */
  givenCalls(): Iterable<CallPlace> {
    return this.places.calls.of(this.carried.keys());
  }

  /** Grows the set of carriers: records with a client in a property, functions that return one, instances with an open field. */
  private findCarriers(): void {
    const { objects } = this.solver;
    for (const [id] of objects.ofKind('client')) this.carry(id, id);
    for (const [id, { client }] of [...objects.ofKind('method'), ...objects.ofKind('chain')]) this.carry(id, client);
    for (const [id, clients] of this.forwards.functions) for (const client of clients) this.carry(id, client);
    const exporters = this.exporters();
    // What is carried grows while it is gone through; what is added is met too.
    for (const [id, clients] of this.carried) {
      const holders = this.holdersOf(id, exporters);
      if (holders.length > 0) this.given.set(id, holders);
      for (const client of clients) for (const holder of holders) this.carry(holder, client);
    }
  }

  /** Whoever holds `import * as m` gets at all that m exports: namespaces by the nodes that stand for their exports. */
  private exporters(): Map<Node, ObjectId[]> {
    const { program, objects } = this.solver;
    const found = new Map<Node, ObjectId[]>();
    for (const [id, object] of objects.ofKind('namespace')) {
      for (const { name } of program.file(object.file).facts.exports) {
        const target = name === '*' ? null : program.exported(object.file, name);
        for (const node of target?.kind === 'nodes' ? target.nodes : []) {
          const first = this.solver.same.of(node);
          found.set(first, [...(found.get(first) ?? []), id]);
        }
      }
    }
    return found;
  }

  /** Objects through which whoever holds them gets at an object; of an instance also the class, which makes it. */
  private holdersOf(id: ObjectId, exporters: ReadonlyMap<Node, ObjectId[]>): ObjectId[] {
    const { objects } = this.solver;
    const what = objects.get(id);
    const found = new Set(what.kind === 'instance' ? [objects.intern({ ...what, kind: 'class' })] : []);
    for (const node of this.solver.firstsOf(id)) {
      for (const holder of this.places.holders.of(node)) found.add(holder);
      for (const namespace of exporters.get(node) ?? []) found.add(namespace);
    }
    return [...found];
  }

  /** A client that `object` gives away, it gives to its holders too, and to theirs. */
  private carry(object: ObjectId, client: ObjectId): void {
    const pending = [object];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const known = this.carried.get(at);
      if (known?.has(client)) continue;
      if (known) known.add(client);
      else this.carried.set(at, new Set([client]));
      pending.push(...(this.given.get(at) ?? []));
    }
  }

  /** What a consumer of a value node does to the clients in it. */
  fates(file: number, node: Node, consumer: Consumer): Fate[] {
    if (consumer.kind === 'argument') return argumentFates(this.solver, this, file, node, consumer);
    if (consumer.kind === 'entry' && consumer.spread) return this.spreadFates(file, node, consumer.by);
    const what = this.escapeBy(file, consumer);
    return what === null ? [] : [{ clients: [...this.clientsThrough(node)], what }];
  }

  /** `{ ...client }` copies what a client is made of. */
  private spreadFates(file: number, node: Node, by: number): Fate[] {
    const clients = this.solver.clientsIn(node);
    if (clients.length === 0) return [];
    const offset = this.solver.program.value(file, by).span.start;
    return [
      {
        clients,
        what: { code: 'escapes-to-unknown-value', message: 'its members are spread into another object', file, offset },
      },
    ];
  }

  private escapeBy(file: number, consumer: Consumer): Escape | null {
    if (consumer.kind === 'flow') return this.escapeIntoObject(file, consumer.flow);
    if (consumer.kind !== 'unknown' || HARMLESS_PARTS.has(consumer.what)) return null;
    const offset = this.solver.program.value(file, consumer.by).span.start;
    const message = `it goes into a ${consumer.what} that is not followed`;
    return { code: 'escapes-to-unknown-value', message, file, offset };
  }

  private escapeIntoObject(file: number, flow: Flow): Escape | null {
    const { place, span } = flow;
    if (place.kind !== 'member' || keepsInRequest(this.solver, file, flow) !== null) return null;
    const holders = [...this.solver.of(this.solver.program.valueNode(file, place.object))];
    const inModule = (id: ObjectId) => place.name !== null && nameOfModule(this.solver, file, id, place.name) !== null;
    const followed = holders.some((id) => FOLLOWED.has(this.solver.objects.get(id).kind) || inModule(id));
    const isCrowd = holders.includes(this.solver.crowds.unknown);
    if ((followed && !isCrowd) || (place.name !== null && holders.some((id) => this.isGlobalObject(id)))) return null;
    const owner = writtenName(this.solver.program, file, place.object) ?? '…';
    const member = place.name === null ? '[…]' : `.${place.name}`;
    const message = `it is kept in \`${owner}${member}\`, whose owner is not followed`;
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
}

/** Each once. */
function inOrder(nodes: readonly Node[]): Node[] {
  return [...new Set(nodes)].sort((a, b) => a - b);
}

const NONE: ReadonlySet<ObjectId> = new Set();
/** Objects whose properties are followed. */
const FOLLOWED = new Set(['record', 'instance', 'class', 'function', 'client', 'method', 'chain']);
const HARMLESS_PARTS = new Set(['void', 'delete', 'expression']);
