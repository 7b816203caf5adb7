/**
 * Arguments of clusters and of clients behind Sentinel: nodes, and options of the connections to them. Sources: ioredis
 * 6.0.0 built/cluster/index.js, built/cluster/util.js `normalizeNodeOptions`; @redis/client 6.3.1 dist/lib/cluster/index.js,
 * dist/lib/sentinel/index.js; redis-py 4.3.4 to 8.1.0 `RedisCluster.__init__`, `Sentinel.__init__`, `Sentinel.master_for`.
 */

import { redisLibrary } from '../libraries/index.js';
import type { Known, Opening } from '../model/traced.js';
import { type Effective, emptyOptions, type Nodes, unresolved } from './arguments.js';
import { settleTls } from './arguments-node-redis.js';
import { redisPyOptions } from './arguments-redis-py.js';
import { given, isAbsent } from './known.js';
import { isNothing } from './topology.js';

type Entries = Extract<Known, { kind: 'object' }>;

/** `new Cluster(nodes, options)` of ioredis. What `redisOptions` says of connections stands beside the cluster's own options. */
export function ioredisCluster(library: string, [nodes, options]: readonly Known[]): Effective {
  const own = objectOf(options);
  if (own === null) return unresolved('the options of the cluster are not known');
  const found = read(own, { library, inner: 'redisOptions', prefix: 'both' });
  if (typeof found === 'string') return unresolved(found);
  return withNodes(found, nodes, 'cluster', null);
}

/** `{ sentinels, name }` among the options of an ioredis client: its server is asked of sentinels. */
export function withSentinels(way: Effective): Effective {
  const { nodes: _, ...plain } = way;
  const { sentinels, name } = way.settings;
  if (!sentinels || isNothing(given(sentinels.value))) return plain;
  if (way.url !== null || given(sentinels.value).kind !== 'array') return plain;
  // How the sentinels themselves are reached is a part of where the client leads.
  const more = ['sentinelUsername', 'sentinelPassword', 'sentinelTLS', 'enableTLSForSentinelMode'] as const;
  const named = more.flatMap((key): Nodes['more'] => {
    const value = way.settings[key]?.value;
    return value ? [[key, value]] : [];
  });
  return withNodes(plain, sentinels.value, 'sentinel', name?.value ?? null, named);
}

/** `createCluster({ rootNodes, defaults })` and `createSentinel({ sentinelRootNodes, name, nodeClientOptions })` of node-redis. */
export function nodeRedisTopology(library: string, [options]: readonly Known[], kind: Nodes['kind']): Effective {
  const own = objectOf(options);
  if (own === null) return unresolved('the options are not known');
  const [list, inner] = kind === 'cluster' ? ['rootNodes', 'defaults'] : ['sentinelRootNodes', 'nodeClientOptions'];
  const last = new Map(own.entries.map(({ key, value }) => [key, given(value)]));
  const isNodes = (key: string) => key === list || (kind === 'sentinel' && key === 'name');
  const rest = { ...own, entries: own.entries.filter(({ key }) => !isNodes(key)) };
  const found = read(rest, { library, inner, prefix: kind === 'cluster' ? 'outer' : 'none' });
  if (typeof found === 'string') return unresolved(found);
  return withNodes(found, last.get(list), kind, kind === 'sentinel' ? (last.get('name') ?? null) : null);
}

/** `RedisCluster(host, port, startup_nodes=[ClusterNode(…)], …)`. */
export function redisPyCluster({ args, keywords }: Opening): Effective {
  if (args.length > 2 || keywords['**']) return unresolved('not all arguments of the cluster are known');
  const { host, port, startup_nodes: list, ...options } = keywords;
  if (options.url ?? options.path ?? options.unix_socket_path)
    return unresolved('a URL or socket is given beside nodes');
  const found = emptyOptions();
  for (const [key, value] of Object.entries(options)) found.settings[key] = { value, beatsUrl: true };
  const [first = host, second = port] = args;
  const listed = list && !isNothing(given(list)) ? given(list) : null;
  if (listed && listed.kind !== 'array') return unresolved('the nodes of the cluster are not known');
  const pair = second ? [first, second] : [first];
  const single: Known[] = first ? [{ kind: 'array', items: pair.flatMap((one) => one ?? []), at: first.at }] : [];
  const items = [...(listed?.items ?? []), ...single];
  if (items.length === 0) return unresolved('there are no nodes');
  return withNodes(found, { kind: 'array', items, at: items[0]?.at ?? NOWHERE }, 'cluster', null);
}

