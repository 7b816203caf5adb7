/** Puts together all that is known of each opening, and of each call of a function that gives a new client. */

import type { CallValue, Value, ValueId } from '../model/facts.js';
import type { Manifest } from '../model/project.js';
import type { ClientUse, FactoryCall, FollowedClient, Known, Opening, Trace } from '../model/traced.js';
import { mayMakeOthers } from './alternatives.js';
import type { FoundOpening } from './client-table.js';
import { bindingOf } from './container.js';
import type { Evaluator } from './evaluate.js';
import { type EventLoops, loopsOf } from './event-loops.js';
import { type Findings, followAll, type Merged, mergeFindings } from './findings.js';
import { foreignCloses } from './foreign-closes.js';
import type { PublishedNode } from './hands-out.js';
import { holderCalls } from './holder-calls.js';
import type { Hooks } from './hooks.js';
import { isKeptByHelper, isKeptByModule } from './kept.js';
import { located } from './located.js';
import { propertyNode } from './members.js';
import type { ObjectId } from './objects.js';
import { runsOnce } from './once.js';
import { compare } from './order.js';
import { poolsOf } from './pools.js';
import type { Node, Program } from './program.js';
import type { Reach } from './reach.js';
import { oftenOf, type Requests } from './requests.js';
import type { Solver } from './solver.js';
import { usesOf } from './uses.js';
import { versionOf } from './versions.js';
import { wrapperInstances } from './wrappers.js';

/** A program after the analysis. */
export interface Followed {
  program: Program;
  solver: Solver;
  reach: Reach;
  /** Asked for the arguments of openings, round after round. */
  settings: Evaluator;
}

/** All that is asked to describe what was found. */
export interface Tools extends Followed {
  evaluator: Evaluator;
  hooks: Hooks;
  requests: Requests;
  loops: EventLoops;
  /** Calls of clients, by the call and how it was made. */
  described: Map<string, ClientUse>;
  /** Uses of clients that come together, by the clients. */
  used: Map<string, readonly ClientUse[]>;
  /** What became of them, likewise. */
  merged: Merged;
  manifests: readonly Manifest[];
  published: readonly PublishedNode[];
}

/** What is asked to describe a call that gives clients. */
export interface Gathered {
  tools: Tools;
  /** What became of each client. */
  findings: ReadonlyMap<ObjectId, Findings>;
  /** Indices of the openings of clients, in the order of `Trace.openings`. */
  openingsOf(clients: readonly ObjectId[]): number[];
}

/** Openings, factory calls and instantiations of classes that open, each in the order of files and places. */
export function collectClients(
  tools: Tools,
  accessors: ReadonlySet<string>,
): Pick<Trace, 'openings' | 'factoryCalls' | 'wrapperInstances' | 'foreignCloses'> {
  const { solver } = tools;
  const findings = followAll(tools);
  const byOpening = new Map<number, ObjectId[]>();
  const byCall = new Map<number, ObjectId[]>();
  for (const [id, object] of solver.objects.ofKind('client')) {
    push(byOpening, object.opening, id);
    for (const call of callsThatOpen(solver, object.via, object.opening)) push(byCall, call, id);
  }
  for (const [call, clients] of holderCalls(tools)) if (!byCall.has(call)) byCall.set(call, clients);
  const position = new Map<number, number>();
  const renumber = (indices: Iterable<number>) => [...indices].map((i) => position.get(i) ?? i).sort((a, b) => a - b);
  const openingsOf = (clients: readonly ObjectId[]) =>
    renumber(new Set(clients.map((client) => solver.clients.openingOf(client).opening)));
  const gathered: Gathered = { tools, findings, openingsOf };
  const openings = solver.clients.openings
    .map((one, index) => openingOf(gathered, one, index, byOpening.get(index) ?? []))
    .sort(byPlace);
  openings.forEach(({ index }, at) => void position.set(index, at));
  openings.forEach((opening, at) => {
    opening.index = at;
    if (opening.duplicates) opening.duplicates = renumber(opening.duplicates);
    if (opening.pools) opening.pools = renumber(opening.pools);
  });
  const factoryCalls = [...byCall].flatMap(([node, clients]) => factoryCallOf(gathered, node, clients));
  return {
    openings,
    factoryCalls: factoryCalls.sort(byPlace),
    wrapperInstances: wrapperInstances(gathered, accessors),
    foreignCloses: foreignCloses(gathered),
  };
}

/** The factory calls that a client came through, less those whose function would find it again at its next call. */
function callsThatOpen(solver: Solver, via: readonly number[], opening: number): number[] {
  const own = via.findIndex((_, at) => isKeptByHelper(solver, { kind: 'client', opening, via: via.slice(0, at) }));
  return own < 0 ? [...via] : via.slice(0, own);
}

function push<K, T>(map: Map<K, T[]>, key: K, item: T): void {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
}

function byPlace(a: FollowedClient, b: FollowedClient): number {
  return compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end;
}

/** A result is one of the clients, a pair with one of them (`return client, url`), or a client over one that is a pool. */
function isReturned(solver: Solver, result: Node, openings: ReadonlySet<number>): boolean {
  const given = (node: Node) => solver.openingsIn(node).some((o) => openings.has(o) || usesPool(solver, o, openings));
  if (given(result)) return true;
  return [...solver.of(result)].some((id) => {
    const object = solver.objects.get(id);
    const isTuple = object.kind === 'record' && object.array && isPython(solver, object.file);
    return isTuple && given(propertyNode(solver, id, null));
  });
}

