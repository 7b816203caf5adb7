/** From what a person wrote to the complete configuration: every default filled in. */

import { PRESETS, type Preset, presetFor, presetIn } from '../accessors/index.js';
import type { Accessor, AccessorContract, AccessorLanguage, Config, NamedDatabase } from '../model/config.js';
import { PURPOSES } from '../model/site.js';
import type { KeyPath } from './parse.js';
import { choice, type Problem } from './problems.js';
import { deprecated, wrappersOf } from './replacements.js';
import type { AccessorInput, ConfigInput } from './schema.js';

const DEFAULT_PRESET = 'default';
/** The design's first guess of what one person can review at a time. */
const MAX_FILES = 5;

/** What a language gives that the preset has no profile for: the least that an accessor can promise. */
const BARE: Record<AccessorLanguage, { library: string; contract: AccessorContract }> = {
  javascript: { library: 'ioredis', contract: bareContract() },
  python: { library: 'redis-py', contract: bareContract() },
};

function bareContract(): AccessorContract {
  return {
    mode: 'sync',
    roles: ['command'],
    parameters: { database: 'database', role: 'role', decode: null },
    fixed: {},
    mayReturnNone: false,
    ready: null,
    notBefore: null,
    identity: {},
  };
}

/** What holds without a configuration: no accessor, no database; the verdicts say what they assume. */
export function defaultConfig(): Config {
  return normalise({}, null).config;
}

/** Fills in the defaults. `problems` is what the schema cannot express: unknown presets, names that are missing or doubled. */
export function normalise(input: ConfigInput, path: string | null): { config: Config; problems: Problem[] } {
  const problems: Problem[] = [];
  const name = input.preset ?? DEFAULT_PRESET;
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
  if (!preset) problems.push(choice(['preset'], name, Object.keys(PRESETS).sort()));
  const { order = [], zones = [] } = input.batches ?? {};
  problems.push(
    ...doubles(order, (index) => ['batches', 'order', index]),
    ...doubles(zones, (index) => ['batches', 'zones', index]),
    ...doubles(
      (input.wrappers ?? []).map((wrapper) => `${wrapper.module}.${wrapper.class}`),
      (index) => ['wrappers', index],
    ),
    ...doubles(
      (input.deprecated ?? []).map((entry) => entry.import),
      (index) => ['deprecated', index],
    ),
  );
  const own = (['javascript', 'python'] as const).flatMap((language) => accessors(language, input, preset, problems));
  const config: Config = {
    path,
    preset: name,
    include: input.include ?? ['**/*'],
    exclude: input.exclude ?? [],
    accessors: own,
    databases: Object.entries(input.databases ?? {}).map(([key, value]) => database(key, value)),
    onNone: input.onNone ?? 'keep',
    strategy: input.strategy ?? 'initialiser',
    wrappers: wrappersOf(input.wrappers ?? [], own, preset),
    caches: input.caches ?? [],
    deprecated: (input.deprecated ?? []).map(deprecated),
    exempt: (input.exempt ?? []).map(({ files, reason, until }) => ({ files, reason, until: until ?? null })),
    batches: {
      maxFiles: input.batches?.maxFiles ?? MAX_FILES,
      order: [...order, ...PURPOSES.filter((purpose) => !order.includes(purpose))],
      ...(zones.length > 0 ? { zones } : {}),
    },
  };
  return { config, problems };
}

function accessors(
  language: AccessorLanguage,
  input: ConfigInput,
  preset: Preset | undefined,
  problems: Problem[],
): Accessor[] {
  const given = input.accessors?.[language];
  if (given === undefined) return [];
  const list = Array.isArray(given) ? given : [given];
  const at = (index: number): KeyPath => ['accessors', language, ...(Array.isArray(given) ? [index] : [])];
  const profile = (preset && presetIn(preset, language)) ?? undefined;
  problems.push(
    ...doubles(
      list.map(({ scope }) => scope ?? '**/*'),
      (index) => [...at(index), 'scope'],
    ),
  );
  return list.flatMap((entry, index) => {
    if (entry.name === undefined && !profile) {
      problems.push({
        path: [...at(index), 'name'],
        message: 'is missing',
        hint: 'It is the function that gives a client.',
      });
    }
    return withAsync(accessor(language, entry, profile), entry, profile);
  });
}

