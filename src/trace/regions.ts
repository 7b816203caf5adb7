/**
 * Where the code that owns a client stands. A client is owned by
 *
 * - the function that opens it, with the functions inside of it;
 * - the function, class or module whose variable or field takes it from there, a class with what is derived from it;
 * - the caller of a function that makes a client anew at each call and gives it (or what holds it) back;
 * - the function or class that gets it straight from its opening: `new Store(new Redis())`, or as the only one to whom the
 *   function that opened it gives it.
 *
 * Who gets it as a parameter, by an import, from an accessor that keeps it, or out of somebody else's field does not own
 * it, though its code may stand in the module that does.
 */

import type { CallValue, Place, ScopeId, ValueId } from '../model/facts.js';
import { isWithin } from './kept.js';
import type { ObjectId } from './objects.js';
import type { Solver } from './solver.js';

/** A function, a class, or (`scope` null) a module. */
export interface Region {
  file: number;
  scope: ScopeId | null;
}

/** A call that gives a client. */
export interface Source {
  file: number;
  value: ValueId;
}

/** Regions that own what some calls give. */
export function regionsOf(solver: Solver, sources: readonly Source[]): Region[] {
  return sources.flatMap(({ file, value }) => new Owners(solver, file, value).regions);
}

/** Whether code in a scope stands in one of the regions; with `given`, it got the client and must not only share its module. */
export function isIn(
  solver: Solver,
  regions: readonly Region[],
  { file, scope, given = false }: { file: number; scope: ScopeId; given?: boolean },
): boolean {
  return regions.some((region) => {
    if (region.scope === null) return region.file === file && !given;
    if (solver.program.scope(region.file, region.scope).kind === 'function') {
      return region.file === file && isWithin(solver, file, scope, region.scope);
    }
    return isInClass(solver, region.file, region.scope, file, scope);
  });
}

function isInClass(solver: Solver, home: number, of: ScopeId, file: number, scope: ScopeId): boolean {
  const owner = solver.objects.intern({ kind: 'class', file: home, scope: of });
  for (let at: ScopeId | null = scope; at !== null; ) {
    const here = solver.program.scope(file, at);
    if (here.kind === 'class') {
      const id = solver.objects.intern({ kind: 'class', file, scope: at });
      if (id === owner || solver.derived.of(owner).has(id)) return true;
    }
    at = here.parent;
  }
  return false;
}

class Owners {
  readonly regions: Region[] = [];
  private readonly seen = new Set<ValueId>();

  constructor(
    private readonly solver: Solver,
    private readonly file: number,
    opening: ValueId,
  ) {
    this.put(solver.program.value(file, opening).scope);
    this.visit(opening, true);
  }

  private put(scope: ScopeId): void {
    this.regions.push({ file: this.file, scope: this.solver.program.functionOf(this.file, scope) });
  }

  /** `direct`: no variable stands between the opening and this value. */
  private visit(id: ValueId, direct: boolean): void {
    if (this.seen.has(id)) return;
    this.seen.add(id);
    for (const consumer of this.solver.consumers(this.file).get(id) ?? []) {
      if (consumer.kind === 'same' || consumer.kind === 'entry') this.visit(consumer.by, direct);
      else if (consumer.kind === 'flow') this.take(consumer.flow.place);
      else if (consumer.kind === 'argument' && direct) this.give(consumer.by);
    }
  }

  private take(place: Place): void {
    if (place.kind === 'field') this.regions.push({ file: this.file, scope: place.scope });
    else if (place.kind === 'global') this.regions.push({ file: this.file, scope: null });
    else if (place.kind === 'member') this.takeMember(place.object);
    else if (place.kind === 'local') this.takeLocal(place.local);
  }

  /** `state.client = …`: who declares `state`; `this.client = …` of a function in an object: where that object stands. */
  private takeMember(object: ValueId): void {
    const { program } = this.solver;
    const holder = program.value(this.file, object);
    if (holder.kind === 'member') return this.takeMember(holder.object);
    const local = holder.kind === 'reference' ? program.file(this.file).facts.locals[holder.local] : undefined;
    if (local === undefined) {
      const within = program.functionOf(this.file, holder.scope);
      return this.put(within === null ? holder.scope : (program.scope(this.file, within).parent ?? within));
    }
    this.regions.push({ file: this.file, scope: program.functionOf(this.file, local.scope) });
  }

  private takeLocal(id: number): void {
    const { program, bodies } = this.solver;
    const local = program.file(this.file).facts.locals[id];
    if (local === undefined) return;
    this.put(local.scope);
    const reads = bodies.references(this.file, id);
    const given = reads.flatMap((read) => this.callsWith(read));
    const receivers = new Set(given.flatMap((call) => this.receiversOf(call)));
    const inFunction = program.functionOf(this.file, local.scope) !== null;
    if (inFunction && receivers.size === 1) for (const call of given) this.give(call);
    for (const read of reads) this.visit(read, false);
  }

  /** Calls that get what a read gives, by itself or in an object. */
  private callsWith(read: ValueId): ValueId[] {
    return (this.solver.consumers(this.file).get(read) ?? []).flatMap((consumer) => {
      if (consumer.kind === 'argument') return [consumer.by];
      return consumer.kind === 'entry' || consumer.kind === 'same' ? this.callsWith(consumer.by) : [];
    });
  }

  private receiversOf(call: ValueId): ObjectId[] {
    const { program, objects } = this.solver;
    const { callee } = program.value(this.file, call) as CallValue;
    const called = [...this.solver.of(program.valueNode(this.file, callee))];
    return called.filter((id) => ['function', 'class'].includes(objects.get(id).kind));
  }

  private give(call: ValueId): void {
    for (const id of this.receiversOf(call)) {
      const what = this.solver.objects.get(id);
      if (what.kind === 'function' || what.kind === 'class') this.regions.push({ file: what.file, scope: what.scope });
    }
  }
}
