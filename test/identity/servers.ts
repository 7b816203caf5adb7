/** The servers that the programs of `fixtures/identity` name, and what they hold afterwards. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort, type RedisServer, startRedis } from '../support/redis.js';
import type { Stored } from './connection.js';

/** Ports as programs write them; the last takes encrypted connections alone. */
const PORTS = ['6379', '7000', '7001', '7002'];
const ENCRYPTED = '7002';
const SOCKET = '/run/redis/other.sock';

/** Who may connect: `default` without a password but at 7001; some users of 7000. */
const USERS: Readonly<Record<string, string>> = { bob: 'builder', alice: 'wonder', carol: 'p@ss/word' };
const PASSWORD = 'swordfish';

export interface Servers {
  /** What the runners are told. */
  mapping: { ports: Record<string, number>; sockets: Record<string, string> };
  /** Variables with which Node and Python trust the certificate of the encrypted port. */
  trust: Record<string, string>;
  /** The port that `7002` leads to. */
  encrypted: number;
  /** Where each program stored its key, by the program's id. */
  stored(): Promise<Map<string, Stored>>;
  stop(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'identity-'));
  const socket = join(folder, 's');
  const certificate = makeCertificate(folder);
  const encrypted = await freePort();
  const more: Record<string, string[]> = {
    7000: ['--unixsocket', socket],
    [ENCRYPTED]: ['--tls-port', String(encrypted), '--tls-auth-clients', 'no', ...certificate.settings],
  };
  const started = await Promise.all(PORTS.map((port) => startRedis(more[port])));
  const observers = started.map(({ port }) => new Redis(port, '127.0.0.1'));
  const [, other, closed] = observers;
  for (const [name, password] of Object.entries(USERS)) {
    await other?.call('ACL', 'SETUSER', name, 'on', `>${password}`, '~*', '&*', '+@all');
  }
  await closed?.call('CONFIG', 'SET', 'requirepass', PASSWORD);
  return {
    mapping: {
      ports: {
        ...Object.fromEntries(PORTS.map((port, index) => [port, started[index]?.port ?? 0])),
        [ENCRYPTED]: encrypted,
      },
      sockets: { [SOCKET]: socket },
    },
    trust: { NODE_EXTRA_CA_CERTS: certificate.file, SSL_CERT_FILE: certificate.file },
    encrypted,
    stored: () => storedIn(observers),
    stop: async () => {
      for (const observer of observers) observer.disconnect();
      await Promise.all(started.map((server: RedisServer) => server.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A certificate for this machine alone, made for one run. */
function makeCertificate(folder: string): { file: string; settings: string[] } {
  const [file, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', [...made, '-addext', names, '-keyout', key, '-out', file], { stdio: 'pipe' });
  return { file, settings: ['--tls-cert-file', file, '--tls-key-file', key, '--tls-ca-cert-file', file] };
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
