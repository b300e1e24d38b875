// The agent's own solved episodes, for self-imitation: the draw of each problem, which is enough to have it again, and
// the program that solved it. In the heap, where every thread can read them.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import type { Draws } from '../curricula/draws.ts';
import type { Heap } from '../network/heap.ts';

export interface Memory {
  readonly level: number;
  readonly update: number;
  readonly number: number;
  readonly program: readonly number[];
}

/** Level, update, number and length; the program's tokens follow. */
const HEAD = 4;
/** Words before the first memory: how many there are, and where the oldest stands. */
const COUNT = 0;
const OLDEST = 1;
const WORDS = 2;

export class Memories {
  readonly at: number;
  private readonly heap: Heap;
  private readonly capacity: number;
  /** 32-bit words of a memory. */
  private readonly size: number;

  /**
   * @param capacity beyond which the oldest make room. @param steps tokens of a program at the most. @param at another
   * thread's memories of the same sizes; new ones when absent.
   */
  constructor(heap: Heap, capacity: number, steps: number, at?: number) {
    this.heap = heap;
    this.capacity = capacity;
    this.size = HEAD + steps;
    this.at = at ?? heap.allocate(4 * (WORDS + capacity * this.size));
  }

  /** How many there are. */
  get count(): number {
    return this.words()[COUNT]!;
  }

  /** Keeps the solved episodes of a batch, lane after lane. */
  keep(draws: Draws, { lanes, lengths, solved, steps, tokens }: TrajectoryArrays): void {
    for (let lane = 0; lane < lanes; lane++) {
      if (solved[lane] !== 1) continue;
      const head = [draws.levels[lane]!, draws.updates[lane]!, draws.numbers[lane]!, lengths[lane]!];
      const memory = new Int32Array(this.size);
      memory.set(head);
      memory.set(tokens.subarray(lane * steps, lane * steps + lengths[lane]!), HEAD);
      this.add(memory);
    }
  }

  /** @param index from 0, the oldest, to `count` − 1. */
  read(index: number): Memory {
    const [level, update, number, length, ...tokens] = this.slot(index) as unknown as [number, number, number, number];
    return { level, update, number, program: (tokens as number[]).slice(0, length) };
  }

  /** All of them, [count, size], from the oldest. */
  save(): { readonly shape: readonly number[]; readonly data: Int32Array<ArrayBuffer> } {
    const { count, size } = this;
    const data = new Int32Array(count * size);
    for (let index = 0; index < count; index++) data.set(this.slot(index), index * size);
    return { shape: [count, size], data };
  }

  /** Goes back to what `save` answered. */
  restore(data: Int32Array): void {
    const words = this.words();
    words[COUNT] = 0;
    words[OLDEST] = 0;
    for (let from = 0; from < data.length; from += this.size) this.add(data.subarray(from, from + this.size));
  }

  private add(memory: Int32Array): void {
    const words = this.words();
    const full = words[COUNT] === this.capacity;
    if (full) words[OLDEST] = (words[OLDEST]! + 1) % this.capacity;
    else words[COUNT]!++;
    this.slot(words[COUNT]! - 1).set(memory);
  }

  private slot(index: number): Int32Array {
    const place = (this.words()[OLDEST]! + index) % this.capacity;
    const from = WORDS + place * this.size;
    return this.words().subarray(from, from + this.size);
  }

  private words(): Int32Array {
    return this.heap.integers(this.at, WORDS + this.capacity * this.size);
  }
}
