/** What `init` proposes for a tree: accessors, named databases, a configuration. Pure: nothing is written here. */

import { dirname } from 'node:path/posix';
import {
  type IdentityGroup,
  PRESETS,
  type Preset,
  type Proposal,
  proposeDatabases,
  scaffoldDefault,
} from '../accessors/index.js';
import { UserError } from '../errors.js';
import type { Manifest, Project, Site, Trace } from '../model.js';

export interface ProposeInput {
  project: Project;
  trace: Trace;
  sites: readonly Site[];
  /** Functions of the tree that give out one client for all, with how often they are called. */
  existing: readonly ExistingAccessor[];
  /** Preset to scaffold; null: only a configuration. */
  scaffold: string | null;
}

/** A function that already is what an accessor should be. */
export interface ExistingAccessor {
  file: string;
  name: string;
  library: string;
  callSites: number;
  /** Identity key of what it opens. */
  identity: string | null;
}

export interface Proposed {
  config: Record<string, unknown>;
  /** Files to write, the configuration last. */
  files: { file: string; text: string }[];
  groups: { name: string; identity: string; sites: number }[];
  next: string[];
}

export const CONFIG_FILE = 'redis-migrate.config.json';

/** Throws `UserError` for an unknown preset and for a tree whose openings the preset cannot reach. */
export function propose(input: ProposeInput): Proposed {
  const preset = presetOf(input.scaffold);
  const candidates = input.sites.filter((s) => s.category === 'client' && s.library === preset.library);
  const openings = candidates.filter((s) => s.zone === 'production' || s.zone === 'example');
  const proposal = proposeDatabases(groupsOf(openings));
  const [existing] = input.scaffold === null ? input.existing : [];
  const folders = packagesOf(input.project, openings);
  const made = existing
    ? { accessors: [{ file: existing.file, name: existing.name, ...plainContract() }], files: [] }
    : scaffolded(input, preset, proposal, folders);
  const databases = databasesOf(proposal);
  const config = {
    preset: preset.name,
    accessors: { [preset.language]: made.accessors.length === 1 ? made.accessors[0] : made.accessors },
    databases: databases.entries,
  };
  const files = input.scaffold === null ? [] : made.files;
  return {
    config,
    files: [...files, { file: CONFIG_FILE, text: `${JSON.stringify(config, null, 2)}\n` }],
    groups: databases.groups,
    next: nextSteps(
      proposal,
      files.length > 0 || existing !== undefined,
      made.accessors.map((a) => a.file),
    ),
  };
}

function presetOf(name: string | null): Preset {
  const preset = PRESETS[name ?? 'default'];
  if (preset && Object.hasOwn(PRESETS, name ?? 'default')) return preset;
  throw new UserError(`there is no preset "${name}"`, `Known: ${Object.keys(PRESETS).sort().join(', ')}.`);
}

/** Openings of one identity without its prefix and decode mode, counted. */
function groupsOf(sites: readonly Site[]): IdentityGroup[] {
  const groups = new Map<string, IdentityGroup>();
  for (const { identity } of sites) {
    if (!identity?.key || identity.terms.prefix !== 'default' || identity.terms.decode !== 'default') continue;
    const known = groups.get(identity.key);
    if (known) known.sites += 1;
    else groups.set(identity.key, { key: identity.key, terms: identity.terms, sites: 1 });
  }
  return [...groups.values()];
}

/** Folders of the packages that open Redis; one folder `` when there is a single package. */
function packagesOf(project: Project, sites: readonly Site[]): { folder: string; manifest: Manifest | null }[] {
  const byFile = new Map(project.files.map((f) => [f.facts.file, f.manifest]));
  const found = new Map<string, Manifest | null>();
  for (const site of sites) {
    const index = byFile.get(site.file) ?? null;
    const manifest = index === null ? null : (project.manifests[index] ?? null);
    found.set(manifest ? dirname(manifest.file) : '.', manifest);
  }
  if (found.size === 0) found.set('.', project.manifests.find((m) => dirname(m.file) === '.') ?? null);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, manifest]) => ({ folder, manifest }));
}

