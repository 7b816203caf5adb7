/** Closes of clients by code that does not own them (`regions.ts` says who does) and that no shutdown hook runs. */

import type { CallValue, ScopeId, Value, ValueId } from '../model/facts.js';
import type { ForeignClose } from '../model/traced.js';
import { writtenName } from './code-names.js';
import { holderCalls } from './holder-calls.js';
import { located } from './located.js';
import type { ObjectId } from './objects.js';
import type { Gathered } from './openings.js';
import { compare } from './order.js';
import type { Node } from './program.js';
import { isIn, type Region, regionsOf, type Source } from './regions.js';

/** Every such close, in the order of files and places. */
export function foreignCloses(gathered: Gathered): ForeignClose[] {
  const { solver, program, hooks } = gathered.tools;
  const holders = holdersByClient(gathered);
  const found = new Map<Node, ObjectId[]>();
  for (const client of solver.clients.called()) {
    const closes = solver.clients.libraryOf(client)?.closes ?? [];
    const closers = [...solver.clients.callsOf(client)].filter(
      ([, { member, chained }]) => chained === null && closes.includes(member ?? ''),
    );
    if (closers.length === 0) continue;
    const regions = regionsOf(solver, sourcesOf(gathered, client, holders));
    for (const [node] of closers) {
      const where = program.valueOf(node);
      if (!where) continue;
      const { scope } = program.value(where.file, where.value);
      const given = isGiven(gathered.tools, where);
      if (isIn(solver, regions, { file: where.file, scope, given })) continue;
      if (hooks.around(where.file, where.value) !== null) continue;
      if (isOnBehalf(gathered, regions, client, where)) continue;
      found.set(node, [...(found.get(node) ?? []), client]);
    }
  }
  return [...found]
    .flatMap(([node, clients]) => closeOf(gathered, node, clients))
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start);
}

/** Calls that give objects or functions around a client. */
function holdersByClient({ tools }: Gathered): Map<ObjectId, Node[]> {
  const found = new Map<ObjectId, Node[]>();
  for (const [node, clients] of holderCalls(tools)) {
    for (const client of clients) found.set(client, [...(found.get(client) ?? []), node]);
  }
  return found;
}

/**
 * The calls that give a client: its opening, the factory calls that it came through, those that give what holds it. Whoever
 * borrows it from an accessor is none of them.
 */
function sourcesOf({ tools }: Gathered, client: ObjectId, holders: ReadonlyMap<ObjectId, Node[]>): Source[] {
  const { solver, program } = tools;
  const what = solver.objects.get(client);
  const via = what.kind === 'client' ? what.via : [];
  const lent = via.findIndex((node) => solver.lent.has(node));
  const nodes = [...(lent < 0 ? via : via.slice(0, lent)), ...(holders.get(client) ?? [])];
  return [solver.clients.openingOf(client).found, ...nodes.flatMap((node) => program.valueOf(node) ?? [])];
}

/** The client is in a field of a class, or a parameter of a function that has a name. */
function isGiven({ program }: Gathered['tools'], { file, value }: Source): boolean {
  const close = program.value(file, value) as CallValue;
  const callee = program.value(file, close.callee);
  const object = callee.kind === 'member' ? program.value(file, callee.object) : null;
  if (object?.kind === 'member') return program.value(file, object.object).kind === 'this';
  const local = object?.kind === 'reference' ? program.file(file).facts.locals[object.local] : undefined;
  return local?.kind === 'param' && program.scope(file, local.scope).name !== null;
}

/**
 * A helper that does nothing but close what it is given (`closeQuietly(client)`) closes for its callers: fine if all of
 * them own the client or are shutdown hooks.
 */
