/** What becomes of a client that is given to a call. */

import type { Argument, CallValue } from '../model/facts.js';
import type { ConsumerConstruct } from '../model/library.js';
import { writtenName } from './code-names.js';
import { pluginConstructs } from './consumer-calls.js';
import { clientsAt, nodesAt } from './consumer-places.js';
import { decorationOf } from './decorations.js';
import { type ArgumentConsumer, isHarmless } from './harmless.js';
import { inspectedByFixture, isInspected } from './inspectors.js';
import { isPlainNew } from './instances-made.js';
import type { AbstractObject, ObjectId } from './objects.js';
import { consumerConstructs, redisConstruct } from './packages.js';
import { isPool } from './pools.js';
import type { Node } from './program.js';
import { givenOpenly, isContainer } from './providers.js';
import type { Fate, Reach } from './reach.js';
import type { Solver } from './solver.js';
import { isParsed } from './wants.js';

/** Objects whose call is followed, so that what they are given is not lost. */
const FOLLOWED_CALLEES: ReadonlySet<AbstractObject['kind']> = new Set(['method', 'builtin', 'resolver']);
/** Objects that cannot be called: they do not say where a call leads. */
const NOT_CALLABLE: ReadonlySet<AbstractObject['kind']> = new Set([
  'record',
  'namespace',
  'client',
  'instance',
  'chain',
]);