function accessor(language: AccessorLanguage, given: AccessorInput, preset: Preset | undefined): Accessor {
  const profile = preset && given.library !== undefined ? (presetFor(preset, given.library) ?? preset) : preset;
  const name = given.name ?? profile?.exports.name ?? '';
  // What another function of Python promises is not known: its parameters are keywords with names of their own.
  const fits = profile && (language === 'javascript' || name === profile.exports.name);
  const base = fits ? profile : BARE[language];
  // Another function than the preset's: its companions are not known, so they must be stated.
  const companions = name === profile?.exports.name ? profile.exports : { open: null, close: null };
  const open = given.open === undefined ? companions.open : given.open;
  return {
    language,
    file: given.file.replace(/^\.\//, ''),
    module: given.module ?? null,
    name,
    open,
    close: given.close === undefined ? companions.close : given.close,
    library: given.library ?? base.library,
    import: given.import ?? null,
    scope: given.scope ?? '**/*',
    contract: contract(base.contract, given.contract ?? {}, open),
  };
}

/** An accessor, and behind it the one that its functions for asyncio clients are. */
function withAsync(sync: Accessor, given: AccessorInput, profile: Preset | undefined): Accessor[] {
  const own = given.async;
  const functions = own ?? (profile?.exports.name === sync.name ? profile.async : undefined);
  if (!functions || sync.contract.mode !== 'sync') return [sync];
  const { name, open = null, close = null, mode = 'async', arguments: always } = functions;
  const roles = open === null ? sync.contract.roles.filter((role) => role === 'command' || role === 'queue') : null;
  return [
    sync,
    {
      ...sync,
      name,
      open,
      close,
      contract: { ...sync.contract, mode, roles: roles ?? sync.contract.roles },
      ...(always ? { arguments: always } : {}),
    },
  ];
}

function contract(
  base: AccessorContract,
  given: NonNullable<AccessorInput['contract']>,
  open: string | null,
): AccessorContract {
  const roles = open === null ? base.roles.filter((role) => role === 'command' || role === 'queue') : base.roles;
  return {
    mode: given.mode ?? base.mode,
    roles: given.roles ?? roles,
    parameters: {
      database: given.parameters?.database ?? base.parameters.database,
      role: given.parameters?.role ?? base.parameters.role,
      decode: given.parameters?.decode === undefined ? base.parameters.decode : given.parameters.decode,
    },
    fixed: given.fixed === undefined ? base.fixed : withoutUndefined(given.fixed),
    mayReturnNone: given.mayReturnNone ?? base.mayReturnNone,
    ready: given.ready === undefined ? base.ready : given.ready,
    notBefore: given.notBefore === undefined ? base.notBefore : given.notBefore,
    identity: given.identity ?? base.identity,
    ...(given.loops === undefined ? {} : { loops: given.loops }),
    ...callsOf(base, given),
    ...cacheOf(base, given),
    ...(given.topologies === undefined ? {} : { topologies: given.topologies }),
  };
}

function callsOf(
  base: AccessorContract,
  { calls }: NonNullable<AccessorInput['contract']>,
): Pick<AccessorContract, 'calls'> {
  if (calls === null) return {};
  if (!calls) return base.calls ? { calls: base.calls } : {};
  const { pipeline, ...own } = calls;
  return { calls: { ...own, differs: own.differs ?? null, ...(pipeline ? { pipeline } : {}) } };
}

function cacheOf(
  base: AccessorContract,
  { cache }: NonNullable<AccessorInput['contract']>,
): Pick<AccessorContract, 'cache'> {
  if (cache === null) return {};
  const { parameters = null, differs = null } = cache ?? {};
  const own = cache ? { ...cache, parameters, differs } : base.cache;
  return own ? { cache: own } : {};
}

function withoutUndefined<T>(record: Partial<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

function database(name: string, value: NonNullable<ConfigInput['databases']>[string]): NamedDatabase {
  return typeof value === 'number'
    ? { name, number: value, identity: null }
    : {
        name,
        number: value.number,
        identity: value.identity ?? null,
        ...(value.prefix === undefined ? {} : { prefix: value.prefix }),
      };
}

/** A problem for each name that stands there again. */
function doubles(names: readonly string[], at: (index: number) => KeyPath): Problem[] {
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first === index) return [];
    return [{ path: at(index), message: `"${name}" stands there twice`, hint: 'Keep one of the entries.' }];
  });
}
