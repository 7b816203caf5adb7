/** Whether an opening runs at most once per process. */

import type { ScopeId, Value, ValueId } from '../model/facts.js';
import { blocksAround } from './consumers.js';
import type { Program } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';

/** At module level, memoised in a module-level variable, or in the constructor of a class that is made once at module level. */
export function runsOnce(solver: Solver, reach: Reach, file: number, id: ValueId): boolean {
  const { program } = solver;
  const value = program.value(file, id);
  if (blocksAround(program.file(file).facts, value).some((b) => b.kind === 'loop')) return false;
  const within = program.functionOf(file, value.scope);
  if (within === null) return isModuleLevel(solver, file, value.scope);
  if (isMemoised(solver, reach, file, value, id)) return true;
  const form = program.scope(file, within).form;
  const owner = program.scope(file, within).parent;
  return form === 'constructor' && owner !== null && madeOnce(solver, file, owner);
}

/** Module code, static blocks and fields; a field initialiser runs once per instance. */
function isModuleLevel(solver: Solver, file: number, scope: ScopeId): boolean {
  const owner = solver.program.classOf(file, scope);
  return owner === null || madeOnce(solver, file, owner);
}

/** The class has exactly one `new` in the program, and that is module code. */
function madeOnce(solver: Solver, file: number, owner: ScopeId): boolean {
  const { program } = solver;
  const classObject = solver.objects.intern({ kind: 'class', file, scope: owner });
  let made = 0;
  for (const other of program.files) {
    for (const value of other.facts.values) {
      if (value.kind !== 'call' || !solver.of(program.valueNode(other.index, value.callee)).has(classObject)) continue;
      made += 1;
      if (program.functionOf(other.index, value.scope) !== null) return false;
    }
  }
  return made === 1;
}

/** `if (!c) c = new Redis()`, `c ??= new Redis()`, `c || (c = new Redis())` with a module-level or static `c`. */
function isMemoised(solver: Solver, reach: Reach, file: number, value: Value, id: ValueId): boolean {
  const { program } = solver;
  for (const place of keptIn(program, reach, file, id)) {
    if (place.operator === '??=' || place.operator === '||=') return true;
    const guards = blocksAround(program.file(file).facts, value).filter((b) => b.kind === 'if' && b.test !== null);
    if (guards.some((b) => b.test !== null && testsEmpty(program, file, b.test, place.local))) return true;
  }
  return false;
}

/** Module-level locals that an assignment keeps the value in. */
function keptIn(program: Program, reach: Reach, file: number, id: ValueId): { local: number; operator: string }[] {
  const { facts } = program.file(file);
  const found: { local: number; operator: string }[] = [];
  const visit = (value: ValueId, operator: string) => {
    for (const consumer of reach.consumers(file).get(value) ?? []) {
      if (consumer.kind === 'same') {
        const by = facts.values[consumer.by];
        visit(consumer.by, by?.kind === 'assign' ? by.operator : operator);
      } else if (consumer.kind === 'flow' && consumer.flow.place.kind === 'local') {
        const local = facts.locals[consumer.flow.place.local];
        const same = assignOperator(facts.values, id) ?? operator;
        if (local?.scope === 0) found.push({ local: consumer.flow.place.local, operator: same });
      }
    }
  };
  visit(id, '=');
  return found;
}

function assignOperator(values: Value[], id: ValueId): string | null {
  const assign = values.find((v) => v.kind === 'assign' && v.value === id);
  return assign?.kind === 'assign' ? assign.operator : null;
}

/** `!c`, `c == null`, `c === undefined`. */
function testsEmpty(program: Program, file: number, test: ValueId, local: number): boolean {
  const value = program.value(file, test);
  if (value.kind === 'logical') {
    return testsEmpty(program, file, value.left, local) || testsEmpty(program, file, value.right, local);
  }
  if (value.kind !== 'comparison' || !['!', '==', '===', 'is', 'not'].includes(value.operator)) return false;
  return value.parts.some((part) => {
    const inner = program.value(file, part);
    return inner.kind === 'reference' && inner.local === local;
  });
}
