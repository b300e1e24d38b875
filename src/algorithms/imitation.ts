// Cross-entropy on programs that are known to solve their problems: a teacher's, or the agent's own in hindsight
// (Andrychowicz et al. 2017, with the problem relabelled instead of the goal).

import type { TrajectoryArrays } from '../agents/trajectories.ts';

export interface ImitationReport {
  /** Mean of −log π per token. */
  readonly crossEntropy: number;
  /** Lanes that held an example. */
  readonly examples: number;
}

/**
 * Writes the gradient of `weight` × the mean over tokens of −log π into `batch.weights`; values get none. Lanes of
 * length 0 hold no example.
 */
export function imitate(batch: TrajectoryArrays, weight: number): ImitationReport {
  const { lanes, lengths, logProbs, steps, valueGradients, weights } = batch;
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  let crossEntropy = 0;
  let examples = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const [from, to] = [lane * steps, lane * steps + lengths[lane]!];
    if (from === to) continue;
    examples++;
    for (let cell = from; cell < to; cell++) crossEntropy -= logProbs[cell]! / tokens;
    weights.fill(weight / tokens, from, to);
    valueGradients.fill(0, from, to);
  }
  return { crossEntropy, examples };
}
