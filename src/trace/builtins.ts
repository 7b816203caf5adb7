/** What the runtime's own containers and globals do with what they are given. */

import { PROMISE_METHODS } from '../libraries/promises.js';
import { spreadInto } from './build.js';
import { argumentNode, type CallContext, callback, passArgument } from './calls.js';
import { computedNode, propertyNode, storeMember } from './members.js';
import type { ObjectId } from './objects.js';
import type { Node } from './program.js';
import type { Solver } from './solver.js';

/** Methods that put an argument (by position) into the container. */
const STORES: Record<string, number> = { push: 0, unshift: 0, add: 0, set: 1, fill: 0 };
/** Methods that give an element. */
const ELEMENTS = new Set(['pop', 'shift', 'at', 'find', 'findLast', 'get', 'next', 'reduce']);
/** Methods that give the container, or one with the same elements. */
const CONTAINERS = new Set('filter slice concat reverse sort splice flat values entries set add fill'.split(' '));
const CALLBACKS = new Set('map flatMap forEach filter find findLast some every sort'.split(' '));

/** Calls a method of an array, Map, Set or promise. */
export function callBuiltin(solver: Solver, call: CallContext, of: ObjectId, member: string): void {
  if (PROMISE_METHODS.has(member)) return callThen(solver, call, of, member);
  const stored = STORES[member];
  if (stored !== undefined) storeElement(solver, call, of, member, stored);
  if (ELEMENTS.has(member)) solver.copy(propertyNode(solver, of, null), call.node);
  if (CONTAINERS.has(member)) solver.add(call.node, of);
  if (member === 'reduce') {
    callback(solver, argumentNode(solver, call, 0), propertyNode(solver, of, null), call.node, 1);
    callback(solver, argumentNode(solver, call, 0), call.node, null);
    passArgument(solver, call, 1, call.node);
  } else if (CALLBACKS.has(member)) {
    const result = member === 'map' || member === 'flatMap' ? listAt(solver, call) : null;
    callback(solver, argumentNode(solver, call, 0), propertyNode(solver, of, null), result);
  }
}

function storeElement(solver: Solver, call: CallContext, of: ObjectId, member: string, position: number): void {
  passArgument(solver, call, position, computedNode(solver, of));
  if (member === 'push' || member === 'unshift') {
    for (let index = 1; index < call.value.args.length; index++) {
      passArgument(solver, call, index, computedNode(solver, of));
    }
  }
}

/** The elements of a new list that a call gives. */
function listAt(solver: Solver, call: CallContext): Node {
  const value = call.node - solver.program.file(call.file).values;
  const list = solver.objects.intern({ kind: 'record', file: call.file, value, array: true });
  solver.add(call.node, list);
  return computedNode(solver, list);
}

/** A promise is the same as what it resolves to, so `p.then(f)` calls `f` with what is in `p`. */
function callThen(solver: Solver, call: CallContext, of: ObjectId, member: string): void {
  solver.add(call.node, of);
  if (member !== 'then') return;
  const parameter = solver.namedNode(`resolved ${of}`);
  solver.add(parameter, of);
  callback(solver, argumentNode(solver, call, 0), parameter, call.node);
}

/** `p.then(f, g)` and `p.catch(g)` give what `f` and `g` return, whatever promise `p` is. */
export function addResumed(solver: Solver, call: CallContext): void {
  const callee = solver.program.value(call.file, call.value.callee);
  if (callee.kind !== 'member' || (callee.name !== 'then' && callee.name !== 'catch')) return;
  for (const [index] of call.value.args.entries()) callback(solver, argumentNode(solver, call, index), null, call.node);
}

