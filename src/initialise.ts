/** The recipe of `init`: look at the tree, propose, write what is new. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNewFiles, isFreeModule, writeTextFile } from './apply/index.js';
import { statedOptions } from './assess/index.js';
import { UserError } from './errors.js';
import { findPlace, type MigrateOptions, type Taken, takeInventory, wholly } from './migrate.js';
import type { GuardRule } from './model/guard.js';
import type { Opening, Project, Scope } from './model.js';
import {
  configuredFiles,
  type ExistingAccessor,
  type Guarded,
  guardOf,
  guardSteps,
  propose,
  suiteTests,
  surveyOf,
} from './propose/index.js';
import type { InitReport } from './report/index.js';

export interface InitRequest {
  yes: boolean;
  scaffold: string | null;
  /** Lint rules as well; where there is a configuration already, only those. */
  guard?: boolean;
  /** A test for the team's own suite that fails when `check` does; where there is a configuration already, only that. */
  suite?: boolean;
  /** Look and propose only; `written` then names what would be. */
  dryRun?: boolean;
}

/**
 * Writes a configuration, and an accessor and lint rules when they are asked for. Where there is a configuration, only the
 * accessors that it names and lint rules are written; `UserError` when neither is asked for.
 */
export async function initialise(o: MigrateOptions, request: InitRequest): Promise<InitReport> {
  const { config } = await findPlace(o);
  const asks = request.guard === true || request.suite === true || request.scaffold !== null;
  if (config.path !== null && !asks) throw hasConfiguration(config.path);
  const taken = await takeInventory(o);
  return wholly(o, () => (config.path === null ? begin(taken, request) : goOn(taken, request)));
}

async function begin(taken: Taken, request: InitRequest): Promise<InitReport> {
  const existing = existingAccessors(taken);
  const isFree = (file: string) => isFreeModule(taken.root, file);
  const proposed = propose({ ...taken, existing, scaffold: request.scaffold, isFree });
  const created = [...proposed.files, ...suiteFiles(taken, proposed.guarded, request)];
  const files = created.map(({ file }) => file);
  if (!request.dryRun) createNewFiles(taken.root, created);
  const guard = request.guard ? await guardTree(taken, proposed.guarded, request) : [];
  return {
    written: [...files, ...writtenIn(guard)],
    config: proposed.config,
    groups: proposed.groups,
    accessors: existing.map(({ file, name, callSites }) => ({ file, name, callSites })),
    ...surveyOf(taken.project, taken.trace.openings),
    scopes: proposed.scopes,
    guard,
    next: [...proposed.next, ...guardSteps(guard)],
  };
}

function hasConfiguration(path: string | null): UserError {
  return new UserError(
    `there is a configuration already: ${path}`,
    'Edit it, or remove it first; `init --scaffold <preset>` writes accessors that it names and that are missing, `init --guard` lint rules, `init --suite` a test for your own suite.',
  );
}

/** Accessors that the configuration names, and lint rules for them. */
async function goOn(taken: Taken, request: InitRequest): Promise<InitReport> {
  const { accessors } = taken.config;
  if (accessors.length === 0) throw new UserError('the configuration names no accessor', 'State it under `accessors`.');
  const isFree = (file: string) => isFreeModule(taken.root, file);
  const configured =
    request.scaffold === null
      ? { files: [], there: [] }
      : configuredFiles(taken.config, request.scaffold, { ...taken, isFree });
  const { there } = configured;
  const files = [...configured.files, ...suiteFiles(taken, accessors, request)];
  if (files.length === 0 && request.guard !== true) throw hasConfiguration(taken.config.path);
  if (!request.dryRun) createNewFiles(taken.root, files);
  const guard = request.guard ? await guardTree(taken, accessors, request) : [];
  return {
    ...{ config: null, groups: [], accessors: [], scopes: [], guard },
    written: [...files.map(({ file }) => file), ...writtenIn(guard)],
    ...surveyOf(taken.project, taken.trace.openings),
    next: [
      ...there.map((file) => `${file} is there already: it stays as it is.`),
      ...(configured.files.length > 0
        ? ['Run `redis-migrate plan`, then `redis-migrate apply --batch next --dry-run`.']
        : []),
      ...guardSteps(guard),
    ],
  };
}

function suiteFiles({ project, trace }: Taken, accessors: readonly Guarded[], { suite }: InitRequest) {
  const { tests } = surveyOf(project, trace.openings);
  const languages = new Set(accessors.map(({ language }) => language));
  return suite ? suiteTests({ project, languages, tests }) : [];
}

async function guardTree(taken: Taken, accessors: readonly Guarded[], { dryRun }: InitRequest): Promise<GuardRule[]> {
  const { root, project, config } = taken;
  const exempt = config.exempt.flatMap(({ files }) => files);
  const edits = await guardOf({ project, accessors, exempt, read: (file) => textOf(join(root, file)) });
  return edits.map(({ content, ...rule }) => {
    if (content !== null && rule.file !== null && !dryRun) writeTextFile(join(root, rule.file), content);
    return rule;
  });
}

/** Null where there is no such file. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

function writtenIn(guard: readonly GuardRule[]): string[] {
  return guard.flatMap(({ file, state }) => (state === 'written' && file !== null ? [file] : []));
}

/** Exported functions that give one client to all their callers, the most called first. */
function existingAccessors({ trace, project, tracer, sites }: Taken): ExistingAccessor[] {
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
