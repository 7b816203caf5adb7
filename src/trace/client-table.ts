/** The openings that were found, their clients, and what is called on them. */

import type { Library, RedisLibrary } from '../model/library.js';
import type { ObjectId, ObjectTable } from './objects.js';
import type { Node, Program } from './program.js';

/** A call of a construct of a Redis library: what becomes an `Opening`. */
export interface FoundOpening {
  file: number;
  value: number;
  library: string;
  /** Package that it was imported from. */
  packageName: string;
  api: string;
  makes: 'client' | 'cluster' | 'sentinel' | 'pool' | 'unknown';
  mode: 'sync' | 'async';
  /** Openings whose clients are duplicated here; null for constructors and factories. */
  duplicates: Set<number> | null;
  /** The call constructs a class of the project that extends the library's. */
  subclass?: true;
  /** The name of the library, where nothing binds it. */
  unbound?: string;
}

/** A method of a client that is called, directly or on the chain that `pipeline` or `multi` began. */
export interface ClientCall {
  member: string | null;
  chained: string | null;
}

export class ClientTable {
  readonly openings: FoundOpening[] = [];
  /** Member values whose object can be a client, by the client. */
  readonly members = new Map<ObjectId, Set<Node>>();
  /** Calls of a client's methods, by the client and the call's node: what is called there can be several of them. */
  private readonly calls = new Map<ObjectId, Map<Node, ClientCall[]>>();
  /** Values of `with` blocks that can be a client: it is closed at the end of the block. */
  readonly entered = new Map<ObjectId, Set<Node>>();
  /** Classes that extend a library's client and that something in the program constructs. */
  readonly constructed = new Set<ObjectId>();
  private readonly openingByCall = new Map<Node, number>();

  constructor(
    private readonly program: Program,
    private readonly objects: ObjectTable,
    private readonly libraries: readonly Library[],
  ) {}

  /** The opening that a client object comes from. */
  openingOf(client: ObjectId): { opening: number; found: FoundOpening } {
    const object = this.objects.get(client);
    const opening = object.kind === 'client' ? object.opening : -1;
    const found = this.openings[opening];
    if (!found) throw new Error(`object ${client} is no client`);
    return { opening, found };
  }

  /** Redis library of a client object. */
  libraryOf(client: ObjectId): RedisLibrary | null {
    const { found } = this.openingOf(client);
    const library = this.libraries.find((l) => l.name === found.library);
    return library?.kind === 'redis' ? library : null;
  }

  /** Notes that a method of a client is called. */
  addCall(client: ObjectId, node: Node, call: ClientCall): void {
    const calls = this.calls.get(client) ?? new Map<Node, ClientCall[]>();
    this.calls.set(client, calls);
    const there = calls.get(node) ?? [];
    if (there.some(({ member, chained }) => member === call.member && chained === call.chained)) return;
    calls.set(node, [...there, call]);
  }

  /** Clients of which a method is called. */
  called(): Iterable<ObjectId> {
    return this.calls.keys();
  }

  /** Calls of a client's methods, each with its node. */
  *callsOf(client: ObjectId): Iterable<[Node, ClientCall]> {
    for (const [node, calls] of this.calls.get(client) ?? []) for (const call of calls) yield [node, call];
  }

  /** The call that gives the client object: its opening, or the last factory call that it came through. */
  placeOf({ opening, via }: { opening: number; via: readonly Node[] }): { file: number; value: number } {
    const last = via.at(-1);
    const place = last === undefined ? this.openings[opening] : this.program.valueOf(last);
    if (!place) throw new Error(`opening ${opening} has no place`);
    return { file: place.file, value: place.value };
  }

  /** The client that a call gives; a new opening at its first use. */
  openingAt(file: number, value: number, made: Omit<FoundOpening, 'file' | 'value' | 'duplicates'>): ObjectId {
    const node = this.program.valueNode(file, value);
    let opening = this.openingByCall.get(node);
    if (opening === undefined) {
      opening = this.openings.length;
      this.openings.push({ file, value, ...made, duplicates: null });
      this.openingByCall.set(node, opening);
    }
    return this.objects.intern({ kind: 'client', opening, via: [] });
  }
}
