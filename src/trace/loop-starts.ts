/** Calls that start an event loop, with the code that they run in it. */

import { CURRENT_LOOPS, LOOP_METHODS, LOOP_STARTERS, LOOP_TEST_CASES, NEW_LOOPS } from '../libraries/event-loops.js';
import type { LoopStart } from '../model/event-loop.js';
import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import { callsIn } from './calls-in.js';
import { writtenName } from './code-names.js';
import { type DottedName, dottedName } from './dotted-name.js';
import type { ProgramFile } from './program.js';
import type { Solver } from './solver.js';

/** Decorators of Flask's views, and of pytest's fixtures. */
const VIEWS: ReadonlySet<string> = new Set(['route', 'get', 'post', 'put', 'patch', 'delete']);
const FIXTURES: ReadonlySet<string> = new Set(['fixture']);

/** A start as it was found. */
export interface FoundStart {
  file: number;
  /** The call whose number is that of the loops: of `new_event_loop()` where that is apart; null: it is not known. */
  loop: ValueId | null;
  by: string;
  /** Offset where a person looks. */
  offset: number;
  /** Functions that run in it. */
  runs: { file: number; scope: ScopeId }[];
  /** How often, where the place says so by itself. */
  often?: Pick<LoopStart, 'runs' | 'why'>;
}

/** Every start of a Python file. */
export function loopStarts(solver: Solver, file: ProgramFile): FoundStart[] {
  if (file.facts.language !== 'python') return [];
  const found: FoundStart[] = file.project.zone === 'test' ? testsOf(file) : decorated(file);
  for (const { id, call } of callsIn(file.facts)) found.push(...startAt(solver, file, id, call));
  return found;
}

function startAt(solver: Solver, file: ProgramFile, id: ValueId, call: CallValue): FoundStart[] {
  const name = dottedName(file.facts, call.callee);
  const loop = isStarter(name) ? id : loopOf(file, call, name);
  const [first] = call.args;
  if (loop === undefined || !first) return [];
  const by = writtenName(solver.program, file.index, call.callee) ?? 'a loop';
  const start = (where: number, at: ValueId, own: ValueId | null, argument: ValueId): FoundStart => ({
    file: where,
    loop: own,
    by,
    offset: solver.program.value(where, at).span.start,
    runs: functionsIn(solver, where, argument),
  });
  const callers = callersOf(solver, file.index, first.value);
  // `def run(coroutine): return asyncio.run(coroutine)`: each caller says what runs.
  if (callers === null) return [start(file.index, id, loop, first.value)];
  return callers.map(({ file: where, value, argument }) => start(where, value, value, argument));
}

function isStarter(name: DottedName | null): boolean {
  if (name?.root.kind !== 'import') return false;
  const path = [...name.root.path, ...name.path];
  const { module } = name.root;
  if (module === 'asyncio' && path.join('.') === 'Runner.run') return true;
  return LOOP_STARTERS.some(
    ({ packages, member }) =>
      packages.includes(module) && member.length === path.length && member.every((m, i) => m === path[i]),
  );
}

/** `loop.run_until_complete(c)`: where the loop is made, null where that cannot be seen; undefined: it makes none. */
function loopOf(file: ProgramFile, call: CallValue, name: DottedName | null): ValueId | null | undefined {
  const callee = file.facts.values[call.callee];
  if (callee?.kind !== 'member' || !LOOP_METHODS.has(callee.name ?? '')) return undefined;
  const path = name?.root.kind === 'import' ? [...name.root.path, ...name.path] : [];
  if (path.some((part) => CURRENT_LOOPS.has(part))) return undefined;
  return path.some((part) => NEW_LOOPS.has(part)) ? makerOf(file, callee.object) : null;
}

/** The call that made what a name holds. */
function makerOf(file: ProgramFile, id: ValueId): ValueId | null {
  const value = file.facts.values[id];
  if (value?.kind === 'call') return id;
  if (value?.kind !== 'reference') return null;
  const flow = file.facts.flows.find(({ place }) => place.kind === 'local' && place.local === value.local);
  return flow ? makerOf(file, flow.value) : null;
}

