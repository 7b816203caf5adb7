/** What calling an object means. */

import type { CallValue } from '../model/facts.js';
import type { RedisLibrary } from '../model/library.js';
import { callBuiltin, callGlobal } from './builtins.js';
import type { ObjectId } from './objects.js';
import { redisConstruct } from './packages.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

export interface CallContext {
  file: number;
  value: CallValue;
  /** Node of the call's result. */
  node: Node;
}

/** Lets arguments and results flow for a call whose callee can be `object`. */
export function callObject(solver: Solver, call: CallContext, object: ObjectId): void {
  const what = solver.objects.get(object);
  switch (what.kind) {
    case 'function':
      if (call.value.new) return;
      return callFunction(solver, call, what.file, what.scope);
    case 'class':
      return construct(solver, call, what.file, what.scope);
    case 'external':
      return callExternal(solver, call, what.package, what.path);
    case 'method':
      return callMethod(solver, call, what.opening, what.member);
    case 'builtin':
      return callBuiltin(solver, call, what.of, what.member);
    case 'applied':
      return callApplied(solver, call, what.of, what.member);
    case 'resolver':
      return passArgument(solver, call, 0, what.node);
    default:
      return;
  }
}

/** Node of an argument; null when there is none at that position or it is spread. */
export function argumentNode(solver: Solver, call: CallContext, index: number): Node | null {
  const argument = call.value.args[index];
  return argument && !argument.spread ? solver.program.valueNode(call.file, argument.value) : null;
}

/** Lets an argument flow into a node. */
export function passArgument(solver: Solver, call: CallContext, index: number, to: Node): void {
  const from = argumentNode(solver, call, index);
  if (from !== null) solver.copy(from, to);
}

/** Lets what `arg` holds be called with `parameter` as its first argument, its results going to `result`. */
export function callback(solver: Solver, arg: Node | null, parameter: Node | null, result: Node | null): void {
  if (arg === null) return;
  solver.watch(arg, (object) => {
    const what = solver.objects.get(object);
    if (what.kind !== 'function') return;
    const first = solver.program.paramNode(what.file, what.scope, 0);
    if (first && parameter !== null) solver.copy(parameter, first.node);
    if (result !== null) solver.copy(solver.program.returnNode(what.file, what.scope), result);
  });
}

function callFunction(solver: Solver, call: CallContext, file: number, scope: number): void {
  passArguments(solver, call, file, scope, 0);
  const back = solver.transparent.of(file, scope);
  const given = back === null ? null : argumentNode(solver, call, back.index);
  if (back === null || given === null) return solver.copy(solver.program.returnNode(file, scope), call.node);
  if (back.mode === 'value') solver.copy(given, call.node);
  else callback(solver, given, null, call.node);
}

function passArguments(solver: Solver, call: CallContext, file: number, scope: number, shift: number): void {
  call.value.args.forEach((argument, index) => {
    const from = solver.program.valueNode(call.file, argument.value);
    const named = argument.name === null ? null : namedParam(solver, file, scope, argument.name);
    if (named !== null) return solver.copy(from, named);
    const to = solver.program.paramNode(file, scope, index - shift);
    if (index < shift || !to) return;
    if (to.rest || argument.spread) passList(solver, from, to.node, argument.spread);
    else solver.copy(from, to.node);
  });
}

function namedParam(solver: Solver, file: number, scope: number, name: string): Node | null {
  const params = solver.program.scope(file, scope).params ?? [];
  const param = params.find((p) => p.name === name);
  return param && param.local !== null ? solver.program.localNode(file, param.local) : null;
}

/** Rest parameters and spread arguments: a list in between. The parameter holds the list's record. */
function passList(solver: Solver, from: Node, to: Node, spread: boolean): void {
  const owner = solver.program.fileOfNode(to);
  if (owner === null) return;
  const list = solver.objects.intern({
    kind: 'record',
    file: owner.index,
    value: -1 - (to - owner.locals),
    array: true,
  });
  solver.add(to, list);
  const any = solver.namedNode(`property ${list} *`, list);
  if (spread) solver.load(from, null, any, null);
  else solver.copy(from, any);
}

function construct(solver: Solver, call: CallContext, file: number, scope: number): void {
  const isSuper = solver.program.value(call.file, call.value.callee).kind === 'super';
  if (!call.value.new && !isSuper && solver.program.file(file).facts.language !== 'python') return;
  if (!isSuper) solver.add(call.node, solver.objects.intern({ kind: 'instance', file, scope }));
  const own = (solver.program.scope(file, scope).members ?? []).find(
    (id) => solver.program.scope(file, id).form === 'constructor',
  );
  if (own !== undefined) return passArguments(solver, call, file, own, 0);
  solver.eachRelated('base', solver.objects.intern({ kind: 'class', file, scope }), (base) => {
    const what = solver.objects.get(base);
    if (what.kind === 'class') construct(solver, call, what.file, what.scope);
  });
}

function callExternal(solver: Solver, call: CallContext, packageName: string, path: string[]): void {
  if (packageName === '') return callGlobal(solver, call, path);
  const found = redisConstruct(solver.libraries, packageName, path, call.value.new);
  if (!found) return;
  const { library, construct: made } = found;
  const { api, makes, mode } = made;
  solver.add(
    call.node,
    solver.openingAt(call.file, call.node - solver.program.file(call.file).values, {
      library: library.name,
      api,
      makes,
      mode,
    }),
  );
}

function callMethod(solver: Solver, call: CallContext, opening: number, member: string | null): void {
  const calls = solver.clientCalls.get(opening) ?? new Map<Node, string | null>();
  calls.set(call.node, member);
  solver.clientCalls.set(opening, calls);
  const library = libraryOf(solver, opening);
  if (!library || member === null) return;
  if (library.returnsSelf.includes(member)) {
    solver.add(call.node, solver.objects.intern({ kind: 'client', opening }));
  }
  if (library.duplicates.includes(member)) duplicate(solver, call, opening, member);
}

function duplicate(solver: Solver, call: CallContext, opening: number, member: string): void {
  const source = solver.openings[opening];
  if (!source) return;
  const { library, makes, mode } = source;
  const id = call.node - solver.program.file(call.file).values;
  const client = solver.openingAt(call.file, id, { library, makes, mode, api: `.${member}` });
  const made = solver.openings[solver.openingOfCall(call.node) ?? -1];
  if (made) {
    made.duplicates ??= new Set();
    made.duplicates.add(opening);
  }
  solver.add(call.node, client);
}

/** Redis library of an opening. */
export function libraryOf(solver: Solver, opening: number): RedisLibrary | null {
  const name = solver.openings[opening]?.library;
  const library = solver.libraries.find((l) => l.name === name);
  return library?.kind === 'redis' ? library : null;
}

/** `f.bind(x)` gives f; `f.call(x, …)` calls it; `f.apply(x, list)` calls it with a list. */
function callApplied(solver: Solver, call: CallContext, of: ObjectId, member: string): void {
  if (member === 'bind') return solver.add(call.node, of);
  const what = solver.objects.get(of);
  if (what.kind === 'method') return callMethod(solver, call, what.opening, what.member);
  if (what.kind !== 'function') return;
  if (member === 'call') passArguments(solver, call, what.file, what.scope, 1);
  solver.copy(solver.program.returnNode(what.file, what.scope), call.node);
}
