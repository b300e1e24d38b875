// Whether the episodes of an update differ in what they earn: where they do not, there is nothing to learn from.

import type { TrajectoryArrays } from '../../agents/trajectories.ts';

/**
 * Standard deviation of the episodes' rewards around the mean of their level: √(Σ(r − r̄_level)² / episodes). Undiscounted.
 */
export function rewardSpread({ lanes, lengths, levels, rewards, steps }: TrajectoryArrays): number {
  const sums = new Map<number, { count: number; sum: number; squares: number }>();
  for (let lane = 0; lane < lanes; lane++) {
    let reward = 0;
    for (let cell = lane * steps; cell < lane * steps + lengths[lane]!; cell++) reward += rewards[cell]!;
    const of = sums.get(levels[lane]!) ?? { count: 0, sum: 0, squares: 0 };
    sums.set(levels[lane]!, { count: of.count + 1, sum: of.sum + reward, squares: of.squares + reward * reward });
  }
  let squares = 0;
  for (const of of sums.values()) squares += Math.max(0, of.squares - (of.sum * of.sum) / of.count);
  return Math.sqrt(squares / lanes);
}
