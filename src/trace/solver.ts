/**
 * Which objects reach which place: a flow-insensitive, field-based points-to analysis over the whole program.
 * It starts from the functions, classes, literals and imports of the files and adds an edge or an object at a time until
 * nothing changes, so the order of files and statements has no influence on the result.
 */

import type { Library } from '../model/library.js';
import { uniteAlike } from './alike.js';
import { Bodies } from './bodies.js';
import { addFile } from './build.js';
import { CallIndex } from './call-index.js';
import { ClassMethods } from './class-methods.js';
import { ClientTable } from './client-table.js';
import { ConsumerIndex } from './consumers.js';
import { Crowds } from './crowds.js';
import { Limit } from './limit.js';
import { loadMember, type Reader } from './members.js';
import { NamedNodes } from './named-nodes.js';
import { NumberSets } from './number-sets.js';
import { type ObjectId, ObjectTable } from './objects.js';
import { Outside } from './outside.js';
import { Points } from './points.js';
import type { NameTarget, Node, Program, ProgramFile } from './program.js';
import { Receivers } from './receivers.js';
import { Relation, type Watcher } from './relation.js';
import { SameNodes } from './same-nodes.js';
import { TransparentFunctions } from './transparent.js';
import type { WatchedFunction } from './watched.js';
import { Watchers } from './watchers.js';

export class Solver {
  readonly objects = new ObjectTable();
  readonly bodies: Bodies;
  readonly transparent: TransparentFunctions;
  readonly receivers: Receivers;
  readonly clients: ClientTable;
  readonly methods: ClassMethods;
  readonly outside: Outside;
  readonly crowds: Crowds;
  /** Who reads properties of an object: they get what is stored under keys that are not known, and what is spread into it. */
  readonly readers: (Reader[] | undefined)[] = [];
  /** Base classes of classes. */
  readonly bases = new Relation();
  /** The reverse. */
  readonly derived = new Relation();
  /** What was spread into records. */
  readonly spreads = new Relation();
  readonly same = new SameNodes();
  private readonly points = new Points(this.same);
  readonly names: NamedNodes;
  private readonly edges = new NumberSets(1 << 16);
  private readonly watchers = new Watchers(this);
  /** Node and object in turns: records would be much to allocate. */
  private readonly queue: number[] = [];
  private readonly indexes: (ConsumerIndex | undefined)[] = [];
  /** Calls of the accessor that give a client which others hold too. */
  readonly lent = new Set<Node>();
  private callIndex: CallIndex | null = null;
  private readonly done = new Set<string>();

  /** @param accessors Functions whose calls are told apart though they give the same client: what each caller does matters. */
  constructor(
    readonly program: Program,
    readonly libraries: readonly Library[],
    readonly accessors: readonly WatchedFunction[] = [],
    private readonly limit: Limit = new Limit(),
  ) {
    this.names = new NamedNodes(program);
    this.bodies = new Bodies(program);
    this.transparent = new TransparentFunctions(program, this.bodies);
    this.receivers = new Receivers(program, this.objects);
    this.clients = new ClientTable(program, this.objects, libraries);
    this.methods = new ClassMethods(program);
    this.crowds = new Crowds(this.objects, libraries, limit);
    this.outside = new Outside(program, this.objects, libraries);
  }

  /** Adds files and runs to the end; afterwards `of` answers for all files so far. */
  solve(files: readonly ProgramFile[]): void {
    this.callIndex = null;
    for (const file of files) uniteAlike(this.same, file);
    for (const file of files) addFile(this, file.index);
    this.program.askAgain();
    for (let id = this.queue.pop(); id !== undefined; id = this.queue.pop()) this.spread(this.queue.pop() ?? 0, id);
  }

  /** Objects that may be in a node. */
  of(node: Node): ReadonlySet<ObjectId> {
    return this.points.at(this.same.of(node)) ?? EMPTY;
  }

  /** Who takes the values of a file; made at first use. */
  consumers(file: number): ConsumerIndex {
    this.indexes[file] ??= new ConsumerIndex(this.program.file(file).facts);
    return this.indexes[file];
  }

  /** Where functions and classes are called, by what is known when it is first asked after `solve`. */
  get calls(): CallIndex {
    this.callIndex ??= new CallIndex(this);
    return this.callIndex;
  }

  /** Client objects that may be in a node. */
  clientsIn(node: Node): ObjectId[] {
    return [...this.of(node)].filter((id) => this.objects.get(id).kind === 'client');
  }

  /** Openings whose clients may be in a node, each once. */
  openingsIn(node: Node): number[] {
    return [...new Set(this.clientsIn(node).map((client) => this.clients.openingOf(client).opening))];
  }

