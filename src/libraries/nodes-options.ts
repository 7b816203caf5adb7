/** Options that clusters, and clients behind Sentinel, have beside those of a connection. */

import type { OptionClass, OptionFact } from '../model/library.js';

type More = Partial<Omit<OptionFact, 'class' | 'note'>>;

function ofSource(source: string): (kind: OptionClass, note: string, more?: More) => OptionFact {
  return (kind, note, more = {}) => ({ class: kind, note, source, ...more });
}

const cluster = ofSource('ioredis 6.0.0 built/cluster/ClusterOptions.d.ts, ClusterOptions.js; redis-semantics 3');

/** `new Cluster(nodes, options)` of ioredis 4 to 6. */
export const IOREDIS_NODES_OPTIONS: Record<string, OptionFact> = {
  scaleReads: cluster('S', 'Replicas may answer: stale reads.', { default: 'master' }),
  shardedSubscribers: cluster('S', 'Which connections subscribe.', { default: false }),
  natMap: cluster('S', 'Addresses are translated.', { default: null }),
  dnsLookup: cluster('P', 'Names are looked up in its own way.'),
  useSRVRecords: cluster('S', 'Nodes are names of SRV records.', { default: false }),
  resolveSrv: cluster('S', 'How SRV records are looked up.'),
  clusterRetryStrategy: cluster('P', 'When to connect again; the default is a function.'),
  clusterNodeRetryStrategy: cluster('P', 'When to connect to a node again.', { default: null }),
  maxRedirections: cluster('P', 'How often a command follows the cluster.', { default: 16 }),
  retryDelayOnMoved: cluster('P', 'Pause before a command follows.', { default: 0 }),
  retryDelayOnFailover: cluster('P', 'Pause when a node is away.', { default: 100 }),
  retryDelayOnClusterDown: cluster('P', 'Pause when the cluster is down.', { default: 100 }),
  retryDelayOnTryAgain: cluster('P', 'Pause while slots move.', { default: 100 }),
  slotsRefreshTimeout: cluster('C', 'How long to wait for the map of slots.', { default: 1000 }),
  slotsRefreshInterval: cluster('C', 'How often the map of slots is read.', { default: 5000 }),
};

const nodes = ofSource(
  '@redis/client 6.3.1 dist/lib/cluster/index.d.ts, dist/lib/sentinel/types.d.ts; redis-semantics 3',
);

/** `createCluster` and `createSentinel` of node-redis 4 to 6. */
export const REDIS_NODES_OPTIONS: Record<string, OptionFact> = {
  useReplicas: nodes('S', 'Replicas may answer: stale reads.', { default: false }),
  replicaPoolSize: nodes('S', 'Replicas may answer: stale reads.', { default: 0 }),
  nodeAddressMap: nodes('S', 'Addresses are translated.'),
  maxCommandRedirections: nodes('P', 'How often a command follows the cluster.', { default: 16 }),
  maxCommandRediscovers: nodes('P', 'How often a command follows a failover.', { default: 16 }),
  masterPoolSize: nodes('P', 'Connections to the master: commands that wait hold one.', { default: 1 }),
  reserveClient: nodes('P', 'One connection is kept for the client itself.', { default: false }),
  passthroughClientErrorEvents: nodes('P', 'Errors of connections reach the listener.', { default: false }),
  sentinelClientOptions: nodes('S', 'How the sentinels are reached.'),
  topologyRefreshOnReconnectionAttemptStrategy: nodes('P', 'When the map of slots is read again.'),
  minimizeConnections: nodes('C', 'Connects to a node when it is needed.', { default: false }),
  scanInterval: nodes('C', 'How often the sentinels are asked.', { default: 10000 }),
};
