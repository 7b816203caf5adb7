/**
 * Calls by what they call: found from the members of packages that a program uses, which are few, and not from its calls,
 * which are many.
 */

import type { CallValue } from '../model/facts.js';
import type { CallPlace } from './call-index.js';
import type { CallIn, CallsIn } from './calls-in.js';
import type { AbstractObject, ObjectId } from './objects.js';
import type { Solver } from './solver.js';

export type External = Extract<AbstractObject, { kind: 'external' }>;

/** Members of packages, and of globals, for which `matches` is true. */
export function externals(solver: Solver, matches: (what: External) => boolean): ObjectId[] {
  return solver.objects.ofKind('external').flatMap(([id, what]) => (matches(what) ? [id] : []));
}

/**
 * Calls that can call one of some objects, or get one of others as their first argument: by file, in the order of files and
 * values, each once.
 */
export function callsOf(
  solver: Solver,
  callees: readonly ObjectId[],
  firsts: readonly ObjectId[] = [],
): ReadonlyMap<number, CallsIn> {
  const called = callees.flatMap((id) => solver.calls.of(id));
  return grouped(solver, [...called, ...firsts.flatMap((id) => takingFirst(solver, id))]);
}

/** Calls that can get an object as their first argument. */
function takingFirst(solver: Solver, object: ObjectId): CallPlace[] {
  return solver.nodesOf(object).flatMap((node): CallPlace[] => {
    const where = solver.program.valueOf(node);
    if (!where) return [];
    const { file } = where;
    const consumers = solver.consumers(file).get(where.value) ?? [];
    return consumers.flatMap((one) =>
      one.kind === 'argument' && one.index === 0 && !one.spread ? [{ file, value: one.by }] : [],
    );
  });
}

function grouped({ program }: Solver, places: CallPlace[]): ReadonlyMap<number, CallsIn> {
  const byFile = new Map<number, Map<number, CallIn>>();
  for (const { file, value } of places.sort((a, b) => a.file - b.file || a.value - b.value)) {
    const own = byFile.get(file) ?? new Map<number, CallIn>();
    byFile.set(file, own.set(value, { id: value, call: program.value(file, value) as CallValue }));
  }
  return new Map([...byFile].map(([file, calls]) => [file, [...calls.values()]]));
}