interface ProposedAccessor {
  file: string;
  name: string;
  open?: string | null;
  close?: string | null;
  scope?: string;
  contract?: object;
}

/** What can be said of a function of the project without reading a contract: one shared client for plain commands. */
function plainContract(): Pick<ProposedAccessor, 'open' | 'close' | 'contract'> {
  return { open: null, close: null, contract: { roles: ['command'], fixed: {} } };
}

function scaffolded(
  { project }: ProposeInput,
  preset: Preset,
  proposal: Proposal,
  folders: { folder: string; manifest: Manifest | null }[],
): { accessors: ProposedAccessor[]; files: { file: string; text: string }[] } {
  const accessors: ProposedAccessor[] = [];
  const files: { file: string; text: string }[] = [];
  for (const { folder, manifest } of folders) {
    const style = styleOf(project, folder);
    const place = preset.files.find((f) => f.language === style.language && f.module === style.module);
    if (!place) throw new UserError(`preset ${preset.name} has no ${style.language} accessor`);
    const path = style.inSource ? place.inSource : place.path;
    const file = folder === '.' ? path : `${folder}/${path}`;
    const { name, open, close } = preset.exports;
    accessors.push({ file, name, open, close, ...(folders.length > 1 ? { scope: scopeOf(folder) } : {}) });
    if (proposal.databases.length === 0) continue;
    const service = (manifest?.name ?? 'service').replace(/^@[^/]+\//, '');
    const ioredis = manifest?.versions[preset.library] ?? manifest?.dependencies[preset.library] ?? null;
    const databases = proposal.databases.map((d) => d.scaffold);
    const { language, module } = style;
    files.push({ file, text: scaffoldDefault({ service, databases, language, module, ioredis }) });
  }
  return { accessors, files };
}

function scopeOf(folder: string): string {
  return folder === '.' ? '**/*' : `${folder}/**`;
}

/** Language and module system that most openings of a folder are written in, and whether there is a `src` folder. */
function styleOf(
  project: Project,
  folder: string,
): {
  language: 'typescript' | 'javascript';
  module: 'esm' | 'cjs';
  inSource: boolean;
} {
  const own = project.files.filter(({ facts }) => folder === '.' || facts.file.startsWith(`${folder}/`));
  const typed = own.filter(({ facts }) => facts.language === 'typescript').length;
  const required = own.filter(({ facts }) => facts.imports.some((i) => i.imported === '=')).length;
  const source = folder === '.' ? 'src/' : `${folder}/src/`;
  return {
    language: typed * 2 >= own.length ? 'typescript' : 'javascript',
    module: required * 2 > own.length ? 'cjs' : 'esm',
    inSource: own.some(({ facts }) => facts.file.startsWith(source)),
  };
}

function databasesOf({ databases }: Proposal): { entries: Record<string, unknown>; groups: Proposed['groups'] } {
  const entries: Record<string, unknown> = {};
  const groups: Proposed['groups'] = [];
  for (const { key, named } of databases) {
    const identity = key
      .split(';')
      .filter((term) => !term.startsWith('database='))
      .join(';');
    entries[named.name] = { number: named.number, identity: [identity] };
    groups.push({ name: named.name, identity: key, sites: 0 });
  }
  return { entries, groups };
}

function nextSteps({ refused, databases }: Proposal, hasAccessor: boolean, files: string[]): string[] {
  const steps = refused.map(({ key, reason }) => `${key}: no database is proposed: ${reason.message}.`);
  if (databases.length === 0) {
    steps.push('No opening has an address that can be computed: state your databases in the configuration by hand.');
  }
  if (!hasAccessor) steps.push(`Write ${files.join(', ')}, or run init again with --scaffold default.`);
  steps.push(
    'Look through the configuration and commit it.',
    'Run `redis-migrate plan`, then `apply --batch next --dry-run`.',
  );
  return steps;
}
