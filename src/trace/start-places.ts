/** Functions that an application runs when it begins, and when it ends: where a client for all of it can be made. */

import { SHUTDOWN_HOOKS, STARTUP_HOOKS } from '../libraries/shutdown-hooks.js';
import type { StartPlace } from '../model/traced.js';
import { hookFunctions } from './hook-functions.js';
import { compare } from './order.js';
import type { Solver } from './solver.js';

/** The end of a process is not that of an application. */
const APPLICATION_ENDS = SHUTDOWN_HOOKS.filter(
  ({ packages, lifespan }) =>
    lifespan === undefined && STARTUP_HOOKS.some((one) => one.packages.join() === packages.join()),
);

/** Each function once for each form, in the order of files and lines. */
export function startPlaces(solver: Solver): StartPlace[] {
  const { program } = solver;
  const found = new Map<string, StartPlace>();
  const add = (form: StartPlace['form'], at: { file: number; scope: number; name: string; after?: number }) => {
    const own = at.after === undefined ? form : 'lifespan';
    const { span } = program.scope(at.file, at.scope);
    const place = { file: program.file(at.file).facts.file, scope: at.scope, at: program.at(at.file, span.start) };
    found.set(`${own} ${at.file} ${at.scope}`, { form: own, by: at.name, ...place });
  };
  for (const file of program.files) {
    for (const one of hookFunctions(solver, file, STARTUP_HOOKS)) add('startup', one);
    for (const one of hookFunctions(solver, file, APPLICATION_ENDS)) add('shutdown', one);
  }
  return [...found.values()].sort((a, b) => compare(a.file, b.file) || a.at.line - b.at.line);
}
