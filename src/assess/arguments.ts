/** Effective options of an opening: what its arguments set, by the rules of precedence of its library. */

import { redisLibrary, within } from '../libraries/index.js';
import type { AddressPart, Construct } from '../model/library.js';
import type { At, Known, Opening } from '../model/traced.js';
import { ioredisOptions } from './arguments-ioredis.js';
import { duplicatedNodeRedis, nodeRedisOptions } from './arguments-node-redis.js';
import { redisPyOptions } from './arguments-redis-py.js';
import {
  ioredisCluster,
  nodeRedisTopology,
  redisPyCluster,
  redisPyClusterUrl,
  redisPyMaster,
  withSentinels,
} from './arguments-topology.js';
import { type Condition, conditionOf } from './conditions.js';
import { given, isAbsent, mayBe, replaced } from './known.js';
import { perOpening } from './per-opening.js';

export interface Setting {
  value: Known;
  /** Set before a URL that only the environment knows, so that the URL cannot change it. */
  beatsUrl: boolean;
}

/** One way that the arguments can turn out. */
export interface Effective {
  /** Library option → what sets it. Options that are not set are absent. */
  settings: Record<string, Setting>;
  /** A URL known by name only (`env:REDIS_URL`): whatever it holds beats settings without `beatsUrl`. */
  url: Known | null;
  /** Scheme `rediss:`: TLS unless an option says otherwise. */
  tlsScheme: boolean;
  /** Why the arguments cannot be read; null when they can. */
  unresolved: string | null;
  /** Conditions under which the arguments turn out so; null when what decides is not known. */
  when: Condition[] | null;
  /** The versions that read the arguments so, where the library's own is not known well enough. */
  version?: string;
  /** The options object as it was given, where the library reads it once more for a duplicate. */
  given?: Extract<Known, { kind: 'object' }>;
  /** What names an address and is ignored by the library, so that the client leads elsewhere. */
  ignored?: { what: string; at: At };
  /** Several nodes stand instead of a server. */
  nodes?: Nodes;
}

/** Where a cluster or Sentinel is asked for: nodes, the name of the group, and what else says how the nodes are reached. */
export interface Nodes {
  kind: 'cluster' | 'sentinel';
  nodes: readonly Known[];
  group: Known | null;
  more: [name: string, value: Known][];
}

export function emptyOptions(): Effective {
  return { settings: {}, url: null, tlsScheme: false, unresolved: null, when: [] };
}

const MOST_ALTERNATIVES = 8;

/**
 * All ways that the options of an opening can turn out; more than one where arguments are choices. For `.duplicate()`
 * the options of what is duplicated with the overrides on top (ioredis: `Object.assign({}, options, override)`).
 */
export const effectiveOptions = perOpening((opening, openings) => optionsOf(opening, openings, 0));

function optionsOf(opening: Opening, openings: readonly Opening[], depth: number): Effective[] {
  if (depth > MOST_ALTERNATIVES) return [unresolved('duplicates of duplicates')];
  if (opening.duplicates === null) {
    return opening.pools ? optionsOfPools(opening.pools, openings, depth) : ownOptions(opening);
  }
  const sources = opening.duplicates.flatMap((index) => {
    const source = openings.find((other) => other.index === index);
    if (source && constructOf(source)?.arguments === 'redis-py-sentinel') return [redisPyMaster(source, opening)];
    return source ? optionsOf(source, openings, depth + 1) : [unresolved('what is duplicated is not known')];
  });
  if (sources.length === 0) return [unresolved('what is duplicated is not known')];
  if (isMaster(opening, openings)) return combined(sources);
  const override = opening.args[0] && given(opening.args[0]);
  if (sources.some(hasOwnForm) && !isAbsent(override)) return [unresolved('nodes are duplicated with other options')];
  const ways = sources.flatMap((source) => overridden(opening, source, override));
  return combined(ways.map((way) => (way.nodes ? withSentinels(way) : way)));
}

/** Clusters, and what node-redis has behind Sentinel, have options of connections inside of others. */
function hasOwnForm({ nodes, settings }: Effective): boolean {
  return nodes !== undefined && settings.sentinels === undefined;
}

/** A client that a Sentinel of redis-py gives: the arguments of that call are options of its own. */
function isMaster({ duplicates }: Opening, openings: readonly Opening[]): boolean {
  return (duplicates ?? []).some((index) => {
    const source = openings.find((other) => other.index === index);
    return source !== undefined && constructOf(source)?.arguments === 'redis-py-sentinel';
  });
}

/** A client that is given a pool has the options of the pool, whatever its own arguments say (redis-semantics, fact 13). */
function optionsOfPools(pools: readonly number[], openings: readonly Opening[], depth: number): Effective[] {
  const found = pools.flatMap((index) => {
    const pool = openings.find((other) => other.index === index);
    return pool ? optionsOf(pool, openings, depth + 1) : [];
  });
  return found.length > 0 ? combined(found) : [unresolved('the pool is not known')];
}

