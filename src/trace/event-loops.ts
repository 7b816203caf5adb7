/**
 * In which event loops the code of a client runs. asyncio clients are bound to the loop in which they connected, so a shared
 * one fails in the second. A framework's own loop, which nobody starts here, is one for the whole process.
 */

import { COMMAND_DECORATORS, COMMAND_PACKAGES, TASK_CALLS, TASK_DECORATORS } from '../libraries/event-loops.js';
import type { LoopStart } from '../model/event-loop.js';
import type { ScopeId, ValueId } from '../model/facts.js';
import type { FollowedClient, Opening } from '../model/traced.js';
import { type CodePlace, codeRunBy } from './called-code.js';
import { callsIn } from './calls-in.js';
import type { FoundOpening } from './client-table.js';
import { writtenName } from './code-names.js';
import { blocksAround } from './consumers.js';
import { type FoundStart, loopStarts } from './loop-starts.js';
import type { ObjectId } from './objects.js';
import type { Tools } from './openings.js';
import type { Requests } from './requests.js';
import type { Solver } from './solver.js';

type Runs = Pick<LoopStart, 'runs' | 'why' | 'command'>;

/** From a loop to a client there can be this many calls: more are no program that a person reads. */
const MOST_CALLERS = 12;
const EACH_TEST: Runs = { runs: 'many', why: 'each test has a loop of its own' };

export class EventLoops {
  private readonly starts: LoopStart[] = [];
  /** Function → numbers of the starts that run it: of tests only the first. */
  private readonly byScope = new Map<string, Set<number>>();
  private readonly called = new Map<string, CodePlace[]>();
  /** Functions that tests were followed to. */
  private readonly tested = new Set<string>();
  private tasks: Map<ObjectId, string> | null = null;

  constructor(
    private readonly solver: Solver,
    private readonly requests: Requests,
  ) {
    for (const file of solver.program.files) {
      for (const found of loopStarts(solver, file)) this.add(found);
    }
  }

  /** Loops that run the code of any of these places, in the order of files and lines. */
  around(places: readonly CodePlace[]): LoopStart[] {
    const found = new Set<number>();
    for (const { file, scope } of places) {
      for (let at: ScopeId | null = scope; at !== null; at = this.solver.program.scope(file, at).parent) {
        for (const one of this.byScope.get(`${file} ${at}`) ?? []) found.add(one);
      }
    }
    return [...found].sort((a, b) => a - b).flatMap((index) => this.starts[index] ?? []);
  }

