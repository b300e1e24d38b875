import { expect, test } from 'vitest';
import { Trajectories } from '../agents/trajectories.ts';
import { freshDraws } from '../curricula/draws.ts';
import { loadKernels } from '../kernels/kernels.ts';
import { Heap } from '../network/heap.ts';
import { Memories } from './memories.ts';

test('solved episodes are kept, the oldest make room, and what was saved goes on the same', async () => {
  const heap = new Heap(await loadKernels({ shared: false, wideTiles: false }));
  const memories = new Memories(heap, 3, 2);
  const another = new Memories(heap, 3, 2);
  const batch = new Trajectories(heap, 3, 2).arrays();
  const play = (update: number, into: Memories) => {
    batch.lengths.set([1, 2, 2]);
    batch.solved.set([1, 0, 1]);
    batch.tokens.set([update, 9, 8, 8, 10 * update, 7]);
    into.keep(freshDraws(update, 3), batch);
  };
  play(1, memories);
  expect(memories.count).toBe(2);
  expect(memories.read(0)).toEqual({ level: 0, update: 1, number: 0, program: [1] });
  play(2, memories);
  expect(memories.count).toBe(3);
  expect(memories.read(0)).toEqual({ level: 0, update: 1, number: 2, program: [10, 7] });
  const saved = memories.save();
  expect(saved.shape).toEqual([3, 6]);
  another.restore(saved.data);
  for (const each of [memories, another]) {
    play(3, each);
    expect([0, 1, 2].map((index) => each.read(index).program)).toEqual([[20, 7], [3], [30, 7]]);
  }
  expect(another.save()).toEqual(memories.save());
});