/** Calls a global of the runtime. */
export function callGlobal(solver: Solver, call: CallContext, path: string[]): void {
  const name = path.join('.');
  if (call.value.new && (name === 'Map' || name === 'Set' || name === 'WeakMap' || name === 'Array')) {
    fill(solver, call, listAt(solver, call), name.endsWith('Map'));
  } else if (call.value.new && name === 'Promise') resolvePromise(solver, call);
  else if (name === 'Promise.resolve' || name === 'Object.freeze' || name === 'Object.seal') {
    passArgument(solver, call, 0, call.node);
  } else if (name === 'Promise.all' || name === 'Promise.allSettled') {
    passArgument(solver, call, 0, call.node);
  } else if (name === 'Array.from') {
    passArgument(solver, call, 0, call.node);
    if (call.value.args.length > 1) callback(solver, argumentNode(solver, call, 1), null, listAt(solver, call));
  } else if (name === 'Promise.race' || name === 'Promise.any') {
    const from = argumentNode(solver, call, 0);
    if (from !== null) solver.load(from, null, call.node, null);
  } else if (name === 'Object.values' || name === 'Object.entries') {
    const from = argumentNode(solver, call, 0);
    const list = listAt(solver, call);
    if (from !== null) solver.load(from, null, list, null);
    if (name === 'Object.entries') addPair(solver, call, list);
  } else if (name === 'Object.fromEntries') {
    const list = listAt(solver, call);
    const pair = solver.freshNode();
    const from = argumentNode(solver, call, 0);
    if (from !== null) solver.load(from, null, pair, null);
    solver.load(pair, '1', list, null);
  } else if (name === 'Object.assign') assign(solver, call);
  else if (name === 'Symbol') addOwn(solver, call);
}

/** What a call gives is a thing of its own, of which only that is known. */
export function addOwn(solver: Solver, call: CallContext): void {
  const value = call.node - solver.program.file(call.file).values;
  solver.add(call.node, solver.objects.intern({ kind: 'record', file: call.file, value, array: false }));
}

/** `new Map([[key, value], …])`: the values are in the pairs. */
function fill(solver: Solver, call: CallContext, elements: Node, pairs: boolean): void {
  const from = argumentNode(solver, call, 0);
  if (pairs) addPair(solver, call, elements);
  if (from === null) return;
  solver.load(from, null, elements, null);
  if (!pairs) return;
  const pair = solver.freshNode();
  solver.load(from, null, pair, null);
  solver.load(pair, '1', elements, null);
}

/** What iterating gives is also a pair with an element at 1: `for (const [key, value] of map)`. */
function addPair(solver: Solver, call: CallContext, elements: Node): void {
  const value = PAIRS - (call.node - solver.program.file(call.file).values);
  const pair = solver.objects.intern({ kind: 'record', file: call.file, value, array: true });
  solver.copy(elements, propertyNode(solver, pair, '1'));
  solver.add(elements, pair);
}

/** Numbers for pairs, which no literal stands for. */
const PAIRS = -500_000_000;

/** `Object.assign(target, source)`: what the sources have, the target has too. */
function assign(solver: Solver, call: CallContext): void {
  passArgument(solver, call, 0, call.node);
  const target = argumentNode(solver, call, 0);
  if (target === null) return;
  for (let index = 1; index < call.value.args.length; index++) {
    const source = argumentNode(solver, call, index);
    if (source === null) continue;
    solver.watch(target, (to) => {
      const { kind } = solver.objects.get(to);
      if (kind === 'record') solver.watch(source, (from) => spreadInto(solver, from, to));
      if (kind !== 'instance' && kind !== 'class') return;
      const any = solver.freshNode();
      solver.load(source, null, any, null);
      storeMember(solver, to, null, any);
    });
  }
}

/** `new Promise((resolve) => …)` gives what `resolve` is called with. */
function resolvePromise(solver: Solver, call: CallContext): void {
  const parameter = solver.namedNode(`resolver ${call.node}`);
  solver.add(parameter, solver.objects.intern({ kind: 'resolver', node: call.node }));
  callback(solver, argumentNode(solver, call, 0), parameter, null);
}
