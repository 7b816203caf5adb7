/**
 * What runs once for each request: handlers of server frameworks (`libraries/frameworks.ts`), and what they call. A call
 * whose result is kept for the next time (`cache ??= make()`) is not followed.
 */

import { FRAMEWORKS } from '../libraries/frameworks.js';
import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import type { At, FollowedClient } from '../model/traced.js';
import { codeRunBy } from './called-code.js';
import type { CallsIn } from './calls-in.js';
import { callsOf, type External, externals } from './calls-of.js';
import { blocksAround } from './consumers.js';
import { givenInstead } from './given-instead.js';
import { isCalledOnce, isKept } from './kept.js';
import { propertyNode } from './members.js';
import { type AbstractObject, MADE, type ObjectId } from './objects.js';
import type { Tools } from './openings.js';
import type { ProgramFile } from './program.js';
import type { Solver } from './solver.js';

/** Why code runs for each request. */
export interface Request {
  /** As a person names it: `get('/users')`, `loader`. */
  handler: string;
  at: At;
}

/** Calls from the handler to the code may be this many. */
const MAX_DEPTH = 6;

export class Requests {
  private readonly byScope = new Map<string, Request>();

  constructor(private readonly solver: Solver) {
    const registering = callsOf(
      solver,
      externals(solver, (what) => isRegistrar(what)),
    );
    for (const file of solver.program.files) {
      this.findRegistered(file, registering.get(file.index) ?? []);
      this.findDecorated(file);
      this.findExported(file);
    }
    this.followCalls();
  }

  /** The request that code in a scope runs for; null when it is not known to run for one. */
  around(file: number, scope: ScopeId): Request | null {
    for (let at: ScopeId | null = scope; at !== null; ) {
      const found = this.byScope.get(`${file} ${at}`);
      if (found) return found;
      const here = this.solver.program.scope(file, at);
      // A method of a class runs when it is called, not when the class is constructed.
      if (here.kind === 'function' && (this.isMethod(file, at) || isCalledOnce(this.solver, file, at))) return null;
      at = here.parent;
    }
    return null;
  }

  private isMethod(file: number, scope: ScopeId): boolean {
    const { parent } = this.solver.program.scope(file, scope);
    return parent !== null && this.solver.program.scope(file, parent).kind === 'class';
  }

  private findRegistered(file: ProgramFile, calls: CallsIn): void {
    for (const { call } of calls) {
      const name = this.registrar(file, call);
      if (name === null) continue;
      const [first] = call.args;
      const path = first ? this.solver.program.value(file.index, first.value) : null;
      const said = path?.kind === 'literal' && typeof path.value === 'string' ? `'${path.value}'` : '…';
      const request = { handler: `${name}(${said})`, at: this.solver.program.at(file.index, call.span.start) };
      for (const argument of call.args) this.addHeld(file.values + argument.value, request);
    }
  }

  /** Name of the framework's method that a call is; null when it is none that takes handlers. */
  private registrar({ values }: ProgramFile, call: CallValue): string | null {
    for (const id of this.solver.of(values + call.callee)) {
      const what = this.solver.objects.get(id);
      if (isRegistrar(what)) return what.path.at(-1) ?? '';
    }
    return null;
  }

  private findDecorated(file: ProgramFile): void {
    const { program, objects } = this.solver;
    file.facts.scopes.forEach((scope, id) => {
      for (const decorator of scope.decorators ?? []) {
        const value = program.value(file.index, decorator);
        const callee = value.kind === 'call' ? value.callee : decorator;
        const named = [...this.solver.of(file.values + callee)].map((one) => objects.get(one));
        const found = named.find((what) => isDecorator(what));
        if (found?.kind !== 'external' || scope.kind !== 'function') continue;
        const at = program.at(file.index, value.span.start);
        this.add(file.index, id, { handler: `@${found.path.at(-1) ?? ''}`, at });
      }
    });
  }

  /** `export async function loader`, `export const { action } = build(…, async () => …)`. */
  private findExported(file: ProgramFile): void {
    for (const { path, exports } of FRAMEWORKS.flatMap(({ files = [] }) => files)) {
      if (!path.test(file.facts.file)) continue;
      for (const one of file.facts.exports) {
        if (!exports.includes(one.name) || one.value === null) continue;
        const at = this.solver.program.at(file.index, one.span.start);
        const request = { handler: one.name, at };
        this.addHeld(file.values + one.value, request);
        for (const call of this.callsBehind(file.index, one.value)) {
          const { args } = this.solver.program.value(file.index, call) as CallValue;
          for (const argument of args) this.addHeld(file.values + argument.value, request);
        }
      }
    }
  }