  private add(found: FoundStart): void {
    const { program } = this.solver;
    const test = program.file(found.file).project.zone === 'test';
    const runs = test ? EACH_TEST : (found.often ?? this.frequencyOf(found));
    const index = this.starts.push({ by: found.by, at: program.at(found.file, found.offset), ...runs, test }) - 1;
    const seen = test ? this.tested : new Set<string>();
    const queue = [...found.runs];
    for (const { file, scope } of queue) {
      const key = `${file} ${scope}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const known = this.byScope.get(key);
      if (known) known.add(index);
      else this.byScope.set(key, new Set([index]));
      const next = this.called.get(key) ?? this.calledBy(file, scope);
      this.called.set(key, next);
      queue.push(...next);
    }
  }

  private frequencyOf({ file, loop }: FoundStart): Runs {
    return loop === null
      ? { runs: 'unknown', why: 'where the loop is made cannot be seen' }
      : this.runsOf(file, loop, []);
  }

  /** Functions that the code of a function calls or makes, and the constructors of the classes that it calls. */
  private calledBy(file: number, scope: ScopeId): CodePlace[] {
    const { bodies } = this.solver;
    const inner = bodies
      .values(file, scope)
      .flatMap((value): CodePlace[] => (value.kind === 'function' ? [{ file, scope: value.of }] : []));
    const called = bodies.calls(file, scope).flatMap((id) => codeRunBy(this.solver, file, id));
    return [...inner, ...called];
  }

  /** How often a process runs a place of the code. */
  private runsOf(file: number, id: ValueId, around: readonly string[]): Runs {
    const { program } = this.solver;
    const value = program.value(file, id);
    if (blocksAround(program.file(file).facts, value).some(({ kind }) => kind === 'loop'))
      return { runs: 'many', why: 'it stands in a loop' };
    const within = program.functionOf(file, value.scope);
    if (within === null) return { runs: 'once', why: 'the module runs it' };
    const request = this.requests.around(file, value.scope);
    if (request) return { runs: 'many', why: `it runs for each request (${request.handler})` };
    return this.decorated(file, within) ?? this.calledFrom(file, within, around);
  }

  /** What the decorators of the functions around a place say, and calls that run them as tasks. */
  private decorated(file: number, from: ScopeId): Runs | null {
    const { program } = this.solver;
    for (let at: ScopeId | null = from; at !== null; at = program.scope(file, at).parent) {
      for (const id of program.scope(file, at).decorators ?? []) {
        const value = program.value(file, id);
        const name = writtenName(program, file, value.kind === 'call' ? value.callee : id) ?? '';
        const last = name.split('.').at(-1) ?? '';
        if (TASK_DECORATORS.has(last)) return { runs: 'many', why: `it runs for each task (\`@${name}\`)` };
        if (COMMAND_DECORATORS.has(last) && this.hasCommands(file))
          return { runs: 'once', why: `a process runs one command (\`@${name}\`)`, command: true };
      }
    }
    return null;
  }

  private hasCommands(file: number): boolean {
    const { imports } = this.solver.program.file(file).facts;
    return imports.some(({ specifier }) => COMMAND_PACKAGES.has(specifier.split('.')[0] ?? ''));
  }

  /** A function that one call reaches runs as often as that call. `main` may be what starts the program. */
  private calledFrom(file: number, scope: ScopeId, around: readonly string[]): Runs {
    const { program, objects, calls } = this.solver;
    const { name } = program.scope(file, scope);
    const key = `${file} ${scope}`;
    if (around.includes(key) || around.length > MOST_CALLERS) return { runs: 'many', why: 'it calls itself' };
    const own = objects.intern({ kind: 'function', file, scope });
    this.tasks ??= this.queued();
    const queue = this.tasks.get(own);
    if (queue !== undefined) return { runs: 'many', why: `it runs for each task (\`${queue}\`)` };
    const callers = calls.of(own);
    const found = callers.map((call) => this.runsOf(call.file, call.value, [...around, key]));
    const often = found.find(({ runs }) => runs === 'many');
    if (often) return often;
    const [only, another] = found;
    if (only && !another) return only;
    const shown = name === null ? 'a function without a name' : `\`${name}\``;
    if (another) return { runs: 'unknown', why: `${shown} is called in ${found.length} places` };
    return name === 'main' && program.functionOf(file, program.scope(file, scope).parent ?? 0) === null
      ? { runs: 'once', why: '`main` runs once' }
      : { runs: 'unknown', why: `who calls ${shown} is not known` };
  }

  /** Functions that calls like `queue.enqueue(f)` give to a queue of tasks, with the name of the call. */
  private queued(): Map<ObjectId, string> {
    const { program } = this.solver;
    const found = new Map<ObjectId, string>();
    for (const { facts, index, values } of program.files) {
      for (const { call: value } of facts.language === 'python' ? callsIn(facts) : []) {
        const callee = facts.values[value.callee];
        if (callee?.kind !== 'member' || !TASK_CALLS.has(callee.name ?? '')) continue;
        const name = writtenName(program, index, value.callee) ?? '';
        for (const argument of value.args)
          for (const id of this.solver.of(values + argument.value)) found.set(id, name);
      }
    }
    return found;
  }
}

/** The event loops in which the code of an asyncio client runs, its opening included. */
export function loopsOf(
  { loops, program }: Pick<Tools, 'loops' | 'program'>,
  { file, mode }: FoundOpening,
  one: FollowedClient,
): Pick<Opening, 'loops'> {
  if (mode === 'sync' || program.file(file).facts.language !== 'python') return {};
  const uses = one.uses.flatMap((use) => {
    const where = program.fileAt(use.file);
    return where ? [{ file: where.index, scope: program.value(where.index, use.value).scope }] : [];
  });
  const found = loops.around([{ file, scope: one.scope }, ...uses]);
  return found.length > 0 ? { loops: found } : {};
}
