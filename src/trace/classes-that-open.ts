/** Classes of the project that open clients for themselves, and keep them. */

import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import { callsOf } from './calls-of.js';
import { type GivenKey, givenInstead, gives, passedBySuper } from './given-instead.js';
import { holderCalls } from './holder-calls.js';
import { isKept } from './kept.js';
import { allFieldsNode } from './members.js';
import type { ObjectId } from './objects.js';
import type { Followed } from './openings.js';
import { perProgram } from './per-program.js';
import type { Solver } from './solver.js';

/** A call that constructs a class of the project. */
export interface Construction {
  file: number;
  value: ValueId;
  call: CallValue;
  /** Classes that can be constructed there. */
  classes: ObjectId[];
}

interface Place {
  file: number;
  value: ValueId;
}

/** Calls that construct classes of the project. */
export const constructionsOf = perProgram(({ solver }): Construction[] => {
  const found: Construction[] = [];
  const classes = solver.objects.ofKind('class').map(([id]) => id);
  for (const [file, calls] of callsOf(solver, classes)) {
    const { facts, values } = solver.program.file(file);
    for (const { id: value, call } of calls) {
      if (!call.new && facts.language !== 'python') continue;
      const made = [...solver.of(values + call.callee)].filter((id) => solver.objects.get(id).kind === 'class');
      found.push({ file, value, call, classes: made.sort((a, b) => a - b) });
    }
  }
  return found;
});

/**
 * Classes with an opening or a factory call in their own code; classes that construct one of those in their own code and
 * keep it; and what is derived from them. Clients of the accessors' files do not count.
 */
export function classesThatOpen(
  followed: Followed,
  constructions: readonly Construction[],
  accessors: ReadonlySet<string> = new Set(),
): OpeningClasses {
  const { solver } = followed;
  const found = new OpeningClasses(solver);
  const ofAccessor = (id: ObjectId) => accessors.has(fileOfOpening(solver, id) ?? '');
  for (const [id, object] of solver.objects.ofKind('client')) {
    if (ofAccessor(id)) continue;
    const places = [solver.clients.openings[object.opening], ...object.via.map((node) => solver.program.valueOf(node))];
    for (const place of places) {
      if (place && (isForItself(solver, place) || isHeld(followed, place, id))) found.add(place, { clients: [id] });
    }
  }
  for (const [node, clients] of holderCalls(followed)) {
    const place = solver.program.valueOf(node);
    const own = clients.filter((id) => !ofAccessor(id));
    if (own.length > 0 && place && isForItself(solver, place)) found.add(place, { clients: own });
  }
  for (let before = -1; before !== found.places; ) {
    before = found.places;
    for (const construction of constructions) {
      const owner = classAround(solver, construction);
      const opens = construction.classes.some((id) => id !== owner && found.opens(id, construction));
      if (owner !== null && opens && isKeptInField(solver, construction)) found.add(construction, construction);
    }
    found.derive();
  }
  return found;
}

function fileOfOpening(solver: Solver, id: ObjectId): string | null {
  const object = solver.objects.get(id);
  const opening = object.kind === 'client' ? solver.clients.openings[object.opening] : undefined;
  return opening ? solver.program.file(opening.file).facts.file : null;
}

/** A call in the code of a class that opens. */
interface Source {
  /** What can be given to the constructor instead. */
  keys: Set<GivenKey>;
  /** Clients that it gives, and classes that it constructs. */
  clients: Set<ObjectId>;
  classes: Set<ObjectId>;
}

/** The classes that open, and the calls in their code that do. */
export class OpeningClasses {
  private readonly sources = new Map<ObjectId, Map<string, Source>>();

  constructor(private readonly solver: Solver) {}

  /** All classes that open, whatever they are given. */
  get classes(): Iterable<ObjectId> {
    return this.sources.keys();
  }

  /** How many calls open. */
  get places(): number {
    let count = 0;
    for (const own of this.sources.values()) count += own.size;
    return count;
  }

  /** Counts a call in the code of a class, with what it makes. */
  add(place: Place, { clients = [], classes = [] }: { clients?: ObjectId[]; classes?: ObjectId[] }): void {
    const owner = classAround(this.solver, place);
    if (owner === null) return;
    const key = `${place.file} ${place.value}`;
    const known = this.sources.get(owner)?.get(key);
    const source = known ?? {
      keys: givenInstead(this.solver, place.file, place.value),
      clients: new Set(),
      classes: new Set(),
    };
    for (const client of clients) source.clients.add(client);
    for (const made of classes) source.classes.add(made);
    if (!known) this.put(owner, key, source);
  }

