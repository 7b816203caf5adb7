/** Whether an opening runs at most once per process. */

import type { Block, Place, ScopeId, Value, ValueId } from '../model/facts.js';
import { blocksAround } from './consumers.js';
import type { Program } from './program.js';
import type { Solver } from './solver.js';

/**
 * At module level, memoised in a module-level variable, in the constructor of a class that is made once at module level,
 * or in a function of the module that one call reaches, which itself runs once.
 */
export function runsOnce(solver: Solver, file: number, id: ValueId, around: readonly ScopeId[] = []): boolean {
  const { program } = solver;
  const value = program.value(file, id);
  if (blocksAround(program.file(file).facts, value).some((b) => b.kind === 'loop')) return false;
  const within = program.functionOf(file, value.scope);
  if (within === null) return isStatic(solver, file, id) || isModuleLevel(solver, file, value.scope);
  if (isMemoised(solver, file, value, id)) return true;
  const call = around.includes(within) ? null : onlyCall(solver, file, within);
  if (call !== null) return runsOnce(solver, file, call, [...around, within]);
  const form = program.scope(file, within).form;
  const owner = program.scope(file, within).parent;
  return form === 'constructor' && owner !== null && madeOnce(solver, file, owner);
}

/** The one call of a function that its module keeps to itself and only calls; null: there are more, or it goes elsewhere. */
function onlyCall(solver: Solver, file: number, scope: ScopeId): ValueId | null {
  const own = solver.objects.intern({ kind: 'function', file, scope });
  const { facts } = solver.program.file(file);
  const holds = (id: ValueId) => solver.of(solver.program.valueNode(file, id)).has(own);
  if (facts.exports.some(({ value }) => value !== null && holds(value))) return null;
  const calls: ValueId[] = [];
  for (const node of solver.nodesOf(own)) {
    const where = solver.program.valueOf(node);
    if (where?.file !== file) continue;
    const id = where.value;
    const { kind } = solver.program.value(file, id);
    for (const consumer of solver.consumers(file).get(id) ?? []) {
      const declares = kind === 'function' && consumer.kind === 'flow' && consumer.flow.place.kind === 'local';
      if (consumer.kind === 'callee') calls.push(consumer.by);
      else if (!declares) return null;
    }
  }
  return calls.length === 1 ? (calls[0] ?? null) : null;
}

/** The initialiser of a static field. */
function isStatic(solver: Solver, file: number, id: ValueId): boolean {
  const consumers = solver.consumers(file).get(id) ?? [];
  return consumers.some((c) => c.kind === 'flow' && c.flow.place.kind === 'field' && c.flow.place.static);
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
  const calls = solver.calls.of(classObject);
  const [only] = calls;
  if (!only || calls.length > 1) return false;
  return program.functionOf(only.file, program.value(only.file, only.value).scope) === null;
}

/** `if (!c) c = new Redis()`, `if (c) return c`, `c ??= new Redis()`, `c || (c = new Redis())`, with a `c` that outlives the call. */
function isMemoised(solver: Solver, file: number, value: Value, id: ValueId): boolean {
  const { program } = solver;
  const { facts } = program.file(file);
  const within = program.functionOf(file, value.scope);
  const guards = blocksAround(facts, value).filter((b) => b.kind === 'if' && b.test !== null);
  const returns = facts.blocks.filter(
    (b) => b.kind === 'if' && b.exit === 'return' && isBefore(program, file, b, value, within),
  );
  return keptIn(solver, file, id).some(
    (place) =>
      place.byOperator ||
      guards.some((b) => b.test !== null && testsEmpty(program, file, b.test, place.name)) ||
      returns.some((b) => b.test !== null && testsFilled(program, file, b.test, place.name)),
  );
}

function isBefore(program: Program, file: number, block: Block, value: Value, within: ScopeId | null): boolean {
  return block.span.end <= value.span.start && program.functionOf(file, block.scope) === within;
}

interface Kept {
  /** Name of the variable or member that holds the client. */
  name: string;
  /** `??=`, `||=`, or an assignment behind `??` or `||`. */
  byOperator: boolean;
}

/** Places that live as long as the process: module-level variables, static fields, globals. */
function keptIn(solver: Solver, file: number, id: ValueId): Kept[] {
  const { program } = solver;
  const { facts } = program.file(file);
  const found: Kept[] = [];
  let byOperator = false;
  const seen = new Set<ValueId>();
  const visit = (value: ValueId) => {
    if (seen.has(value)) return;
    seen.add(value);
    for (const consumer of solver.consumers(file).get(value) ?? []) {
      if (consumer.kind === 'flow') {
        const name = lastingName(solver, file, consumer.flow.place);
        if (name !== null) found.push({ name, byOperator: false });
      } else if (consumer.kind === 'same') {
        const by = facts.values[consumer.by];
        byOperator ||= by?.kind === 'logical' && by.operator !== '&&' && by.right === value;
        visit(consumer.by);
      }
    }
  };
  visit(id);
  return found.map((kept) => ({ ...kept, byOperator }));
}

function lastingName(solver: Solver, file: number, place: Place): string | null {
  if (place.kind === 'local') {
    const local = solver.program.file(file).facts.locals[place.local];
    return local && solver.program.functionOf(file, local.scope) === null ? local.name : null;
  }
  if (place.kind === 'field') return place.static ? place.name : null;
  if (place.kind === 'global') return place.name;
  if (place.kind !== 'member') return null;
  const holders = [...solver.of(solver.program.valueNode(file, place.object))].map((o) => solver.objects.get(o));
  const lasting = holders.some((o) => o.kind === 'class' || (o.kind === 'external' && o.package === ''));
  return lasting ? place.name : null;
}

/** `!c`, `c == null`, `c === undefined`. */
function testsEmpty(program: Program, file: number, test: ValueId, name: string): boolean {
  const value = program.value(file, test);
  if (value.kind === 'logical') {
    return testsEmpty(program, file, value.left, name) || testsEmpty(program, file, value.right, name);
  }
  if (value.kind !== 'comparison' || !['!', '==', '===', 'is', 'not'].includes(value.operator)) return false;
  return value.parts.some((part) => isNamed(program, file, part, name));
}

/** `c`, `c !== null`. */
function testsFilled(program: Program, file: number, test: ValueId, name: string): boolean {
  const value = program.value(file, test);
  if (value.kind === 'comparison' && ['!=', '!==', 'is not'].includes(value.operator)) {
    return value.parts.some((part) => isNamed(program, file, part, name));
  }
  return isNamed(program, file, test, name);
}

function isNamed(program: Program, file: number, id: ValueId, name: string): boolean {
  const value = program.value(file, id);
  if (value.kind === 'member') return value.name === name;
  return value.kind === 'reference' && program.file(file).facts.locals[value.local]?.name === name;
}