  /** The call whose result, or a part of it, a name is bound to. */
  private callsBehind(file: number, id: ValueId): ValueId[] {
    const { program } = this.solver;
    const value = program.value(file, id);
    if (value.kind === 'call') return [id];
    if (value.kind !== 'reference') return [];
    const { flows, values } = program.file(file).facts;
    return flows.flatMap(({ place, value: from }) => {
      const bound = place.kind === 'local' && place.local === value.local;
      return bound && values[from]?.kind === 'call' ? [from] : [];
    });
  }

  /** Functions in a node, in a list, or in an object under `handler`. */
  private addHeld(node: number, request: Request): void {
    for (const id of this.solver.of(node)) {
      const what = this.solver.objects.get(id);
      if (what.kind === 'function') this.add(what.file, what.scope, request);
      if (what.kind !== 'record') continue;
      const inside = propertyNode(this.solver, id, what.array ? null : 'handler');
      for (const held of this.solver.of(inside)) this.addFunction(held, request);
    }
  }

  private addFunction(id: ObjectId, request: Request): void {
    const what = this.solver.objects.get(id);
    if (what.kind === 'function') this.add(what.file, what.scope, request);
  }

  private add(file: number, scope: ScopeId, request: Request): boolean {
    const key = `${file} ${scope}`;
    if (this.byScope.has(key)) return false;
    this.byScope.set(key, request);
    return true;
  }

  private followCalls(): void {
    let front = [...this.byScope];
    for (let depth = 0; depth < MAX_DEPTH && front.length > 0; depth += 1) {
      const next: [string, Request][] = [];
      for (const [key, request] of front) {
        const [file = 0, scope = 0] = key.split(' ').map(Number);
        if (this.solver.program.scope(file, scope).kind !== 'function') continue;
        for (const [at, called] of this.calledBy(file, scope)) {
          if (this.add(at, called, request)) next.push([`${at} ${called}`, request]);
        }
      }
      front = next;
    }
  }

  /** Scopes of the functions and classes that the code of a function calls, and of the functions that it makes. */
  private calledBy(file: number, scope: ScopeId): [number, ScopeId][] {
    const { program, bodies, objects } = this.solver;
    const inner = bodies
      .values(file, scope)
      .flatMap((value): [number, ScopeId][] =>
        value.kind === 'function' && !isCalledOnce(this.solver, file, value.of) ? [[file, value.of]] : [],
      );
    const called = bodies.calls(file, scope).flatMap((id) => {
      const { callee } = program.value(file, id) as CallValue;
      const classes = [...this.solver.of(program.valueNode(file, callee))].flatMap((one): [number, ScopeId][] => {
        const what = objects.get(one);
        return what.kind === 'class' ? [[what.file, what.scope]] : [];
      });
      const code = codeRunBy(this.solver, file, id).map((place): [number, ScopeId] => [place.file, place.scope]);
      const all = [...classes, ...code];
      return all.length > 0 && isKept(this.solver, file, id, scope) ? [] : all;
    });
    return [...inner, ...called];
  }
}

function isRegistrar(what: AbstractObject): what is External {
  if (what.kind !== 'external') return false;
  const name = what.path.at(-1) ?? '';
  const made = what.path.includes(MADE);
  return FRAMEWORKS.some(
    (one) => one.packages.includes(what.package) && (made ? one.registers : one.calls)?.includes(name),
  );
}

function isDecorator(what: AbstractObject): boolean {
  if (what.kind !== 'external') return false;
  const name = what.path.at(-1) ?? '';
  return FRAMEWORKS.some((one) => one.packages.includes(what.package) && (one.decorators?.includes(name) ?? false));
}

/** A loop around the call is nearer than the handler around both. What only borrows from an accessor opens nothing. */
export function oftenOf(
  { program, solver, requests }: Pick<Tools, 'program' | 'solver' | 'requests'>,
  file: number,
  value: ValueId,
): FollowedClient['often'] {
  if (solver.lent.has(program.valueNode(file, value))) return null;
  const call = program.value(file, value);
  const loop = blocksAround(program.file(file).facts, call).find((block) => block.kind === 'loop');
  if (loop) return { by: 'loop', handler: 'a loop', at: program.at(file, loop.span.start) };
  // What its callers can give instead is opened by some of them only.
  const request = givenInstead(solver, file, value).size > 0 ? null : requests.around(file, call.scope);
  return request === null ? null : { by: 'request', ...request };
}
