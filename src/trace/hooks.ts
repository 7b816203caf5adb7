/** Functions that run when the process or the application shuts down, or when the tests of a file are done. */

import { TEST_HOOKS } from '../libraries/shutdown-hooks.js';
import type { CallValue, ScopeId, ValueId } from '../model/facts.js';
import { callsIn } from './calls-in.js';
import { wholeBody, wholeStatement } from './consumers.js';
import { hookFunctions } from './hook-functions.js';
import type { ObjectId } from './objects.js';
import type { Reach } from './reach.js';
import type { Solver } from './solver.js';

/** Events of `process` after which nothing else runs, and its methods that register for them. */
const PROCESS_EVENTS = new Set(['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGUSR2', 'beforeExit', 'exit']);
const REGISTRARS = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener']);
/** Hooks of servers (Fastify). */
const SERVER_HOOKS = new Set(['onClose', 'preClose']);
/** Methods that frameworks call at the end (NestJS lifecycle). */
const NAMES = new Set(['onModuleDestroy', 'onApplicationShutdown', 'beforeApplicationShutdown']);

interface Call {
  file: number;
  scope: ScopeId;
  value: ValueId;
}

/** Shutdown hooks of a program: function → what calls it. */
export class Hooks {
  private readonly byFunction = new Map<string, string>();
  /** Function of which only a part is a hook → offset where that begins. */
  private readonly begins = new Map<string, number>();
  /** Helper that only hooks call → its calls. */
  private readonly helpers = new Map<string, readonly Call[]>();

  constructor(
    private readonly solver: Solver,
    private readonly reach: Reach,
  ) {
    for (const file of solver.program.files) {
      file.facts.scopes.forEach((scope, id) => {
        if (scope.kind === 'function' && scope.name !== null && NAMES.has(scope.name)) {
          this.byFunction.set(`${file.index} ${id}`, scope.name);
        }
      });
      for (const { call } of callsIn(file.facts)) this.register(file.index, call);
    }
    for (const { file, scope, name, after } of hookFunctions(solver)) {
      this.byFunction.set(`${file} ${scope}`, name);
      if (after !== undefined) this.begins.set(`${file} ${scope}`, after);
    }
    for (const { file, scope, name } of hookFunctions(solver, TEST_HOOKS)) {
      if (solver.program.file(file).project.zone === 'test') this.byFunction.set(`${file} ${scope}`, name);
    }
    this.addHelpers();
  }

  /** Name of the hook that runs a place of the code; null when it is not (only) run by one. */
  around(file: number, value: ValueId): string | null {
    const { scope, span } = this.solver.program.value(file, value);
    const key = this.hooked(file, scope);
    if (key === null || span.start < (this.begins.get(key) ?? 0)) return null;
    return this.byFunction.get(key) ?? null;
  }

  /** Whether a hook runs a function itself, not one around it, and nobody uses what it gives. */
  dropsResult(file: number, scope: ScopeId): boolean {
    if (!this.runs(file, scope)) return false;
    return (this.helpers.get(`${file} ${scope}`) ?? []).every((call) => {
      const { facts } = this.solver.program.file(call.file);
      const consumers = this.reach.consumers(call.file);
      if (wholeStatement(facts, consumers, call.value) !== null) return true;
      const within = this.solver.program.functionOf(call.file, call.scope);
      const isGiven = wholeBody(facts, consumers, call.value) !== null;
      return isGiven && within !== null && this.dropsResult(call.file, within);
    });
  }

  private runs(file: number, scope: ScopeId): boolean {
    return this.byFunction.has(`${file} ${scope}`);
  }

  /** The calls by which the hook of a scope comes to it, the nearest first; none when it is in the handler itself. */
  callsTo(file: number, scope: ScopeId): { file: string; value: ValueId }[] {
    const found = new Map<string, { file: string; value: ValueId }>();
    const visit = (inFile: number, inScope: ScopeId) => {
      const key = this.hooked(inFile, inScope);
      for (const call of key === null ? [] : (this.helpers.get(key) ?? [])) {
        const place = `${call.file} ${call.value}`;
        if (found.has(place)) continue;
        found.set(place, { file: this.solver.program.file(call.file).facts.file, value: call.value });
        visit(call.file, call.scope);
      }
    };
    visit(file, scope);
    return [...found.values()];
  }

  /** The innermost function around a scope that a hook runs. */
  private hooked(file: number, scope: ScopeId): string | null {
    let id: ScopeId | null = this.solver.program.functionOf(file, scope);
    while (id !== null) {
      const key = `${file} ${id}`;
      if (this.byFunction.has(key)) return key;
      const parent: ScopeId | null = this.solver.program.scope(file, id).parent;
      id = parent === null ? null : this.solver.program.functionOf(file, parent);
    }
    return null;
  }