function ownOptions(opening: Opening): Effective[] {
  const how = constructOf(opening)?.arguments ?? 'opaque';
  if (how === 'opaque') return [unresolved('the arguments of this construct are not read')];
  if (how === 'redis-py-sentinel') return [unresolved('its clients have options of their own')];
  if (how === 'redis-py-cluster') return [redisPyCluster(opening)];
  if (how === 'redis-py-cluster-url') return [redisPyClusterUrl(opening)];
  if (how !== 'ioredis' && how !== 'ioredis-cluster' && !isNodeRedis(how)) return [redisPyOptions(opening, how)];
  const { library, version } = opening;
  let rows: Row[] = [{ args: [], when: [] }];
  for (const argument of opening.args) {
    rows = rows.flatMap((row) =>
      branches(argument, row.when).map(({ value, when }) => ({ args: [...row.args, value], when })),
    );
    if (rows.length > MOST_ALTERNATIVES) return [unresolved('too many values can arrive here')];
  }
  const read = (args: Known[]) => {
    if (how === 'ioredis') return [withSentinels(ioredisOptions(library, args, version))];
    if (how === 'ioredis-cluster') return [ioredisCluster(library, args)];
    if (how === 'node-redis') return nodeRedisOptions(library, args, version);
    return [nodeRedisTopology(library, args, how === 'node-redis-cluster' ? 'cluster' : 'sentinel')];
  };
  const joined = (when: Effective['when'], own: Effective['when']) => own && when && [...when, ...own];
  return combined(
    rows.flatMap(({ args, when }) => read(args).map((way) => ({ ...way, when: joined(when, way.when) }))),
  );
}

function isNodeRedis(how: Construct['arguments']): how is 'node-redis' | 'node-redis-cluster' | 'node-redis-sentinel' {
  return how.startsWith('node-redis');
}

/**
 * What sets a part of the address: the first of the library's options for it that is set and that this version has. It is
 * not known where that depends on the version.
 */
export function settingOf(
  { library, version }: Pick<Opening, 'library' | 'version'>,
  way: Effective,
  part: AddressPart,
): Setting | undefined {
  const known = redisLibrary(library);
  for (const name of known?.address[part] ?? []) {
    const setting = way.settings[name];
    const counts = within(way.version ?? version, known?.options[name]?.versions);
    if (setting === undefined || counts === 'never') continue;
    if (counts === 'always') return setting;
    const why = `whether \`${name}\` counts depends on the version of the library`;
    return { ...setting, value: { kind: 'unknown', why, at: setting.value.at } };
  }
  return undefined;
}

/** Arguments without choices, and when they are the ones. */
interface Row {
  args: Known[];
  when: Effective['when'];
}

/** The values that an argument can be in runs in which `when` holds. */
export function branches(argument: Known, when: Effective['when']): { value: Known; when: Effective['when'] }[] {
  const value = given(argument);
  if (value.kind !== 'choice' || value.of.length === 0) return [{ value, when }];
  const condition = value.test ? conditionOf(value.test) : null;
  return value.of.flatMap((one, index) => {
    if (condition === null || when === null) return branches(one, null);
    const mine = { text: condition.text, holds: condition.holds === (index === 0) };
    const known = when.find(({ text }) => text === mine.text);
    if (known) return known.holds === mine.holds ? branches(one, when) : [];
    return branches(one, [...when, mine]);
  });
}

/** The construct of the library table that an opening is a call of. */
export function constructOf(opening: Opening): Construct | null {
  return redisLibrary(opening.library)?.constructs.find((construct) => construct.api === opening.api) ?? null;
}

function overridden({ library, version }: Opening, source: Effective, override: Known | undefined): Effective[] {
  if (isAbsent(override)) return [source];
  if (override?.kind !== 'object' || override.open) return [unresolved('the overrides of the duplicate are not known')];
  if (source.given) return duplicatedNodeRedis(library, source.given, override, version);
  const settings = { ...source.settings };
  for (const { key, value } of override.entries) {
    const before = settings[key]?.value;
    if (mayBe(value, isMissing) && source.url !== null)
      return [unresolved(`whether the duplicate changes ${key} is not known`)];
    settings[key] = { value: before ? replaced(value, isMissing, before) : value, beatsUrl: true };
  }
  return [{ ...source, settings }];
}

function isMissing(leaf: Known): boolean {
  return leaf.kind === 'undefined' && leaf.absent === true;
}

export function unresolved(why: string): Effective {
  return { ...emptyOptions(), unresolved: why };
}

/** Without repetitions, so that equal branches of a choice count once. */
function combined(ways: Effective[]): Effective[] {
  const seen = new Map<string, Effective>();
  for (const way of ways)
    seen.set(
      JSON.stringify(way, (key, value) => (key === 'at' ? undefined : value)),
      way,
    );
  return [...seen.values()];
}