/** Calls of the function whose parameter an argument is, with what each gives; null: it is no parameter. */
function callersOf(
  solver: Solver,
  file: number,
  argument: ValueId,
): { file: number; value: ValueId; argument: ValueId }[] | null {
  const { program, objects, calls } = solver;
  const value = program.value(file, argument);
  const local = value.kind === 'reference' ? program.file(file).facts.locals[value.local] : undefined;
  if (value.kind !== 'reference' || local?.kind !== 'param') return null;
  const own = objects.intern({ kind: 'function', file, scope: local.scope });
  const index = (program.scope(file, local.scope).params ?? []).findIndex((one) => one.local === value.local);
  return calls.of(own).flatMap((place) => {
    const { args } = program.value(place.file, place.value) as CallValue;
    const given = args.find(({ name }) => name === local.name) ?? args.filter(({ name }) => name === null)[index];
    return given ? [{ ...place, argument: given.value }] : [];
  });
}

/** Functions that an argument calls, or is: `work()`, `work`, `gather(a(), b())`, a variable that holds one of them. */
function functionsIn(solver: Solver, file: number, argument: ValueId): { file: number; scope: ScopeId }[] {
  const { program, objects } = solver;
  const found: { file: number; scope: ScopeId }[] = [];
  const seen = new Set<ValueId>();
  const add = (id: ValueId) => {
    for (const object of solver.of(program.valueNode(file, id))) {
      const what = objects.get(object);
      if (what.kind === 'function') found.push({ file: what.file, scope: what.scope });
    }
  };
  const visit = (id: ValueId): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const value = program.value(file, id);
    add(value.kind === 'call' ? value.callee : id);
    if (value.kind === 'call') for (const { value: inner } of value.args) visit(inner);
    if (value.kind === 'array') for (const { value: inner } of value.elements) visit(inner);
    if (value.kind !== 'reference') return;
    const { flows } = program.file(file).facts;
    for (const { place, value: from } of flows) if (place.kind === 'local' && place.local === value.local) visit(from);
  };
  visit(argument);
  return found;
}

/** `@async_to_sync`, and async views of Flask, which runs them so. */
function decorated(file: ProgramFile): FoundStart[] {
  const { facts, index } = file;
  const inFlask = facts.imports.some(({ specifier }) => specifier === 'flask');
  return facts.scopes.flatMap((scope, id): FoundStart[] => {
    if (scope.kind !== 'function' || !scope.async) return [];
    const names = (scope.decorators ?? []).map((one) => decoratorOf(facts, one));
    const view = inFlask ? names.find((name) => VIEWS.has(name?.path.at(-1) ?? '')) : undefined;
    const by = view ? `@${view.path.at(-1)}` : names.some(isStarter) ? '@async_to_sync' : null;
    if (by === null) return [];
    const why = view ? 'Flask runs each request of an async view in a new loop' : 'each call makes one';
    return [
      {
        file: index,
        loop: null,
        by,
        offset: scope.span.start,
        runs: [{ file: index, scope: id }],
        often: { runs: 'many', why },
      },
    ];
  });
}

function decoratorOf(facts: ProgramFile['facts'], id: ValueId): DottedName | null {
  const value = facts.values[id];
  return dottedName(facts, value?.kind === 'call' ? value.callee : id);
}

/** Async tests and fixtures: pytest-asyncio and unittest give each test a loop of its own unless they are told otherwise. */
function testsOf({ index, facts }: ProgramFile): FoundStart[] {
  return facts.scopes.flatMap((scope, id): FoundStart[] => {
    if (scope.kind !== 'function' || !scope.async || scope.name === null) return [];
    const owner = scope.parent === null ? undefined : facts.scopes[scope.parent];
    const bases = (owner?.kind === 'class' ? (owner.bases ?? []) : []).map((base) => lastName(facts.values[base]));
    const inCase = bases.some((base) => LOOP_TEST_CASES.has(base));
    const isFixture = (scope.decorators ?? []).some((one) => FIXTURES.has(decoratorOf(facts, one)?.path.at(-1) ?? ''));
    if (!inCase && !isFixture && !/^test/.test(scope.name)) return [];
    return [{ file: index, loop: null, by: scope.name, offset: scope.span.start, runs: [{ file: index, scope: id }] }];
  });
}

function lastName(value: ProgramFile['facts']['values'][number] | undefined): string {
  return value?.kind === 'member' || value?.kind === 'global' ? (value.name ?? '') : '';
}
