// Self-imitation (Oh et al. 2018, "Self-imitation learning"): solved episodes of the agent's own past, learnt again where
// they earned more than the critic expects now. Deviations: episodes are drawn evenly, not by priority, and only solved
// ones are kept.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { discountedReturns } from './returns.ts';

export interface SelfImitationConfig {
  /** Weight of the policy's part; 0 is no self-imitation. */
  readonly weight: number;
  /** Weight of the critic's part, within it; the paper's β. */
  readonly valueWeight: number;
}

export interface SelfImitationReport {
  /** Episodes that were replayed. */
  readonly episodes: number;
  /** Share of their tokens that earned more than the critic expects. */
  readonly better: number;
  /** Mean of −log π per token. */
  readonly crossEntropy: number;
}

/**
 * Writes the gradients of `weight` × the mean over tokens of −log π·(G − v)₊ + β/2·(G − v)₊² (eqs. 2 and 3), the
 * advantage being a constant in the first and undiscounted in both. Lanes of length 0 hold no episode.
 */
export function selfImitate(batch: TrajectoryArrays, config: SelfImitationConfig): SelfImitationReport {
  const { discounts, lanes, lengths, logProbs, rewards, steps, valueGradients, values, weights } = batch;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  discountedReturns(rewards, discounts, lengths, steps, 1, weights);
  let [episodes, better, crossEntropy] = [0, 0, 0];
  for (let lane = 0; lane < lanes; lane++) {
    if (lengths[lane]! > 0) episodes++;
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) {
      const advantage = Math.max(0, weights[cell]! - values[cell]!);
      if (advantage > 0) better += 1 / tokens;
      crossEntropy -= logProbs[cell]! / tokens;
      weights[cell] = (config.weight * advantage) / tokens;
      valueGradients[cell] = (-config.weight * config.valueWeight * advantage) / tokens;
    }
  }
  return { episodes, better, crossEntropy };
}
