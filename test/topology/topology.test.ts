/**
 * Programs on a real cluster and behind a real Sentinel, before and after their clients move to an accessor whose contract
 * offers both: `fixtures/topology/<library>` with the folders `before` and `after`.
 */

import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitAll } from '../apply/workshop.js';
import { CHECKOUT, Program, type Run, start } from '../cli/program.js';
import { type Key, keysOf } from '../support/keyspace.js';
import { pythonWith } from '../support/python.js';
import type { RedisServer } from '../support/redis.js';
import { textsOf } from '../support/texts.js';
import { startCluster, startSentinel, type Topology } from '../support/topology.js';

const FOLDER = join(CHECKOUT, 'fixtures/topology');

let program: Program;
let cluster: Topology;
let sentinel: Topology;
const copies: string[] = [];

beforeAll(async () => {
  program = new Program();
  [cluster, sentinel] = await Promise.all([startCluster(), startSentinel()]);
}, 120_000);

afterAll(async () => {
  for (const root of copies) rmSync(root, { recursive: true, force: true });
  program?.drop();
  await Promise.all([cluster?.stop(), sentinel?.stop()]);
});

function copyOf(library: string): string {
  const root = mkdtempSync(join(tmpdir(), `topology-${library}-`));
  copies.push(root);
  cpSync(join(FOLDER, library, 'before'), root, { recursive: true });
  symlinkSync(join(CHECKOUT, 'node_modules'), join(root, 'node_modules'), 'dir');
  commitAll(root, true);
  return root;
}

interface Ran {
  answers: unknown;
  /** Of each server that holds keys. */
  keyspaces: Record<string, Key>[];
}

/** Runs a program with empty servers; throws what it said when it does not end with 0. */
async function run(root: string, command: string, args: string[]): Promise<Ran> {
  const servers = [...cluster.servers, ...sentinel.servers];
  await Promise.all(servers.map(empty));
  const { out } = succeeded(
    start('timeout', ['60', command, ...args], root, {
      CLUSTER_HOST: '127.0.0.1',
      CLUSTER_PORT: String(cluster.port),
      SENTINEL_HOST: '127.0.0.1',
      SENTINEL_PORT: String(sentinel.port),
    }),
  );
  const keys = servers.map((server) => (cluster.servers.includes(server) ? keysOf(server, 0) : keysOf(server, 1)));
  return { answers: JSON.parse(out), keyspaces: await Promise.all(keys) };
}

async function empty({ url }: RedisServer): Promise<void> {
  const redis = new Redis(url);
  await redis.flushall();
  redis.disconnect();
}

function succeeded(done: Run): Run {
  if (done.code !== 0) throw new Error(`it ended with ${done.code}\n${done.out}${done.err}`);
  return done;
}

describe.each([
  { library: 'ioredis', command: process.execPath, args: ['src/main.js'] },
  { library: 'node-redis', command: process.execPath, args: ['src/main.js'] },
  { library: 'redis-py', command: null, args: ['-B', '-m', 'app.main'] },
])('$library', ({ library, command, args }) => {
  const runs = (root: string) => run(root, command ?? pythonWith(['redis'], ['python3-redis']), args);
  const after = textsOf(join(FOLDER, library, 'after'));
  let root: string;
  let before: Ran;

  beforeAll(async () => {
    root = copyOf(library);
    before = await runs(root);
    succeeded(program.run(root, ['apply', '--batch', 'all']));
  }, 120_000);

  it('keeps keys on all servers, before', () => {
    expect(before.keyspaces.map((keys) => Object.keys(keys).length)).not.toContain(0);
  });

  it('moves what is proved, and nothing else', () => {
    expect(textsOf(root)).toEqual(after);
  });

  it('answers the same and leaves the same keys in the same places', async () => {
    expect(await runs(root)).toEqual(before);
  });

  it('is not changed by a second run', () => {
    commitAll(root);
    succeeded(program.run(root, ['apply', '--batch', 'all']));
    expect(textsOf(root)).toEqual(after);
  });
});
