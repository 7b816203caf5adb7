/**
 * What a framework's object keeps under a name (`app.decorate('redis', client)`): it arrives wherever that name is read
 * of something that is not the project's own, because such an object reaches handlers and plugins by ways that are not followed.
 */

import { DECORATED, type Decorated } from '../libraries/containers.js';
import type { CallValue, FileFacts, Flow, Value, ValueId } from '../model/facts.js';
import { type CallsIn, callsIn } from './calls-in.js';
import { literalKey } from './literal-keys.js';
import { isPlain } from './plain.js';
import type { Node, Program, ProgramFile } from './program.js';
import type { Reach } from './reach.js';
import { keepsInRequest } from './request-parts.js';
import type { Solver } from './solver.js';
import { Tokens } from './tokens.js';
import { idsOfKind } from './values-in.js';

/** A name, and what is kept under it. */
export interface Decoration {
  framework: Decorated;
  name: string;
  value: ValueId;
}

/** A member of `of` is read into `to`. */
interface Read {
  of: ValueId;
  to: Node;
}

export class Decorations {
  private readonly tokens: Tokens;
  /** Calls of each file that may keep something under a name: they do not change. */
  private readonly calls = new Map<number, CallValue[]>();
  /** Flows of each file into members that have a name, likewise. */
  private readonly sets = new Map<number, Flow[]>();
  /** Calls of each file that may ask for what is kept under a name, and where it reads members. */
  private readonly asks = new Map<number, CallsIn>();
  private readonly reads = new Map<number, Map<string, Read[]>>();

  constructor(private readonly solver: Solver) {
    this.tokens = new Tokens(solver.program, solver);
  }

  /** Lets what is kept under names flow to where they are read, for all files so far. Edges that exist stay as they are. */
  link(): void {
    this.tokens.renew();
    const names = new Map<string, Decorated[]>();
    for (const file of this.solver.program.files) {
      for (const { framework, name, value } of this.decorationsOf(file)) {
        this.solver.copy(file.values + value, this.nodeOf(framework, name));
        names.set(name, [...(names.get(name) ?? []), framework]);
      }
    }
    if (names.size === 0) return;
    for (const file of this.solver.program.files) this.read(file, names);
  }

  /** Names with a client under them. */
  names(reach: Reach): string[] {
    const found = this.solver.program.files.flatMap((file) =>
      this.decorationsOf(file)
        .filter(({ value }) => reach.givesAway(file.values + value))
        .map(({ name }) => name),
    );
    return [...new Set(found)].sort();
  }

  /** What the calls of a file keep under a name that is known. */
  private decorationsOf(file: ProgramFile): Decoration[] {
    const calls = this.calls.get(file.index) ?? callsPutting(file);
    this.calls.set(file.index, calls);
    const sets = this.sets.get(file.index) ?? file.facts.flows.filter(({ place }) => place.kind === 'member');
    this.sets.set(file.index, sets);
    const kept = sets.flatMap((flow): Decoration[] => {
      const framework = flow.place.kind === 'member' ? keepsInRequest(this.solver, file.index, flow) : null;
      const name = flow.place.kind === 'member' ? flow.place.name : null;
      return framework === null || name === null ? [] : [{ framework, name, value: flow.value }];
    });
    return [...kept, ...calls.flatMap((call) => decorationOf(this.solver, this.tokens, file.index, call) ?? [])];
  }

  private nodeOf(framework: Decorated, name: string): Node {
    return this.solver.namedNode(`decoration ${framework.name} ${name}`);
  }

  private read(file: ProgramFile, names: ReadonlyMap<string, Decorated[]>): void {
    const give = (name: string, { of, to }: Read, form: 'member' | 'call') => {
      for (const framework of names.get(name) ?? []) {
        const fits = (framework.read === 'member') === (form === 'member');
        if (fits && isOutside(this.solver, file.values + of)) this.solver.copy(this.nodeOf(framework, name), to);
      }
    };
    for (const [name, reads] of this.readsOf(file, names)) for (const one of reads) give(name, one, 'member');
    if (![...names.values()].some((all) => all.some(({ read }) => read !== 'member'))) return;
    for (const { id, call } of this.asksOf(file)) {
      const asked = this.asked(file.index, call);
      if (asked !== null) give(asked.name, { of: asked.of, to: file.values + id }, 'call');
    }
  }

  private asksOf({ index, facts }: ProgramFile): CallsIn {
    const known = this.asks.get(index) ?? callsIn(facts).filter(({ call }) => isAsk(facts, call));
    this.asks.set(index, known);
    return known;
  }