/** The fates of the clients in an argument, one for each way that the call can lead. */
export function argumentFates(
  solver: Solver,
  reach: Reach,
  file: number,
  node: Node,
  consumer: ArgumentConsumer,
): Fate[] {
  const call = solver.program.value(file, consumer.by);
  if (call.kind !== 'call') return [];
  const offset = call.span.start;
  const name = writtenName(solver.program, file, consumer.by);
  const message = `it is given to ${name === null ? 'a call that' : `\`${name}\`, which`} is not followed`;
  const lost = (clients: Iterable<ObjectId>): Fate => ({
    clients: [...clients],
    what: { code: 'escapes-to-unknown-call', message, file, offset },
  });
  const installed = consumer.index > 0 ? pluginConstructs(solver, file, call) : [];
  if (installed.length > 0) return handedFates(solver, reach, { node, consumer, constructs: installed }, file, lost);
  if (consumer.index === 1 && decorationOf(solver, reach.tokens, file, call)) return [];
  if (consumer.index === 0 && isPlainNew(solver, file, call)) return [];
  const fates: Fate[] = [];
  let known = false;
  for (const id of solver.of(solver.program.valueNode(file, call.callee))) {
    const callee = solver.objects.get(id);
    if (NOT_CALLABLE.has(callee.kind) || isStale(solver, callee)) continue;
    known = true;
    if (isGivenPool(solver, file, callee, call, consumer.index)) continue;
    if (FOLLOWED_CALLEES.has(callee.kind) || isFollowed(solver, id, callee, consumer.index)) continue;
    const constructs = consumersOf(solver, id, callee);
    if (isContainer(callee)) {
      const open = givenOpenly(solver, reach, node);
      if (open.size > 0) fates.push(lost(open));
    } else if (constructs.length === 0) {
      if (!isHarmless(solver, reach, file, node, consumer, callee)) fates.push(lost(reach.clientsThrough(node)));
    } else fates.push(...handedFates(solver, reach, { node, consumer, constructs }, file, lost));
  }
  if (known) return fates;
  const how = consumer.index === 0 ? inspectedByFixture(solver, file, call.callee) : null;
  if (how !== null && isInspected(solver, file, how, reach.clientsThrough(node))) return [];
  return [lost(reach.clientsThrough(node))];
}

/** An argument that may hold clients, and the constructs that get it. */
interface GivenArgument {
  node: Node;
  consumer: ArgumentConsumer;
  constructs: ReturnType<typeof consumerConstructs>;
}

/** What becomes of the clients in an argument of a consumer. */
function handedFates(
  solver: Solver,
  reach: Reach,
  { node, consumer, constructs }: GivenArgument,
  file: number,
  lost: (clients: Iterable<ObjectId>) => Fate,
): Fate[] {
  const offset = solver.program.value(file, consumer.by).span.start;
  const { handed, rest } = divide(solver, reach, node, consumer, argsOf(solver, file, consumer), constructs);
  const fates = handed.map(({ library, construct, argument, clients, forwards }): Fate => {
    return { clients, what: { file, offset, library, api: construct.api, argument, forwards } };
  });
  return rest.length > 0 ? [...fates, lost(rest)] : fates;
}

function argsOf(solver: Solver, file: number, consumer: ArgumentConsumer): readonly Argument[] {
  const call = solver.program.value(file, consumer.by);
  return call.kind === 'call' ? call.args : [];
}

/** `Redis(connection_pool=pool)`: the client of that opening is followed. */
function isGivenPool(solver: Solver, file: number, callee: AbstractObject, call: CallValue, index: number): boolean {
  const argument = call.args[index];
  if (callee.kind !== 'external' || !argument) return false;
  const { language } = solver.program.file(file).facts;
  const found = redisConstruct(solver.libraries, language, callee.package, callee.path, call.new);
  return found !== null && isPool(found.library, found.construct.api, argument, index);
}

/** It was met before its file was parsed: the real object stands beside it now. */
function isStale({ program }: Solver, callee: AbstractObject): boolean {
  return callee.kind === 'unparsed' && isParsed(program, callee.importer, callee.specifier);
}

/** A function or a class of the project; `bind`, `call`, `apply`, whose arguments are passed on. */
function isFollowed(solver: Solver, id: ObjectId, callee: AbstractObject, index: number): boolean {
  if (callee.kind === 'applied') return true;
  if (callee.kind === 'function') return takesArgument(solver, callee, index);
  return callee.kind === 'class' && outsideBase(solver, id, new Set()) === null;
}

/** It has a parameter there, or does not look at what it is given beyond its parameters (`arguments`). */
function takesArgument(
  { program, bodies }: Solver,
  { file, scope }: { file: number; scope: number },
  index: number,
): boolean {
  if (program.paramNode(file, scope, index)) return true;
  return !bodies.values(file, scope).some((v) => v.kind === 'unknown' && v.what === 'arguments');
}

/** The class of another package whose constructor runs for `new` of this class; null when one of the project's does. */
function outsideBase(solver: Solver, id: ObjectId, seen: Set<ObjectId>): AbstractObject | null {
  const object = solver.objects.get(id);
  if (object.kind !== 'class' || seen.has(id)) return object.kind === 'external' ? object : null;
  seen.add(id);
  const members = solver.program.scope(object.file, object.scope).members ?? [];
  if (members.some((m) => solver.program.scope(object.file, m).form === 'constructor')) return null;
  for (const base of solver.bases.of(id)) {
    const found = outsideBase(solver, base, seen);
    if (found) return found;
  }
  return null;
}

export function consumersOf(solver: Solver, id: ObjectId, callee: AbstractObject) {
  const outside = callee.kind === 'class' ? outsideBase(solver, id, new Set()) : callee;
  if (outside?.kind !== 'external' || outside.package === '') return [];
  return consumerConstructs(solver.libraries, outside.package, outside.path);
}

interface HandedTo {
  library: string;
  construct: ConsumerConstruct;
  argument: (number | string)[];
  clients: ObjectId[];
  forwards: ObjectId[];
}

/** Which clients are where the consumer expects one, and which are anywhere else in the argument. */
function divide(
  solver: Solver,
  reach: Reach,
  node: Node,
  consumer: ArgumentConsumer,
  args: readonly Argument[],
  constructs: ReturnType<typeof consumerConstructs>,
): { handed: HandedTo[]; rest: ObjectId[] } {
  const rest = reach.clientsThrough(node);
  const handed: HandedTo[] = [];
  for (const { library, construct } of constructs) {
    for (const argument of construct.clientAt) {
      if (!isAt(argument[0], args, consumer.index)) continue;
      const found: ObjectId[] = [];
      for (const place of nodesAt(solver, node, argument.slice(1))) found.push(...clientsAt(solver, reach, place));
      const forwards = found.filter((id) => reach.forwards.functions.has(id));
      const clients = found.flatMap((id) => [...(reach.forwards.functions.get(id) ?? [id])]);
      for (const client of clients) rest.delete(client);
      if (clients.length > 0) handed.push({ library: library.name, construct, argument, clients, forwards });
    }
  }
  return { handed, rest: [...rest] };
}

/** Whether the argument at `index` is the one that a path begins with: a position, or a keyword of Python. */
export function isAt(place: number | string | undefined, args: readonly Argument[], index: number): boolean {
  const name = args[index]?.name ?? null;
  return typeof place === 'string' ? name === place : name === null && place === index;
}
