/** A real redis-server for tests, on a free port and without a disk file, and what is connected to it. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

/** The one line that a machine without a server prints. */
export const NO_SERVER = 'redis-server not found: install it, e.g. apt-get install redis-server';

/** An error whose report is its message alone: its place in this file helps nobody. */
class MissingServer extends Error {
  constructor() {
    super(NO_SERVER);
    this.stack = NO_SERVER;
  }
}

/** Throws `NO_SERVER` unless `redis-server` can be run. */
export function requireRedisServer(): void {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).error) throw new MissingServer();
}

export interface RedisServer {
  port: number;
  /** `redis://127.0.0.1:<port>` without a database number. */
  url: string;
  /** Ends the server; safe to call again. */
  stop(): Promise<void>;
}

/**
 * Starts a server of its own for the caller, with further settings, and with a file of settings where only a file will do.
 * Throws `NO_SERVER` when the binary is missing.
 */
export async function startRedis(more: readonly string[] = [], config: string | null = null): Promise<RedisServer> {
  requireRedisServer();
  // Another process may take the port between the question and the start: then ask for another one.
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    const started = await startOn(port, more, config);
    if (started) return started;
    if (attempt === 5) throw new Error('redis-server did not start on five free ports');
  }
}

async function startOn(port: number, more: readonly string[], config: string | null): Promise<RedisServer | null> {
  const folder = mkdtempSync(join(tmpdir(), 'redis-test-'));
  const file = join(folder, 'redis.conf');
  if (config !== null) writeFileSync(file, config);
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', [...(config === null ? [] : [file]), ...settings, ...more], { stdio: 'ignore' });
  const clean = async () => {
    await end(server);
    rmSync(folder, { recursive: true, force: true });
  };
  const limit = Date.now() + 10_000;
  while (Date.now() < limit && server.exitCode === null) {
    if (await answers(port)) return { port, url: `redis://127.0.0.1:${port}`, stop: clean };
    await sleep(10);
  }
  await clean();
  return null;
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  // Nothing is saved, so nothing is lost by ending it at once.
  server.kill('SIGKILL');
  await exited;
}

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const done = (ok: boolean) => {
      socket.destroy();
      resolve(ok);
    };
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });
}

/** One row of `CLIENT LIST`. */
export interface ConnectedClient {
  id: number;
  db: number;
  name: string;
  /** The last command that it sent, in lower case. */
  cmd: string;
  /** Channels and patterns that it is subscribed to. */
  subscriptions: number;
}

/** What is connected to the server now, oldest first, without the connection that asks. */
export async function clientList(url: string): Promise<ConnectedClient[]> {
  const observer = new Redis(url, { connectionName: 'test-observer' });
  try {
    const own = await observer.client('ID');
    const text = String(await observer.client('LIST'));
    return parseClientList(text).filter((client) => client.id !== own);
  } finally {
    observer.disconnect();
  }
}

/** Rows of the answer of `CLIENT LIST`, sorted by id. */
export function parseClientList(text: string): ConnectedClient[] {
  const rows = text.split('\n').filter((line) => line.trim() !== '');
  return rows.map(parseClient).sort((a, b) => a.id - b.id);
}

function parseClient(line: string): ConnectedClient {
  const fields = new Map(
    line
      .trim()
      .split(' ')
      .map((pair): [string, string] => {
        const cut = pair.indexOf('=');
        return [pair.slice(0, cut), pair.slice(cut + 1)];
      }),
  );
  const number = (key: string) => Number(fields.get(key) ?? 0);
  return {
    id: number('id'),
    db: number('db'),
    name: fields.get('name') ?? '',
    cmd: fields.get('cmd') ?? '',
    subscriptions: number('sub') + number('psub') + number('ssub'),
  };
}
