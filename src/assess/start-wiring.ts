/** Where the calls of an accessor's start and close are put: one place at which the application begins, and one at which it ends. */

import type { AccessorUse } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { FileFacts, Scope } from '../model/facts.js';
import type { At, StartPlace, Top } from '../model/traced.js';
import { type Context, factsOf, functionAround, zoneOf } from './context.js';
import type { Placed } from './hook-closers.js';
import { saysModule } from './module-systems.js';
import { accessorFor, accessorUse, reachReasons } from './reach.js';
import { effectOf } from './reasons.js';
import { beginOf, endOf } from './start-statements.js';

/** The calls that are to be written, or why none can be. */
export type Wiring = { changes: Placed[]; place: StartPlace; closes: boolean } | { why: string; at: At | null };

const WIRINGS = new WeakMap<Context, Map<Accessor, Wiring>>();

/** What is to be written for an accessor that nothing starts; the same for all of its sites. */
export function wiringOf(context: Context, accessor: Accessor, before: string): Wiring {
  const known = WIRINGS.get(context) ?? new Map<Accessor, Wiring>();
  WIRINGS.set(context, known);
  const found = known.get(accessor) ?? wire(context, accessor, before);
  known.set(accessor, found);
  return found;
}

/** Modules that start the accessor once the calls are written. */
export function startersOf({ place }: Extract<Wiring, { place: StartPlace }>): Top[] {
  return place.tops ?? [{ file: place.file, always: true }];
}

/** A function of the accessor's file. */
export function functionOf(context: Context, { file }: Accessor, name: string): Scope | undefined {
  const scopes = factsOf(context, file)?.scopes ?? [];
  return scopes.find((one) => one.kind === 'function' && one.name === name && one.parent === 0);
}

function wire(context: Context, accessor: Accessor, before: string): Wiring {
  const places = (context.trace.starts ?? []).filter(
    ({ file }) => zoneOf(context, file) === 'production' && languageOf(context, file) === accessor.language,
  );
  const first = firstOf(places, accessor.language);
  if ('why' in first) return { ...first, why: `nothing calls it, and ${first.why}` };
  const facts = factsOf(context, first.file);
  const against = facts === null ? 'its file cannot be read' : unwritable(context, facts, first, accessor);
  if (facts === null || against !== null)
    return { why: `nothing calls it, and ${hookName(context, first)} cannot: ${against}`, at: first.at };
  const begin = beginOf(facts, first.scope);
  if (begin === null)
    return { why: `nothing calls it, and ${hookName(context, first)} has no statement`, at: first.at };
  const end = endFor(context, accessor, first, places);
  const call = (file: string, name: string) => callOf(context, file, accessor, name);
  const start: Placed = {
    file: first.file,
    instruction: { kind: 'call-before', span: begin, use: call(first.file, before) },
  };
  const close: Placed[] =
    end === null || accessor.close === null
      ? []
      : [
          {
            file: end.file,
            instruction: { kind: 'call-behind', span: end.span, use: call(end.file, accessor.close) },
          },
        ];
  return { place: first, closes: close.length > 0, changes: [start, ...close] };
}

function languageOf(context: Context, file: string): Accessor['language'] {
  return factsOf(context, file)?.language === 'python' ? 'python' : 'javascript';
}

/** The one place at which the application begins; why there is none, or none for certain. */
function firstOf(
  places: readonly StartPlace[],
  language: Accessor['language'],
): StartPlace | { why: string; at: At | null } {
  const lifespans = places.filter(({ form }) => form === 'lifespan');
  const starts =
    lifespans.length > 0 ? lifespans : places.filter(({ form }) => form === 'startup' || form === 'listen');
  const [first, other] = starts;
  const forms = language === 'python' ? 'lifespan or startup handler' : '`listen` of a server';
  if (!first) return { why: `there is no ${forms} for the call`, at: null };
  const several = { why: 'several functions run when the program begins', at: other?.at ?? null };
  const inList = starts.filter(({ turn }) => turn !== undefined);
  if (inList.length > 0) {
    const [head, again] = inList.filter(({ turn }) => turn === 0);
    return head && !again && inList.length === starts.length ? head : several;
  }
  if (other && (first.form !== 'startup' || starts.some(({ file }) => file !== first.file))) return several;
  return first;
}

/** Behind which statement everything is closed; null: there is no such place for certain. */
function endFor(context: Context, accessor: Accessor, first: StartPlace, places: readonly StartPlace[]) {
  const ends =
    first.form === 'lifespan'
      ? first
      : lastOf(
          places.filter(({ form }) => form === 'shutdown'),
          first,
        );
  const facts = ends && factsOf(context, ends.file);
  if (accessor.close === null || !ends || !facts || facts.scopes[ends.scope]?.async !== true) return null;
  if (first.form === 'listen' && unwritable(context, facts, ends, accessor) !== null) return null;
  const span = endOf(context, facts, ends);
  return span === null ? null : { file: ends.file, span };
}

/** The handler that runs last. In which order those of a server of JavaScript run is not asked: there must be one. */
function lastOf(ends: readonly StartPlace[], { form }: StartPlace): StartPlace | null {
  const inList = ends.filter(({ turn }) => turn !== undefined);
  if (form === 'listen') return ends.length === 1 ? (ends[0] ?? null) : null;
  if (inList.length === 0) return ends.at(-1) ?? null;
  const heads = inList.filter(({ turn }) => turn === 0);
  const last = inList.toSorted((a, b) => (a.turn ?? 0) - (b.turn ?? 0)).at(-1);
  return heads.length === 1 && inList.length === ends.length ? (last ?? null) : null;
}

function unwritable(context: Context, facts: FileFacts, place: StartPlace, accessor: Accessor): string | null {
  if (facts.generated || facts.embedded || facts.problems.length > 0) return 'its file is never edited';
  if (place.scope === 0 && !awaitsAtTop(context, facts)) return 'nothing says that `await` may stand at its top';
  if (place.scope !== 0 && facts.scopes[place.scope]?.async !== true) return 'it is not async';
  if (place.tops?.length === 0) return 'nothing calls it from the top of a module';
  const language = languageOf(context, facts.file);
  if (accessorFor(context, facts.file, language, 'async') !== accessor) return 'another accessor serves its file';
  const [why] = reachReasons(context, facts.file, accessor).filter(({ code }) => effectOf(code) === 'keep');
  return why ? why.message.replace(/\.$/, '') : null;
}

/**
 * A module of Node that may wait at its top: of JavaScript, any ES module; what TypeScript is compiled to is another
 * question, so there something must wait already.
 */
function awaitsAtTop(context: Context, facts: FileFacts): boolean {
  const { file, language, values } = facts;
  const waits = values.some(({ kind, scope }) => kind === 'await' && functionAround(facts, scope) === null);
  if (waits || /\.m[jt]s$/.test(file)) return true;
  return language === 'javascript' && !/\.cjs$/.test(file) && saysModule(context, file);
}

function callOf(context: Context, file: string, accessor: Accessor, name: string): AccessorUse {
  const own = functionOf(context, accessor, name);
  return { ...accessorUse(context, file, accessor, name, []), args: [], awaited: own?.async ?? true };
}

/** A place as a person finds it. */
export function hookName(context: Context, { file, scope, by }: StartPlace): string {
  if (scope === 0) return `the top of ${file}`;
  const name = factsOf(context, file)?.scopes[scope]?.name;
  return name ? `\`${name}\` (${by})` : by;
}
