/**
 * Functions that give back what their caller gave them: `singleton(name, make)`, `memoise(make)`, `logged(client)`. The
 * analysis has one summary per function, so without this every client that goes through such a helper would look like
 * every other one that does. What happens to the value inside of the helper is still seen for all of them together.
 */

import type { Flow, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Bodies } from './bodies.js';
import type { Program } from './program.js';

/** The result of the function is parameter `index` (`value`), or what that parameter returns when called (`call`). */
export interface Transparent {
  index: number;
  mode: 'value' | 'call';
}

const MAX_STEPS = 200;

/** Answers, once per function, which parameter comes back. */
export class TransparentFunctions {
  private readonly known = new Map<string, Transparent | null>();

  constructor(
    private readonly program: Program,
    private readonly bodies: Bodies,
  ) {}

  of(file: number, scope: ScopeId): Transparent | null {
    const key = `${file} ${scope}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const found = new Body(this.program, this.bodies, file, scope).result();
    this.known.set(key, found);
    return found;
  }
}

/** The body of one function, looked at alone. */
class Body {
  private readonly flows: Flow[];
  private readonly seen = new Set<ValueId>();
  private steps = 0;

  constructor(
    private readonly program: Program,
    private readonly bodies: Bodies,
    private readonly file: number,
    private readonly scope: ScopeId,
  ) {
    this.flows = bodies.flows(file, scope);
  }

  /** The only source of all returned values; null when there are others, or none. */
  result(): Transparent | null {
    if ((this.program.scope(this.file, this.scope).params ?? []).length === 0) return null;
    const returned = this.flows.filter((f) => f.place.kind === 'return' && f.place.scope === this.scope);
    const sources = returned.map((f) => this.source(f.value));
    const [first] = sources.flatMap((s) => (s === 'none' ? [] : [s]));
    if (!first || sources.some((s) => s === null)) return null;
    const same = sources.every((s) => s === 'none' || (s?.index === first.index && s.mode === first.mode));
    return same ? first : null;
  }

  /** `none`: nothing but undefined, or a value that is already on the way; null: something else. */
  private source(id: ValueId): Transparent | 'none' | null {
    this.steps += 1;
    if (this.steps > MAX_STEPS) return null;
    if (this.seen.has(id)) return 'none';
    this.seen.add(id);
    const value = this.program.value(this.file, id);
    switch (value.kind) {
      case 'literal':
        return value.undefined || value.value === null ? 'none' : null;
      case 'await':
      case 'assign':
        return this.source(value.value);
      case 'conditional':
        return this.join([this.source(value.then), this.source(value.else)]);
      case 'logical':
        return this.join([this.source(value.left), this.source(value.right)]);
      case 'reference':
        return this.ofLocal(value.local);
      case 'member':
        return this.kept(id);
      case 'call':
        return this.ofCall(value);
      default:
        return null;
    }
  }

  private join(sources: (Transparent | 'none' | null)[]): Transparent | 'none' | null {
    if (sources.includes(null)) return null;
    const [first, ...rest] = sources.flatMap((s) => (s === 'none' || s === null ? [] : [s]));
    if (!first) return 'none';
    return rest.every((s) => s.index === first.index && s.mode === first.mode) ? first : null;
  }

  private ofLocal(local: number): Transparent | 'none' | null {
    const index = this.paramIndex(local);
    if (index !== null) return { index, mode: 'value' };
    const flows = this.flows.filter((f) => f.place.kind === 'local' && f.place.local === local);
    if (flows.length === 0) return null;
    return this.join(flows.map((f) => (f.part.kind === 'whole' ? this.source(f.value) : null)));
  }

  private paramIndex(local: number): number | null {
    const params = this.program.scope(this.file, this.scope).params ?? [];
    const index = params.findIndex((p) => p.local === local && !p.rest && p.default === null);
    return index >= 0 ? index : null;
  }

  private ofCall(call: Extract<Value, { kind: 'call' }>): Transparent | 'none' | null {
    const callee = this.program.value(this.file, call.callee);
    if (callee.kind === 'reference' && !call.new) {
      const index = this.paramIndex(callee.local);
      return index === null ? null : { index, mode: 'call' };
    }
    // `cache.get(key)` gives what `cache.set(key, value)` of the same function has put there.
    return callee.kind === 'member' && callee.name === 'get' ? this.keptInMap(callee.object) : null;
  }

  /** `holder[name]`: what this function itself stores under the same path. */
  private kept(id: ValueId): Transparent | 'none' | null {
    const path = this.path(id);
    if (path === null) return null;
    const stores = this.flows.filter(
      ({ place }) => place.kind === 'member' && this.storePath(place.object, place.name, id) === path,
    );
    return stores.length === 0 ? null : this.join(stores.map((f) => this.source(f.value)));
  }

  private keptInMap(map: ValueId): Transparent | 'none' | null {
    const path = this.path(map);
    if (path === null) return null;
    const stored = this.bodies.values(this.file, this.scope).flatMap((value) => {
      if (value.kind !== 'call' || value.args.length !== 2) return [];
      const callee = this.program.value(this.file, value.callee);
      const isSet = callee.kind === 'member' && callee.name === 'set' && this.path(callee.object) === path;
      return isSet ? value.args.slice(1) : [];
    });
    return stored.length === 0 ? null : this.join(stored.map((a) => this.source(a.value)));
  }

  private storePath(object: ValueId, name: string | null, like: ValueId): string | null {
    const holder = this.path(object);
    if (holder === null) return null;
    if (name !== null) return `${holder}.${name}`;
    // A computed store does not keep its key in the place; it is taken to be the one that is read.
    const read = this.program.value(this.file, like);
    return read.kind === 'member' && read.name === null ? `${holder}[${this.keyPath(read.key)}]` : null;
  }

  private keyPath(key: ValueId | null): string {
    return key === null ? '' : (this.path(key) ?? '?');
  }

  /** A text that is equal for two reads of the same place; null when the value is not a plain path. */
  private path(id: ValueId): string | null {
    const value = this.program.value(this.file, id);
    if (value.kind === 'reference') return `local ${value.local}`;
    if (value.kind === 'global') return `global ${value.name}`;
    if (value.kind === 'this') return 'this';
    if (value.kind === 'literal') return `'${value.value}'`;
    if (value.kind !== 'member') return null;
    const object = this.path(value.object);
    if (object === null) return null;
    return value.name !== null ? `${object}.${value.name}` : `${object}[${this.keyPath(value.key)}]`;
  }
}