  /** Every node that an object may be in, each once. */
  nodesOf(object: ObjectId): readonly Node[] {
    return this.points.nodesOf(object);
  }

  /** Nodes that stand for those which an object may be in, each once. */
  firstsOf(object: ObjectId): readonly Node[] {
    return this.points.firstsOf(object);
  }

  /** Whether one of some objects may be in a node, as far as is known now: for asking it of many nodes. */
  heldIn(objects: Iterable<ObjectId>): (node: Node) => boolean {
    const firsts = new Set([...objects].flatMap((object) => this.firstsOf(object)));
    return (node) => firsts.has(this.same.of(node));
  }

  /** Calls `then` for each call and member that may call an object or read of it, as far as is known now. */
  eachUser(object: ObjectId, then: (by: Node) => void): void {
    for (const first of this.firstsOf(object)) for (const by of this.watchers.usersOf(first)) then(by);
  }

  add(node: Node, object: ObjectId): void {
    this.addTo(this.same.of(node), object);
  }

  private addTo(first: Node, object: ObjectId): void {
    const held = this.points.at(first);
    if (held?.has(object)) return;
    if (held !== undefined && this.crowds.isFull(held, object)) return this.addTo(first, this.crowds.lose(object));
    this.points.put(first, object);
    this.queue.push(first, object);
    this.limit.step();
  }

  /** Everything in `from`, now and later, is also in `to`. */
  copy(from: Node, to: Node): void {
    const source = this.same.of(from);
    const target = this.same.of(to);
    if (source === target) return;
    if (!this.edges.add(source, target)) return;
    const held = this.points.at(source);
    if (held) for (const object of held.size === 1 ? held : [...held]) this.addTo(target, object);
  }

  /** Calls `then` for every object in `node`, now and later. */
  watch(node: Node, then: Watcher): void {
    const first = this.same.of(node);
    this.watchers.add(first, then, this.points.at(first));
  }

  /** Lets the call or member at `by` have every object in `node`, now and later. */
  use(node: Node, by: Node): void {
    const first = this.same.of(node);
    this.watchers.use(first, by, this.points.at(first));
  }

  /** The node of any place with a name that belongs to no object, made at first use. */
  namedNode(key: string, made?: (node: Node) => void): Node {
    return this.names.named(key, made);
  }

  /** Key of a named node, for people and for looking at what kind of place it is; null for other nodes. */
  nameOf(node: Node): string | null {
    return this.names.keyOf(node);
  }

  /** `this` of a plain function: what the file shows, and what calls give it. */
  thisNode(file: number, scope: number): Node {
    return this.namedNode(`this ${file} ${scope}`, (node) => {
      const shown = this.receivers.of(file, scope);
      if (shown !== null) this.add(node, shown);
    });
  }

  globalNode(name: string): Node {
    return this.namedNode(`global ${name}`);
  }

  /** Lets what a name leads to flow into a node; asked again when it leads to a file that is not parsed yet. */
  link(resolve: () => NameTarget, to: Node): void {
    const again = () => this.link(resolve, to);
    const target = this.program.asking(resolve, ({ kind }) => kind !== 'unparsed', again);
    switch (target.kind) {
      case 'nodes':
        for (const node of target.nodes) this.copy(node, to);
        return;
      case 'namespace':
        this.add(to, this.objects.intern({ kind: 'namespace', file: target.file }));
        return;
      case 'member':
        for (const node of target.nodes) this.load(node, target.name, to, null);
        return;
      case 'external':
        this.add(to, this.outside.external(target.package, target.path));
        return;
      case 'unparsed':
        this.add(to, this.outside.unparsed(target));
    }
  }

  /** `to` gets member `name` of whatever is in `from`. `by` is the member value that reads it, if one does. */
  load(from: Node, name: string | null, to: Node, by: Node | null): void {
    this.watch(from, (object) => loadMember(this, object, name, to, by));
  }

  private spread(node: Node, object: ObjectId): void {
    const to = this.edges.first(node);
    if (to !== null) this.addTo(to, object);
    for (const other of this.edges.behindFirst(node)) this.addTo(other, object);
    this.watchers.tell(node, object);
  }

  /** True the first time that a node is to get a member of an object. */
  isFirstLoad(object: ObjectId, name: string | null, to: Node): boolean {
    return this.names.isFirstLoad(object, name, to);
  }

  /** True the first time it is asked with a key: guards what must be set up once, and cycles. */
  isFirst(key: string): boolean {
    if (this.done.has(key)) return false;
    this.done.add(key);
    return true;
  }

  /** A node without a name. */
  freshNode(): Node {
    return this.program.allocate(1);
  }
}

const EMPTY: ReadonlySet<ObjectId> = new Set();
