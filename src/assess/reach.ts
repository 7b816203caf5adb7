/** Which accessor serves a file, and whether the file can import it. */

import { PRESETS, presetIn } from '../accessors/index.js';
import { moduleName } from '../languages/python/module-name.js';
import type { AccessorUse } from '../model/change.js';
import type { Accessor } from '../model/config.js';
import type { Manifest } from '../model/project.js';
import type { Reason } from '../model/site.js';
import { type Context, manifestOf } from './context.js';
import { matches } from './globs.js';
import { requiresEsModule } from './module-systems.js';
import { reason } from './reasons.js';
import { relativeSpecifier } from './specifiers.js';

/**
 * The accessor of the file's language whose scope holds it; the narrowest scope wins. In Python the one that gives clients
 * of the kind that is asked for, if there is one.
 */
export function accessorFor(
  context: Context,
  file: string,
  language: 'javascript' | 'python',
  mode: 'sync' | 'async' = 'sync',
): Accessor | null {
  const serving = context.accessors.filter((one) => one.language === language && matches(one.scope, file));
  const narrowest = Math.max(...serving.map(({ scope }) => scope.length));
  const nearest = serving.filter(({ scope }) => scope.length === narrowest);
  const gives = ({ contract }: Accessor) => (contract.mode === 'sync' ? 'sync' : 'async');
  return nearest.find((one) => language === 'python' && gives(one) === mode) ?? nearest[0] ?? null;
}

/** Whether a file is one of the accessors: the only ones that may open. */
export function isAccessorFile(context: Context, file: string): boolean {
  return !context.assuming && context.accessors.some((one) => one.file === file);
}

/** Why a file cannot import its accessor; empty when it can. */
export function reachReasons(context: Context, file: string, accessor: Accessor, inFunction = false): Reason[] {
  if (context.assuming) return [];
  const own = manifestOf(context.project, context.files, file);
  const other = manifestOf(context.project, context.files, accessor.file);
  const cycle = cycleTo(context, accessor.file, file);
  const code = inFunction ? 'import-in-function' : 'import-cycle';
  const reasons = cycle === null ? [] : [reason(code, { way: cycle.join(' → ') })];
  if (requiresEsModule(context, file, accessor)) reasons.push(reason('accessor-es-module', { file: accessor.file }));
  if (own === other || declares(own, other, accessor)) return reasons;
  const from = own?.name ?? own?.file ?? 'the project';
  return [...reasons, reason('accessor-unreachable', { from, to: other?.name ?? other?.file ?? accessor.file })];
}

/** Across a package border: the importing package depends on the accessor's, and the specifier names it. */
function declares(own: Manifest | null, other: Manifest | null, accessor: Accessor): boolean {
  if (!own || !other || other.name === null || accessor.import === null) return false;
  const named = accessor.import === other.name || accessor.import.startsWith(`${other.name}/`);
  return named && other.name in own.dependencies;
}

/** Files on the way when the accessor imports a file, itself or through others; null when it does not. */
export function cycleTo(context: Context, accessor: string, file: string): string[] | null {
  const before = new Map<string, string | null>([[accessor, null]]);
  const queue = [accessor];
  for (const current of queue) {
    if (current === file) break;
    for (const next of importsOf(context, current)) {
      if (before.has(next)) continue;
      before.set(next, current);
      queue.push(next);
    }
  }
  if (!before.has(file)) return null;
  const way: string[] = [];
  for (let at: string | null = file; at !== null; at = before.get(at) ?? null) way.unshift(at);
  return way;
}

/** Files that a file needs when it is loaded. */
export function importsOf(context: Context, file: string): string[] {
  const entry = context.files.get(file);
  if (!entry) return [];
  const { imports, exports } = entry.facts;
  const specifiers = [
    ...imports.filter((one) => !one.typeOnly && !one.dynamic).map((one) => one.specifier),
    ...exports.flatMap((one) => (one.typeOnly ? [] : (one.specifier ?? []))),
  ];
  return specifiers.flatMap((specifier) => {
    const resolution = entry.resolutions[specifier];
    return resolution?.kind === 'file' ? [resolution.file] : [];
  });
}

/** Whether an import of the accessor at the head of a file would close a circle. */
export function closesCircle(context: Context, file: string, accessor: Accessor): boolean {
  return !context.assuming && cycleTo(context, accessor.file, file) !== null;
}

/** A call of one of the accessor's functions, as a file must write it. Arguments equal to its defaults are left out. */
export function accessorUse(
  context: Context,
  file: string,
  accessor: Accessor,
  name: string,
  args: AccessorUse['args'],
): AccessorUse {
  const defaults = defaultsOf(context, accessor, name);
  const closes = name === accessor.close;
  const always = closes ? [] : Object.entries(accessor.arguments ?? {}).map(([key, value]) => ({ name: key, value }));
  const { mode } = accessor.contract;
  return {
    name,
    specifier: accessor.import ?? accessor.module ?? specifierOf(context, file, accessor),
    form: 'named',
    args: [...always, ...args.filter(({ name: parameter, value }) => defaults[parameter] !== value)],
    // What closes asyncio clients waits for their connections.
    awaited: mode === 'coroutine' || (mode === 'async' && closes && accessor.language === 'python'),
  };
}

function specifierOf(context: Context, file: string, accessor: Accessor): string {
  return accessor.language === 'python'
    ? moduleName(context.project, accessor.file)
    : relativeSpecifier(context, file, accessor.file);
}

function defaultsOf(context: Context, accessor: Accessor, name: string): Record<string, string | number | boolean> {
  const base = PRESETS[context.config.preset];
  const preset = base ? presetIn(base, accessor.language) : null;
  const same = preset?.exports.name === accessor.name || preset?.async?.name === accessor.name;
  if (!preset || !same) return {};
  const { role: _role, ...others } = preset.call.defaults;
  return name === accessor.open ? others : preset.call.defaults;
}
