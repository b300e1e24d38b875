import { expect, test } from 'vitest';
import { freshDraws } from '../curricula/draws.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { Heap } from '../network/heap.ts';
import { Assignments } from './assignments.ts';

test('every thread sees the problems of the lanes, one for each or one for a group in a row', async () => {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const leader = new Assignments(heap, 6);
  const follower = new Assignments(heap, 6, leader.at);
  const draws = freshDraws(9, 6);
  draws.levels[5] = 2;
  draws.updates[5] = 4;
  leader.give(draws);
  expect(follower.arrays()).toEqual(draws);
  const pairs = freshDraws(10, 3);
  pairs.levels.set([0, 1, 2]);
  leader.give(pairs);
  heap.image.memory.grow(1);
  expect(follower.arrays()).toEqual({
    levels: Int32Array.of(0, 0, 1, 1, 2, 2),
    updates: new Int32Array(6).fill(10),
    numbers: Int32Array.of(0, 0, 1, 1, 2, 2),
  });
  expect(() => leader.give(freshDraws(1, 4))).toThrow('6 lanes cannot share 4 problems evenly');
});
