/** The Python sample before and after its migration: the same session, the same answers, the same data. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProjectCopy, projectCopy, withoutService } from '../support/project.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { runSession, type Session } from '../support/session.js';
import { STALL } from '../support/stall.js';

let server: RedisServer;
let copy: ProjectCopy;
let before: Session;

beforeAll(async () => {
  server = await startRedis();
  copy = projectCopy(STALL);
  before = await runSession(STALL, copy.folder, server);
});

afterAll(async () => {
  copy?.remove();
  await server?.stop();
});

describe('before the migration', () => {
  it('answers every request of the session', () => {
    const requests = (code: number) =>
      before.responses.filter(({ status }) => status === code).map(({ request }) => request);
    expect(before.responses).toHaveLength(30);
    expect([...requests(404), ...requests(429)]).toEqual(['GET /sessions/nobody', 'POST /checkout/ann']);
  });

  it('leaves its data in both databases', () => {
    expect(Object.keys(before.keyspace)).toEqual([
      '0/audit:log',
      '0/limit:ann',
      '0/order:1',
      '0/order:2',
      '0/order:3',
      '0/order:last',
      '0/page:about',
      '0/product:42',
      '0/product:7',
      '0/rate:eur',
      '0/session:49915e0d7d4b402e',
      '0/stock:book',
      '0/stock:pen',
      '0/tenant:t1',
      '1/views:by-path',
      '1/views:total',
    ]);
  });

  it('holds a connection for each place that opened one', () => {
    expect(before.connections.byName).toEqual({ 'db0 -': expect.any(Number), 'db1 -': 1 });
    expect(before.connections.byName['db0 -']).toBeGreaterThanOrEqual(12);
    expect(before.connections.subscribed).toBe(1);
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
    after = await runSession(STALL, copy.folder, server);
  });

  it('gives the same responses', () => {
    expect(after.responses).toEqual(before.responses);
  });

  it('leaves the same keys, types, values and expiry', () => {
    expect(after.keyspace).toEqual(before.keyspace);
  });

  it('holds one pool per database and kind of replies', () => {
    expect(Object.keys(withoutService(after.connections.byName)).sort()).toEqual([
      'db0 -',
      'db0 main:command',
      'db0 main:queue',
      'db1 metrics:command',
    ]);
    expect(after.connections.total).toBeLessThan(before.connections.total);
    expect(after.connections.subscribed).toBe(1);
  });

  it('ends cleanly on SIGTERM', () => {
    expect({ ...after.end, errors: after.errors }).toEqual({ code: 0, left: 0, errors: '' });
  });

  it('left alone what must be kept', () => {
    const openings = copy.run('git', [
      'grep',
      '--files-with-matches',
      '-E',
      'from_url\\(REDIS|redis.Redis\\(',
      '--',
      'app',
    ]);
    expect(openings.trim().split('\n')).toEqual(['app/audit.py', 'app/tenants.py']);
  });
});
