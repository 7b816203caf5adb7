/** Whether what a function makes outlives its call. */

import type { LocalId, Place, ScopeId, Value, ValueId } from '../model/facts.js';
import { writtenName } from './code-names.js';
import type { AbstractObject } from './objects.js';
import type { Solver } from './solver.js';

type Client = Extract<AbstractObject, { kind: 'client' }>;

/** Methods that keep an argument under a name, by which the next call finds it. */
const PUTS = new Set(['set']);

/** Decorators that call a function once and give its result again (Python's `functools`). */
const MEMO_DECORATORS = new Set(['lru_cache', 'cache', 'cached_property']);
/** Those that do so for the whole process, and not for each object. */
const PROCESS_DECORATORS = new Set(['lru_cache', 'cache']);

/** The value is put into a field, a property, or a variable outside of the function: the next call finds it there. */
export function isKept(solver: Solver, file: number, value: ValueId, scope: ScopeId): boolean {
  return isMemoFunction(solver, file, scope) || new Keeping(solver, file, scope).keeps(value);
}

/**
 * A function that makes it keeps it for the whole process, but for one of several: in a table of the module by a name, or by
 * a decorator for each argument.
 */
export function isKeptByModule(solver: Solver, file: number, value: ValueId): boolean {
  const scope = solver.program.functionOf(file, solver.program.value(file, value).scope);
  if (scope === null) return false;
  const memo = isMemoFunction(solver, file, scope, PROCESS_DECORATORS);
  return memo || new Keeping(solver, file, scope, true).keeps(value);
}

function isMemoFunction(
  { program }: Solver,
  file: number,
  scope: ScopeId,
  decorators: ReadonlySet<string> = MEMO_DECORATORS,
): boolean {
  return (program.scope(file, scope).decorators ?? []).some((id) => {
    const value = program.value(file, id);
    const name = writtenName(program, file, value.kind === 'call' ? value.callee : id);
    return decorators.has(name?.split('.').at(-1) ?? '');
  });
}

class Keeping {
  private readonly seen = new Set<ValueId>();

  constructor(
    private readonly solver: Solver,
    private readonly file: number,
    private readonly scope: ScopeId,
    /** Only what a module holds counts: neither fields of objects nor what others hand in. */
    private readonly byModule = false,
  ) {}

  keeps(id: ValueId): boolean {
    if (this.seen.has(id)) return false;
    this.seen.add(id);
    return (this.solver.consumers(this.file).get(id) ?? []).some((consumer) => {
      if (consumer.kind === 'same') return this.keeps(consumer.by);
      if (consumer.kind === 'argument') return this.isPut(this.value(consumer.by));
      return consumer.kind === 'flow' && this.outlives(consumer.flow.place);
    });
  }

  private value(id: ValueId): Value {
    return this.solver.program.value(this.file, id);
  }

  private outlives(place: Place): boolean {
    if (place.kind === 'member') return this.isOther(place.object);
    if (this.byModule && place.kind === 'field') return place.static;
    if (place.kind !== 'local') return place.kind !== 'return' && place.kind !== 'param';
    if (!this.isOwn(place.local)) return !this.byModule || this.isModules(place.local);
    return this.solver.bodies.references(this.file, place.local).some((id) => this.keeps(id));
  }

  /** `map.set(k, c)` of something that is not the function's own. */
  private isPut(call: Value): boolean {
    const callee = call.kind === 'call' ? this.value(call.callee) : null;
    return callee?.kind === 'member' && PUTS.has(callee.name ?? '') && this.isOther(callee.object);
  }

  private isOther(object: ValueId): boolean {
    return this.byModule ? this.isOfModule(object) : !this.isOwnObject(object);
  }

  /** What a name of the module holds, or a part of it. */
  private isOfModule(object: ValueId): boolean {
    const holder = this.value(object);
    if (holder.kind === 'member') return this.isOfModule(holder.object);
    return holder.kind === 'reference' && this.isModules(holder.local);
  }

  private isModules(id: LocalId): boolean {
    const { program } = this.solver;
    const local = program.file(this.file).facts.locals[id];
    return local !== undefined && program.functionOf(this.file, local.scope) === null;
  }

  /** An object, a list or an instance that the function itself makes. */
  private isOwnObject(object: ValueId): boolean {
    const holder = this.value(object);
    if (holder.kind === 'member') return this.isOwnObject(holder.object);
    if (holder.kind !== 'reference' || !this.isOwn(holder.local)) return false;
    const flows = this.solver.bodies.flows(this.file, this.scope);
    const sources = flows.filter(({ place }) => place.kind === 'local' && place.local === holder.local);
    return sources.length > 0 && sources.every(({ value }) => isNew(this.value(value)));
  }

  private isOwn(local: number): boolean {
    const { program } = this.solver;
    const declared = program.file(this.file).facts.locals[local];
    return declared !== undefined && isWithin(this.solver, this.file, declared.scope, this.scope);
  }
}

function isNew(value: Value): boolean {
  return value.kind === 'object' || value.kind === 'array' || (value.kind === 'call' && value.new);
}

/** The function around a scope is `outer`, or stands in it. */
export function isWithin({ program }: Solver, file: number, scope: ScopeId, outer: ScopeId): boolean {
  let at = program.functionOf(file, scope);
  while (at !== null && at !== outer) {
    const { parent } = program.scope(file, at);
    at = parent === null ? null : program.functionOf(file, parent);
  }
  return at === outer;
}

/** `singleton('redis', () => new Redis())`: the helper that calls the function around a client keeps what it gives. */
export function isKeptByHelper(solver: Solver, client: Client): boolean {
  const { program } = solver;
  const { file, value } = solver.clients.placeOf(client);
  const maker = program.functionOf(file, program.value(file, value).scope);
  return maker !== null && isCalledOnce(solver, file, maker);
}

/** A function is an argument of a helper that calls it and keeps what it gives. */
export function isCalledOnce(solver: Solver, file: number, scope: ScopeId): boolean {
  const { program } = solver;
  const made = solver.bodies.functionValue(file, scope);
  if (made === null) return false;
  return (solver.consumers(file).get(made) ?? []).some((consumer) => {
    const call = consumer.kind === 'argument' ? program.value(file, consumer.by) : null;
    if (consumer.kind !== 'argument' || call?.kind !== 'call') return false;
    return [...solver.of(program.valueNode(file, call.callee))].some((id) => {
      const helper = solver.objects.get(id);
      return helper.kind === 'function' && keepsResultOf(solver, helper.file, helper.scope, consumer.index);
    });
  });
}

/** The function calls its parameter and keeps what that gives. */
function keepsResultOf(solver: Solver, file: number, scope: ScopeId, index: number): boolean {
  const { facts } = solver.program.file(file);
  const local = solver.program.scope(file, scope).params?.[index]?.local ?? null;
  if (local === null) return false;
  const reads = solver.bodies.references(file, local);
  return reads.some((read) =>
    (solver.consumers(file).get(read) ?? []).some(
      (consumer) =>
        consumer.kind === 'callee' &&
        facts.values[consumer.by] !== undefined &&
        isKept(solver, file, consumer.by, scope),
    ),
  );
}
