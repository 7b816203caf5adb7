/**
 * Accessors that must be started: before `init_redis()` has run they give no client. Where the program does not call it, the
 * calls of start and close are put into the lifespan of the application, or into its handlers, by every unit that moves.
 */

import { startOf } from '../accessors/start.js';
import type { AccessorUse } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { FileFacts, Scope } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { At, Opening, StartPlace } from '../model/traced.js';
import { type Context, factsOf, zoneOf } from './context.js';
import type { Placed } from './hook-closers.js';
import { accessorFor, accessorUse, reachReasons } from './reach.js';
import { effectOf, reason } from './reasons.js';
import { filesOfProgram } from './script-end.js';
import { beginOf, endOf } from './start-statements.js';

export interface Start {
  reasons: Reason[];
  /** What is told of a site that moves. */
  notes: Reason[];
  changes: Placed[];
}

const NOTHING: Start = { reasons: [], notes: [], changes: [] };

/** The calls that are to be written, or why none can be. */
type Wiring = { changes: Placed[]; place: StartPlace; closes: boolean } | { why: string; at: At | null };

/**
 * Name of the function that starts an accessor; null: nothing has to, or its file has no function of that name, so that
 * nothing can be said of who calls it.
 */
export function startIn(context: Context, accessor: Accessor): string | null {
  const before = startOf(accessor.contract);
  return before !== null && startFunction(context, accessor, before) ? before : null;
}

function startFunction(context: Context, { file }: Accessor, before: string): Scope | undefined {
  const scopes = factsOf(context, file)?.scopes ?? [];
  return scopes.find(({ kind, name, parent }) => kind === 'function' && name === before && parent === 0);
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
  const starters = wiring ? [wiring.place.file] : calls;
  if (starters.length === 0) return no('no test calls it', opening.at);
  const other = test ? undefined : otherProgram(context, opening, starters);
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

/** An event loop that runs the opening in a program which loads none of the files that start the accessor. */
function otherProgram(context: Context, { loops = [] }: Opening, starters: readonly string[]) {
  return loops.find(({ at, test }) => {
    const files = filesOfProgram(context, at.file);
    return !test && !starters.some((file) => files.has(file));
  });
}

const WIRINGS = new WeakMap<Context, Map<Accessor, Wiring>>();

function wiringOf(context: Context, accessor: Accessor, before: string): Wiring {
  const known = WIRINGS.get(context) ?? new Map<Accessor, Wiring>();
  WIRINGS.set(context, known);
  const found = known.get(accessor) ?? wire(context, accessor, before);
  known.set(accessor, found);
  return found;
}

function wire(context: Context, accessor: Accessor, before: string): Wiring {
  const places = (context.trace.starts ?? []).filter(({ file }) => zoneOf(context, file) === 'production');
  const lifespans = places.filter(({ form }) => form === 'lifespan');
  const starts = lifespans.length > 0 ? lifespans : places.filter(({ form }) => form === 'startup');
  const [first, other] = starts;
  if (!first) return { why: 'nothing calls it, and there is no lifespan or startup handler for the call', at: null };
  if (other && (first.form === 'lifespan' || starts.some(({ file }) => file !== first.file)))
    return { why: 'nothing calls it, and several functions run when the program begins', at: other.at };
  const facts = factsOf(context, first.file);
  const against = facts === null ? 'its file cannot be read' : unwritable(context, facts, first, accessor);
  if (facts === null || against !== null) {
    return { why: `nothing calls it, and ${hookName(context, first)} cannot: ${against}`, at: first.at };
  }
  const begin = beginOf(facts, first.scope);
  const ends = first.form === 'lifespan' ? first : places.findLast(({ form }) => form === 'shutdown');
  const ending = ends && factsOf(context, ends.file);
  const end = accessor.close !== null && ends && ending ? endOf(context, ending, ends) : null;
  if (begin === null)
    return { why: `nothing calls it, and ${hookName(context, first)} has no statement`, at: first.at };
  return {
    place: first,
    closes: end !== null,
    changes: [
      {
        file: first.file,
        instruction: { kind: 'call-before', span: begin, use: startUse(context, first.file, accessor, before) },
      },
      ...(end === null || !ends || accessor.close === null
        ? []
        : [
            {
              file: ends.file,
              instruction: {
                kind: 'call-behind' as const,
                span: end,
                use: accessorUse(context, ends.file, accessor, accessor.close, []),
              },
            },
          ]),
    ],
  };
}

function unwritable(context: Context, facts: FileFacts, { scope }: StartPlace, accessor: Accessor): string | null {
  if (facts.generated || facts.embedded || facts.problems.length > 0) return 'its file is never edited';
  if (facts.scopes[scope]?.async !== true) return 'it is not async';
  const language = facts.language === 'python' ? 'python' : 'javascript';
  if (accessorFor(context, facts.file, language, 'async') !== accessor) return 'another accessor serves its file';
  const [why] = reachReasons(context, facts.file, accessor).filter(({ code }) => effectOf(code) === 'keep');
  return why ? why.message.replace(/\.$/, '') : null;
}

function startUse(context: Context, file: string, accessor: Accessor, before: string): AccessorUse {
  const own = startFunction(context, accessor, before);
  return { ...accessorUse(context, file, accessor, before, []), args: [], awaited: own?.async ?? true };
}

function hookName(context: Context, { file, scope, by }: StartPlace): string {
  const name = factsOf(context, file)?.scopes[scope]?.name;
  return name ? `\`${name}\` (${by})` : by;
}

function isIn(facts: FileFacts | null, scope: number, span: { start: number; end: number }): boolean {
  const around = facts?.scopes[scope]?.span;
  return around !== undefined && around.start <= span.start && span.end <= around.end;
}
