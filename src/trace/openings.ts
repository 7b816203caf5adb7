/** Puts together all that is known of each opening. */

import type { CallValue, ValueId } from '../model/facts.js';
import type { Manifest } from '../model/project.js';
import type { ClientUse, Handed, Known, Opening } from '../model/traced.js';
import { libraryOf } from './calls.js';
import { blocksAround, wholeStatement } from './consumers.js';
import { bindingOf } from './container.js';
import type { Evaluator } from './evaluate.js';
import type { PublishedNode } from './hands-out.js';
import type { Hooks } from './hooks.js';
import { runsOnce } from './once.js';
import type { Node, Program } from './program.js';
import type { Escape, HandedOver, Reach } from './reach.js';
import type { FoundOpening, Solver } from './solver.js';

/** A program after the analysis. */
export interface Followed {
  program: Program;
  solver: Solver;
  reach: Reach;
}

/** All that is asked to describe what was found. */
export interface Tools extends Followed {
  evaluator: Evaluator;
  hooks: Hooks;
  manifests: readonly Manifest[];
  published: readonly PublishedNode[];
}

/** What was found of a client on its way. */
interface Findings {
  handed: Handed[];
  escapes: Opening['escapes'];
  way: Opening['way'];
}

/** Every opening, in the order of files and places. */
export function collectOpenings(tools: Tools): Opening[] {
  const { solver, program } = tools;
  const findings = followAll(tools);
  const order = solver.openings
    .map((found, index) => ({
      found,
      index,
      path: program.file(found.file).facts.file,
      start: program.value(found.file, found.value).span.start,
    }))
    .sort((a, b) => compare(a.path, b.path) || a.start - b.start);
  const position = new Map(order.map(({ index }, at) => [index, at]));
  return order.map(({ found, index }, at) => {
    const opening = openingOf(tools, found, index, findings[index] ?? { handed: [], escapes: [], way: [] });
    const duplicates =
      found.duplicates === null ? null : [...found.duplicates].map((d) => position.get(d) ?? d).sort((a, b) => a - b);
    return { ...opening, index: at, duplicates };
  });
}

function openingOf(tools: Tools, found: FoundOpening, index: number, findings: Findings): Opening {
  const { program, evaluator, solver } = tools;
  const { file, value } = found;
  const call = program.value(file, value) as CallValue;
  const end = program.at(file, call.span.end);
  const binding = bindingOf(solver, tools.reach, file, index, value);
  const positional = call.args.filter((a) => a.name === null);
  return {
    index,
    file: program.file(file).facts.file,
    value,
    span: call.span,
    at: program.at(file, call.span.start),
    endLine: end.line,
    endColumn: end.column,
    library: found.library,
    api: found.api,
    makes: found.makes,
    mode: found.mode,
    version: versionOf(tools, file, index),
    ...binding,
    symbol: program.symbol(file, call.scope),
    scope: call.scope,
    statement: call.statement,
    args: positional.map((a) =>
      a.spread ? spreadArgument(program, file, a.value) : evaluator.evaluate(file, a.value),
    ),
    keywords: keywordsOf(tools, file, call),
    duplicates: null,
    once: runsOnce(solver, tools.reach, file, value),
    published: findings.escapes.some((e) => e.code === 'escapes-through-published-export'),
    way: findings.way,
    uses: usesOf(tools, found, index),
    handed: findings.handed,
    escapes: findings.escapes,
    digest: call.digest,
  };
}

function spreadArgument(program: Program, file: number, value: ValueId): Known {
  return { kind: 'unknown', why: 'spread arguments', at: program.at(file, program.value(file, value).span.start) };
}

function keywordsOf(tools: Tools, file: number, call: CallValue): Record<string, Known> {
  const keywords: Record<string, Known> = {};
  for (const a of call.args) if (a.name !== null) keywords[a.name] = tools.evaluator.evaluate(file, a.value);
  return keywords;
}

