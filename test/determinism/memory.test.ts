// Memory may grow at any allocation, which ends all views of it. Here it does so at every one: whoever still reads an
// old view gets other bits, or none.

import { afterEach, expect, test, vi } from 'vitest';
import { train } from '../../src/index.ts';
import { Arena, Heap } from '../../src/network/heap.ts';
import { BISECTION, inPieces, listen, TRAININGS } from './trainings.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** @returns how often the memory has grown. */
function growAlways(): () => number {
  let times = 0;
  for (const { prototype } of [Arena, Heap]) {
    const allocate = prototype.allocate;
    vi.spyOn(prototype, 'allocate').mockImplementation(function (this: Arena | Heap, bytes: number) {
      const at = allocate.call(this as Arena & Heap, bytes);
      const heap = this instanceof Heap ? this : (this as unknown as { heap: Heap }).heap;
      heap.image.memory.grow(0);
      times++;
      return at;
    });
  }
  return () => times;
}

const SHORT = { ...BISECTION, updates: 12 };

test.each(Object.entries({ ...TRAININGS, bisection: SHORT }))('%s does not feel its memory grow', async (_, input) => {
  const { told } = await listen(train(input));
  const times = growAlways();
  expect((await listen(train(input))).told).toEqual(told);
  expect(times()).toBeGreaterThan(500);
  expect((await inPieces(input, [3])).at(-1)).toEqual(told.at(-1));
});
