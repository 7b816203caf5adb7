/** Files that are not parsed yet and must be: what is called with a client, and where the arguments of openings come from. */

import type { CallValue } from '../model/facts.js';
import type { At } from '../model/traced.js';
import type { Wishes } from '../model/wishes.js';
import { callersOf } from './callers.js';
import { exportsNamed } from './exports-in.js';
import { missingListeners } from './listeners.js';
import { filledModules } from './module-members.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';
import { perProgram } from './per-program.js';
import type { Program } from './program.js';

/** An import that leads to a file which is not parsed, and the name that is asked of it. */
export interface Missing {
  importer: number;
  specifier: string;
  path: string[];
}

/** The wishes for the next round of the scan, sorted. */
export const wants = perProgram((followed): Wishes['wants'] => {
  const called = [...calledWithClients(followed), ...filledModules(followed.solver, followed.reach)];
  const missing = [...called, ...settingsOfOpenings(followed), ...missingListeners(followed)];
  return wishes(followed.program, missing);
});

/** Imports that lead to files which are not parsed, as wishes: each once, sorted. */
export function wishes(program: Program, all: readonly Missing[]): Wishes['wants'] {
  const found = new Map<string, Wishes['wants'][number]>();
  for (const missing of all) {
    const { facts } = program.file(missing.importer);
    const { file } = facts;
    const stars = exportsNamed(facts, '*').flatMap((e) => e.specifier ?? []);
    // Any of a barrel's `export *` may have the name: asking for one a round would take as many rounds.
    const specifiers = stars.includes(missing.specifier) ? stars : [missing.specifier];
    const name = missing.path[0] ?? null;
    for (const specifier of specifiers) {
      if (!isParsed(program, missing.importer, specifier))
        found.set(`${file} ${specifier} ${name}`, { file, specifier, name });
    }
  }
  return [...found.values()].sort(
    (a, b) => compare(a.file, b.file) || compare(a.specifier, b.specifier) || compare(a.name ?? '', b.name ?? ''),
  );
}

/** True when an import leads to a file of the program. */
export function isParsed(program: Program, importer: number, specifier: string): boolean {
  const resolution = program.file(importer).project.resolutions[specifier];
  return resolution?.kind === 'file' && program.fileAt(resolution.file) !== null;
}

/** Functions and classes of modules not parsed yet that are given a client. */
function calledWithClients({ program, solver, reach }: Followed): Missing[] {
  const found = new Set<Missing>();
  for (const { file, value } of reach.givenCalls()) {
    const { callee } = program.value(file, value) as CallValue;
    for (const id of solver.of(program.valueNode(file, callee))) {
      const object = solver.objects.get(id);
      if (object.kind === 'unparsed' && !isParsed(program, object.importer, object.specifier)) found.add(object);
    }
  }
  return [...found];
}

/** The order of places in one file. */
function compareAt(a: At, b: At): number {
  return a.line - b.line || a.column - b.column;
}

/** Modules not parsed yet that the arguments of openings are read from. */
function settingsOfOpenings({ program, solver, settings }: Followed): Missing[] {
  settings.renew(callersOf(solver, []));
  for (const { file, value } of solver.clients.openings) {
    const call = program.value(file, value);
    if (call.kind !== 'call') continue;
    const [start, end] = [program.at(file, call.span.start), program.at(file, call.span.end)];
    const isOwn = (at: At) => at.file === start.file && compareAt(start, at) <= 0 && compareAt(at, end) <= 0;
    for (const a of call.args) settings.read.keysOf(settings.evaluate(file, a.value), isOwn);
  }
  return settings.missing.splice(0).filter(({ importer, specifier }) => !isParsed(program, importer, specifier));
}
