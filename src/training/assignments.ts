// Which problem each lane of an update plays, in the heap, where every thread can read it.

import { assert } from '../core/assert.ts';
import type { Draws } from '../curricula/draws.ts';
import type { Heap } from '../network/heap.ts';

const COLUMNS = 3;

export class Assignments {
  readonly at: number;
  private readonly heap: Heap;
  private readonly lanes: number;
  private views: Draws | undefined;

  /** @param at another thread's assignments of as many lanes; new ones when absent. */
  constructor(heap: Heap, lanes: number, at?: number) {
    this.heap = heap;
    this.lanes = lanes;
    this.at = at ?? heap.allocate(4 * COLUMNS * lanes);
  }

  /** Spreads the problems over the lanes: as many lanes in a row to each as the batch has lanes for a problem. */
  give(draws: Draws): void {
    const problems = draws.levels.length;
    const group = this.lanes / problems;
    assert(Number.isInteger(group), `${this.lanes} lanes cannot share ${problems} problems evenly`);
    const { levels, numbers, updates } = this.arrays();
    for (let lane = 0; lane < this.lanes; lane++) {
      const problem = Math.floor(lane / group);
      levels[lane] = draws.levels[problem]!;
      updates[lane] = draws.updates[problem]!;
      numbers[lane] = draws.numbers[problem]!;
    }
  }

  /** Columns of [lanes], in views that are good until the memory grows. */
  arrays(): Draws {
    const { at, heap, lanes } = this;
    if (this.views?.levels.buffer !== heap.image.memory.buffer) {
      const column = (index: number) => heap.integers(at + 4 * lanes * index, lanes);
      this.views = { levels: column(0), updates: column(1), numbers: column(2) };
    }
    return this.views!;
  }
}
