/** The things a value can be, as far as the analysis tells them apart. Each is interned: one number per thing. */

import type { ScopeId, ValueId } from '../model/facts.js';

export type ObjectId = number;

/** Element of the path of a member of a package: what calling it gives. */
export const MADE = '()';

export type AbstractObject =
  | { kind: 'function'; file: number; scope: ScopeId }
  | { kind: 'class'; file: number; scope: ScopeId }
  /** All instances of a class together (field-based). */
  | { kind: 'instance'; file: number; scope: ScopeId }
  /** An object literal, array, Map or Set, by the expression that makes it. */
  | { kind: 'record'; file: number; value: ValueId; array: boolean }
  /** A member of a package (or, with package '', a global of the runtime). */
  | { kind: 'external'; package: string; path: string[] }
  /** A member of a file of the project that is not parsed (yet). */
  | { kind: 'unparsed'; importer: number; specifier: string; path: string[] }
  /** All exports of a file. */
  | { kind: 'namespace'; file: number }
  /** A Redis client: what an opening gives; `via` are the factory calls that it came through, the outermost last. */
  | { kind: 'client'; opening: number; via: number[] }
  /** A method of a client, not called yet. */
  | { kind: 'method'; client: ObjectId; member: string | null; chained: string | null }
  /** What `pipeline()` or `multi()` of a client gives: commands are chained on it. */
  | { kind: 'chain'; client: ObjectId; by: string }
  /** A method of an array, Map, Set or promise. */
  | { kind: 'builtin'; of: ObjectId; member: string }
  /** `f.bind`, `f.call`, `f.apply`. */
  | { kind: 'applied'; of: ObjectId; member: string }
  /** The first parameter of the function that `new Promise` gets. */
  | { kind: 'resolver'; node: number }
  /** Values that are not told apart any more. */
  | { kind: 'unknown' };

type OfKind<K> = Extract<AbstractObject, { kind: K }>;

/** Numbers for abstract objects; equal things get the same number. */
export class ObjectTable {
  private readonly all: AbstractObject[] = [];
  private readonly byKind = new Map<AbstractObject['kind'], ObjectId[]>();
  private readonly byKey = new Map<string, ObjectId>();
  /** Objects that a place in a file stands for, by file and place: most are of these kinds. */
  private readonly byPlace: Record<InFile['kind'], Map<number, ObjectId>[]> = {
    function: [],
    class: [],
    instance: [],
    record: [],
  };

  /** Number of `object`, new if it was never seen. */
  intern(object: AbstractObject): ObjectId {
    switch (object.kind) {
      case 'function':
      case 'class':
      case 'instance':
        return this.numberOf(this.placesOf(object), object.scope, object);
      case 'record':
        return this.numberOf(this.placesOf(object), object.value, object);
      default:
        return this.numberOf(this.byKey, keyOf(object), object);
    }
  }

  private placesOf({ kind, file }: InFile): Map<number, ObjectId> {
    const places = this.byPlace[kind][file] ?? new Map<number, ObjectId>();
    this.byPlace[kind][file] = places;
    return places;
  }

  private numberOf<K>(numbers: Map<K, ObjectId>, key: K, object: AbstractObject): ObjectId {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    const id = this.all.length;
    this.all.push(object);
    const same = this.byKind.get(object.kind);
    if (same) same.push(id);
    else this.byKind.set(object.kind, [id]);
    numbers.set(key, id);
    return id;
  }

  /** The objects of a kind so far, each with its number, in the order in which they came. */
  ofKind<K extends AbstractObject['kind']>(kind: K): [ObjectId, OfKind<K>][] {
    return (this.byKind.get(kind) ?? []).map((id) => [id, this.all[id] as OfKind<K>]);
  }

  get(id: ObjectId): AbstractObject {
    const object = this.all[id];
    if (!object) throw new Error(`no abstract object ${id}`);
    return object;
  }
}

type InFile = OfKind<'function' | 'class' | 'instance' | 'record'>;

function keyOf(object: Exclude<AbstractObject, InFile>): string {
  switch (object.kind) {
    case 'external':
      return `e${object.package} ${object.path.join('.')}`;
    case 'unparsed':
      return `u${object.importer} ${object.specifier} ${object.path.join('.')}`;
    case 'namespace':
      return `n${object.file}`;
    case 'client':
      return `C${object.opening}@${object.via.join()}`;
    case 'method':
      return `m${object.client}.${object.member ?? ''}.${object.chained ?? ''}`;
    case 'chain':
      return `q${object.client}.${object.by}`;
    case 'builtin':
    case 'applied':
      return `${object.kind}${object.of}.${object.member}`;
    case 'resolver':
      return `p${object.node}`;
    case 'unknown':
      return '?';
  }
}
