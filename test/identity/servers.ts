/** The servers that the programs of `fixtures/identity` name, and what they hold afterwards. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type RedisServer, startRedis } from '../support/redis.js';
import type { Stored } from './connection.js';

/** Ports as programs write them. */
const PORTS = ['6379', '7000', '7001'];
const SOCKET = '/run/redis/other.sock';

/** Who may connect: `default` without a password but at 7001; some users of 7000. */
const USERS: Readonly<Record<string, string>> = { bob: 'builder', alice: 'wonder', carol: 'p@ss/word' };
const PASSWORD = 'swordfish';

export interface Servers {
  /** What the runners are told. */
  mapping: { ports: Record<string, number>; sockets: Record<string, string> };
  /** Where each program stored its key, by the program's id. */
  stored(): Promise<Map<string, Stored>>;
  stop(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'identity-'));
  const socket = join(folder, 's');
  const started = await Promise.all(PORTS.map((port) => startRedis(port === '7000' ? ['--unixsocket', socket] : [])));
  const observers = started.map(({ port }) => new Redis(port, '127.0.0.1'));
  const [, other, closed] = observers;
  for (const [name, password] of Object.entries(USERS)) {
    await other?.call('ACL', 'SETUSER', name, 'on', `>${password}`, '~*', '&*', '+@all');
  }
  await closed?.call('CONFIG', 'SET', 'requirepass', PASSWORD);
  return {
    mapping: {
      ports: Object.fromEntries(PORTS.map((port, index) => [port, started[index]?.port ?? 0])),
      sockets: { [SOCKET]: socket },
    },
    stored: () => storedIn(observers),
    stop: async () => {
      for (const observer of observers) observer.disconnect();
      await Promise.all(started.map((server: RedisServer) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function storedIn(observers: readonly Redis[]): Promise<Map<string, Stored>> {
  const found = new Map<string, Stored>();
  for (const [index, one] of observers.entries()) {
    const observer = one.duplicate(PORTS[index] === '7001' ? { password: PASSWORD } : {}); // its database changes, and several may ask at once
    for (let database = 0; database < 16; database += 1) {
      await observer.select(database);
      for (const key of await observer.keys('*')) {
        const [, prefix = '', id = ''] = /^(.*)probe:(.*)$/s.exec(key) ?? [];
        if (found.has(id)) throw new Error(`${id} stored in two places`);
        found.set(id, { server: PORTS[index] ?? '', database, prefix });
      }
    }
    observer.disconnect();
  }
  return found;
}