function isPython(solver: Solver, file: number): boolean {
  return solver.program.file(file).facts.language === 'python';
}

function usesPool(solver: Solver, opening: number, pools: ReadonlySet<number>): boolean {
  const found = solver.clients.openings[opening];
  return found !== undefined && (poolsOf(solver, found.file, found.value, found).pools ?? []).some((o) => pools.has(o));
}

/** What openings and factory calls have in common: a call, where its client is kept, and what becomes of it. */
export function followed(
  { tools, findings }: Gathered,
  { file, value }: { file: number; value: ValueId },
  clients: readonly ObjectId[],
): FollowedClient {
  const { program, solver, reach } = tools;
  const call = program.value(file, value) as CallValue;
  const openings = new Set(clients.map((client) => solver.clients.openingOf(client).opening));
  const own = clients.flatMap((client) => findings.get(client) ?? []);
  const forwards = new Set(own.flatMap((one) => [...one.forwards]));
  return {
    ...located(program, file, value, call),
    // The function's result is the client itself, not something that holds it.
    ...bindingOf(solver, reach, file, value, (result) => isReturned(solver, result, openings)),
    scope: call.scope,
    statement: call.statement,
    once: runsOnce(solver, file, value),
    often: oftenOf(tools, file, value),
    uses: usesOf(tools, { file, value }, clients, forwards),
    ...mergeFindings(own, tools.merged, clients.join()),
  };
}

function openingOf(gathered: Gathered, found: FoundOpening, index: number, clients: readonly ObjectId[]): Opening {
  const { tools } = gathered;
  const { program, evaluator } = tools;
  const { file, value, library, api, makes, mode } = found;
  const call = program.value(file, value) as CallValue;
  const common = followed(gathered, found, clients);
  const positional = call.args.filter((a) => a.name === null);
  if (isGivenByCallers(program, file, program.value(file, call.callee))) {
    const message = 'the caller decides what is constructed';
    common.escapes.unshift({ code: 'escapes-to-unknown-value', message, at: common.at });
  } else if (mayMakeOthers(tools.solver, found, call)) {
    const message = 'what is constructed is decided when it runs';
    common.escapes.unshift({ code: 'escapes-to-unknown-value', message, at: common.at });
  }
  if (found.subclass) {
    const message = 'the call makes an object of a class that extends the client';
    common.escapes.unshift({ code: 'escapes-through-subclass', message, at: common.at });
  }
  return {
    ...common,
    index,
    library,
    api,
    makes,
    mode,
    version: versionOf(tools, file, library, found.packageName),
    args: positional.map((a) =>
      a.spread ? spreadArgument(program, file, a.value) : evaluator.evaluate(file, a.value),
    ),
    keywords: keywordsOf(tools, file, call),
    duplicates: found.duplicates === null ? null : [...found.duplicates],
    ...poolsOf(tools.solver, file, value, found),
    ...(found.unbound === undefined ? {} : { unbound: found.unbound }),
    ...(!common.once && isKeptByModule(tools.solver, file, value) ? { kept: true as const } : {}),
    published: common.escapes.some((e) => e.code === 'escapes-through-published-export'),
    ...loopsOf(tools, found, common),
  };
}

function factoryCallOf(gathered: Gathered, node: number, clients: readonly ObjectId[]): FactoryCall[] {
  const { program } = gathered.tools;
  const where = program.valueOf(node);
  if (!where) return [];
  const call = program.value(where.file, where.value) as CallValue;
  const callee = program.value(where.file, call.callee);
  if (isParameter(program, where.file, callee)) return [];
  const local = callee.kind === 'reference' ? program.file(where.file).facts.locals[callee.local]?.name : undefined;
  const name = callee.kind === 'member' ? callee.name : (local ?? null);
  return [{ ...followed(gathered, where, clients), name: name ?? '', openings: gathered.openingsOf(clients) }];
}

/** `new Client()` with a parameter of a function that has a name: its callers can give it different classes. */
function isGivenByCallers(program: Program, file: number, callee: Value): boolean {
  if (callee.kind !== 'reference' || !isParameter(program, file, callee)) return false;
  const local = program.file(file).facts.locals[callee.local];
  return local !== undefined && program.scope(file, local.scope).name !== null;
}

/** `make()` inside of a helper: the function that the helper was given is the factory, not this call. */
function isParameter(program: Program, file: number, callee: Value): boolean {
  return callee.kind === 'reference' && program.file(file).facts.locals[callee.local]?.kind === 'param';
}

function spreadArgument(program: Program, file: number, value: ValueId): Known {
  return { kind: 'unknown', why: 'spread arguments', at: program.at(file, program.value(file, value).span.start) };
}

function keywordsOf(tools: Tools, file: number, call: CallValue): Record<string, Known> {
  const keywords: Record<string, Known> = {};
  for (const { name, value } of call.args) {
    if (name === null) continue;
    // Only `**` can be there twice.
    const twice = Object.hasOwn(keywords, name);
    keywords[name] = twice ? spreadArgument(tools.program, file, value) : tools.evaluator.evaluate(file, value);
  }
  return keywords;
}
