import { expect, test } from 'vitest';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { type A2cConfig, a2c } from './a2c.ts';
import { discountedReturns, moments, scheduled } from './returns.ts';

const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 6);
};

test('returns follow the recursion, stop at the end of an episode and leave what lies beyond', () => {
  const rewards = Float32Array.from([1, 2, 4, 9, 0, 8, 16, 9]);
  const discounts = Float32Array.from([1, 1, 0, 9, 1, 0, 1, 9]);
  const returns = new Float32Array(8).fill(-1);
  discountedReturns(rewards, discounts, Int32Array.from([3, 2]), 4, 0.5, returns);
  // 4; 2 + 4/2; 1 + 4/2 — and 8; 0 + 8/2
  close(returns, [3, 4, 4, -1, 4, 8, -1, -1]);
});

test('moments count only the tokens of the episodes', () => {
  const { deviation, mean } = moments(Float32Array.from([1, 3, 99, 5, 99, 99]), Int32Array.from([2, 1]), 3);
  expect(mean).toBe(3);
  expect(deviation).toBeCloseTo(Math.sqrt(8 / 3), 12);
});

test('a schedule is a line and then stays', () => {
  const schedule = { from: 0.3, to: 0.1, over: 4 };
  close(
    [0, 1, 4, 9].map((update) => scheduled(schedule, update)),
    [0.3, 0.25, 0.1, 0.1],
  );
  expect(scheduled({ from: 5, to: 0.01, over: 0 }, 0)).toBe(0.01);
});

/** Two lanes of at most three steps: an episode of three tokens that earns 1, and one of two that earns 0.5. */
function batch(): TrajectoryArrays {
  return {
    lanes: 2,
    steps: 3,
    levels: Int32Array.from([0, 0]),
    lengths: Int32Array.from([3, 2]),
    solved: Int32Array.from([1, 0]),
    tokens: new Int32Array(6),
    rewards: Float32Array.from([0, 0, 1, 0, 0.5, 0]),
    discounts: Float32Array.from([1, 1, 0, 1, 0, 0]),
    values: Float32Array.from([0.25, 0.5, 0.5, 0, 1, 77]),
    logProbs: Float32Array.from([-1, -2, -1, -0.5, -1, 77]),
    entropies: Float32Array.from([1, 2, 3, 2, 2, 77]),
    weights: new Float32Array(6),
    valueGradients: new Float32Array(6),
  };
}

const CONFIG: A2cConfig = {
  baseline: 'step',
  discount: 1,
  lambda: 1,
  policyMean: 'episode',
  valueWeight: 0.5,
  entropy: { from: 0.1, to: 0.1, over: 0 },
  uniform: { from: 0.5, to: 0, over: 10 },
  normaliseAdvantages: false,
};

test('per-step baseline, worked by hand', () => {
  const arrays = batch();
  const report = a2c(arrays, CONFIG, 5);
  // Advantages: 0.75, 0.5, 0.5 and 0.5, −0.5; each divided by two lanes.
  close(arrays.weights, [0.375, 0.25, 0.25, 0.25, -0.25, 0]);
  // 2 · 0.5 · (v − G) / 5 tokens
  close(arrays.valueGradients, [-0.15, -0.1, -0.1, -0.1, 0.1, 0]);
  expect(report.policyLoss).toBeCloseTo((0.75 + 1 + 0.5 + 0.25 - 0.5) / 2, 6);
  expect(report.valueLoss).toBeCloseTo((0.5625 + 4 * 0.25) / 5, 6);
  expect(report.entropy).toBe(2);
  expect(report.entropyWeight).toBeCloseTo(0.02, 12);
  expect(report.uniformWeight).toBeCloseTo(0.25 / 5, 12);
});

test.each(['step', 'summed'] as const)('the policy weight scales the policy’s gradient alone (%s)', (baseline) => {
  const [one, other] = [batch(), batch()];
  const [plain, weighted] = [
    a2c(one, { ...CONFIG, baseline }, 0),
    a2c(other, { ...CONFIG, baseline, policyWeight: 0.5 }, 0),
  ];
  close(
    other.weights,
    Array.from(one.weights, (weight) => weight / 2),
  );
  expect(other.valueGradients).toEqual(one.valueGradients);
  expect(weighted).toEqual(plain);
  a2c(other, { ...CONFIG, baseline, policyWeight: 0 }, 0);
  close(other.weights.map(Math.abs), [0, 0, 0, 0, 0, 0]);
});

test('normalised advantages have mean 0 and deviation 1', () => {
  const arrays = batch();
  a2c(arrays, { ...CONFIG, normaliseAdvantages: true }, 0);
  const advantages = [0, 1, 2, 3, 4].map((cell) => arrays.weights[cell]! * 2);
  const { deviation, mean } = moments(Float32Array.from(advantages), Int32Array.from([5]), 5);
  expect(mean).toBeCloseTo(0, 6);
  expect(deviation).toBeCloseTo(1, 4);
});

test('summed baseline as published, worked by hand', () => {
  const arrays = batch();
  const report = a2c(arrays, { ...CONFIG, baseline: 'summed' }, 0);
  // Baselines 1.25 and 1, advantages −0.25 and −0.5.
  close(arrays.weights, [-0.125, -0.125, -0.125, -0.25, -0.25, 0]);
  close(arrays.valueGradients, [0.125, 0.125, 0.125, 0.25, 0.25, 0]);
  expect(report.policyLoss).toBeCloseTo((-4 * 0.25 - 1.5 * 0.5) / 2, 6);
  expect(report.valueLoss).toBeCloseTo((0.0625 + 0.25) / 2, 6);
});
