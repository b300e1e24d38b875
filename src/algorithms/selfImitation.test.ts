import { expect, test } from 'vitest';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { selfImitate } from './selfImitation.ts';

test('self-imitation learns what did better than expected, worked by hand', () => {
  // An episode that earned 0.25 and 0.75, none, and one that earned 0.5 where 1 was expected.
  const batch: TrajectoryArrays = {
    lanes: 3,
    steps: 2,
    levels: new Int32Array(3),
    lengths: Int32Array.from([2, 0, 1]),
    solved: new Int32Array(3),
    tokens: new Int32Array(6),
    rewards: Float32Array.from([0.25, 0.75, 9, 9, 0.5, 9]),
    discounts: Float32Array.from([1, 0, 9, 9, 0, 9]),
    values: Float32Array.from([0.5, 0.5, 9, 9, 1, 9]),
    logProbs: Float32Array.from([-1, -2, 9, 9, -3, 9]),
    entropies: new Float32Array(6),
    weights: new Float32Array(6).fill(77),
    valueGradients: new Float32Array(6).fill(77),
  };
  const report = selfImitate(batch, { weight: 0.6, valueWeight: 0.1 });
  // (G − v)₊ is 0.5, 0.25 and 0; three tokens.
  const expected = [0.1, 0.05, 77, 77, 0, 77];
  for (const [cell, weight] of expected.entries()) {
    expect(batch.weights[cell]).toBeCloseTo(weight, 6);
    expect(batch.valueGradients[cell]).toBeCloseTo(weight === 77 ? 77 : -weight / 10, 6);
  }
  expect(report.episodes).toBe(2);
  expect(report.better).toBeCloseTo(2 / 3, 12);
  expect(report.crossEntropy).toBeCloseTo(2, 12);
});
