// The tape: layers record how to go back while they go forward. Tensors live in the tape's arena until `reset`.

import { Arena, type Heap } from './heap.ts';
import type { WeightGradients } from './weightGradients.ts';

/** Rows of floats; `width` is a row's bytes (a multiple of 32), of which the layer that made it says how many count. */
export interface Tensor {
  readonly at: number;
  readonly rows: number;
  readonly width: number;
  /** Address of its gradient, or 0 while nothing has flowed back into it. */
  gradient: number;
}

export class Tape {
  readonly heap: Heap;
  readonly arena: Arena;
  /** Sums of outer products, shared by the tapes of one thread. */
  readonly weights: WeightGradients;
  /** Base of the gradient block that `backward` adds to. */
  gradients = 0;
  private readonly operations: (() => void)[] = [];

  constructor(heap: Heap, weights: WeightGradients) {
    this.heap = heap;
    this.arena = new Arena(heap);
    this.weights = weights;
  }

  tensor(rows: number, width: number): Tensor {
    return { at: this.arena.allocate(rows * width), rows, width, gradient: 0 };
  }

  /** A column of `rows` 32-bit numbers. */
  column(rows: number): number {
    return this.arena.allocate(rows * 4);
  }

  /** Remembers one step back; steps run in reverse order. */
  record(backward: () => void): void {
    this.operations.push(backward);
  }

  /**
   * Address of `tensor`'s gradient and whether something is in it already: then the caller must add, else it must
   * write every float.
   */
  gradientOf(tensor: Tensor): { readonly at: number; readonly accumulate: boolean } {
    if (tensor.gradient !== 0) return { at: tensor.gradient, accumulate: true };
    tensor.gradient = this.arena.allocate(tensor.rows * tensor.width);
    return { at: tensor.gradient, accumulate: false };
  }

  /** As `gradientOf`, zeroed where it is new, for operations that can only add. */
  zeroedGradientOf(tensor: Tensor): number {
    const { at, accumulate } = this.gradientOf(tensor);
    if (!accumulate) this.heap.zero(at, tensor.rows * tensor.width);
    return at;
  }

  /** Runs everything recorded, last first, adding parameter gradients into the block at `gradients`. */
  backward(gradients: number): void {
    this.gradients = gradients;
    for (let i = this.operations.length - 1; i >= 0; i--) this.operations[i]!();
    this.operations.length = 0;
  }

  /** Forgets all tensors and operations. */
  reset(): void {
    this.operations.length = 0;
    this.arena.reset();
  }
}
