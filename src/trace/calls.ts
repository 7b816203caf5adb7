/** What calling an object means. */

import type { CallValue } from '../model/facts.js';
import { addOwn, callBuiltin, callGlobal } from './builtins.js';
import { addEntered, callMethod, open, openSubclass } from './clients.js';
import { entersStack } from './contextlib.js';
import { givesBack } from './gives-back.js';
import { isNewMethod, passToNew } from './instances-made.js';
import { isKept, isWithin } from './kept.js';
import { makesAsked } from './makes-asked.js';
import { addKnown, computedNode } from './members.js';
import { type AbstractObject, MADE, type ObjectId } from './objects.js';
import { redisConstruct } from './packages.js';
import { isPlain } from './plain.js';
import type { Node } from './program.js';
import { isInject } from './providers.js';
import type { Solver } from './solver.js';
import { accessorFunction } from './watched.js';

type Client = Extract<AbstractObject, { kind: 'client' }>;

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
      if (call.value.new) solver.add(call.node, solver.receivers.madeBy(what.file, what.scope));
      return callFunction(solver, call, what.file, what.scope);
    case 'class':
      return construct(solver, call, what.file, what.scope);
    case 'external':
      return callExternal(solver, call, what.package, what.path);
    case 'method':
      return callMethod(solver, call, what);
    case 'builtin':
      return callBuiltin(solver, call, what.of, what.member);
    case 'applied':
      return callApplied(solver, call, what.of, what.member);
    case 'unparsed':
      // Nothing is known of the result yet, but a method called on it leads to the same file.
      addKnown(solver, call.node, solver.outside.unparsedMember(object, null));
      return;
    case 'unknown':
      return solver.add(call.node, object);
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

/** Lets what `arg` holds be called with `parameter` as its argument at `index`, its results going to `result`. */
export function callback(
  solver: Solver,
  arg: Node | null,
  parameter: Node | null,
  result: Node | null,
  index = 0,
): void {
  if (arg === null) return;
  solver.watch(arg, (object) => {
    const what = solver.objects.get(object);
    if (what.kind !== 'function') return;
    const taken = solver.program.paramNode(what.file, what.scope, index);
    if (taken && parameter !== null) solver.copy(parameter, taken.node);
    if (result !== null) solver.copy(solver.program.returnNode(what.file, what.scope), result);
  });
}

function callFunction(solver: Solver, call: CallContext, file: number, scope: number): void {
  const callee = solver.program.value(call.file, call.value.callee);
  if (callee.kind === 'member') passThis(solver, solver.program.valueNode(call.file, callee.object), file, scope);
  passArguments(solver, call, file, scope, isNewMethod(solver, call, file, scope) ? 1 : 0);
  const back = solver.transparent.of(file, scope);
  const given = back === null ? null : argumentNode(solver, call, back.index);
  if (back === null || given === null) return giveResult(solver, call, file, scope);
  if (back.mode === 'value') return solver.copy(given, call.node);
  callback(solver, given, null, call.node);
  // What is no function of the project has no result of its own here: `retry(redis.duplicate)`.
  solver.watch(given, (object) => {
    if (solver.objects.get(object).kind !== 'function') solver.copy(solver.program.returnNode(file, scope), call.node);
  });
}

/** A client that the function itself makes, or an accessor gives, is another one at each of its calls; everything else is the same for all. */
function giveResult(solver: Solver, call: CallContext, file: number, scope: number): void {
  const accessor = accessorFunction(solver, file, scope);
  if (accessor?.lends) solver.lent.add(call.node);
  solver.watch(solver.program.returnNode(file, scope), (object) => {
    const what = solver.objects.get(object);
    const apart = what.kind === 'client' && (accessor !== null || isMadeIn(solver, what, file, scope));
    const own = apart && what.via.length < MAX_VIA;
    solver.add(call.node, own ? solver.objects.intern({ ...what, via: [...what.via, call.node] }) : object);
  });
}

/** Factories of factories are told apart this deep; further on their clients count as one. */
const MAX_VIA = 3;

/** The function makes the client and keeps it nowhere but in its own variables. */
function isMadeIn(solver: Solver, client: Client, file: number, scope: number): boolean {
  const made = solver.clients.placeOf(client);
  if (made.file !== file) return false;
  const own = solver.program.value(file, made.value).scope;
  return isWithin(solver, file, own, scope) && !isKept(solver, file, made.value, scope);
}

/** A plain function gets the receiver of its call as `this`; methods of classes have theirs from the class. */
function passThis(solver: Solver, from: Node, file: number, scope: number): void {
  const { form, parent } = solver.program.scope(file, scope);
  const inClass = parent !== null && solver.program.scope(file, parent).kind === 'class';
  if (form !== 'arrow' && !inClass) solver.copy(from, solver.thisNode(file, scope));
}

