/** The sample service on node-redis before and after its migration: the same session, the same answers, the same data. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOX_OFFICE } from '../support/box-office.js';
import { type ProjectCopy, projectCopy, withoutService } from '../support/project.js';
import { type RedisServer, startRedis } from '../support/redis.js';
import { runSession, type Session } from '../support/session.js';

let server: RedisServer;
let copy: ProjectCopy;
let before: Session;

beforeAll(async () => {
  server = await startRedis();
  copy = projectCopy(BOX_OFFICE);
  before = await runSession(BOX_OFFICE, copy.folder, server);
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
    expect(before.responses).toHaveLength(29);
    expect(requests(401)).toEqual(['GET /me']);
    expect([...requests(409), ...requests(429)]).toEqual(['POST /bookings/opera', 'POST /bookings/opera']);
  });

  it('leaves its data in both databases', () => {
    expect(Object.keys(before.keyspace)).toEqual([
      '0/audit:log',
      '0/booking:ann',
      '0/booking:bob',
      '0/event:film',
      '0/event:opera',
      '0/limit:booking:ann',
      '0/limit:booking:bob',
      '0/seats:film',
      '0/seats:opera',
      '0/sess:<id>',
      '0/tickets:printed',
      '0/venue:hall',
      '1/views:by-path',
    ]);
    const expiring = Object.entries(before.keyspace).filter(([, { expires }]) => expires);
    expect(expiring.map(([key]) => key.slice(0, 7))).toEqual(['0/event', '0/event', '0/limit', '0/limit', '0/sess:']);
  });

  it('holds a connection for each place that opened one and did not close it', () => {
    expect(before.connections.byName).toEqual({ 'db0 -': 9, 'db0 audit': 1, 'db1 -': 1 });
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
    after = await runSession(BOX_OFFICE, copy.folder, server);
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

  it('holds one connection per database for commands and one per dedicated site', () => {
    expect(withoutService(after.connections.byName)).toEqual({
      'db0 main:command': 1,
      'db0 main:blocking': 1,
      'db0 main:subscriber': 1,
      'db1 stats:command': 1,
      // Kept: the client with a key prefix, and the one that escapes into app.locals.
      'db0 -': 1,
      'db0 audit': 1,
    });
    expect(after.connections.subscribed).toBe(1);
  });

  it('ends cleanly on SIGTERM', () => {
    expect({ ...after.end, errors: after.errors }).toEqual({ code: 0, left: 0, errors: '' });
  });

  it('connects no client of the accessor a second time, and waits for those that were waited for', () => {
    const lines = (text: string) =>
      copy.run('git', ['grep', '--fixed-strings', '--line-number', text, '--', 'src']).trim();
    const files = (text: string) => [
      ...new Set(
        lines(text)
          .split('\n')
          .map((line) => line.split(':')[0]),
      ),
    ];
    expect(files('createClient(')).toEqual(['src/audit.ts', 'src/lib/redis.ts', 'src/venues/settings.ts']);
    expect(files('.connect()')).toEqual(files('createClient('));
    expect(lines('await redisReady(').split('\n')).toHaveLength(10);
  });
});
