/** The recipe of `init`: look at the tree, propose, write what is new. */

import { createNewFiles, isFreeModule } from './apply/index.js';
import { statedOptions } from './assess/index.js';
import { UserError } from './errors.js';
import { findPlace, type MigrateOptions, takeInventory } from './migrate.js';
import type { Opening, Project, Scope } from './model.js';
import { type ExistingAccessor, propose, surveyOf } from './propose/index.js';
import type { InitReport } from './report/index.js';

export interface InitRequest {
  yes: boolean;
  scaffold: string | null;
  /** Look and propose only; `written` then names what would be. */
  dryRun?: boolean;
}

/** Writes a configuration, and an accessor when one is asked for. Throws `UserError` where there is a configuration. */
export async function initialise(o: MigrateOptions, request: InitRequest): Promise<InitReport> {
  const { config } = await findPlace(o);
  if (config.path !== null) {
    throw new UserError(`there is a configuration already: ${config.path}`, 'Edit it, or remove it first.');
  }
  const taken = await takeInventory(o);
  const existing = existingAccessors(taken);
  const isFree = (file: string) => isFreeModule(taken.root, file);
  const proposed = propose({ ...taken, existing, scaffold: request.scaffold, isFree });
  const files = proposed.files.map(({ file }) => file);
  const written = request.dryRun ? files : createNewFiles(taken.root, proposed.files);
  return {
    written,
    config: proposed.config,
    groups: proposed.groups,
    accessors: existing.map(({ file, name, callSites }) => ({ file, name, callSites })),
    ...surveyOf(taken.project, taken.trace.openings),
    scopes: proposed.scopes,
    next: proposed.next,
  };
}

/** Exported functions that give one client to all their callers, the most called first. */
function existingAccessors({
  trace,
  project,
  tracer,
  sites,
}: Awaited<ReturnType<typeof takeInventory>>): ExistingAccessor[] {
  const candidates = trace.openings.filter((o) => o.container === 'factory' && o.once && o.makes === 'client');
  const found = candidates.flatMap((opening): ExistingAccessor[] => {
    const { file, library } = opening;
    const name = opening.symbol.length === 1 ? opening.symbol[0] : undefined;
    if (name === undefined || name === '' || !isExported(project, file, name)) return [];
    const callSites = tracer.callsOf(project, { file, name }).length;
    const identity = sites.find((s) => isAt(s, opening))?.identity?.key ?? null;
    const fn = functionOf(project, file, name);
    const parameters = fn?.params?.length ?? 1;
    if (callSites === 0) return [];
    return [
      {
        file,
        name,
        library,
        callSites,
        parameters,
        mode: modeOf(opening, fn),
        identity,
        ...statedOptions(opening, trace.openings),
      },
    ];
  });
  return found.sort((a, b) => b.callSites - a.callSites || (a.file < b.file ? -1 : 1));
}

/** A function of a module; null when it cannot be found, or is one of several, so that nothing is guessed. */
function functionOf(project: Project, file: string, name: string): Scope | null {
  const scopes = project.files.find(({ facts }) => facts.file === file)?.facts.scopes ?? [];
  const found = scopes.filter((scope) => scope.kind === 'function' && scope.name === name && scope.parent === 0);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** In JavaScript every client is asynchronous, and what the call gives is the client itself. */
function modeOf({ file, mode }: Opening, fn: Scope | null): ExistingAccessor['mode'] {
  if (!file.endsWith('.py')) return 'sync';
  return fn?.async ? 'coroutine' : mode;
}

/** Under its own name or another one. In Python every name can be imported; one that begins with `_` is private. */
function isExported(project: Project, file: string, name: string): boolean {
  if (name.startsWith('_')) return false;
  const facts = project.files.find((one) => one.facts.file === file)?.facts;
  return (facts?.exports ?? []).some((one) => {
    const value = one.value === null ? undefined : facts?.values[one.value];
    return one.name === name || (value?.kind === 'reference' && facts?.locals[value.local]?.name === name);
  });
}

function isAt(site: { file: string; line: number; column: number }, { file, at }: Opening): boolean {
  return site.file === file && site.line === at.line && site.column === at.column;
}
