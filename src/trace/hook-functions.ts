/** Functions that a package is told to run at the begin or at the end: by a decorator, as an argument, as a lifespan. */

import { type LifecycleHook, SHUTDOWN_HOOKS } from '../libraries/shutdown-hooks.js';
import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import { callsOf, type External, externals } from './calls-of.js';
import type { ProgramFile } from './program.js';
import type { Solver } from './solver.js';

export interface HookFunction {
  file: number;
  scope: ScopeId;
  /** As a reader knows it: `atexit.register`, `on_event`. */
  name: string;
  /** Offset behind which it is the hook: its last `yield`; absent: all of it is. */
  after?: number;
  /** Its place in the list that it is given in. */
  turn?: number;
}

/** All that the files of a program name, in their order. A function can be of another file than the one that names it. */
export function hookFunctions(solver: Solver, hooks: readonly LifecycleHook[] = SHUTDOWN_HOOKS): HookFunction[] {
  const calls = callsOf(
    solver,
    externals(solver, (what) => hooksNamed(what, hooks).length > 0),
  );
  return solver.program.files.flatMap((file) => [
    ...decorated(solver, file, hooks),
    ...(calls.get(file.index) ?? []).flatMap(({ call }) => given(solver, file, call, hooks)),
  ]);
}

function decorated(solver: Solver, file: ProgramFile, hooks: readonly LifecycleHook[]): HookFunction[] {
  return file.facts.scopes.flatMap((scope, id) =>
    (scope.kind === 'function' ? (scope.decorators ?? []) : []).flatMap((decorator) => {
      const hook = decorates(solver, file, decorator, hooks);
      return hook ? [{ file: file.index, scope: id, name: nameOf(hook) }] : [];
    }),
  );
}

/** `@atexit.register`, `@signal.connect(weak=False)`, `@app.on_event("shutdown")`. */
function decorates(
  solver: Solver,
  file: ProgramFile,
  decorator: ValueId,
  hooks: readonly LifecycleHook[],
): LifecycleHook | null {
  const value = solver.program.value(file.index, decorator);
  const call = value.kind === 'call' ? value : null;
  const hook = hookOf(solver, file, call?.callee ?? decorator, hooks);
  if (!hook || hook.lifespan !== undefined || hook.list !== undefined) return null;
  return hook.events === undefined || (call && isEvent(solver, file, call, hook)) ? hook : null;
}

/** `atexit.register(stop)`, `app.add_event_handler("shutdown", stop)`, `FastAPI(lifespan=lifespan)`, `FastAPI(on_startup=[start])`. */
function given(solver: Solver, file: ProgramFile, call: CallValue, hooks: readonly LifecycleHook[]): HookFunction[] {
  const found = hooksOf(solver, file, call.callee, hooks);
  return found.flatMap((hook) =>
    hook.list === undefined ? givenOne(solver, file, call, hook) : listed(solver, file, call, hook),
  );
}

/** The functions of a list that is written out in the call. */
function listed(solver: Solver, file: ProgramFile, call: CallValue, hook: LifecycleHook): HookFunction[] {
  const argument = call.args.find(({ name }) => name === hook.list);
  const list = argument && solver.program.value(file.index, argument.value);
  if (list?.kind !== 'array') return [];
  return list.elements.flatMap(({ value }, turn) =>
    [...solver.of(file.values + value)].flatMap((id): HookFunction[] => {
      const what = solver.objects.get(id);
      return what.kind === 'function' ? [{ file: what.file, scope: what.scope, name: hook.list ?? '', turn }] : [];
    }),
  );
}

function givenOne(solver: Solver, file: ProgramFile, call: CallValue, hook: LifecycleHook): HookFunction[] {
  if (hook.events !== undefined && !isEvent(solver, file, call, hook)) return [];
  const positional = call.args.filter(({ name }) => name === null);
  const argument =
    hook.lifespan === undefined
      ? positional[hook.events === undefined ? 0 : 1]
      : call.args.find(({ name }) => name === hook.lifespan);
  if (!argument) return [];
  return [...solver.of(file.values + argument.value)].flatMap((id): HookFunction[] => {
    const what = solver.objects.get(id);
    if (what.kind !== 'function') return [];
    const own = { file: what.file, scope: what.scope, name: nameOf(hook) };
    if (hook.lifespan === undefined) return [own];
    const after = lastYield(solver, what.file, what.scope);
    return after === null ? [] : [{ ...own, after }];
  });
}

function hookOf(
  solver: Solver,
  file: ProgramFile,
  callee: ValueId,
  hooks: readonly LifecycleHook[],
): LifecycleHook | null {
  return hooksOf(solver, file, callee, hooks)[0] ?? null;
}

/** Those that the first member of a package which a callee can be is of. */
function hooksOf(
  solver: Solver,
  file: ProgramFile,
  callee: ValueId,
  hooks: readonly LifecycleHook[],
): readonly LifecycleHook[] {
  for (const id of solver.of(file.values + callee)) {
    const what = solver.objects.get(id);
    if (what.kind !== 'external') continue;
    const found = hooksNamed(what, hooks);
    if (found.length > 0) return found;
  }
  return [];
}

function hooksNamed({ path, package: from }: External, hooks: readonly LifecycleHook[]): readonly LifecycleHook[] {
  return hooks.filter(
    ({ packages, member }) =>
      packages.includes(from) && member.every((part, index) => path[path.length - member.length + index] === part),
  );
}

function isEvent({ program }: Solver, file: ProgramFile, call: CallValue, { events = [] }: LifecycleHook): boolean {
  const [event] = call.args;
  const value = event ? program.value(file.index, event.value) : null;
  return value?.kind === 'literal' && typeof value.value === 'string' && events.includes(value.value);
}

/** End of the last `yield` of a function; null without one. */
function lastYield({ program }: Solver, file: number, scope: ScopeId): number | null {
  const yields = program
    .file(file)
    .facts.values.filter((value) => value.scope === scope && value.kind === 'unknown' && value.what === 'yield');
  return yields.length === 0 ? null : Math.max(...yields.map(({ span }) => span.end));
}

function nameOf({ packages, member, lifespan }: LifecycleHook): string {
  if (lifespan !== undefined) return lifespan;
  return packages[0] === 'atexit' ? 'atexit' : (member[0] ?? '');
}
