// What an update's lanes came to, for the curriculum.

import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { discountedReturns } from '../algorithms/returns.ts';
import type { Outcomes } from '../curricula/curriculum.ts';
import type { Draws } from '../curricula/draws.ts';

/** @param batch as it was rolled out. @param discount γ of the returns. */
export function outcomesOf(update: number, draws: Draws, batch: TrajectoryArrays, discount: number): Outcomes {
  const { discounts, lanes, lengths, rewards, solved, steps, values } = batch;
  const returns = new Float32Array(lanes * steps);
  discountedReturns(rewards, discounts, lengths, steps, discount, returns);
  const sums = new Float64Array(lanes);
  const surprises = new Float64Array(lanes);
  for (let lane = 0; lane < lanes; lane++) {
    const length = lengths[lane]!;
    for (let cell = lane * steps; cell < lane * steps + length; cell++) {
      sums[lane]! += rewards[cell]!;
      surprises[lane]! += Math.abs(returns[cell]! - values[cell]!) / length;
    }
  }
  return { update, draws, solved, rewards: sums, surprises };
}