function isOnBehalf({ tools }: Gathered, regions: readonly Region[], client: ObjectId, where: Source): boolean {
  const { solver, program, hooks } = tools;
  const { file } = where;
  const close = program.value(file, where.value) as CallValue;
  const within = program.functionOf(file, close.scope);
  const param = within === null ? null : paramOf(tools, file, within, close);
  if (within === null || param === null || !onlyCloses(tools, client, file, param)) return false;
  const helper = solver.objects.intern({ kind: 'function', file, scope: within });
  const calls = solver.calls.of(helper).filter((place) => {
    const { args } = program.value(place.file, place.value) as CallValue;
    return args.some((one) => tools.reach.clientsThrough(program.valueNode(place.file, one.value)).has(client));
  });
  return (
    calls.length > 0 &&
    calls.every((place) => {
      const { scope } = program.value(place.file, place.value);
      return isIn(solver, regions, { file: place.file, scope }) || hooks.around(place.file, place.value) !== null;
    })
  );
}

/** The parameter of a function that a method is called on, or whose elements it is called on in a loop. */
function paramOf(
  { program, solver }: Gathered['tools'],
  file: number,
  within: ScopeId,
  call: CallValue,
): number | null {
  const callee = program.value(file, call.callee);
  const object = callee.kind === 'member' ? program.value(file, callee.object) : null;
  if (object?.kind !== 'reference') return null;
  const isParam = (local: number) => program.scope(file, within).params?.some((p) => p.local === local) ?? false;
  if (isParam(object.local)) return object.local;
  const flows = solver.bodies
    .flows(file, within)
    .filter(({ place }) => place.kind === 'local' && place.local === object.local);
  const [only] = flows;
  const list: Value | null = only && flows.length === 1 ? program.value(file, only.value) : null;
  return list?.kind === 'reference' && isParam(list.local) ? list.local : null;
}

/** Nothing is sent on a parameter: it is closed, tested, listened to. */
function onlyCloses({ program, solver }: Gathered['tools'], client: ObjectId, file: number, param: number): boolean {
  const library = solver.clients.libraryOf(client);
  const harmless = new Set([...(library?.closes ?? []), ...(library?.harmless ?? []), ...(library?.handlers ?? [])]);
  return solver.bodies.references(file, param).every((read) =>
    (solver.consumers(file).get(read) ?? []).every((consumer) => {
      if (consumer.kind === 'argument' || consumer.kind === 'entry') return false;
      if (consumer.kind !== 'object') return true;
      const member = program.value(file, consumer.by);
      return member.kind === 'member' && harmless.has(member.name ?? '');
    }),
  );
}

function closeOf(gathered: Gathered, node: Node, clients: readonly ObjectId[]): ForeignClose[] {
  const { program } = gathered.tools;
  const where = program.valueOf(node);
  const call = where ? program.value(where.file, where.value) : null;
  const callee = where && call?.kind === 'call' ? program.value(where.file, call.callee) : null;
  if (!where || call?.kind !== 'call' || callee?.kind !== 'member') return [];
  return [
    {
      ...located(program, where.file, where.value, call),
      bound: null,
      member: callee.name ?? '',
      openings: gathered.openingsOf(clients),
      got: gotAs(gathered.tools, where.file, callee.object),
    },
  ];
}

/** How the closing code came to the client, in words. */
function gotAs(tools: Gathered['tools'], file: number, id: ValueId): string {
  const { program, solver } = tools;
  const value = program.value(file, id);
  if (value.kind === 'await') return gotAs(tools, file, value.value);
  if (value.kind === 'call') return `got from \`${writtenName(program, file, value.callee) ?? '…'}()\``;
  if (value.kind === 'member') return `found in \`${writtenName(program, file, id) ?? '…'}\``;
  if (value.kind !== 'reference') return 'reached from elsewhere';
  const local = program.file(file).facts.locals[value.local];
  if (local?.kind === 'import') return `imported as \`${local.name}\``;
  if (local?.kind === 'param') return `given as \`${local.name}\``;
  const within = program.functionOf(file, value.scope);
  const flows = within === null ? program.file(file).facts.flows : solver.bodies.flows(file, within);
  const flow = flows.find(({ place }) => place.kind === 'local' && place.local === value.local);
  const from = flow ? program.value(file, flow.value) : null;
  return flow && from?.kind !== 'literal' && from?.kind !== 'reference' && flow.part.kind === 'whole'
    ? gotAs(tools, file, flow.value)
    : `kept in \`${local?.name ?? '…'}\``;
}
