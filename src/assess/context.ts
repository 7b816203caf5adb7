/** What all questions of this stage share. */

import type { Accessor, Config, NamedDatabase } from '../model/config.js';
import type { FileFacts, ScopeId } from '../model/facts.js';
import type { ComputedLoad } from '../model/loads.js';
import type { StandIn } from '../model/mock.js';
import type { Manifest, Project, ProjectFile, Zone } from '../model/project.js';
import type { Exemption, Identity } from '../model/site.js';
import type { ClientUse, Opening, Trace } from '../model/traced.js';

export interface Context {
  project: Project;
  trace: Trace;
  config: Config;
  /** Accessors to judge against: those of the config, or the assumed one. */
  accessors: readonly Accessor[];
  databases: readonly NamedDatabase[];
  /** True when there is no config: the accessor has no place yet, so nothing is asked about reaching it. */
  assuming: boolean;
  /** Only one file was read: nothing is asked of other modules. */
  alone: boolean;
  files: ReadonlyMap<string, ProjectFile>;
  identities: ReadonlyMap<Opening, Identity>;
  /** Openings that a person has decided to leave. */
  left: ReadonlyMap<Opening, Exemption>;
  /** What each file does with clients, in the order of the openings. */
  uses: ReadonlyMap<string, readonly UsedClient[]>;
  /** What tests put in the place of modules, in files that are not parsed. */
  standIns: readonly StandIn[];
  /** How often files say the names of fields that hold instances of wrapper classes; absent: not looked for. */
  mentions?: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** Loads of modules under names that are put together. */
  loads: readonly ComputedLoad[];
  /** File → files that it imports, for all files that are no tests, parsed or not; absent: not asked. */
  programs?: Readonly<Record<string, readonly string[]>>;
}

/** A use with the client that it is of. */
export interface UsedClient {
  opening: Opening;
  use: ClientUse;
}

/** The uses of a trace by the file that they stand in. */
export function usesByFile({ openings }: Trace): Map<string, UsedClient[]> {
  const uses = new Map<string, UsedClient[]>();
  for (const opening of openings) {
    for (const use of opening.uses) {
      const known = uses.get(use.file);
      if (known) known.push({ opening, use });
      else uses.set(use.file, [{ opening, use }]);
    }
  }
  return uses;
}

export function factsOf(context: Context, file: string): FileFacts | null {
  return context.files.get(file)?.facts ?? null;
}

export function zoneOf(context: Context, file: string): Zone {
  return context.files.get(file)?.zone ?? 'production';
}

/** The manifest that governs a path, parsed or not: the nearest above it. */
export function manifestOf(project: Project, files: ReadonlyMap<string, ProjectFile>, file: string): Manifest | null {
  const index = files.get(file)?.manifest;
  if (index !== undefined) return index === null ? null : (project.manifests[index] ?? null);
  let nearest: Manifest | null = null;
  for (const manifest of project.manifests) {
    const folder = folderOf(manifest.file);
    if (folder !== '' && !file.startsWith(`${folder}/`)) continue;
    if (nearest === null || folder.length > folderOf(nearest.file).length) nearest = manifest;
  }
  return nearest;
}

/** Folder of a path; empty for the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The innermost class around a scope; null when there is none. */
export function classAround(facts: FileFacts, scope: ScopeId): ScopeId | null {
  return around(facts, scope, 'class');
}

/** The innermost function around a scope; null at module level. */
export function functionAround(facts: FileFacts, scope: ScopeId): ScopeId | null {
  return around(facts, scope, 'function');
}

function around(facts: FileFacts, scope: ScopeId, kind: 'class' | 'function'): ScopeId | null {
  for (let at: ScopeId | null = scope; at !== null; ) {
    const here: FileFacts['scopes'][number] | undefined = facts.scopes[at];
    if (here?.kind === kind) return at;
    at = here?.parent ?? null;
  }
  return null;
}

/** The variable or the field of a class that directly holds a client: one text for each such place; null: none does. */
export function heldBy(context: Context, opening: Opening): string | null {
  if (opening.local !== null) return `local ${opening.file} ${opening.local}`;
  const facts = factsOf(context, opening.file);
  const owner = opening.container === 'class-member' && facts ? classAround(facts, opening.scope) : null;
  return owner === null || opening.bound === null ? null : `field ${opening.file} ${owner} ${opening.bound}`;
}