  private register(file: number, { callee, args: [event, handler] }: CallValue): void {
    if (event === undefined || handler === undefined) return;
    const { program } = this.solver;
    const target = program.value(file, callee);
    if (target.kind !== 'member' || target.name === null) return;
    if (target.name !== 'addHook' && !REGISTRARS.has(target.name)) return;
    const name = this.eventName(file, event.value);
    if (name === null || !this.isShutdown(file, target.object, target.name, name)) return;
    for (const id of this.solver.of(program.valueNode(file, handler.value))) {
      const object = this.solver.objects.get(id);
      if (object.kind === 'function') this.byFunction.set(`${object.file} ${object.scope}`, name);
    }
  }

  private isShutdown(file: number, object: number, method: string, event: string): boolean {
    if (method === 'addHook') return SERVER_HOOKS.has(event);
    if (!PROCESS_EVENTS.has(event)) return false;
    const { program, objects } = this.solver;
    return [...this.solver.of(program.valueNode(file, object))].some((id) => {
      const what = objects.get(id);
      if (what.kind !== 'external') return false;
      const name = what.path.filter((part) => part !== 'default').join('.');
      return what.package === '' ? name === 'process' : /^(?:node:)?process$/.test(what.package) && name === '';
    });
  }

  /** A literal, or the variable of a loop over a list of literals: the first of them. */
  private eventName(file: number, id: number): string | null {
    const { program } = this.solver;
    const value = program.value(file, id);
    if (value.kind === 'literal') return typeof value.value === 'string' ? value.value : null;
    if (value.kind !== 'reference') return null;
    const { flows } = program.file(file).facts;
    const flow = flows.find(({ place }) => place.kind === 'local' && place.local === value.local);
    const list = flow?.part.kind === 'element' ? program.value(file, flow.value) : null;
    const [first] = list?.kind === 'array' ? list.elements : [];
    return first === undefined ? null : this.eventName(file, first.value);
  }

  /** `process.on('SIGTERM', () => void shutdown())`: a function that only hooks call is a part of them. */
  private addHelpers(): void {
    const { objects } = this.solver;
    const known = new Map<ObjectId, readonly (Call | null)[]>();
    for (let grown = true; grown; ) {
      grown = false;
      for (const id of this.calledByHooks()) {
        const what = objects.get(id);
        if (what.kind !== 'function' || this.runs(what.file, what.scope)) continue;
        const sites = known.get(id) ?? this.sitesOf(id);
        known.set(id, sites);
        const hooks = sites.map((s) => (s === null ? null : this.around(s.file, s.value)));
        const [first] = hooks;
        if (first === null || first === undefined || hooks.includes(null)) continue;
        const key = `${what.file} ${what.scope}`;
        this.byFunction.set(key, first);
        this.helpers.set(
          key,
          sites.flatMap((site) => site ?? []),
        );
        grown = true;
      }
    }
  }

  /** What is called by a name in code that hooks run. */
  private calledByHooks(): Set<ObjectId> {
    const { program } = this.solver;
    const found = new Set<ObjectId>();
    for (const index of new Set([...this.byFunction.keys()].map((key) => Number(key.split(' ')[0])))) {
      const { facts, values } = program.file(index);
      for (const {
        call: { callee, scope },
      } of callsIn(facts)) {
        if (facts.values[callee]?.kind !== 'reference' || this.hooked(index, scope) === null) continue;
        for (const id of this.solver.of(values + callee)) found.add(id);
      }
    }
    return found;
  }

  /** Where a function is used by a name, in the order of the program: a call gives its scope, any other use gives null. */
  private sitesOf(id: ObjectId): (Call | null)[] {
    const { program } = this.solver;
    const nodes = [...this.solver.nodesOf(id)].sort((a, b) => a - b);
    return nodes.flatMap((node): (Call | null)[] => {
      const where = program.valueOf(node);
      const value = where && program.value(where.file, where.value);
      if (!where || value?.kind !== 'reference') return [];
      // Those who import it are parsed too: they are the callers.
      if (program.file(where.file).facts.exports.some((one) => one.value === where.value)) return [];
      const consumers = this.reach.consumers(where.file).get(where.value) ?? [];
      const call = consumers.find((one) => one.kind === 'callee');
      return [call?.kind === 'callee' ? { file: where.file, scope: value.scope, value: call.by } : null];
    });
  }
}