  /** Where a file reads members of these names. Few names are ever asked for, and of most files none has been before. */
  private readsOf(file: ProgramFile, names: ReadonlyMap<string, unknown>): ReadonlyMap<string, Read[]> {
    const known = this.reads.get(file.index) ?? new Map<string, Read[]>();
    this.reads.set(file.index, known);
    const fresh = new Set([...names.keys()].filter((name) => !known.has(name)));
    if (fresh.size === 0) return known;
    for (const name of fresh) known.set(name, []);
    const put = (name: string | null, read: Read) => {
      if (name !== null && fresh.has(name)) known.get(name)?.push(read);
    };
    const { facts } = file;
    for (const id of idsOfKind(facts, 'member')) {
      const value = facts.values[id];
      if (value?.kind !== 'member' || value.write) continue;
      put(value.name ?? literalKey(facts, value.key), { of: value.object, to: file.values + id });
    }
    for (const { part, value, place } of facts.flows) {
      const to =
        part.kind === 'member' && fresh.has(part.name) ? this.solver.program.fixedPlace(file.index, place) : null;
      if (part.kind === 'member' && to !== null) put(part.name, { of: value, to });
    }
    return known;
  }

  /** `request.app.get('redis')` */
  private asked(file: number, call: CallValue): { name: string; of: ValueId } | null {
    const callee = this.solver.program.value(file, call.callee);
    const [first] = call.args;
    if (callee.kind !== 'member' || !first) return null;
    if (!isOutside(this.solver, this.solver.program.valueNode(file, callee.object))) return null;
    const name = this.tokens.textOf(file, first.value);
    return name === null ? null : { name, of: callee.object };
  }
}

function isAsk({ values }: FileFacts, { callee, args }: CallValue): boolean {
  const called = args.length === 1 ? values[callee] : undefined;
  return called?.kind === 'member' && DECORATED.some(({ read }) => read !== 'member' && read.method === called.name);
}

const PUTS: ReadonlySet<string> = new Set(DECORATED.flatMap(({ puts }) => puts));

function callsPutting({ facts }: ProgramFile): CallValue[] {
  const found: CallValue[] = [];
  for (const { call } of callsIn(facts)) {
    const callee = call.args.length > 1 ? facts.values[call.callee] : undefined;
    const kept = callee?.kind === 'member' && PUTS.has(callee.name ?? '') ? call.args[1] : undefined;
    if (kept && !isText(facts, kept.value)) found.push(call);
  }
  return found;
}

/** `response.set('x-limit', limit.toString())`: nothing that is followed. */
function isText({ values }: FileFacts, id: ValueId): boolean {
  const value = values[id];
  const callee = value?.kind === 'call' ? values[value.callee] : undefined;
  return value === undefined || isPlain(value) || (callee?.kind === 'member' && callee.name === 'toString');
}

/** What a call keeps under a name; null when it is none of a framework, or its name is not known. */
export function decorationOf(solver: Solver, tokens: Tokens, file: number, call: CallValue): Decoration | null {
  const { program } = solver;
  const callee = program.value(file, call.callee);
  const [first, second] = call.args;
  if (callee.kind !== 'member' || !first || !second || first.spread || second.spread) return null;
  const framework = DECORATED.find(({ puts }) => puts.includes(callee.name ?? ''));
  if (!framework || !isMadeBy(solver, file, callee.object, framework)) return null;
  if (isAccessorPair(program.value(file, second.value))) return null;
  const name = tokens.textOf(file, first.value);
  return name === null ? null : { framework, name, value: second.value };
}

/** `{ getter() { … } }` stands for what the getter gives. */
function isAccessorPair(value: Value): boolean {
  return value.kind === 'object' && value.entries.some(({ key }) => key === 'getter' || key === 'setter');
}

/** The object is one of the framework: made by its package, or a parameter in a file that imports it. */
function isMadeBy(solver: Solver, file: number, object: ValueId, { packages }: Decorated): boolean {
  const { program } = solver;
  const held = [...solver.of(program.valueNode(file, object))].map((id) => solver.objects.get(id));
  if (held.length > 0) return held.every((one) => one.kind === 'external' && packages.includes(one.package));
  return isParameter(program, file, object) && importsOf(program, file).some((one) => packages.includes(one));
}

function isParameter(program: Program, file: number, id: ValueId): boolean {
  const value = program.value(file, id);
  return value.kind === 'reference' && program.file(file).facts.locals[value.local]?.kind === 'param';
}

function importsOf(program: Program, file: number): string[] {
  return program.file(file).facts.imports.map(({ specifier }) => specifier);
}

/** Nothing of the project is known to be there. */
function isOutside(solver: Solver, node: Node): boolean {
  return [...solver.of(node)].every((id) => ['external', 'unparsed'].includes(solver.objects.get(id).kind));
}
