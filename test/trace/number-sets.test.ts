import { describe, expect, it } from 'vitest';
import { NumberSets } from '../../src/trace/number-sets.js';

/** Sets that were given these numbers for one node, and what each of them was answered. */
function sets(node: number, ...numbers: number[]): { sets: NumberSets; added: boolean[] } {
  const made = new NumberSets(4);
  return { sets: made, added: numbers.map((one) => made.add(node, one)) };
}

describe('sets of numbers by node', () => {
  it.each([[[]], [[7]], [[7, 3]], [Array.from({ length: 40 }, (_, at) => 40 - at)], [[0, 2 ** 30]]])(
    'keeps %j in the order in which they came',
    (numbers) => {
      const { sets: made, added } = sets(2, ...numbers);
      expect(made.listOf(2)).toEqual(numbers);
      expect(made.first(2)).toBe(numbers[0] ?? null);
      expect(made.behindFirst(2)).toEqual(numbers.slice(1));
      expect(added).toEqual(numbers.map(() => true));
    },
  );

  it.each([1, 2, 9, 10, 40])('tells whether one is there already, among %i', (count) => {
    const numbers = Array.from({ length: count }, (_, at) => at);
    const { sets: made } = sets(0, ...numbers);
    for (const one of numbers) expect(made.add(0, one)).toBe(false);
    expect(made.add(0, count)).toBe(true);
    expect(made.listOf(0)).toEqual([...numbers, count]);
  });

  it('grows with its nodes, and keeps them apart', () => {
    const { sets: made } = sets(1, 5, 6);
    made.add(100_000, 5);
    expect([made.listOf(1), made.listOf(2), made.listOf(100_000), made.listOf(200_000)]).toEqual([[5, 6], [], [5], []]);
  });

  it('what is added while a list is gone through stands at its end', () => {
    const { sets: made } = sets(0, 1, 2, 3);
    const behind = made.behindFirst(0);
    const { length } = behind;
    made.add(0, 4);
    expect(behind.slice(0, length)).toEqual([2, 3]);
  });
});
