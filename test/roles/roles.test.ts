/**
 * What needs a connection of its own, on a real server: a program whose clients must not share, and its harmless twin.
 * The tool gives the first connections of its own and lets the second share; forcing the share shows what it prevents.
 */

import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../src/model/site.js';
import { startRedis } from '../support/redis.js';
import { CAUTIOUS, type Expected, PAIRS, type Says } from './pairs.js';
import { type Client, type Kind, makeTrees, PROGRAMS, shareAll, type Trees, type Way } from './trees.js';

/** What a text says that does not share all of its clients. */
const SEPARATE = /openRedis|new Redis|\.duplicate\(|role:/;

let trees: Trees;

beforeAll(async () => {
  trees = await makeTrees();
}, 180_000); // the compiler on a busy machine

afterAll(() => trees?.remove());

/** Runs a program on a server of its own. */
async function said(way: Way, pair: string, kind: Kind, query = ''): Promise<string> {
  const server = await startRedis();
  try {
    return await trees.run(way, pair, kind, `${server.url}/0${query}`);
  } finally {
    await server.stop();
  }
}

/** Runs a program in several ways at once. */
function all(ways: Way[], pair: string, kind: Kind, query = ''): Promise<string[]> {
  return Promise.all(ways.map((way) => said(way, pair, kind, query)));
}

function expectSaid(output: string, { line, over, under }: Says): void {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  expect(last.replace(/\d+ ms/, '# ms')).toBe(line);
  const waited = Number(/(\d+) ms/.exec(last)?.[1]);
  if (over !== undefined) expect(waited).toBeGreaterThan(over);
  if (under !== undefined) expect(waited).toBeLessThan(under);
}

/** By name: role, and verdict with what decides it where it is not `rewrite`. */
function found(clients: readonly Client[], expected: Readonly<Record<string, Expected>>): Record<string, Expected> {
  return Object.fromEntries(
    clients.map(({ name, site: { role, verdict, reasons } }): [string, Expected] => {
      if (role === null) throw new Error(`${name} has no role`);
      if (verdict === 'rewrite') return [name, role];
      const said = expected[name];
      const wanted = typeof said === 'object' ? said.why : '';
      const codes = reasons.map(({ code }) => code);
      return [name, { role, verdict, why: codes.includes(wanted) ? wanted : codes.join() }];
    }),
  );
}

describe.each(PAIRS)('$name', ({ name, hazard, twin, apart, shared, twinSays, query }) => {
  it('is refused where it must be, and only there', () => {
    expect(found(trees.clients(name, 'hazard'), hazard)).toEqual(hazard);
    expect(found(trees.clients(name, 'twin'), twin)).toEqual(twin);
  });

  it('gets the connections that its roles need', () => {
    for (const [kind, expected] of [
      ['hazard', hazard],
      ['twin', twin],
    ] as const) {
      const text = trees.text('moved', name, kind);
      const calls = Object.values(expected).map((one) => {
        if (typeof one === 'object') return 'new Redis';
        if (one === 'command') return 'getRedis()';
        return one === 'queue' ? "getRedis({ role: 'queue' })" : `openRedis({ role: '${one}' })`;
      });
      const written = text.match(/getRedis\([^()]*\)|openRedis\([^()]*\)|new Redis|\.duplicate\(\)/g) ?? [];
      expect(written.sort()).toEqual(calls.sort());
    }
  });

  it('behaves as before with its own connections', async () => {
    for (const output of await all(['written', 'moved'], name, 'hazard', query)) expectSaid(output, apart);
  });

  it('does harm when the share is forced', async () => {
    expect(trees.text('shared', name, 'hazard')).not.toMatch(SEPARATE);
    expectSaid(await said('shared', name, 'hazard', query), shared);
  });

  it('has a twin that may share', async () => {
    expect(trees.text('shared', name, 'twin')).not.toMatch(SEPARATE);
    for (const output of await all(['written', 'moved', 'shared'], name, 'twin', query)) expectSaid(output, twinSays);
  });
});

describe('out of caution', () => {
  it.each(CAUTIOUS)('$name is refused too: $why', async ({ name, hazard, line }) => {
    expect(found(trees.clients(name, 'hazard'), hazard)).toEqual(hazard);
    for (const output of await all(['written', 'moved', 'shared'], name, 'hazard')) expectSaid(output, { line });
  });
});

describe('the pairs', () => {
  it('are those on disk', () => {
    const named = [...PAIRS, ...CAUTIOUS].map(({ name }) => name);
    expect([...new Set(named)].sort()).toEqual(readdirSync(PROGRAMS).sort());
  });

  it('are there for every role that is not for everybody', () => {
    const roles = PAIRS.flatMap(({ hazard }) =>
      Object.values(hazard).flatMap((one) => (typeof one === 'string' ? [one] : [one.role])),
    );
    expect([...new Set(roles)].sort()).toEqual([...ROLES].sort());
  });

  it('are forced to share in every way that a client can be opened', () => {
    const text =
      "import { getRedis, openRedis } from '../lib/redis.js';\nconst a = openRedis({ role: 'blocking' });\nconst b = new Redis(url, {});\n";
    expect(shareAll(text)).toBe(
      "import { getRedis } from '../lib/redis.js';\nconst a = getRedis();\nconst b = getRedis();\n",
    );
  });
});