/** `RedisCluster.from_url(url, …)`: one node, and what the URL says beside it. */
export function redisPyClusterUrl(opening: Opening): Effective {
  const way = redisPyOptions(opening, 'url-first');
  if (way.unresolved !== null) return way;
  const { host, port, path, ...settings } = way.settings;
  if (path) return unresolved('a cluster is not asked for through a socket');
  const node = way.url ?? { kind: 'array', items: [host, port].flatMap((one) => one?.value ?? []), at: NOWHERE };
  // What the URL alone says is a part of the server term.
  return withNodes({ ...way, settings, url: null }, { kind: 'array', items: [node], at: NOWHERE }, 'cluster', null);
}

/** `Sentinel(nodes, **options).master_for(name, **options)`: the options of the call stand over those of the Sentinel. */
export function redisPyMaster(sentinel: Opening, call: Opening): Effective {
  if (call.api !== '.master_for') return unresolved('a replica answers');
  const [list = sentinel.keywords.sentinels, ...positional] = sentinel.args;
  const [name = call.keywords.service_name, ...classes] = call.args;
  const { sentinels: _, sentinel_kwargs: own, min_other_sentinels: _least, ...common } = sentinel.keywords;
  const { service_name: __, ...options } = call.keywords;
  if (positional.length > 0 || classes.length > 0 || options.redis_class || options.connection_pool_class) {
    return unresolved('the Sentinel makes clients in its own way');
  }
  if (common['**'] || options['**'] || (own && !isNothing(given(own)))) {
    return unresolved('not all options of the Sentinel are known');
  }
  const found = emptyOptions();
  for (const [key, value] of Object.entries({ ...common, ...options })) found.settings[key] = { value, beatsUrl: true };
  return withNodes(found, list, 'sentinel', name ?? null);
}

const NOWHERE = { file: '', line: 0, column: 0 };

/** An object that is known wholly; an empty one where nothing is given; null for anything else. */
function objectOf(options: Known | undefined): Entries | null {
  const value = options && given(options);
  if (value === undefined || isNothing(value)) return { kind: 'object', entries: [], open: false, at: NOWHERE };
  return value.kind === 'object' && !value.open ? value : null;
}

interface Place {
  library: string;
  /** The option that holds those of the connections. */
  inner: string;
  /** Where a prefix of keys counts. */
  prefix: 'both' | 'outer' | 'none';
}

/** The options, with those that `inner` holds where nothing of that name is beside it; a text says why they are not known. */
function read(options: Entries, { library, inner, prefix }: Place): Effective | string {
  const facts = redisLibrary(library);
  const found = emptyOptions();
  const last = new Map(options.entries.map(({ key, value }) => [key, given(value)]));
  const own = last.get(inner);
  if (own && !isNothing(own) && (own.kind !== 'object' || own.open)) return `the ${inner} are not known`;
  const held = flattened(own?.kind === 'object' ? own : null);
  if (typeof held === 'string') return held;
  last.delete(inner);
  // What says where to connect is read from the nodes alone, who connects from the inner options alone.
  for (const [key, value] of held) {
    const { term } = facts?.options[key] ?? {};
    if (term === 'server' || (term === 'prefix' && prefix !== 'both'))
      return `\`${key}\` does not count in the ${inner}`;
    found.settings[key] = { value, beatsUrl: true };
  }
  for (const [key, value] of last) {
    const { term, secret } = facts?.options[key] ?? {};
    const counts = !(secret || key === 'socket') && (term === undefined || (term === 'prefix' && prefix !== 'none'));
    if (isAbsent(value)) continue;
    if (!counts) return `\`${key}\` does not count beside the ${inner}`;
    found.settings[key] = { value, beatsUrl: true };
  }
  return settleTls(found, facts);
}

/** The entries that are set; those of `socket` by their own names, as the tables have them. */
function flattened(options: Entries | null): Map<string, Known> | string {
  const found = new Map<string, Known>();
  for (const { key, value } of options?.entries ?? []) {
    const one = given(value);
    if (key !== 'socket') found.set(key, one);
    else if (one.kind === 'object' && !one.open)
      for (const inside of one.entries) found.set(`socket.${inside.key}`, given(inside.value));
    else if (!isNothing(one)) return 'the options of the socket are not known';
  }
  for (const [key, value] of found) if (value.kind === 'undefined') found.delete(key);
  return found;
}

function withNodes(
  way: Effective,
  list: Known | undefined,
  kind: Nodes['kind'],
  group: Known | null,
  more: Nodes['more'] = [],
): Effective {
  const nodes = list && given(list);
  if (nodes?.kind !== 'array') return unresolved(`the nodes of the ${kind} are not known`);
  if (kind === 'sentinel' && (group === null || isNothing(group)))
    return unresolved('the Sentinel has no name of a group');
  return { ...way, nodes: { kind, nodes: nodes.items, group, more } };
}
