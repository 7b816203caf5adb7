/** Numbers of the places that have a name: properties, fields, globals. */

import type { ObjectId } from './objects.js';
import type { Node, Program } from './program.js';

/** A property of a record or function, a field of a class or of its instances. */
interface Member {
  kind: 'property' | 'field';
  owner: ObjectId;
  name: string;
}

/** More than there can be names of members; times the number of objects it is still a safe integer. */
const MOST_NAMES = 2 ** 24;

export class NamedNodes {
  private readonly loads: (Set<number> | undefined)[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly others = new Map<string, Node>();
  private readonly members: Record<Member['kind'], (Map<string, Node> | undefined)[]> = { property: [], field: [] };
  private readonly keys: (string | Member | undefined)[] = [];
  private readonly owners: (ObjectId | undefined)[] = [];

  constructor(private readonly program: Program) {}

  /** The object that a node belongs to; null when it belongs to none. */
  ownerOf(node: Node): ObjectId | null {
    return this.owners[node] ?? null;
  }

  /** `property 7 name`, or the key of another named place; null for a node without a name. */
  keyOf(node: Node): string | null {
    const key = this.keys[node];
    if (key === undefined || typeof key === 'string') return key ?? null;
    return `${key.kind} ${key.owner} ${key.name}`;
  }

  /** The node of a member, made at first use. */
  member(kind: Member['kind'], owner: ObjectId, name: string, made?: (node: Node) => void): Node {
    const all = this.members[kind];
    const own = all[owner] ?? new Map<string, Node>();
    all[owner] = own;
    const known = own.get(name);
    if (known !== undefined) return known;
    const node = this.program.allocate(1);
    own.set(name, node);
    this.keys[node] = { kind, owner, name };
    this.owners[node] = owner;
    made?.(node);
    return node;
  }

  /** The node of a place with another key, made at first use. */
  named(key: string, owner: ObjectId | null, made?: (node: Node) => void): Node {
    const known = this.others.get(key);
    if (known !== undefined) return known;
    const node = this.program.allocate(1);
    this.others.set(key, node);
    this.keys[node] = key;
    if (owner !== null) this.owners[node] = owner;
    made?.(node);
    return node;
  }

  /** True the first time that a node is to get a member of an object. */
  isFirstLoad(object: ObjectId, name: string | null, to: Node): boolean {
    const loads = this.loads[to] ?? new Set<number>();
    this.loads[to] = loads;
    const before = loads.size;
    return loads.add(object * MOST_NAMES + (name === null ? 0 : 1 + this.numberOf(name))).size > before;
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name) ?? this.numbers.size;
    this.numbers.set(name, known);
    return known;
  }
}
