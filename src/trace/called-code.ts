/** What runs when something is called. */

import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import type { ObjectId } from './objects.js';
import type { Solver } from './solver.js';

/** Scope of a function. */
export interface CodePlace {
  file: number;
  scope: ScopeId;
}

/** The functions, and the constructors of the classes, that a call can run. */
export function codeRunBy(solver: Solver, file: number, call: ValueId): CodePlace[] {
  const { callee } = solver.program.value(file, call) as CallValue;
  return [...solver.of(solver.program.valueNode(file, callee))].flatMap((id) => codeOf(solver, id));
}

function codeOf({ program, objects }: Solver, id: ObjectId): CodePlace[] {
  const what = objects.get(id);
  if (what.kind === 'function') return [{ file: what.file, scope: what.scope }];
  if (what.kind !== 'class') return [];
  const members = program.scope(what.file, what.scope).members ?? [];
  const constructors = members.filter((member) => program.scope(what.file, member).form === 'constructor');
  return constructors.map((scope) => ({ file: what.file, scope }));
}
