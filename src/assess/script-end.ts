/**
 * The end of a program that does its work and then has nothing more to do: it ends when its connections are closed. A
 * closer there becomes the accessor's close; where that is not possible, the program would hang.
 */

import { isCommandLine } from '../libraries/command-lines.js';
import { PROMISE_METHODS } from '../libraries/promises.js';
import type { FileFacts, ScopeId, ValueId } from '../model/facts.js';
import type { ClientUse } from '../model/traced.js';
import { type Context, factsOf, functionAround, zoneOf } from './context.js';
import { blocksOf, nameOf } from './function-order.js';
import { importsOf } from './reach.js';

/** Calls from the top of a program down to the function of a closer, the nearest first; none: it stands at the top. */
export interface Ending {
  calls: { file: string; value: ValueId }[];
}

/** Last names of calls that keep a process running: servers and timers. */
const KEEPS_RUNNING = new Set(['listen', 'serve', 'setInterval', 'bootstrap', 'startServer', 'start']);

/** Whether a closer is run once, from the top of a program that ends; null when it is not, or not for certain. */
export function endingOf(context: Context, use: Pick<ClientUse, 'file' | 'value'>): Ending | null {
  const facts = factsOf(context, use.file);
  const value = facts?.values[use.value];
  if (!facts || facts.language === 'python' || !value || inLoop(facts, value.block)) return null;
  if (!isProgram(context, facts)) return null;
  const calls = callsFromTop(facts, functionAround(facts, value.scope), new Set());
  return calls === null ? null : { calls: calls.map((id) => ({ file: facts.file, value: id })) };
}

/** Files that a program can run: itself and what it imports. */
export function filesOfProgram(context: Context, file: string): ReadonlySet<string> {
  const found = new Set([file]);
  for (const one of found) for (const next of importsOf(context, one)) found.add(next);
  return found;
}

/** Nobody imports it, and nothing of it keeps a process running. A script by its folder may import what it likes. */
function isProgram(context: Context, facts: FileFacts): boolean {
  const zone = zoneOf(context, facts.file);
  if (zone === 'test' || importedFiles(context).has(facts.file)) return false;
  const files = zone === 'production' ? filesOfProgram(context, facts.file) : [facts.file];
  return [...files].every((file) => !keepsRunning(context, file));
}

const COMMANDS = new WeakMap<Context, ReadonlySet<string>>();

/** Whether a file belongs to a command of a terminal (`commander`, `yargs`) in which nothing keeps the process running. */
export function isOfCommand(context: Context, file: string): boolean {
  const known = COMMANDS.get(context);
  if (known) return known.has(file);
  const found = new Set<string>();
  for (const { facts } of context.files.values()) {
    const reads = facts.imports.some(({ specifier, typeOnly }) => !typeOnly && isCommandLine(specifier));
    if (!reads || facts.language === 'python' || !isProgram(context, facts)) continue;
    for (const one of filesOfProgram(context, facts.file)) found.add(one);
  }
  COMMANDS.set(context, found);
  return found.has(file);
}

function keepsRunning(context: Context, file: string): boolean {
  const facts = factsOf(context, file);
  return (facts?.values ?? []).some(
    (value) =>
      facts !== null && value.kind === 'call' && KEEPS_RUNNING.has(nameOf(facts, value.callee).split('.').at(-1) ?? ''),
  );
}

const IMPORTED = new WeakMap<Context, ReadonlySet<string>>();

function importedFiles(context: Context): ReadonlySet<string> {
  const known = IMPORTED.get(context);
  if (known) return known;
  const found = new Set<string>();
  for (const file of context.files.keys()) {
    for (const { kind, ...rest } of Object.values(context.files.get(file)?.resolutions ?? {})) {
      if (kind === 'file' && 'file' in rest && rest.file !== file) found.add(rest.file);
    }
  }
  IMPORTED.set(context, found);
  return found;
}

/** The one call of each function from a function up to the top of its file; null when one of them has another number. */
function callsFromTop(facts: FileFacts, fn: ScopeId | null, seen: Set<ScopeId>): ValueId[] | null {
  if (fn === null) return [];
  if (seen.has(fn)) return null;
  seen.add(fn);
  const call = onlyCall(facts, fn);
  const value = call === null ? undefined : facts.values[call];
  if (call === null || !value || inLoop(facts, value.block)) return null;
  const above = callsFromTop(facts, functionAround(facts, value.scope), seen);
  return above === null ? null : [call, ...above];
}

/** `main()`, `(async () => { … })()`, `main().finally(() => { … })`. */
function onlyCall(facts: FileFacts, fn: ScopeId): ValueId | null {
  const self = facts.values.findIndex((value) => value.kind === 'function' && value.of === fn);
  const names = new Set(namesOf(facts, fn, self));
  if ([...names].some((local) => facts.locals[local]?.exported)) return null;
  const refers = (id: ValueId) => {
    const value = facts.values[id];
    return id === self || (value?.kind === 'reference' && names.has(value.local));
  };
  const calls: ValueId[] = [];
  facts.values.forEach((value, id) => {
    if (value.kind !== 'call') return;
    const chained = PROMISE_METHODS.has(nameOf(facts, value.callee).split('.').at(-1) ?? '');
    if (refers(value.callee) || (chained && value.args.some((one) => refers(one.value)))) calls.push(id);
  });
  const references = facts.values.filter((value) => value.kind === 'reference' && names.has(value.local)).length;
  const [only] = calls;
  // Every name of it is that one call: nothing else can run it.
  return only !== undefined && calls.length === 1 && references <= 1 ? only : null;
}

function namesOf(facts: FileFacts, fn: ScopeId, self: ValueId) {
  const declared = facts.locals.flatMap(({ declares }, id) => (declares === fn ? [id] : []));
  const kept = facts.flows.flatMap(({ value, place }) =>
    value === self && place.kind === 'local' ? [place.local] : [],
  );
  return [...declared, ...kept];
}

function inLoop(facts: FileFacts, block: number | null): boolean {
  return blocksOf(facts, block).some((one) => one !== null && facts.blocks[one]?.kind === 'loop');
}
