/** Stage trace: from the facts of files to every opening and where its client goes. Language-neutral. */

import { LIBRARIES } from '../libraries/index.js';
import type { Library } from '../model/library.js';
import type { Project } from '../model/project.js';
import type { AccessorCall, Trace } from '../model/traced.js';
import type { Wishes } from '../model/wishes.js';
import { callersOf } from './callers.js';
import { callsIn } from './calls-in.js';
import { Changes } from './changes.js';
import { openUnconstructed } from './clients.js';
import { watchedConstructions } from './constructions.js';
import { collectConsumerOptions } from './consumer-options.js';
import { consumerSettings } from './consumer-settings.js';
import { Decorations } from './decorations.js';
import { Evaluator } from './evaluate.js';
import { EventLoops } from './event-loops.js';
import { GivenCalls } from './given-calls.js';
import { globalsWithClients, handsOut, publishedNodes } from './hands-out.js';
import { Holders } from './holders.js';
import { Hooks } from './hooks.js';
import { Injection } from './injection.js';
import { Limit } from './limit.js';
import { located } from './located.js';
import { propertyNode } from './members.js';
import { watchedMethodCalls } from './method-calls.js';
import { collectClients, type Followed, type Tools } from './openings.js';
import { compare } from './order.js';
import { type NameTarget, Program } from './program.js';
import { Reach, type ReachPlaces } from './reach.js';
import { Requests } from './requests.js';
import { Solver } from './solver.js';
import { listeningModules, startPlaces } from './start-places.js';
import { unboundCalls } from './unbound-calls.js';
import { collectUrls } from './urls.js';
import { wants, wishes } from './wants.js';
import type { WatchedFunction } from './watched.js';

export { mockCalls } from './mock-calls.js';
export { askedBy, mocksOf } from './mocks.js';
export { patchesOf } from './patches.js';
export { type WatchedFunction, watchedFunctions } from './watched.js';

export interface TraceOptions {
  accessors: readonly WatchedFunction[];
  /** Names of classes whose instantiations are listed too. */
  classes?: readonly string[];
  /** Names whose imports are deprecated. */
  deprecated?: readonly string[];
  /** List where applications begin and end. */
  starts?: boolean;
  libraries?: readonly Library[];
  /** After so many steps a tree is given up with a `UserError`; without it a number that no tree we know comes near. */
  mostSteps?: number;
  /** So many values are told apart in one place; without it a number that few places come near. */
  mostValues?: number;
}

/** Follows clients while the scan goes on: what a round adds is added to what is known. */
export interface Tracer {
  /** Follows the files of a project that are new, and tells what the scan must parse next. */
  add(project: Project): Wishes & {
    words: string[];
    /** Modules that the arguments of openings come from, and the names that are read of them. */
    settings: { files: string[]; names: string[] };
  };
  /** All that was found in the files so far. */
  finish(project: Project): Trace;
  /** Calls of one function of the project. */
  callsOf(project: Project, watched: WatchedFunction): AccessorCall[];
}

/** A tracer without files. The order in which they are added does not change what is found. */
export function startTrace(options: TraceOptions): Tracer {
  const program = new Program();
  const limit = new Limit(options.mostSteps, options.mostValues);
  const solver = new Solver(program, options.libraries ?? LIBRARIES, options.accessors, limit);
  const injection = new Injection(solver);
  const decorations = new Decorations(solver);
  const settings = new Evaluator(program);
  const places: ReachPlaces = { holders: new Holders(solver), calls: new GivenCalls(solver) };
  let last: Followed | null = null;
  /** `more`: something was added to the solver beside files. */
  const follow = (project: Project, more = false): Followed => {
    const added = program.add(project);
    // What was found of a program holds until something is added to it.
    if (last !== null && added.length === 0 && !more) return last;
    const { steps } = limit;
    solver.solve(added);
    injection.link();
    decorations.link();
    solver.solve([]);
    if (last === null || added.length > 0 || limit.steps > steps)
      last = { program, solver, reach: new Reach(solver, places), settings };
    return last;
  };
  return {
    add: (project) => {
      const followed = follow(project);
      const asked = [...wants(followed), ...wishes(program, injection.missing())];
      const words = [...injection.names(followed.reach), ...decorations.names(followed.reach)];
      const servers = options.starts ? listeningModules(solver) : [];
      const told = {
        handsOut: [...handsOut(followed), ...servers],
        wants: asked,
        globals: globalsWithClients(followed),
        words,
      };
      const { modules, names } = settings.read;
      return {
        ...told,
        settings: { files: [...modules].map((one) => program.file(one).facts.file), names: [...names] },
      };
    },
    finish: (project) => {
      follow(project);
      openUnconstructed(solver);
      return describe(project, follow(project, true), options);
    },
    callsOf: (project, watched) =>
      collectAccessorCalls({ ...follow(project), evaluator: new Evaluator(program) }, [watched]),
  };
}

