/** The flows into a place, found by the place. */

import type { FileFacts, Flow, LocalId, ScopeId, Value, ValueId } from '../model/facts.js';
import type { Program } from './program.js';

type Cache<K> = (Map<K, Flow[]> | undefined)[];

/** A class with bases. */
interface Heir {
  file: number;
  scope: ScopeId;
  name: string | null;
  bases: readonly (string | null)[];
}

export class PlaceFlows {
  private readonly locals: Cache<LocalId> = [];
  private readonly fields: Cache<string> = [];
  private readonly returns: Cache<ScopeId> = [];
  private readonly mutated: (Set<LocalId> | undefined)[] = [];
  private readonly others = new Set<string>();
  private readonly heirs: Heir[] = [];
  /** So many files were looked through for `others` and `heirs`. */
  private looked = 0;

  constructor(private readonly program: Program) {}

  /** Looks through the files that it did not know yet. */
  private look(): void {
    const { files } = this.program;
    for (; this.looked < files.length; this.looked += 1) {
      const { index, facts } = this.program.file(this.looked);
      this.findSetOnOthers(index, facts);
      this.findHeirs(index, facts);
    }
  }

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
    this.look();
    return this.others.has(name);
  }

  /**
   * A class below this one sets the field too: `class Sub(Board): … self.host = "other"`. Bases are compared by name, and one
   * that is computed can be any: this may say yes too often, never too seldom among the files that are read.
   */
  isSetBelow(file: number, scope: ScopeId, name: string): boolean {
    this.look();
    const { name: own } = this.program.scope(file, scope);
    const above = new Set([own]);
    const isBelow = ({ bases }: Heir) => own === null || bases.some((base) => base === null || above.has(base));
    for (let known = 0; known < above.size; ) {
      known = above.size;
      for (const heir of this.heirs) if (isBelow(heir)) above.add(heir.name);
    }
    return this.heirs.some(
      (heir) =>
        (heir.file !== file || heir.scope !== scope) &&
        isBelow(heir) &&
        this.ofField(heir.file, heir.scope, name).length > 0,
    );
  }

  private findHeirs(file: number, facts: FileFacts): void {
    facts.scopes.forEach(({ kind, name, bases = [] }, scope) => {
      if (kind !== 'class' || bases.length === 0) return;
      this.heirs.push({ file, scope, name, bases: bases.flatMap((base) => namesOfBase(facts, base)) });
    });
  }

  private findSetOnOthers(file: number, { flows }: FileFacts): void {
    for (const { place } of flows) {
      if (place.kind === 'member' && place.name !== null && !this.isRecord(file, place.object))
        this.others.add(place.name);
    }
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

/** Names that a base has here and where it comes from; null: it is computed. */
function namesOfBase({ values, locals, imports }: FileFacts, id: ValueId): (string | null)[] {
  const base = values[id];
  if (base?.kind === 'member') return [base.name];
  const local = base?.kind === 'reference' ? locals[base.local] : undefined;
  if (!local) return base?.kind === 'global' ? [base.name] : [null];
  const from = local.import === null ? undefined : imports[local.import];
  // A default export has any name where it is made.
  return [local.name, ...(from ? [from.imported === 'default' ? null : from.imported] : [])];
}

function isLiteral({ kind }: Value): boolean {
  return kind === 'object' || kind === 'array';
}
