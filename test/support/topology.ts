/** A real cluster of three servers, and a real Sentinel over a server. */

import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { freePort, type RedisServer, startRedis } from './redis.js';

/** Servers that are started together; `port` is where clients ask first. */
export interface Topology {
  port: number;
  /** Those that hold keys. */
  servers: readonly RedisServer[];
  stop(): Promise<void>;
}

/** Three servers that hold all slots between them. Throws what `redis-cli` said when they are no cluster. */
export async function startCluster(): Promise<Topology> {
  const servers = await Promise.all([1, 2, 3].map(startNode));
  const stop = async () => {
    await Promise.all(servers.map((server) => server.stop()));
  };
  const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
  const { status, stdout, stderr } = spawnSync(
    'redis-cli',
    ['--cluster', 'create', ...addresses, '--cluster-replicas', '0', '--cluster-yes'],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (status !== 0) {
    await stop();
    throw new Error(`redis-cli --cluster create ended with ${status}\n${stdout}${stderr}`);
  }
  for (const server of servers)
    await until(server, async (redis) => /cluster_state:ok/.test(await redis.cluster('INFO')));
  return { port: servers[0]?.port ?? 0, servers, stop };
}

async function startNode(): Promise<RedisServer> {
  // The bus of a cluster is at 10000 more than the port unless it is told: that may be no port at all.
  const bus = String(await freePort());
  return startRedis(['--cluster-enabled', 'yes', '--cluster-port', bus, '--cluster-config-file', 'nodes.conf']);
}

/** A server and a Sentinel that calls it `mymaster`. */
export async function startSentinel(): Promise<Topology> {
  const master = await startRedis();
  const sentinel = await startRedis(['--sentinel'], `sentinel monitor mymaster 127.0.0.1 ${master.port} 1\n`);
  const stop = async () => {
    await Promise.all([sentinel.stop(), master.stop()]);
  };
  return { port: sentinel.port, servers: [master], stop };
}

async function until(server: RedisServer, holds: (redis: Redis) => Promise<boolean>): Promise<void> {
  const redis = new Redis(server.url);
  const limit = Date.now() + 30_000;
  try {
    while (!(await holds(redis))) {
      if (Date.now() > limit) throw new Error(`${server.url} is not ready after 30 s`);
      await sleep(50);
    }
  } finally {
    redis.disconnect();
  }
}