/** Lets the arguments of a call flow into the parameters of a function; the first `shift` of them are none of its own. */
export function passArguments(solver: Solver, call: CallContext, file: number, scope: number, shift: number): void {
  call.value.args.forEach((argument, index) => {
    const from = solver.program.valueNode(call.file, argument.value);
    const named = argument.name === null ? null : namedParam(solver, file, scope, argument.name);
    if (named !== null) return solver.copy(from, named);
    const to = solver.program.paramNode(file, scope, index - shift);
    if (index < shift || !to) return;
    // A rest parameter gets its list whatever is in it.
    if (!to.rest && isPlain(solver.program.value(call.file, argument.value))) return;
    if (argument.spread) passSpread(solver, from, file, scope, index - shift);
    else if (to.rest) passList(solver, from, to.node);
    else solver.copy(from, to.node);
  });
}

function namedParam(solver: Solver, file: number, scope: number, name: string): Node | null {
  const params = solver.program.scope(file, scope).params ?? [];
  const param = params.find((p) => p.name === name);
  return param && param.local !== null ? solver.program.localNode(file, param.local) : null;
}

/** `f(...list)`: any element can be any of the parameters from there on. */
function passSpread(solver: Solver, list: Node, file: number, scope: number, first: number): void {
  const params = solver.program.scope(file, scope).params ?? [];
  for (let index = first; index < params.length; index++) {
    const to = solver.program.paramNode(file, scope, index);
    const element = solver.freshNode();
    solver.load(list, null, element, null);
    if (to?.rest) passList(solver, element, to.node);
    else if (to) solver.copy(element, to.node);
  }
}

/** A rest parameter holds a list of what it gets. */
function passList(solver: Solver, from: Node, to: Node): void {
  const owner = solver.program.fileOfNode(to);
  if (owner === null) return;
  const list = solver.objects.intern({
    kind: 'record',
    file: owner.index,
    value: -1 - (to - owner.locals),
    array: true,
  });
  solver.add(to, list);
  const any = computedNode(solver, list);
  solver.copy(from, any);
}

function construct(solver: Solver, call: CallContext, file: number, scope: number): void {
  const isSuper = solver.program.value(call.file, call.value.callee).kind === 'super';
  if (!call.value.new && !isSuper && solver.program.file(file).facts.language !== 'python') return;
  if (!isSuper) {
    solver.add(call.node, solver.objects.intern({ kind: 'instance', file, scope }));
    openSubclass(solver, call, file, scope);
    passToNew(solver, call, file, scope);
  }
  const own = (solver.program.scope(file, scope).members ?? []).find(
    (id) => solver.program.scope(file, id).form === 'constructor',
  );
  if (own !== undefined) return passArguments(solver, call, file, own, 0);
  solver.bases.each(solver.objects.intern({ kind: 'class', file, scope }), (base) => {
    const what = solver.objects.get(base);
    // Classes in a circle would be asked for ever.
    if (what.kind !== 'class' || !solver.isFirst(`constructs ${call.node} ${base}`)) return;
    construct(solver, call, what.file, what.scope);
  });
}

function callExternal(solver: Solver, call: CallContext, packageName: string, path: string[]): void {
  // `super(…)` opens nothing of its own: the `new` of the subclass does.
  if (packageName !== '' && solver.program.value(call.file, call.value.callee).kind === 'super') return;
  const { language } = solver.program.file(call.file).facts;
  const found = redisConstruct(solver.libraries, language, packageName, path, call.value.new);
  if (found) open(solver, call, found);
  else if (packageName === '') callGlobal(solver, call, path);
  else if (givesBack(packageName, path)) {
    passArgument(solver, call, 0, call.node);
    if (entersStack(packageName, path)) addEntered(solver, call.node);
  } else if (isInject({ kind: 'external', package: packageName, path })) addOwn(solver, call);
  else if (makesAsked(solver.libraries, packageName, path))
    solver.add(call.node, solver.outside.external(packageName, [...path, MADE]));
}

/** `f.bind(x)` gives f; `f.call(x, …)` calls it; `f.apply(x, list)` calls it with a list. */
function callApplied(solver: Solver, call: CallContext, of: ObjectId, member: string): void {
  const what = solver.objects.get(of);
  const receiver = argumentNode(solver, call, 0);
  if (what.kind === 'function' && receiver !== null) passThis(solver, receiver, what.file, what.scope);
  if (member === 'bind') {
    if (what.kind === 'function') passArguments(solver, call, what.file, what.scope, 1);
    return solver.add(call.node, of);
  }
  if (what.kind === 'method') return callMethod(solver, call, what);
  if (what.kind !== 'function') return;
  if (member === 'call') passArguments(solver, call, what.file, what.scope, 1);
  else passApplied(solver, call, what.file, what.scope);
  solver.copy(solver.program.returnNode(what.file, what.scope), call.node);
}

function passApplied(solver: Solver, call: CallContext, file: number, scope: number): void {
  const list = argumentNode(solver, call, 1);
  if (list === null) return;
  (solver.program.scope(file, scope).params ?? []).forEach((_, index) => {
    const to = solver.program.paramNode(file, scope, index);
    if (to) solver.load(list, to.rest ? null : String(index), to.node, null);
  });
}
