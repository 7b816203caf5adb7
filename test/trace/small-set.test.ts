import { expect, it } from 'vitest';
import { has, listOf, type SmallSet, withOne } from '../../src/trace/small-set.js';

it('holds what was put in, in that order, however much that is', () => {
  let set: SmallSet;
  for (let count = 0; count < 40; count++) {
    expect(has(set, count * 7)).toBe(false);
    set = withOne(set, count * 7);
    const held = listOf(set);
    expect(held).toEqual(Array.from({ length: count + 1 }, (_, index) => index * 7));
    for (const one of held) expect(has(set, one)).toBe(true);
    expect(has(set, count * 7 + 1)).toBe(false);
  }
});

it('can grow while it is gone through: what comes in meanwhile is left for the next time', () => {
  for (const start of [1, 3, 20]) {
    let set: SmallSet;
    for (let one = 0; one < start; one++) set = withOne(set, one);
    let seen = 0;
    for (const one of listOf(set)) {
      seen += 1;
      set = withOne(set, 1000 + one);
    }
    expect(seen).toBe(start);
    expect(has(set, 1000)).toBe(true);
  }
});
