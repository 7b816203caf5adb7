/** Openings made by hand: what trace would give for a few lines of code. */

import { type Assessment, type AssessOptions, assess } from '../../src/assess/index.js';
import { javascript } from '../../src/languages/javascript/index.js';
import { python } from '../../src/languages/python/index.js';
import type { Accessor, AccessorContract, Config } from '../../src/model/config.js';
import type { Project, ProjectFile, Resolution } from '../../src/model/project.js';
import type { At, ClientUse, Known, Opening } from '../../src/model/traced.js';
import { zoneOf } from '../../src/scan/zones.js';
import { trace, watchedFunctions } from '../../src/trace/index.js';

export const at: At = { file: 'src/a.ts', line: 1, column: 1 };

/** Plain values as known ones; `Known` objects (with `kind`) stay. */
export function known(value: unknown): Known {
  if (value === undefined) return { kind: 'undefined', at };
  if (typeof value === 'object' && value !== null && 'kind' in value) return value as Known;
  if (Array.isArray(value)) return { kind: 'array', items: value.map(known), at };
  if (typeof value === 'function') return { kind: 'function', returns: null, at };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => ({ key, value: known(item), at }));
    return { kind: 'object', entries, open: false, at };
  }
  return { kind: 'literal', value: value as string | number | boolean | null, at };
}

export const env = (name: string, fallback?: unknown): Known => ({
  kind: 'env',
  name,
  fallback: fallback === undefined ? null : known(fallback),
  at,
});
export const config = (path: string): Known => ({ kind: 'config', path, fallback: null, at });
export const parameter = (name: string): Known => ({ kind: 'parameter', name, of: 'f', at });
export const unknown: Known = { kind: 'unknown', why: 'a call', at };
export const choice = (...of: unknown[]): Known => ({ kind: 'choice', of: of.map(known), at });
export const number = (value: unknown): Known => ({ kind: 'converted', by: 'Number', value: known(value), at });
export const template = (...parts: unknown[]): Known => ({ kind: 'template', parts: parts.map(known), at });

export function opening(args: unknown[], more: Partial<Opening> = {}): Opening {
  return {
    index: 0,
    file: 'src/a.ts',
    value: 0,
    span: { start: 0, end: 10 },
    at,
    endLine: 1,
    endColumn: 11,
    library: 'ioredis',
    api: 'new Redis',
    makes: 'client',
    mode: 'async',
    version: '5.4.0',
    container: 'module-singleton',
    symbol: [],
    bound: 'redis',
    scope: 0,
    statement: 0,
    local: 0,
    args: args.map(known),
    keywords: {},
    duplicates: null,
    once: true,
    published: false,
    way: [],
    uses: [],
    often: null,
    handed: [],
    escapes: [],
    digest: 'd',
    ...more,
  };
}

export function use(member: string | null, args: unknown[] = [], more: Partial<ClientUse> = {}): ClientUse {
  return {
    file: 'src/a.ts',
    at,
    value: 1,
    span: { start: 20, end: 30 },
    statement: 1,
    wholeStatement: { start: 20, end: 31 },
    kind: 'call',
    member,
    args: args.map(known),
    local: true,
    shared: false,
    within: null,
    loop: false,
    hook: null,
    test: false,
    ...more,
  };
}

export function contract(more: Partial<AccessorContract> = {}): AccessorContract {
  return {
    mode: 'sync',
    roles: ['command', 'queue', 'blocking', 'transaction', 'subscriber', 'monitor'],
    parameters: { database: 'database', role: 'role', decode: null },
    fixed: { '*': { connectTimeout: 5000 }, queue: { maxRetriesPerRequest: null } },
    mayReturnNone: false,
    ready: null,
    notBefore: null,
    identity: {},
    ...more,
  };
}

export function accessor(more: Partial<Accessor> = {}): Accessor {
  return {
    language: 'javascript',
    file: 'src/lib/redis.ts',
    module: null,
    name: 'getRedis',
    open: 'openRedis',
    close: 'closeRedis',
    library: 'ioredis',
    import: null,
    scope: '**/*',
    contract: contract(),
    ...more,
  };
}

export function settings(more: Partial<Config> = {}): Config {
  return {
    path: 'redis-migrate.config.json',
    preset: 'default',
    include: ['**/*'],
    exclude: [],
    accessors: [accessor()],
    databases: [{ name: 'main', number: 0, identity: ['env:REDIS_URL'] }],
    onNone: 'keep',
    strategy: 'initialiser',
    wrappers: [],
    caches: [],
    deprecated: [],
    exempt: [],
    batches: { maxFiles: 5, order: [] },
    ...more,
  };
}

/** A project of source texts: read by the real language room, with the facts that scan would give. */
export async function projectOf(files: Record<string, string>): Promise<Project> {
  await Promise.all([javascript.load(), python.load()]);
  const tree = { files: new Set(Object.keys(files)), read: (file: string) => files[file] ?? null };
  const resolvers = { javascript: javascript.resolver(tree), python: python.resolver(tree) };
  const manifests: Project['manifests'] = [];
  const sources = Object.keys(files).filter((file) => /\.(?:[cm]?[jt]s|py)$/.test(file));
  const parsed = sources.sort().map((file): ProjectFile => {
    const language = file.endsWith('.py') ? python : javascript;
    const resolver = resolvers[language.name];
    const facts = language.facts(file, files[file] ?? '');
    const taken = [...facts.imports.map((i) => i.specifier), ...facts.exports.flatMap((e) => e.specifier ?? [])];
    const specifiers = [...taken, ...(language.specifiers?.(facts) ?? [])];
    const resolutions: Record<string, Resolution> = {};
    for (const specifier of specifiers) resolutions[specifier] = resolver.resolve(file, specifier);
    const manifest = resolver.manifest(file);
    const index = manifest ? manifests.findIndex((other) => other.file === manifest.file) : -1;
    if (manifest && index < 0) manifests.push(manifest);
    return {
      facts,
      resolutions,
      manifest: manifest ? (index < 0 ? manifests.length - 1 : index) : null,
      zone: zoneOf(file),
    };
  });
  return { walked: parsed.length, files: parsed, manifests, failed: [] };
}

/** Source texts through the real trace and assess. */
export async function assessed(
  files: Record<string, string>,
  config: Config = settings(),
  options: AssessOptions = { includeTests: false },
): Promise<Assessment> {
  const project = await projectOf(files);
  const watched = config.accessors.flatMap(watchedFunctions);
  const classes = config.wrappers.map((one) => one.class);
  const deprecated = config.deprecated.map(({ name }) => name);
  return assess(project, trace(project, { accessors: watched, classes, deprecated }), config, options);
}

export const MANIFEST = JSON.stringify({
  name: 'service',
  private: true,
  dependencies: { ioredis: '5.4.0', bullmq: '5.0.0' },
});
