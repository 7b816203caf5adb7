/** The flows into a place, found by the place. */

import type { Flow, LocalId, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Program } from './program.js';

type Cache<K> = (Map<K, Flow[]> | undefined)[];

export class PlaceFlows {
  private readonly locals: Cache<LocalId> = [];
  private readonly fields: Cache<string> = [];
  private readonly returns: Cache<ScopeId> = [];
  private readonly mutated: (Set<LocalId> | undefined)[] = [];
  private others: Set<string> | null = null;

  constructor(private readonly program: Program) {}

  ofLocal(file: number, id: LocalId): Flow[] {
    return this.byPlace(this.locals, file, (p) => (p.kind === 'local' ? p.local : null)).get(id) ?? [];
  }

  ofReturn(file: number, id: ScopeId): Flow[] {
    return this.byPlace(this.returns, file, (p) => (p.kind === 'return' ? p.scope : null)).get(id) ?? [];
  }

  ofField(file: number, scope: ScopeId, name: string): Flow[] {
    const key = (p: Flow['place']) => (p.kind === 'field' ? `${p.scope} ${p.name}` : null);
    return this.byPlace(this.fields, file, key).get(`${scope} ${name}`) ?? [];
  }

  /** A member of that name is set on something that may be an instance: `board.host = "other"`. */
  isSetOnOthers(name: string): boolean {
    this.others ??= this.findSetOnOthers();
    return this.others.has(name);
  }

  private findSetOnOthers(): Set<string> {
    const found = new Set<string>();
    for (const { index, facts } of this.program.files) {
      for (const { place } of facts.flows) {
        if (place.kind === 'member' && place.name !== null && !this.isRecord(index, place.object))
          found.add(place.name);
      }
    }
    return found;
  }

  /** A literal, or a local that holds nothing else. */
  private isRecord(file: number, id: ValueId): boolean {
    const value = this.program.value(file, id);
    if (value.kind !== 'reference') return isLiteral(value);
    const flows = this.ofLocal(file, value.local);
    return (
      flows.length > 0 &&
      flows.every((flow) => flow.part.kind === 'whole' && isLiteral(this.program.value(file, flow.value)))
    );
  }

  /** Names that a pattern takes out of a value. */
  takenFrom(file: number, value: ValueId): Set<string> {
    const { flows } = this.program.file(file).facts;
    return new Set(flows.flatMap((one) => (one.value === value && one.part.kind === 'member' ? [one.part.name] : [])));
  }

  /** A member of what the local holds is set somewhere: `options.db = 5`. */
  isMutated(file: number, id: LocalId): boolean {
    const known = this.mutated[file] ?? this.findMutated(file);
    this.mutated[file] = known;
    return known.has(id);
  }

  private findMutated(file: number): Set<LocalId> {
    const found = new Set<LocalId>();
    for (const { place } of this.program.file(file).facts.flows) {
      if (place.kind !== 'member') continue;
      const object = this.program.value(file, place.object);
      if (object.kind === 'reference') found.add(object.local);
    }
    return found;
  }

  private byPlace<K>(cache: Cache<K>, file: number, key: (p: Flow['place']) => K | null): Map<K, Flow[]> {
    const known = cache[file];
    if (known) return known;
    const made = new Map<K, Flow[]>();
    for (const flow of this.program.file(file).facts.flows) {
      const id = key(flow.place);
      if (id === null) continue;
      const flows = made.get(id);
      if (flows) flows.push(flow);
      else made.set(id, [flow]);
    }
    cache[file] = made;
    return made;
  }
}

function isLiteral({ kind }: Value): boolean {
  return kind === 'object' || kind === 'array';
}
