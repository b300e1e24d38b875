// How often an update goes over its batch, and in how many parts.

import type { Config } from './configSchema.ts';

export interface Schedule {
  readonly epochs: number;
  /** Parts of the batch, each with an optimiser step of its own. */
  readonly minibatches: number;
  /** Estimated KL(π_old ‖ π) per token beyond which an update takes no further step. */
  readonly targetDivergence: number | null;
}

const ONCE: Schedule = { epochs: 1, minibatches: 1, targetDivergence: null };

export function scheduleOf(algorithm: Config['algorithm']): Schedule {
  return algorithm.name === 'ppo' || algorithm.name === 'grpo' ? algorithm : ONCE;
}

/** Lanes that play the same problem. */
export function groupOf(algorithm: Config['algorithm']): number {
  return algorithm.name === 'grpo' || algorithm.name === 'rloo' ? algorithm.group : 1;
}
