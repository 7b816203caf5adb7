/** Ids of sites that went to another file: followed where they were not there before, and only then. */

import { describe, expect, it } from 'vitest';
import { type Identified, idsOf, movedIds } from '../../src/assess/ids.js';

const site = (file: string, line = 1, bound = 'redis'): Identified => {
  return { file, line, column: 1, symbol: [], bound, category: 'client', digest: 'd' };
};
const stored = (...sites: Identified[]) => idsOf(sites).map((id, index) => ({ id, files: [sites[index]?.file ?? ''] }));
const [a, b, c] = [site('a.ts'), site('b.ts'), site('c.ts')];
const idOf = (one: Identified) => idsOf([one])[0] ?? '';

describe('sites that moved', () => {
  it('are found under the file that they are in now, each once', () => {
    expect(movedIds([b], stored(a))).toEqual(new Map([[idOf(a), idOf(b)]]));
    expect(movedIds([b, c], stored(a))).toEqual(new Map([[idOf(a), idOf(b)]]));
    expect(movedIds([c], stored(a, b))).toEqual(new Map([[idOf(a), idOf(c)]]));
  });

  it('keep their order where they are equal', () => {
    const [first = '', second = ''] = idsOf([site('a.ts', 1), site('a.ts', 9)]);
    const now = [site('b.ts', 5), site('b.ts', 7)];
    const moved = movedIds(now, stored(site('a.ts', 1), site('a.ts', 9)));
    expect([moved.get(first), moved.get(second)]).toEqual(idsOf(now));
  });

  it('are none where the old one is still there, the new one was there before, or it changed', () => {
    expect(movedIds([a, b], stored(a)).size).toBe(0);
    expect(movedIds([b], stored(a, b)).size).toBe(0);
    expect(movedIds([site('b.ts', 1, 'other')], stored(a)).size).toBe(0);
    expect(movedIds([b], [{ id: idOf(a), files: ['elsewhere.ts'] }]).size).toBe(0);
  });
});
