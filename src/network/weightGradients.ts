// Weight gradients are sums of outer products over many short steps: ΔW = Σ xᵀ·dy. Rows are packed as they come, and
// multiplied once enough have gathered, so that a step of few rows costs no more per row than a long one.

import type { Heap } from './heap.ts';

/** Rows that are gathered before a multiplication. Part of the arithmetic: changing it changes last bits. */
const CAPACITY = 192;

interface Pending {
  readonly inputs: number;
  readonly outputs: number;
  readonly x: number;
  readonly dy: number;
  rows: number;
}

/** One thread's unfinished products, by the address of the gradient that they will be added to. */
export class WeightGradients {
  private readonly heap: Heap;
  private readonly buffers = new Map<string, Pending>();
  private readonly pending = new Map<number, Pending>();

  constructor(heap: Heap) {
    this.heap = heap;
  }

  /**
   * Adds xᵀ·dy to the gradient [inputs, outputs] at `target` (rows of `outputs` floats, a multiple of 8) by the next
   * `flush`. Row strides `ldx` and `ldy` are in bytes; `ldx` is a multiple of 16.
   */
  add(
    target: number,
    inputs: number,
    outputs: number,
    rows: number,
    x: number,
    ldx: number,
    dy: number,
    ldy: number,
  ): void {
    const { kernels } = this.heap;
    let sum = this.pending.get(target);
    if (!sum) {
      sum = this.buffer(inputs, outputs);
      this.pending.set(target, sum);
    }
    for (let row = 0; row < rows; ) {
      const take = Math.min(rows - row, CAPACITY - sum.rows);
      kernels.packBlocksTransposed(inputs, take, x + row * ldx, ldx, sum.x + sum.rows * 16, CAPACITY * 16);
      kernels.packPanels(take, outputs, dy + row * ldy, ldy, sum.dy + sum.rows * 32, CAPACITY * 32);
      sum.rows += take;
      row += take;
      if (sum.rows === CAPACITY) this.multiply(target, sum);
    }
  }

  /** Finishes every sum. */
  flush(): void {
    for (const [target, sum] of this.pending) this.multiply(target, sum);
    this.pending.clear();
  }

  private multiply(target: number, sum: Pending): void {
    if (sum.rows === 0) return;
    const { inputs, outputs, rows, x, dy } = sum;
    this.heap.kernels.gemmPacked(
      ...([inputs, outputs, rows, x, CAPACITY * 16, dy, CAPACITY * 32, target, outputs * 4, true] as const),
    );
    sum.rows = 0;
  }

  /** Buffers outlive a flush; pending sums of the same shape get one each. */
  private buffer(inputs: number, outputs: number): Pending {
    for (let copy = 0; ; copy++) {
      const key = `${inputs}×${outputs}#${copy}`;
      const known = this.buffers.get(key);
      if (known && ![...this.pending.values()].includes(known)) return known;
      if (known) continue;
      const blocks = Math.ceil(inputs / 4);
      const x = this.heap.allocate(blocks * CAPACITY * 16);
      const dy = this.heap.allocate((outputs / 8) * CAPACITY * 32);
      const made = { inputs, outputs, x, dy, rows: 0 };
      this.buffers.set(key, made);
      return made;
    }
  }
}
