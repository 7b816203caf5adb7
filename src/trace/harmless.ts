/** Calls that keep nothing of a client that they are given, or keep it where it is followed. */

import type { ValueId } from '../model/facts.js';
import type { Consumer } from './consumers.js';
import { givesBack } from './gives-back.js';
import { inspectedBy, isInspected } from './inspectors.js';
import type { AbstractObject } from './objects.js';
import type { Node, Program } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';

export type ArgumentConsumer = Extract<Consumer, { kind: 'argument' }>;

/** Globals that keep, compare or print what they are given, or give it back. */
const HARMLESS_GLOBALS = new Set(
  [
    'Promise.all Promise.allSettled Promise.race Promise.any Promise.resolve Promise Array.from Array.isArray',
    'Object.freeze Object.seal Object.keys Object.values Object.entries Object.fromEntries Map Set WeakMap WeakSet',
    'Boolean String JSON.stringify isinstance print len bool str repr type hasattr',
  ].flatMap((names) => names.split(' ')),
);
/** `once(client, 'end')` of Node's own events only waits. */
const WAITS = new Set(['events once', 'events on', 'node:events once', 'node:events on']);
/** Events that a client which others have used may never tell of again: what waits for them waits for ever. */
const PASSED = new Set(['connect', 'ready']);
/** The first argument comes back; the others are lost to the analysis. */
const HARMLESS_FIRST = new Set(['Object.defineProperty']);
/** Runtime functions that call their callback and drop what it returns. */
const DROPS_RESULTS = new Set(
  'setTimeout setInterval setImmediate queueMicrotask on once addEventListener nextTick'.split(' '),
);
/** Whether calling an object of a package or of the runtime does nothing to the clients in an argument that is not followed. */
export function isHarmless(
  solver: Solver,
  reach: Reach,
  file: number,
  node: Node,
  consumer: ArgumentConsumer,
  callee: AbstractObject,
): boolean {
  if (callee.kind !== 'external') return false;
  const how = consumer.index === 0 ? inspectedBy(solver, file, callee) : null;
  if (how !== null && isInspected(solver, file, how, reach.clientsThrough(node))) return true;
  const name = callee.path.join('.');
  if (WAITS.has(`${callee.package} ${name}`))
    return consumer.index === 0 && !waitsForConnection(solver, file, consumer);
  if (givesBack(callee.package, callee.path)) return consumer.index === 0;
  if (callee.package !== '') return false;
  if (HARMLESS_GLOBALS.has(name) || callee.path[0] === 'console') return true;
  if (HARMLESS_FIRST.has(name)) return consumer.index === 0;
  if (name === 'Object.assign') {
    if (consumer.index > 0) return assignsToRecord(solver, file, consumer);
    // What is assigned to a client, or to its options, changes it for all.
    return [...solver.of(node)].every((id) => !['client', 'method'].includes(solver.objects.get(id).kind));
  }
  if (!DROPS_RESULTS.has(callee.path.at(-1) ?? '')) return false;
  const givers = [...solver.of(node)].filter((id) => reach.clientsOf(id).size > 0);
  return givers.every((id) => solver.objects.get(id).kind === 'function');
}

function waitsForConnection(solver: Solver, file: number, { by }: ArgumentConsumer): boolean {
  const call = solver.program.value(file, by);
  const event = call.kind === 'call' && call.args[1] ? solver.program.value(file, call.args[1].value) : null;
  return event?.kind !== 'literal' || PASSED.has(String(event.value));
}

/** The target of `Object.assign` is an object that is followed. */
function assignsToRecord(solver: Solver, file: number, consumer: ArgumentConsumer): boolean {
  const call = solver.program.value(file, consumer.by);
  const target = call.kind === 'call' ? call.args[0] : undefined;
  if (!target) return false;
  if (isOwnExports(solver.program, file, target.value)) return true;
  const objects = [...solver.of(solver.program.valueNode(file, target.value))];
  return (
    objects.length > 0 && objects.every((id) => ['record', 'instance', 'class'].includes(solver.objects.get(id).kind))
  );
}

/** `exports`, `module.exports`: what is assigned to it is exported (`facts/commonjs.ts`). */
function isOwnExports(program: Program, file: number, id: ValueId): boolean {
  const value = program.value(file, id);
  if (value.kind === 'global') return value.name === 'exports';
  const object = value.kind === 'member' && value.name === 'exports' ? program.value(file, value.object) : null;
  return object?.kind === 'global' && object.name === 'module';
}
