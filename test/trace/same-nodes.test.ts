import { expect, it } from 'vitest';
import { Points } from '../../src/trace/points.js';
import { SameNodes } from '../../src/trace/same-nodes.js';

it('lets one node stand for all that are united, however they came together', () => {
  const same = new SameNodes();
  same.unite(2, 1);
  same.unite(4, 3);
  same.unite(3, 2);
  expect([1, 2, 3, 4].map((node) => same.of(node))).toEqual([1, 1, 1, 1]);
  expect([...same.group(1)].sort()).toEqual([1, 2, 3, 4]);
  expect(same.of(5)).toBe(5);
  expect(same.group(5)).toEqual([5]);
});

it('unites a node with itself, and a circle, without harm', () => {
  const same = new SameNodes();
  same.unite(1, 1);
  same.unite(1, 2);
  same.unite(2, 1);
  expect(same.of(1)).toBe(2);
  expect([...same.group(2)].sort()).toEqual([1, 2]);
});

it('knows nodes far beyond those it began with', () => {
  const same = new SameNodes();
  same.unite(1_000_000, 7);
  expect(same.of(1_000_000)).toBe(7);
  expect(same.of(999_999)).toBe(999_999);
});

it('lists every node that holds an object, those that are the same included, each once', () => {
  const same = new SameNodes();
  same.unite(2, 1);
  const points = new Points(same);
  points.put(1, 7);
  points.put(1, 8);
  points.put(3, 7);
  expect([...(points.at(1) ?? [])]).toEqual([7, 8]);
  expect(points.nodesOf(7)).toEqual([1, 2, 3]);
  expect(points.nodesOf(8)).toEqual([1, 2]);
  expect(points.nodesOf(9)).toEqual([]);
});
