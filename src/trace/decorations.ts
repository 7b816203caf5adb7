/**
 * What a framework's object keeps under a name (`app.decorate('redis', client)`): it arrives wherever that name is read
 * of something that is not the project's own, because such an object reaches handlers and plugins by ways that are not followed.
 */

import { DECORATED, type Decorated } from '../libraries/containers.js';
import type { CallValue, Value, ValueId } from '../model/facts.js';
import type { Node, Program, ProgramFile } from './program.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';
import { Tokens } from './tokens.js';

/** A name, and what is kept under it. */
export interface Decoration {
  framework: Decorated;
  name: string;
  value: ValueId;
}

export class Decorations {
  private readonly tokens: Tokens;
  /** Calls of each file that may keep something under a name: they do not change. */
  private readonly calls = new Map<number, CallValue[]>();

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
        .filter(({ value }) => reach.clientsThrough(file.values + value).size > 0)
        .map(({ name }) => name),
    );
    return [...new Set(found)].sort();
  }

  /** What the calls of a file keep under a name that is known. */
  private decorationsOf(file: ProgramFile): Decoration[] {
    const calls = this.calls.get(file.index) ?? file.facts.values.filter(isPutting(this.solver.program, file.index));
    this.calls.set(file.index, calls);
    return calls.flatMap((call) => decorationOf(this.solver, this.tokens, file.index, call) ?? []);
  }

  private nodeOf(framework: Decorated, name: string): Node {
    return this.solver.namedNode(`decoration ${framework.name} ${name}`);
  }

  private read(file: ProgramFile, names: ReadonlyMap<string, Decorated[]>): void {
    const give = (name: string | null, of: ValueId, to: Node | null, form: 'member' | 'call') => {
      if (name === null || to === null) return;
      for (const framework of names.get(name) ?? []) {
        const fits = (framework.read === 'member') === (form === 'member');
        if (fits && isOutside(this.solver, file.values + of)) this.solver.copy(this.nodeOf(framework, name), to);
      }
    };
    const byName = [...names.values()].some((all) => all.some(({ read }) => read !== 'member'));
    file.facts.values.forEach((value, id) => {
      if (value.kind === 'member' && !value.write) give(value.name, value.object, file.values + id, 'member');
      if (!byName) return;
      const asked = value.kind === 'call' ? this.asked(file.index, value) : null;
      if (asked !== null) give(asked.name, asked.of, file.values + id, 'call');
    });
    for (const { part, value, place } of file.facts.flows) {
      if (part.kind === 'member') give(part.name, value, this.solver.program.fixedPlace(file.index, place), 'member');
    }
  }

  /** `request.app.get('redis')` */
  private asked(file: number, call: CallValue): { name: string; of: ValueId } | null {
    const callee = this.solver.program.value(file, call.callee);
    const [first] = call.args;
    if (callee.kind !== 'member' || !first || call.args.length > 1) return null;
    if (!DECORATED.some(({ read }) => read !== 'member' && read.method === callee.name)) return null;
    if (!isOutside(this.solver, this.solver.program.valueNode(file, callee.object))) return null;
    const name = this.tokens.textOf(file, first.value);
    return name === null ? null : { name, of: callee.object };
  }
}

function isPutting(program: Program, file: number): (value: Value) => value is CallValue {
  return (value): value is CallValue => {
    const callee = value.kind === 'call' && value.args.length > 1 ? program.value(file, value.callee) : null;
    return callee?.kind === 'member' && DECORATED.some(({ puts }) => puts.includes(callee.name ?? ''));
  };
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
