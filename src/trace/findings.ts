/** Where clients go on their way: into libraries, and out of sight. */

import type { Handed, Opening } from '../model/traced.js';
import { clientsOfSubclasses } from './hands-out.js';
import type { ObjectId } from './objects.js';
import type { Tools } from './openings.js';
import type { Program } from './program.js';
import type { Escape, HandedOver } from './reach.js';
import { waysOf } from './way.js';

/** What was found of a client on its way. */
export interface Findings {
  handed: Handed[];
  escapes: Opening['escapes'];
  way: Opening['way'];
  /** Functions that pass commands on to it and are given to a library in its place. */
  forwards: Set<ObjectId>;
}

/** Follows all clients through every value that holds them. */
export function followAll(tools: Tools): Map<ObjectId, Findings> {
  const { solver, program, reach, published } = tools;
  const all = new Map<ObjectId, Findings>();
  for (const [client, way] of waysOf(tools)) findingsOf(all, client).way.push(...way);
  for (const node of reach.nodes) {
    const where = program.valueOf(node);
    if (!where) continue;
    if (isThrown(program, reach, where)) {
      const at = { file: where.file, offset: program.value(where.file, where.value).span.start };
      const thrown: Escape = { code: 'escapes-to-unknown-value', message: 'it is thrown', ...at };
      for (const client of reach.clientsThrough(node)) record(program, findingsOf(all, client), thrown);
    }
    for (const consumer of reach.consumers(where.file).get(where.value) ?? []) {
      for (const { clients, what } of reach.fates(where.file, node, consumer)) {
        for (const client of clients) record(program, findingsOf(all, client), what);
      }
    }
  }
  const inherited = published.length > 0 ? clientsOfSubclasses(tools) : new Map<ObjectId, Set<ObjectId>>();
  for (const { node, escape: leak } of published) {
    const ofSubclasses = [...solver.of(node)].flatMap((id) => [...(inherited.get(id) ?? [])]);
    for (const client of new Set([...reach.clientsThrough(node), ...ofSubclasses])) {
      record(program, findingsOf(all, client), leak);
    }
  }
  for (const { object, escape: lost } of solver.crowds.escapes(solver)) {
    for (const client of reach.clientsOf(object)) record(program, findingsOf(all, client), lost);
  }
  return all;
}

function isThrown(program: Program, reach: Tools['reach'], where: { file: number; value: number }): boolean {
  const { facts } = program.file(where.file);
  const { statement } = program.value(where.file, where.value);
  if (statement === null || facts.statements[statement]?.kind !== 'throw') return false;
  return !reach.consumers(where.file).has(where.value);
}

function findingsOf(all: Map<ObjectId, Findings>, client: ObjectId): Findings {
  const known = all.get(client) ?? { handed: [], escapes: [], way: [], forwards: new Set<ObjectId>() };
  all.set(client, known);
  return known;
}

function record(program: Program, findings: Findings, fate: Escape | HandedOver): void {
  const at = program.at(fate.file, fate.offset);
  if ('library' in fate) {
    const { library, api, argument } = fate;
    findings.handed.push({ at, library, api, argument });
    for (const id of fate.forwards) findings.forwards.add(id);
  } else findings.escapes.push({ code: fate.code, message: fate.message, at });
}

/** Findings of clients that come together, by the clients: those of all instances of a class are the same. */
export type Merged = Map<string, Omit<Findings, 'forwards'>>;

/** The findings of several clients of one call, each once, in the order of places. */
export function mergeFindings(all: readonly Findings[], known: Merged, key: string): Omit<Findings, 'forwards'> {
  const merged = known.get(key) ?? {
    handed: distinct(all.flatMap((f) => f.handed)),
    escapes: distinct(all.flatMap((f) => f.escapes)),
    way: distinct(all.flatMap((f) => f.way)),
  };
  known.set(key, merged);
  // Each call adds what is its own.
  return { handed: [...merged.handed], escapes: [...merged.escapes], way: [...merged.way] };
}

function distinct<T extends { at: { file: string; line: number; column: number } }>(items: T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(item), item]));
  const order = ({ at }: T) => `${at.file} ${String(at.line).padStart(8, '0')} ${String(at.column).padStart(8, '0')}`;
  return [...byText].sort(([a, x], [b, y]) => (order(x) + a < order(y) + b ? -1 : 1)).map(([, item]) => item);
}
