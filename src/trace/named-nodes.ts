/** Numbers of the places that have a name: properties, fields, globals. */

import { putAt } from './dense.js';
import { NumberSets } from './number-sets.js';
import type { ObjectId } from './objects.js';
import type { Node, Program } from './program.js';

/** A property of a record or function, a field of a class or of its instances. */
interface Member {
  kind: MemberKind;
  owner: ObjectId;
  name: string;
}

export type MemberKind = 'property' | 'field';
/** Places that an object has once: all its properties, what is stored under keys that are not known, and the same of fields. */
export type WholeKind = 'properties' | 'computed' | 'fields' | 'computed field';

interface Whole {
  kind: WholeKind;
  owner: ObjectId;
}

export class NamedNodes {
  /** Objects whose member of one name a node got, and that name: most nodes read one name alone. */
  private readonly loads = new NumberSets(1 << 16);
  private readonly loadedNames: (number | undefined)[] = [];
  private readonly otherLoads = new Set<string>();
  private readonly numbers = new Map<string, number>();
  private readonly others = new Map<string, Node>();
  private readonly members: Record<MemberKind, (Map<string, Node> | undefined)[]> = { property: [], field: [] };
  private readonly wholes: Record<WholeKind, (Node | undefined)[]> = {
    properties: [],
    computed: [],
    fields: [],
    'computed field': [],
  };
  private readonly keys = new Map<Node, string | Member | Whole>();

  constructor(private readonly program: Program) {}

  /** Whether a node has a name. */
  has(node: Node): boolean {
    return this.keys.has(node);
  }

  /** The object that a node belongs to; null when it belongs to none. */
  ownerOf(node: Node): ObjectId | null {
    const key = this.keys.get(node);
    if (key === undefined || typeof key === 'string') return null;
    // What any field holds is no field that could be read from outside.
    return key.kind === 'fields' ? null : key.owner;
  }

  /** `property 7 name`, or the key of another named place; null for a node without a name. */
  keyOf(node: Node): string | null {
    const key = this.keys.get(node);
    if (key === undefined || typeof key === 'string') return key ?? null;
    if (key.kind === 'properties') return `property ${key.owner} *`;
    return 'name' in key ? `${key.kind} ${key.owner} ${key.name}` : `${key.kind} ${key.owner}`;
  }

  /** The node of a member, made at first use. */
  member(kind: MemberKind, owner: ObjectId, name: string, made?: (node: Node) => void): Node {
    const all = this.members[kind];
    const own = all[owner] ?? new Map<string, Node>();
    putAt(all, owner, own);
    const known = own.get(name);
    if (known !== undefined) return known;
    const node = this.program.allocate(1);
    own.set(name, node);
    this.keys.set(node, { kind, owner, name });
    made?.(node);
    return node;
  }

  /** The node of a member, if it was made. */
  memberIfMade(kind: MemberKind, owner: ObjectId, name: string): Node | undefined {
    return this.members[kind][owner]?.get(name);
  }

  /** Nodes of the members of an object so far. */
  membersOf(kind: MemberKind, owner: ObjectId): Iterable<Node> {
    return this.members[kind][owner]?.values() ?? [];
  }

  /** The node of a place that an object has once, if it was made. */
  wholeIfMade(kind: WholeKind, owner: ObjectId): Node | undefined {
    return this.wholes[kind][owner];
  }

  /** The same, made at first use. */
  whole(kind: WholeKind, owner: ObjectId, made?: (node: Node) => void): Node {
    const known = this.wholes[kind][owner];
    if (known !== undefined) return known;
    const node = this.program.allocate(1);
    putAt(this.wholes[kind], owner, node);
    this.keys.set(node, { kind, owner });
    made?.(node);
    return node;
  }

  /** The node of a place with another key, made at first use. */
  named(key: string, made?: (node: Node) => void): Node {
    const known = this.others.get(key);
    if (known !== undefined) return known;
    const node = this.program.allocate(1);
    this.others.set(key, node);
    this.keys.set(node, key);
    made?.(node);
    return node;
  }

  /** True the first time that a node is to get a member of an object. */
  isFirstLoad(object: ObjectId, name: string | null, to: Node): boolean {
    const number = name === null ? -1 : this.numberOf(name);
    const loaded = this.loadedNames[to];
    if (loaded === undefined) putAt(this.loadedNames, to, number);
    if (loaded === undefined || loaded === number) return this.loads.add(to, object);
    const key = `${to} ${object} ${number}`;
    if (this.otherLoads.has(key)) return false;
    this.otherLoads.add(key);
    return true;
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const made = this.numbers.size;
    this.numbers.set(name, made);
    return made;
  }
}
