/** Programs of JavaScript: the modules that nobody imports, with all that they load. */

import type { Top } from '../model/traced.js';
import type { Context } from './context.js';

/**
 * A program that loads a file and none of the modules that start something; null: there is none, or nobody knows who
 * imports whom. A module that starts it under a condition does so only as the program itself.
 */
export function programWithout(context: Context, file: string, starters: readonly Top[]): string | null {
  const { programs } = context;
  if (!programs) return null;
  const starts = (root: string, loaded: ReadonlySet<string>) =>
    starters.some((one) => one.file === root || (one.always && loaded.has(one.file)));
  return rootsOf(context, programs, file).find((root) => !starts(root, loadedBy(programs, root))) ?? null;
}

/** Modules that nobody else imports and that load a file. */
function rootsOf(context: Context, programs: NonNullable<Context['programs']>, file: string): string[] {
  const importers = importersIn(context, programs);
  const found = new Set([file]);
  for (const one of found) for (const by of importers.get(one) ?? []) found.add(by);
  return [...found].filter((one) => importers.get(one) === undefined).sort();
}

const IMPORTERS = new WeakMap<Context, ReadonlyMap<string, string[]>>();

/** File → who imports it. */
function importersIn(context: Context, programs: NonNullable<Context['programs']>): ReadonlyMap<string, string[]> {
  const known = IMPORTERS.get(context);
  if (known) return known;
  const importers = new Map<string, string[]>();
  for (const [by, imported] of Object.entries(programs)) {
    for (const one of imported) if (one !== by) importers.set(one, [...(importers.get(one) ?? []), by]);
  }
  IMPORTERS.set(context, importers);
  return importers;
}

function loadedBy(programs: NonNullable<Context['programs']>, root: string): ReadonlySet<string> {
  const found = new Set([root]);
  for (const one of found) for (const next of programs[one] ?? []) found.add(next);
  return found;
}
