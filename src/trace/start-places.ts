/** Functions that an application runs when it begins, and when it ends: where a client for all of it can be made. */

import { SERVER_ENDS, SERVER_STARTS } from '../libraries/servers.js';
import { SHUTDOWN_HOOKS, STARTUP_HOOKS } from '../libraries/shutdown-hooks.js';
import type { ScopeId } from '../model/facts.js';
import type { StartPlace, Top } from '../model/traced.js';
import type { Wishes } from '../model/wishes.js';
import { callsOf, externals } from './calls-of.js';
import { blocksAround } from './consumers.js';
import { hookFunctions } from './hook-functions.js';
import { compare } from './order.js';
import type { Solver } from './solver.js';

/** The end of a process is not that of an application. */
const APPLICATION_ENDS = SHUTDOWN_HOOKS.filter(
  ({ packages, lifespan }) =>
    lifespan === undefined && STARTUP_HOOKS.some((one) => one.packages.join() === packages.join()),
);

/** Code in such a block may not run. */
const MAYBE = new Set(['if', 'else', 'case', 'catch', 'loop']);

/** Each function once for each form, in the order of files and lines. */
export function startPlaces(solver: Solver): StartPlace[] {
  const { program } = solver;
  const found = new Map<string, StartPlace>();
  const add = (
    form: StartPlace['form'],
    at: { file: number; scope: number; name: string; after?: number; turn?: number },
    more: Partial<StartPlace> = {},
  ) => {
    const own = at.after === undefined ? form : 'lifespan';
    const { span } = program.scope(at.file, at.scope);
    const place = { file: program.file(at.file).facts.file, scope: at.scope, at: program.at(at.file, span.start) };
    const turn = at.turn === undefined ? {} : { turn: at.turn };
    found.set(`${own} ${at.file} ${at.scope}`, { form: own, by: at.name, ...place, ...turn, ...more });
  };
  for (const one of hookFunctions(solver, STARTUP_HOOKS)) add('startup', one);
  for (const one of hookFunctions(solver, [...APPLICATION_ENDS, ...SERVER_ENDS])) add('shutdown', one);
  for (const one of listening(solver)) add('listen', one, { tops: topsOf(solver, one.file, one.scope) });
  return [...found.values()].sort((a, b) => compare(a.file, b.file) || a.at.line - b.at.line);
}

/** Modules with a function that lets a server listen, and what they export: who imports them may be the program. */
export function listeningModules(solver: Solver): Wishes['handsOut'] {
  const listens = new Set(listening(solver).flatMap(({ file, scope }) => (scope === 0 ? [] : [file])));
  return [...listens].map((index) => {
    const { facts } = solver.program.file(index);
    return { file: facts.file, names: facts.exports.map(({ name }) => name) };
  });
}

/** Functions, or the module (0), that let a server listen, in the order of files. */
function listening(solver: Solver): { file: number; scope: ScopeId; name: string }[] {
  const starts = externals(solver, (what) =>
    SERVER_STARTS.some(({ packages, member }) => packages.includes(what.package) && what.path.at(-1) === member),
  );
  return [...callsOf(solver, starts)].flatMap(([file, calls]) =>
    calls.map(({ call: { scope } }) => ({ file, scope: solver.program.functionOf(file, scope) ?? 0, name: 'listen' })),
  );
}

/** Files from whose top a function is called, itself or through others. */
function topsOf(solver: Solver, file: number, scope: ScopeId): Top[] {
  const { program } = solver;
  const tops = new Map<string, Top>();
  const seen = new Set<string>();
  const visit = (inFile: number, inScope: ScopeId, always: boolean) => {
    const name = program.file(inFile).facts.file;
    if (inScope === 0) tops.set(name, { file: name, always: always || tops.get(name)?.always === true });
    if (inScope === 0 || seen.has(`${inFile} ${inScope} ${always}`)) return;
    seen.add(`${inFile} ${inScope} ${always}`);
    for (const call of solver.calls.of(solver.objects.intern({ kind: 'function', file: inFile, scope: inScope }))) {
      const value = program.value(call.file, call.value);
      const sure = blocksAround(program.file(call.file).facts, value).every(({ kind }) => !MAYBE.has(kind));
      visit(call.file, program.functionOf(call.file, value.scope) ?? 0, always && sure);
    }
  };
  visit(file, scope, true);
  return [...tops.values()].sort((a, b) => compare(a.file, b.file));
}
