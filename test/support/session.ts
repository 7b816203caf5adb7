/**
 * Runs the sample service `express-ioredis` and drives one HTTP session through every route. What it answers, what it
 * leaves in Redis and what it is connected by can be compared between two copies of the project.
 */

import { type ChildProcess, spawn } from 'node:child_process';
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
/** The sample project as it lies in the checkout. */
export const SAMPLE = join(ROOT, 'fixtures', 'projects', 'express-ioredis');

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
 * Copies the sample into a new folder outside the checkout; its packages are a link to the checkout's. `remove` deletes
 * the copy, never the packages.
 */
export function copySample(): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'express-ioredis-'));
  cpSync(SAMPLE, folder, { recursive: true, filter: (source) => !source.includes('node_modules') });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Empties the server, starts the service of `folder` on it, drives the session and ends the service. */
export async function runSession(folder: string, server: RedisServer): Promise<Session> {
  const main = new Redis(server.url, { connectionName: 'test-driver' });
  try {
    await main.flushall();
    await main.set('rate:eur', '1.08');
    const service = await startService(folder, server);
    try {
      const responses = await drive(service.url, main);
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
  errors(): string;
  /** Sends SIGTERM and waits for the end; null when it had to be killed. */
  stop(): Promise<number | null>;
  kill(): Promise<void>;
}

async function startService(folder: string, server: RedisServer): Promise<Service> {
  const port = await freePort();
  const tsx = pathToFileURL(join(ROOT, 'node_modules', 'tsx', 'dist', 'esm', 'index.mjs')).href;
  const child = spawn(process.execPath, ['--import', tsx, 'src/main.ts'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      REDIS_URL: `${server.url}/0`,
      METRICS_REDIS_HOST: '127.0.0.1',
      METRICS_REDIS_PORT: String(server.port),
    },
  });
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
    errors: () => errors,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL');
    },
  };
  const ready = await until(async () => output.includes('listening on') || child.exitCode !== null);
  if (ready && child.exitCode === null) return service;
  await service.kill();
  throw new Error(`the service did not start:\n${output}${errors}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
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

async function drive(url: string, redis: Redis): Promise<Answer[]> {
  const answers: Answer[] = [];
  const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await request(url, method, path, body);
    answers.push(answer);
    return answer;
  };
  const settled = async (what: string, condition: () => Promise<boolean>) => {
    if (!(await until(condition))) throw new Error(`the service never got so far: ${what}`);
  };
  await ask('GET', '/health');
  await ask('GET', '/rates/eur');
  await ask('GET', '/rates/xxx');
  for (const id of ['7', '7', '42']) await ask('GET', `/products/${id}`);
  for (const slug of ['about', 'about']) await ask('GET', `/pages/${slug}`);
  const opened = await ask('POST', '/sessions', { user: 'ann' });
  const { token } = opened.body as { token: string };
  for (const known of [token, token, 'nobody']) await ask('GET', `/sessions/${known}`);
  await ask('PUT', '/cart/ann/book', { quantity: 2 });
  await ask('PUT', '/cart/ann/pen', { quantity: 3 });
  await ask('GET', '/cart/ann');
  for (let attempt = 1; attempt <= 4; attempt += 1) await ask('POST', '/checkout/ann');
  await settled('three orders are shipped', async () => (await redis.zcard('bull:orders:completed')) === 3);
  for (const id of ['1', '2', '3', '4']) await ask('GET', `/orders/${id}`);
  await ask('GET', '/cart/ann');
  for (const to of ['ann@example.org', 'bob@example.org']) await ask('POST', '/mails', { to });
  await settled('two mails are sent', async () => (await redis.llen('mail:sent')) === 2);
  await ask('GET', '/mails');
  for (const text of ['sale', 'closing soon']) await ask('POST', '/notices', { text });
  await settled('two notices are heard', async () => {
    const { body } = await request(url, 'GET', '/notices');
    return Array.isArray(body) && body.length === 2;
  });
  await ask('GET', '/notices');
  await ask('PUT', '/tenants/t1/settings', { theme: 'dark', language: 'nl' });
  await ask('GET', '/tenants/t1/settings');
  for (const action of ['login', 'logout']) await ask('POST', '/audit', { action });
  await ask('GET', '/metrics');
  await ask('GET', '/health');
  return answers;
}

async function request(url: string, method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    signal: AbortSignal.timeout(10_000),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { request: `${method} ${path}`, status: response.status, body: isJson ? JSON.parse(text) : text };
}
