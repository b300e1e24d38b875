// What one batch of episodes left behind, lane by lane: read by the algorithm, which writes the loss gradients back.

import type { Heap } from '../network/heap.ts';

/** Columns of [lanes] and [lanes, steps]. */
export interface TrajectoryArrays {
  readonly lanes: number;
  readonly steps: number;
  /** [lanes] level of the problem. */
  readonly levels: Int32Array;
  /** [lanes] tokens that take part in the losses: up to the end of the episode, or all of them. */
  readonly lengths: Int32Array;
  /** [lanes] the exact verdict, 0 or 1. */
  readonly solved: Int32Array;
  /** [lanes, steps] */
  readonly tokens: Int32Array;
  readonly rewards: Float32Array;
  /** [lanes, steps] 0 after the step that ended the episode. */
  readonly discounts: Float32Array;
  readonly values: Float32Array;
  readonly logProbs: Float32Array;
  readonly entropies: Float32Array;
  /** [lanes, steps] written by the algorithm: the loss has −weight · log π. */
  readonly weights: Float32Array;
  /** [lanes, steps] written by the algorithm: ∂loss/∂value. */
  readonly valueGradients: Float32Array;
}

const INTEGERS = ['levels', 'lengths', 'solved', 'tokens'] as const;
const FLOATS = ['rewards', 'discounts', 'values', 'logProbs', 'entropies', 'weights', 'valueGradients'] as const;

/** Trajectories in the heap, where every thread can reach them. */
export class Trajectories {
  readonly at: number;
  private readonly heap: Heap;
  private readonly lanes: number;
  private readonly steps: number;
  private views: TrajectoryArrays | undefined;

  /** @param at another thread's trajectories of the same sizes; new ones when absent. */
  constructor(heap: Heap, lanes: number, steps: number, at?: number) {
    this.heap = heap;
    this.lanes = lanes;
    this.steps = steps;
    this.at = at ?? heap.allocate(4 * lanes * (3 + steps * (FLOATS.length + 1)));
  }

  /** Views that are good until the memory grows. */
  arrays(): TrajectoryArrays {
    const { buffer } = this.heap.image.memory;
    if (this.views?.tokens.buffer !== buffer) this.views = this.makeViews();
    return this.views!;
  }

  private makeViews(): TrajectoryArrays {
    const { heap, lanes, steps } = this;
    const cells = lanes * steps;
    let at = this.at;
    const next = (count: number): number => {
      at += count * 4;
      return at - count * 4;
    };
    const integers = INTEGERS.map((name) => {
      const count = name === 'tokens' ? cells : lanes;
      return [name, heap.integers(next(count), count)] as const;
    });
    const floats = FLOATS.map((name) => [name, heap.floats(next(cells), cells)] as const);
    return { lanes, steps, ...Object.fromEntries([...integers, ...floats]) } as unknown as TrajectoryArrays;
  }
}
