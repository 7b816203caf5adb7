/**
 * Calls by what they call: found from the members of packages that a program uses, which are few, and not from its calls,
 * which are many.
 */

import type { CallValue } from '../model/facts.js';
import type { CallIn, CallsIn } from './calls-in.js';
import type { AbstractObject, ObjectId } from './objects.js';
import type { Solver } from './solver.js';

export type External = Extract<AbstractObject, { kind: 'external' }>;

/** Members of packages, and of globals, for which `matches` is true. */
export function externals(solver: Solver, matches: (what: External) => boolean): ObjectId[] {
  return solver.objects.ofKind('external').flatMap(([id, what]) => (matches(what) ? [id] : []));
}

/** Calls that can call one of these objects, by file, in the order of files and values. */
export function callsOf(solver: Solver, callees: Iterable<ObjectId>): ReadonlyMap<number, CallsIn> {
  return grouped(
    solver,
    [...callees].flatMap((id) => solver.calls.of(id)),
  );
}

/** Calls that can get one of these objects as their first argument, likewise. */
export function callsWithFirst(solver: Solver, objects: Iterable<ObjectId>): ReadonlyMap<number, CallsIn> {
  const { program } = solver;
  const nodes = [...objects].flatMap((id) => solver.nodesOf(id));
  const places = nodes.flatMap((node) => {
    const where = program.valueOf(node);
    return (where ? (solver.consumers(where.file).get(where.value) ?? []) : []).flatMap((one) =>
      where && one.kind === 'argument' && one.index === 0 && !one.spread ? [{ file: where.file, value: one.by }] : [],
    );
  });
  return grouped(solver, places);
}

function grouped({ program }: Solver, places: { file: number; value: number }[]): ReadonlyMap<number, CallsIn> {
  const byFile = new Map<number, Map<number, CallIn>>();
  for (const { file, value } of places.sort((a, b) => a.file - b.file || a.value - b.value)) {
    const own = byFile.get(file) ?? new Map<number, CallIn>();
    byFile.set(file, own.set(value, { id: value, call: program.value(file, value) as CallValue }));
  }
  return new Map([...byFile].map(([file, calls]) => [file, [...calls.values()]]));
}
