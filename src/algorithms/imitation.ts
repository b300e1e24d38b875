// Cross-entropy on programs that are known to solve their problems: a teacher's, or the agent's own in hindsight
// (Andrychowicz et al. 2017, with the problem relabelled instead of the goal).

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { discountedReturns } from './returns.ts';

export interface ImitationReport {
  /** Mean of −log π per token. */
  readonly crossEntropy: number;
  /** Lanes that held an example. */
  readonly examples: number;
}

/**
 * Writes the gradient of `weight` × the mean over tokens of −s_t·log π into `batch.weights`; values get none. Lanes of
 * length 0 hold no example.
 * @param byAdvantage s_t is the positive part of G_t − v_t, at most 1, as in self-imitation (Oh et al. 2018, eq. 2): what
 * the agent already does better is not learnt. Else s_t is 1.
 */
export function imitate(batch: TrajectoryArrays, weight: number, byAdvantage = false): ImitationReport {
  const { discounts, lanes, lengths, logProbs, rewards, steps, valueGradients, values, weights } = batch;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  let crossEntropy = 0;
  let examples = 0;
  if (byAdvantage) discountedReturns(rewards, discounts, lengths, steps, 1, weights);
  for (let lane = 0; lane < lanes; lane++) {
    const [from, to] = [lane * steps, lane * steps + lengths[lane]!];
    if (from === to) continue;
    examples++;
    for (let cell = from; cell < to; cell++) {
      crossEntropy -= logProbs[cell]! / tokens;
      const share = byAdvantage ? Math.min(1, Math.max(0, weights[cell]! - values[cell]!)) : 1;
      weights[cell] = (weight * share) / tokens;
    }
    valueGradients.fill(0, from, to);
  }
  return { crossEntropy, examples };
}
