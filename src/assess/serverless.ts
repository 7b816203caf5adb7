/** Whether a platform calls the code of a file and freezes its process between calls, or gives it no sockets at all. */

import { PLATFORMS, type Platform } from '../libraries/serverless.js';
import type { FileFacts, ValueId } from '../model/facts.js';
import type { Reason } from '../model/site.js';
import type { Opening } from '../model/traced.js';
import { type Context, manifestOf } from './context.js';
import { reason } from './reasons.js';
import { isShared, type RoleFound } from './roles.js';

/**
 * Reasons of where an opening runs. What was open for as long as its process lives (a variable of the module) is so after
 * the move too: only what a call opened for itself becomes something that a frozen process holds.
 */
export function platformReasons(context: Context, opening: Opening, { role }: RoleFound, facts: FileFacts): Reason[] {
  const edge = PLATFORMS.find((one) => one.kind === 'edge' && runsOn(context, one, facts));
  if (edge) return [reason('edge-runtime', { what: edge.name })];
  if (opening.container !== 'function-local' || !isShared(role)) return [];
  const handler = PLATFORMS.filter(({ kind }) => kind === 'frozen').flatMap((one) => handlersOf(one, facts))[0];
  return handler === undefined ? [] : [reason('process-frozen', { what: handler })];
}

function runsOn(context: Context, { exports, method, packages }: Platform, facts: FileFacts): boolean {
  if (packages && !declares(context, facts.file, packages)) return false;
  if (method !== undefined)
    return facts.exports.some(({ name, value }) => name === 'default' && holds(facts, value, method));
  const said = facts.exports.find(({ name }) => name === exports?.name);
  return said !== undefined && (exports?.values.includes(String(textAt(facts, said.value, exports.entry))) ?? false);
}

function declares(context: Context, file: string, packages: readonly string[]): boolean {
  const manifest = manifestOf(context.project, context.files, file);
  return manifest !== null && packages.some((name) => name in manifest.dependencies);
}

function holds(facts: FileFacts, id: ValueId | null, name: string): boolean {
  const value = declaredAs(facts, id);
  return value?.kind === 'object' && value.entries.some(({ key }) => key === name);
}

/** The text of a value, or of one of its entries; undefined for anything else. */
function textAt(facts: FileFacts, id: ValueId | null, entry: string | undefined): unknown {
  const value = declaredAs(facts, id);
  if (entry === undefined) return value?.kind === 'literal' ? value.value : undefined;
  const found = value?.kind === 'object' ? value.entries.find(({ key }) => key === entry) : undefined;
  return found ? textAt(facts, found.value, undefined) : undefined;
}

/** What an exported value is: of a variable, what it is declared with. */
function declaredAs(facts: FileFacts, id: ValueId | null) {
  const value = id === null ? undefined : facts.values[id];
  if (value?.kind !== 'reference') return value;
  const { local } = value;
  const flow = facts.flows.find(({ place, declares: own }) => own && place.kind === 'local' && place.local === local);
  return flow ? facts.values[flow.value] : undefined;
}

/** Names of the functions of a file that the platform calls. */
function handlersOf({ handlers }: Platform, facts: FileFacts): string[] {
  if (!handlers) return [];
  const names =
    facts.language === 'python'
      ? facts.scopes.flatMap(({ kind, name, parent }) => (kind === 'function' && parent === 0 ? (name ?? []) : []))
      : facts.exports.map(({ name }) => name);
  return names.flatMap((name) => (handlers.test(name) ? [name] : []));
}
