/**
 * Accessors that must be started: before `init_redis()` has run they give no client. Where the program does not call it, the
 * calls of start and close are put where the application begins and ends, by every unit that moves.
 */

import { startOf } from '../accessors/start.js';
import type { Unit } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { FileFacts } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { At, Opening, Top } from '../model/traced.js';
import { type Context, factsOf, zoneOf } from './context.js';
import type { Placed } from './hook-closers.js';
import { programWithout } from './programs.js';
import { accessorFor } from './reach.js';
import { reason } from './reasons.js';
import { filesOfProgram } from './script-end.js';
import { functionOf, hookName, startersOf, wiringOf } from './start-wiring.js';

export interface Start {
  reasons: Reason[];
  /** What is told of a site that moves. */
  notes: Reason[];
  changes: Placed[];
}

const NOTHING: Start = { reasons: [], notes: [], changes: [] };

/**
 * Name of the function that starts an accessor; null: nothing has to, or its file has no function of that name, so that
 * nothing can be said of who calls it.
 */
export function startIn(context: Context, accessor: Accessor): string | null {
  const before = startOf(accessor.contract);
  return before !== null && functionOf(context, accessor, before) ? before : null;
}

/** Why a shared client cannot be asked for at an opening's place, or what must be written so that it can. */
export function startFor(context: Context, opening: Opening, accessor: Accessor): Start {
  const before = startIn(context, accessor);
  if (before === null || context.alone) return NOTHING;
  const test = zoneOf(context, opening.file) === 'test';
  const calls = startedBy(context, before, test);
  const wiring = calls.length > 0 || test ? null : wiringOf(context, accessor, before);
  const no = (why: string, at: At | null): Start => {
    return { ...NOTHING, reasons: [reason('accessor-not-started', { before, why }, at)] };
  };
  if (wiring && 'why' in wiring) return no(wiring.why, wiring.at);
  const starters = wiring ? startersOf(wiring) : calls.map((file) => ({ file, always: true }));
  if (starters.length === 0) return no('no test calls it', opening.at);
  const other = test ? null : otherProgram(context, opening, starters);
  if (other) return no(`the program that starts with ${other.by} does not call it`, other.at);
  if (wiring === null) return NOTHING;
  const close = wiring.closes ? accessor.close : null;
  const told = reason('accessor-started', { before, close, hook: hookName(context, wiring.place) }, wiring.place.at);
  return { reasons: [], notes: [told], changes: wiring.changes };
}

/** Whether a close of the accessor will be written at the end of the function around a place. */
export function closesAtEnd(context: Context, accessor: Accessor, file: string, scope: number | null): boolean {
  const before = startIn(context, accessor);
  if (before === null || startedBy(context, before, false).length > 0) return false;
  const wiring = wiringOf(context, accessor, before);
  if ('why' in wiring) return false;
  return wiring.changes.some(
    ({ file: other, instruction: { kind, span } }) =>
      other === file && kind === 'call-behind' && scope !== null && isIn(factsOf(context, file), scope, span),
  );
}

/** Accessors of some openings that must be started, with the function that does so. */
export function asksOf(context: Context, openings: readonly Opening[]): NonNullable<Unit['asks']> {
  const found = new Map<string, string>();
  for (const { file, mode } of openings) {
    const language = factsOf(context, file)?.language === 'python' ? 'python' : 'javascript';
    const accessor = accessorFor(context, file, language, mode);
    const start = accessor && startIn(context, accessor);
    if (accessor && start) found.set(accessor.file, start);
  }
  return [...found].map(([accessor, start]) => ({ accessor, start }));
}

/** Whether the program, or for a test any test, calls the function. */
export function isStarted(context: Context, before: string, file: string): boolean {
  return startedBy(context, before, zoneOf(context, file) === 'test').length > 0;
}

/** Files that call the function: those of tests, or the others. */
function startedBy(context: Context, before: string, inTests: boolean): string[] {
  const own = new Set(context.accessors.map(({ file }) => file));
  return context.trace.accessorCalls.flatMap(({ name, file }) =>
    name === before && !own.has(file) && (zoneOf(context, file) === 'test') === inTests ? [file] : [],
  );
}

/** A program that loads the opening, or runs it in an event loop of its own, and loads none of the files that start the accessor. */
function otherProgram(
  context: Context,
  { file, loops = [] }: Opening,
  starters: readonly Top[],
): { by: string; at: At } | null {
  if (factsOf(context, file)?.language !== 'python') {
    const by = programWithout(context, file, starters);
    return by === null ? null : { by, at: { file: by, line: 1, column: 1 } };
  }
  const loop = loops.find(({ at, test }) => {
    const files = filesOfProgram(context, at.file);
    return !test && !starters.some((one) => files.has(one.file));
  });
  return loop ?? null;
}

function isIn(facts: FileFacts | null, scope: number, span: { start: number; end: number }): boolean {
  const around = facts?.scopes[scope]?.span;
  return around !== undefined && around.start <= span.start && span.end <= around.end;
}