/** Version of the opening's library for its file: what a lockfile says, else the declared range. */
function versionOf(tools: Tools, file: number, opening: number): string | null {
  const library = libraryOf(tools.solver, opening);
  const { manifest } = tools.program.file(file).project;
  const owner = manifest === null ? undefined : tools.manifests[manifest];
  for (const name of library?.packages ?? []) {
    const version = owner?.versions[name] ?? owner?.dependencies[name];
    if (version !== undefined) return version;
  }
  return null;
}

function usesOf(tools: Tools, found: FoundOpening, index: number): ClientUse[] {
  const { program, solver, evaluator } = tools;
  const uses: ClientUse[] = [];
  const home = program.functionOf(found.file, program.value(found.file, found.value).scope);
  const calls = solver.clientCalls.get(index) ?? new Map<Node, string | null>();
  const asCallee = new Set<Node>();
  for (const [node, member] of calls) {
    const where = program.valueOf(node);
    if (!where) continue;
    const call = program.value(where.file, where.value) as CallValue;
    const callee = program.valueNode(where.file, call.callee);
    asCallee.add(callee);
    const args = call.args.filter((a) => a.name === null).map((a) => evaluator.evaluate(where.file, a.value));
    uses.push({ ...useAt(tools, where.file, where.value, home, found.file, callee), kind: 'call', member, args });
  }
  for (const node of solver.clientMembers.get(index) ?? []) {
    const where = program.valueOf(node);
    if (!where || asCallee.has(node)) continue;
    const value = program.value(where.file, where.value);
    if (value.kind !== 'member') continue;
    const kind = value.write ? 'write' : 'read';
    uses.push({ ...useAt(tools, where.file, where.value, home, found.file, node), kind, member: value.name, args: [] });
  }
  return uses.sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

function useAt(
  tools: Tools,
  file: number,
  id: ValueId,
  home: number | null,
  homeFile: number,
  member: Node,
): Omit<ClientUse, 'kind' | 'member' | 'args'> {
  const { program, solver, reach } = tools;
  const { facts, project } = program.file(file);
  const value = program.value(file, id);
  const within = program.functionOf(file, value.scope);
  return {
    file: facts.file,
    at: program.at(file, value.span.start),
    value: id,
    span: value.span,
    statement: value.statement,
    wholeStatement: wholeStatement(facts, reach.consumers(file), id),
    local: file === homeFile && within === home,
    shared: receiverClients(solver, program, member) > 1,
    within: within === null ? null : program.scope(file, within).name,
    loop: blocksAround(facts, value).some((b) => b.kind === 'loop'),
    hook: tools.hooks.around(file, value.scope),
    test: project.zone === 'test',
  };
}

/** How many openings the receiver of a member can be. */
function receiverClients(solver: Solver, program: Program, member: Node): number {
  const where = program.valueOf(member);
  if (!where) return 0;
  const value = program.value(where.file, where.value);
  return value.kind === 'member' ? solver.clientsIn(program.valueNode(where.file, value.object)).length : 0;
}

/** Follows the clients through every value that holds them, once for all openings. */
function followAll(tools: Tools): Findings[] {
  const { solver, program, reach } = tools;
  const all: Findings[] = solver.openings.map(() => ({ handed: [], escapes: [], way: [] }));
  for (const [node] of solver.filled()) {
    const where = program.valueOf(node);
    if (!where) continue;
    if (reach.clientsThrough(node).size === 0) continue;
    for (const consumer of reach.consumers(where.file).get(where.value) ?? []) {
      for (const { openings, what } of reach.fates(where.file, node, consumer)) {
        for (const opening of openings) record(program, all[opening], what);
      }
    }
  }
  for (const published of tools.published) {
    for (const opening of reach.clientsThrough(published.node)) record(program, all[opening], published.escape);
  }
  return all;
}

function record(program: Program, findings: Findings | undefined, fate: Escape | HandedOver): void {
  if (!findings) return;
  const at = program.at(fate.file, fate.offset);
  if ('library' in fate) {
    const { library, api, argument } = fate;
    findings.handed.push({ at, library, api, argument });
    return;
  }
  const known = findings.escapes.some((e) => e.code === fate.code && e.at.file === at.file && e.at.line === at.line);
  if (!known) findings.escapes.push({ code: fate.code, message: fate.message, at });
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
