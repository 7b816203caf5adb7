/**
 * Runs a sample service and drives one HTTP session through every route. What it answers, what it leaves in Redis and
 * what it is connected by can be compared between two copies of the project.
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Redis } from 'ioredis';
import { type Key, keysOf } from './keyspace.js';
import { type ConnectedClient, clientList, freePort, type RedisServer } from './redis.js';

/** The checkout's root. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A project of `fixtures/projects`, and how a session with it goes. */
export interface Sample {
  name: string;
  /** What the service finds in its environment beside `PATH`, `PORT` and `REDIS_URL`. */
  environment(server: RedisServer): Record<string, string>;
  /** How it is started on a port, without `src/main.ts`: a program, and what it prints when it listens. */
  program?(port: number): { file: string; args: string[]; ready: string };
  /** What other services have written before. */
  prepare?(redis: Redis): Promise<unknown>;
  /** Every request of the session, in order. */
  drive(visit: Visit): Promise<void>;
}

/** What a session does: ask the service, or wait until it has done something. */
export interface Visit {
  redis: Redis;
  /** Asks and notes the answer. Cookies that the service sets are sent from then on. */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Asks without noting. */
  peek(path: string): Promise<Answer>;
  settled(what: string, condition: () => Promise<boolean>): Promise<void>;
  /** Runs a program of the project beside the service, to its end; throws when that is not 0. */
  run(file: string, ...args: string[]): void;
}

export interface Answer {
  request: string;
  status: number;
  body: unknown;
}

export interface Session {
  responses: Answer[];
  /** `<database>/<key>` → what it holds, sorted by name. */
  keyspace: Record<string, Key>;
  /** Connections at the end of the session, before the service is told to stop. */
  connections: Connections;
  /** How the service ended after SIGTERM: its exit code, and how many connections it left open. */
  end: { code: number | null; left: number };
  /** What it wrote to stderr. */
  errors: string;
}

export interface Connections {
  total: number;
  /** Number of connections, by `db<N> <name>`; `-` for connections without a name. */
  byName: Record<string, number>;
  /** Last commands, by the same key, sorted. */
  commands: Record<string, string[]>;
  /** Connections that are subscribed to something. */
  subscribed: number;
}

/** Counts connections by database and name. */
export function summarise(clients: readonly ConnectedClient[]): Connections {
  const byName: Record<string, number> = {};
  const commands: Record<string, string[]> = {};
  const keyed = clients.map((client) => ({ client, key: `db${client.db} ${client.name || '-'}` }));
  for (const { client, key } of keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    byName[key] = (byName[key] ?? 0) + 1;
    commands[key] = [...(commands[key] ?? []), client.cmd].sort();
  }
  const subscribed = clients.filter(({ subscriptions }) => subscriptions > 0).length;
  return { total: clients.length, byName, commands, subscribed };
}

/**
 * Copies a sample into a new folder outside the checkout; its packages are a link to the checkout's. `remove` deletes
 * the copy, never the packages.
 */
export function copySample({ name }: Pick<Sample, 'name'>): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  cpSync(join(ROOT, 'fixtures', 'projects', name), folder, {
    recursive: true,
    filter: (source) => !source.includes('node_modules'),
  });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Empties the server, starts the service of `folder` on it, drives the session and ends the service. */
export async function runSession(sample: Sample, folder: string, server: RedisServer): Promise<Session> {
  const main = new Redis(server.url, { connectionName: 'test-driver' });
  try {
    await main.flushall();
    await sample.prepare?.(main);
    const service = await startService(sample, folder, server);
    try {
      const responses = await drive(sample, service, main);
      const connections = summarise(await serviceClients(server));
      const keyspace = { ...(await keysOf(server, 0)), ...(await keysOf(server, 1)) };
      const code = await service.stop();
      // The server hears of a closed socket a moment later.
      await until(async () => (await serviceClients(server)).length === 0, 1_000);
      const left = (await serviceClients(server)).length;
      return { responses, keyspace, connections, end: { code, left }, errors: service.errors() };
    } finally {
      await service.kill();
    }
  } finally {
    main.disconnect();
  }
}

async function serviceClients(server: RedisServer): Promise<ConnectedClient[]> {
  return (await clientList(server.url)).filter(({ name }) => name !== 'test-driver');
}

interface Service {
  url: string;
  folder: string;
  env: NodeJS.ProcessEnv;
  errors(): string;
  /** Sends SIGTERM and waits for the end; null when it had to be killed. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

async function startService(sample: Sample, folder: string, server: RedisServer): Promise<Service> {
  const port = await freePort();
  const tsx = pathToFileURL(join(ROOT, 'node_modules', 'tsx', 'dist', 'esm', 'index.mjs')).href;
  const program = sample.program?.(port) ?? {
    file: process.execPath,
    args: ['--import', tsx, 'src/main.ts'],
    ready: 'listening on',
  };
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    REDIS_URL: `${server.url}/0`,
    ...sample.environment(server),
  };
  const child = spawn(program.file, program.args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env });
  let output = '';
  let errors = '';
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    errors += data.toString();
  });
  const service: Service = {
    url: `http://127.0.0.1:${port}`,
    folder,
    env,
    errors: () => errors,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
  const ready = await until(async () => output.includes(program.ready) || child.exitCode !== null);
  if (ready && child.exitCode === null) return service;
  await service.kill();
  throw new Error(`the service did not start:\n${output}${errors}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
  await exited;
  clearTimeout(timer);
  return child.exitCode;
}

/** Asks every 20 ms until it is true; false when the time is over. */
async function until(condition: () => Promise<boolean>, milliseconds = 15_000): Promise<boolean> {
  const limit = Date.now() + milliseconds;
  while (Date.now() < limit) {
    if (await condition()) return true;
    await sleep(20);
  }
  return false;
}

async function drive(sample: Sample, { url, folder, env }: Service, redis: Redis): Promise<Answer[]> {
  const answers: Answer[] = [];
  const cookies = new Map<string, string>();
  const peek = (path: string) => request(url, cookies, 'GET', path);
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await request(url, cookies, method, path, body);
    answers.push(answer);
    return answer;
  };
  const settled = async (what: string, condition: () => Promise<boolean>) => {
    if (!(await until(condition))) throw new Error(`the service never got so far: ${what}`);
  };
  const run = (file: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(file, args, { cwd: folder, env, encoding: 'utf8', timeout: 30_000 });
    if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}\n${stderr}`);
  };
  await sample.drive({ redis, ask, peek, settled, run });
  return answers;
}

async function request(
  url: string,
  cookies: Map<string, string>,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const headers: Record<string, string> = cookies.size > 0 ? { cookie: [...cookies.values()].join('; ') } : {};
  if (body !== undefined) headers['content-type'] = 'application/json';
  const response = await fetch(`${url}${path}`, {
    method,
    headers,
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  for (const set of response.headers.getSetCookie()) {
    const [pair = ''] = set.split(';');
    cookies.set(pair.slice(0, pair.indexOf('=')), pair);
  }
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { request: `${method} ${path}`, status: response.status, body: isJson ? JSON.parse(text) : text };
}