/** Follows every client through a project. Pure: the same project gives the same trace. */
export function trace(project: Project, options: TraceOptions): Trace {
  return startTrace(options).finish(project);
}

function describe(project: Project, followed: Followed, options: TraceOptions): Trace {
  const { program, solver, reach } = followed;
  const requests = new Requests(solver);
  const published = publishedNodes(project, solver);
  const callers = callersOf(
    solver,
    published.map(({ node }) => node),
  );
  const tools: Tools = {
    ...followed,
    evaluator: new Evaluator(program, callers, new Changes(solver)),
    hooks: new Hooks(solver, reach),
    requests,
    loops: new EventLoops(solver, requests),
    described: new Map(),
    used: new Map(),
    merged: new Map(),
    manifests: project.manifests,
    published,
  };
  const clients = collectClients(tools, new Set(options.accessors.map(({ file }) => file)));
  return {
    ...clients,
    constructions: watchedConstructions(tools, new Set(options.classes)),
    unboundCalls: unboundCalls(tools, new Set([...(options.classes ?? []), ...(options.deprecated ?? [])])),
    methodCalls: watchedMethodCalls(tools, callers, new Set(options.classes)),
    accessorCalls: collectAccessorCalls(tools, options.accessors),
    consumerOptions: [...collectConsumerOptions(tools), ...consumerSettings(tools)],
    ...(options.starts ? { starts: startPlaces(solver) } : {}),
    urls: collectUrls(tools, clients.openings),
  };
}

/** Where an export is found: also as a member of `module.exports = { … }`. */
function nodesOf(solver: Solver, target: NameTarget | null): number[] {
  if (target?.kind === 'nodes') return target.nodes;
  if (target?.kind !== 'member') return [];
  const wholes = target.nodes.flatMap((node) => [...solver.of(node)]);
  return wholes.map((whole) => propertyNode(solver, whole, target.name));
}

function collectAccessorCalls(
  tools: Followed & Pick<Tools, 'evaluator'>,
  accessors: readonly WatchedFunction[],
): AccessorCall[] {
  const { program, solver, evaluator } = tools;
  const names = new Map<number, string>();
  for (const { file, name } of accessors) {
    const home = program.fileAt(file);
    const target = home ? program.exported(home.index, name) : null;
    for (const node of nodesOf(solver, target)) {
      for (const id of solver.of(node)) if (solver.objects.get(id).kind === 'function') names.set(id, name);
    }
  }
  if (names.size === 0) return [];
  const calls: AccessorCall[] = [];
  for (const file of program.files) {
    for (const { id, call: value } of callsIn(file.facts)) {
      const callee = [...solver.of(program.valueNode(file.index, value.callee))].find((o) => names.has(o));
      if (callee === undefined) continue;
      calls.push({
        ...located(program, file.index, id, value),
        name: names.get(callee) ?? '',
        args: value.args.flatMap((a) => (a.name === null ? [evaluator.evaluate(file.index, a.value)] : [])),
        keywords: Object.fromEntries(
          value.args.flatMap((a) => (a.name === null ? [] : [[a.name, evaluator.evaluate(file.index, a.value)]])),
        ),
        bound: null,
      });
    }
  }
  return calls.sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start);
}