  /** Clients that an instance of a class opens, those of what it constructs included. */
  clientsOf(id: ObjectId, seen: Set<ObjectId> = new Set()): ObjectId[] {
    if (seen.has(id)) return [];
    seen.add(id);
    return [...(this.sources.get(id)?.values() ?? [])].flatMap(({ clients, classes }) => [
      ...clients,
      ...[...classes].flatMap((made) => this.clientsOf(made, seen)),
    ]);
  }

  /** Whether a class opens when it is constructed by a call: it has a source that the call gives nothing instead of. */
  opens(id: ObjectId, { file, call }: Construction): boolean {
    const own = this.sources.get(id);
    if (own === undefined) return false;
    return [...own.values()].some(({ keys }) => ![...keys].some((key) => gives(this.solver, file, call.args, key)));
  }

  /** What is derived opens what its base opens, less what its `super(…)` gives. */
  derive(): void {
    for (const [base, sources] of [...this.sources]) {
      for (const derived of this.solver.derived.of(base)) {
        for (const [key, source] of [...sources]) {
          const keys = this.throughSuper(derived, source.keys);
          if (keys !== 'never') this.put(derived, key, { ...source, keys });
        }
      }
    }
  }

  private throughSuper(derived: ObjectId, keys: ReadonlySet<GivenKey>): Set<GivenKey> | 'never' {
    const what = this.solver.objects.get(derived);
    const call = what.kind === 'class' ? superCallOf(this.solver, what.file, what.scope) : null;
    if (what.kind !== 'class' || call === null) return new Set(keys);
    const passed = [...keys].flatMap((key) => passedBySuper(this.solver, what.file, call, key) ?? []);
    return passed.includes('always') ? 'never' : new Set(passed);
  }

  private put(id: ObjectId, key: string, source: Source): void {
    const own = this.sources.get(id) ?? new Map<string, Source>();
    if (!own.has(key)) own.set(key, source);
    this.sources.set(id, own);
  }
}

function superCallOf({ program, bodies }: Solver, file: number, scope: ScopeId): ValueId | null {
  const own = (program.scope(file, scope).members ?? []).find((id) => program.scope(file, id).form === 'constructor');
  if (own === undefined) return null;
  const isSuper = (id: ValueId) => program.value(file, (program.value(file, id) as CallValue).callee).kind === 'super';
  return bodies.calls(file, own).find(isSuper) ?? null;
}

function classAround(solver: Solver, { file, value }: Place): ObjectId | null {
  const owner = solver.program.classOf(file, solver.program.value(file, value).scope);
  return owner === null ? null : solver.objects.intern({ kind: 'class', file, scope: owner });
}

/** A client of a method alone lives as long as that call: the instance has none. */
function isForItself(solver: Solver, { file, value }: Place): boolean {
  const { program } = solver;
  const within = program.functionOf(file, program.value(file, value).scope);
  if (within === null) return true;
  const { form, parent, name } = program.scope(file, within);
  const isMethod = parent !== null && program.scope(file, parent).kind === 'class';
  if (!isMethod || form === 'constructor' || name === '__init__') return true;
  return isKept(solver, file, value, within);
}

/** A field of the class holds something that was given the client: `self.health = Health(client)`. */
function isHeld({ solver, reach }: Followed, place: Place, client: ObjectId): boolean {
  const owner = solver.program.classOf(place.file, solver.program.value(place.file, place.value).scope);
  if (owner === null) return false;
  const instance = solver.objects.intern({ kind: 'instance', file: place.file, scope: owner });
  return [...solver.of(allFieldsNode(solver, instance))].some(
    (id) => id !== instance && reach.clientsOf(id).has(client),
  );
}

/** `this.x = new W()`, `x = new W()` as a field, also behind `await`, `??` and the like. */
function isKeptInField(solver: Solver, { file, value }: Construction): boolean {
  const visit = (id: ValueId, seen: Set<ValueId>): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    return (solver.consumers(file).get(id) ?? []).some((consumer) => {
      if (consumer.kind === 'same') return visit(consumer.by, seen);
      return consumer.kind === 'flow' && consumer.flow.place.kind === 'field';
    });
  };
  return visit(value, new Set());
}
