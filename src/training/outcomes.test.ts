import { expect, test } from 'vitest';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { freshDraws } from '../curricula/draws.ts';
import { outcomesOf } from './outcomes.ts';

test('rewards are summed and surprises averaged over the tokens of each lane', () => {
  const batch = {
    ...{ lanes: 2, steps: 3 },
    lengths: Int32Array.of(3, 1),
    solved: Int32Array.of(1, 0),
    rewards: Float32Array.of(0, 0.5, 1, -0.5, 9, 9),
    discounts: Float32Array.of(1, 1, 0, 0, 9, 9),
    values: Float32Array.of(1, 1, 1, 0.25, 9, 9),
  } as unknown as TrajectoryArrays;
  const draws = freshDraws(7, 2);
  // Returns with γ = ½: 0 + ½ (½ + ½) = ½, 1, 1; and −½.
  const { rewards, solved, surprises, update } = outcomesOf(7, draws, batch, 0.5);
  expect(update).toBe(7);
  expect([...(solved as Int32Array)]).toEqual([1, 0]);
  expect(Array.from(rewards)).toEqual([1.5, -0.5]);
  expect(surprises[0]).toBeCloseTo(0.5 / 3, 12);
  expect(surprises[1]).toBe(0.75);
});
