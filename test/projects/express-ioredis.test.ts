/** The sample service before and after its migration: the same session, the same answers, the same data. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProjectCopy, projectCopy, withoutService } from '../support/project.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { runSession, type Session } from '../support/session.js';
import { SHELF } from '../support/shelf.js';

let server: RedisServer;
let copy: ProjectCopy;
let before: Session;

beforeAll(async () => {
  server = await startRedis();
  copy = projectCopy(SHELF);
  before = await runSession(SHELF, copy.folder, server);
});

afterAll(async () => {
  copy?.remove();
  await server?.stop();
});

describe('before the migration', () => {
  it('is a project that compiles', () => {
    copy.typecheck();
  });

  it('answers every request of the session', () => {
    const requests = (code: number) =>
      before.responses.filter(({ status }) => status === code).map(({ request }) => request);
    expect(before.responses).toHaveLength(36);
    expect(requests(404)).toEqual(['GET /sessions/nobody']);
    expect(requests(429)).toEqual(['POST /checkout/ann']);
    expect([...new Set(before.responses.map(({ status }) => status))].sort()).toEqual([200, 201, 202, 404, 429]);
  });

  it('leaves its data in both databases', () => {
    expect(Object.keys(before.keyspace).filter((key) => !key.includes('bull:'))).toEqual([
      '0/audit:log',
      '0/limit:checkout:ann',
      '0/mail:sent',
      '0/order:1',
      '0/order:2',
      '0/order:3',
      '0/page:about',
      '0/product:42',
      '0/product:7',
      '0/rate:eur',
      '0/session:e9324cf151788eca',
      '0/tenant:t1:settings',
      '1/views:by-path',
      '1/views:total',
    ]);
    const expiring = Object.entries(before.keyspace).filter(([, { expires }]) => expires);
    expect(expiring.map(([key]) => key)).toEqual([
      '0/limit:checkout:ann',
      '0/page:about',
      '0/product:42',
      '0/product:7',
      '0/session:e9324cf151788eca',
    ]);
  });

  it('holds a connection for each place that opened one, and one that BullMQ made', () => {
    expect(before.connections.byName).toEqual({ 'db0 -': 13, 'db0 bull:b3JkZXJz': 1, 'db0 sessions': 1, 'db1 -': 1 });
    expect(before.connections.subscribed).toBe(1);
    expect(before.connections.commands['db0 -']).toEqual(expect.arrayContaining(['brpop', 'subscribe', 'evalsha']));
  });

  it('ends cleanly on SIGTERM', () => {
    expect({ ...before.end, errors: before.errors }).toEqual({ code: 0, left: 0, errors: '' });
  });
});

describe('after the migration', () => {
  let after: Session;

  beforeAll(async () => {
    copy.begin();
    copy.redisMigrate('init', '--yes', '--scaffold', 'default');
    copy.commit('Accessor and configuration');
    copy.redisMigrate('apply', '--batch', 'all', '--include', 'review');
    copy.commit('Migrated');
    after = await runSession(SHELF, copy.folder, server);
  });

  it('still compiles', () => {
    copy.typecheck();
  });

  it('gives the same responses', () => {
    expect(after.responses).toEqual(before.responses);
  });

  it('leaves the same keys, types, values and expiry', () => {
    expect(after.keyspace).toEqual(before.keyspace);
  });

  it('holds one connection per database for commands, one for queues, one per dedicated site', () => {
    expect(withoutService(after.connections.byName)).toEqual({
      'db0 main:command': 1,
      'db0 main:queue': 1,
      // The Worker's own duplicate of the queue client, for its blocking part.
      'db0 bull:b3JkZXJz': 1,
      'db0 main:blocking': 1,
      'db0 main:subscriber': 1,
      'db1 metrics:command': 1,
      // Kept: the client with a key prefix, and the one that escapes into app.locals.
      'db0 -': 2,
    });
    expect(after.connections.subscribed).toBe(1);
  });

  it('ends cleanly on SIGTERM', () => {
    expect({ ...after.end, errors: after.errors }).toEqual({ code: 0, left: 0, errors: '' });
  });

  it('left alone what must be kept', () => {
    const openings = copy.run('git', ['grep', '--files-with-matches', 'new Redis(', '--', 'src']).trim().split('\n');
    expect(openings).toEqual(['src/audit.ts', 'src/lib/redis.ts', 'src/tenants/settings.ts']);
    expect(readFileSync(join(copy.folder, 'src/cart/cart.ts'), 'utf8')).toContain(
      "import type { Redis } from 'ioredis';",
    );
  });
});
