/** aioredis against what 1.3.1 says of itself (`recorded/record_aioredis.py`). */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aioredis } from '../../src/libraries/python-others.js';

const recorded = JSON.parse(readFileSync(new URL('recorded/aioredis.json', import.meta.url), 'utf8')) as {
  version: string;
  opens: Record<string, string[]>;
  members: string[];
};

describe('aioredis 1 against the real package', () => {
  test('every method of a client is a command, or is listed', () => {
    const { closes, harmless, changes, returnsSelf, duplicates, methods } = aioredis;
    const listed = new Set([
      ...[...closes, ...harmless, ...(changes ?? []), ...returnsSelf, ...duplicates],
      ...Object.keys(methods),
    ]);
    expect(recorded.version).toBe('1.3.1');
    expect(recorded.members.length).toBeGreaterThan(200);
    expect(recorded.members.filter((name) => !listed.has(name))).toEqual([]);
  });

  test('every function that opens is a construct, whose arguments begin with the address', () => {
    const constructs = new Set(aioredis.constructs.map(({ path }) => path.join('.')));
    for (const [name, [first]] of Object.entries(recorded.opens)) {
      expect(constructs).toContain(name);
      expect(first).toBe(name === 'create_sentinel' ? 'sentinels' : 'address');
    }
  });

  test('commands of a client of one connection that hold it are named', () => {
    for (const name of ['xread_group', 'subscribe', 'blpop']) expect(aioredis.methods[name]?.single).toBeDefined();
  });
});
