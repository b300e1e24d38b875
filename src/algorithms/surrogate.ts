// The clipped surrogate: how far several steps may take the policy away from the one that rolled a batch out
// (Schulman et al. 2017, "Proximal policy optimization algorithms").

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { exponential } from '../core/exponential.ts';
import { type PolicyMean, tokenShare, tokensOf } from './objective.ts';

/** The ratio counts between 1 − `low` and 1 + `high`. PPO's is symmetric; a higher `high` is DAPO's (Yu et al. 2025). */
export interface Clip {
  readonly low: number;
  readonly high: number;
}

/** min(r·A, clip(r)·A) (eq. 7) with r = π/π_old, and its derivative by log π: r·A, or 0 where the clip holds. */
export function clippedSurrogate(
  ratio: number,
  advantage: number,
  { high, low }: Clip,
): { readonly objective: number; readonly slope: number } {
  const free = ratio * advantage;
  const held = Math.max(1 - low, Math.min(1 + high, ratio)) * advantage;
  return held < free ? { objective: held, slope: 0 } : { objective: free, slope: free };
}

/**
 * An estimate of KL(π_old ‖ π) from one token of π_old: (r − 1) − log r, unbiased and never negative (Schulman 2020,
 * "Approximating KL divergence", k₃).
 */
export const divergence = (ratio: number, logRatio: number): number => ratio - 1 - logRatio;

/** What stands of the time when a batch was rolled out. */
export interface Old {
  /** [lanes, steps] */
  readonly logProbs: Float32Array;
  /** [lanes, steps] */
  readonly advantages: Float32Array;
}

/** Writes the gradients of −surrogate of the tokens of `lanes`, each with its share. */
export function clippedPolicy(
  batch: TrajectoryArrays,
  lanes: ArrayLike<number>,
  old: Old,
  clip: Clip,
  mean: PolicyMean,
): { readonly policyLoss: number; readonly clippedShare: number; readonly divergence: number } {
  const { lengths, logProbs, steps, weights } = batch;
  const share = tokenShare(mean, batch, lanes);
  let policyLoss = 0;
  let clipped = 0;
  let moved = 0;
  for (let i = 0; i < lanes.length; i++) {
    const lane = lanes[i]!;
    const weight = share(lengths[lane]!);
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) {
      const logRatio = logProbs[cell]! - old.logProbs[cell]!;
      const ratio = exponential(logRatio);
      const { objective, slope } = clippedSurrogate(ratio, old.advantages[cell]!, clip);
      policyLoss -= objective * weight;
      weights[cell] = slope * weight;
      if (ratio < 1 - clip.low || ratio > 1 + clip.high) clipped++;
      moved += divergence(ratio, logRatio);
    }
  }
  const tokens = tokensOf(batch, lanes);
  return { policyLoss, clippedShare: clipped / tokens, divergence: moved / tokens };
}
