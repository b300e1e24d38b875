import { expect, test } from 'vitest';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { valueRegression } from './objective.ts';
import { type PpoConfig, ppo } from './ppo.ts';
import { clippedPolicy, clippedSurrogate, divergence } from './surrogate.ts';

const CLIP = { low: 0.2, high: 0.2 };

/** One lane of as many steps as there are numbers. */
function lane(logProbs: readonly number[], values: readonly number[] = logProbs): TrajectoryArrays {
  const steps = logProbs.length;
  return {
    lanes: 1,
    steps,
    levels: new Int32Array(1),
    lengths: Int32Array.of(steps),
    solved: new Int32Array(1),
    tokens: new Int32Array(steps),
    rewards: Float32Array.from({ length: steps }, (_, t) => (t === steps - 1 ? 1 : 0)),
    discounts: Float32Array.from({ length: steps }, (_, t) => (t === steps - 1 ? 0 : 1)),
    values: Float32Array.from(values),
    logProbs: Float32Array.from(logProbs),
    entropies: new Float32Array(steps).fill(1),
    weights: new Float32Array(steps),
    valueGradients: new Float32Array(steps),
  };
}

test.each([
  [[0.3, 0.2, 0.1], -0.17117467],
  [[-0.3, -0.2, -0.1], 0.19333333],
])('the clipped surrogate of %j is that of rlax', (advantages, expected) => {
  // google-deepmind/rlax, rlax/_src/policy_gradients_test.py, ClippedSurrogatePGLossTest: the same policy twice, then
  // log-probabilities of −3 and −1 less the same normaliser.
  const batch = lane([0, 0, -2]);
  const old = { logProbs: new Float32Array(3), advantages: Float32Array.from(advantages) };
  const { policyLoss } = clippedPolicy(batch, [0], old, CLIP, 'token');
  // Within the tolerance of that test, 1e-4.
  expect(Math.abs(policyLoss - expected)).toBeLessThan(1e-4);
});

test.each([
  // ratio, advantage, objective, slope: the clip holds only where going on would pay.
  [1, 2, 2, 2],
  [1.5, 2, 2.4, 0],
  [1.5, -2, -3, -3],
  [0.5, 2, 1, 1],
  [0.5, -2, -1.6, 0],
])('ratio %d and advantage %d', (ratio, advantage, objective, slope) => {
  const found = clippedSurrogate(ratio, advantage, CLIP);
  expect(found.objective).toBeCloseTo(objective, 12);
  expect(found.slope).toBeCloseTo(slope, 12);
});

test('the slope is the derivative by log π', () => {
  const h = 1e-6;
  for (const ratio of [0.6, 0.9, 1.1, 1.4]) {
    for (const advantage of [-1.3, 0.7]) {
      const at = (logRatio: number) => clippedSurrogate(Math.exp(logRatio), advantage, CLIP).objective;
      const numeric = (at(Math.log(ratio) + h) - at(Math.log(ratio) - h)) / (2 * h);
      expect(clippedSurrogate(ratio, advantage, CLIP).slope).toBeCloseTo(numeric, 6);
    }
  }
});

test('the divergence is 0 where nothing moved, positive elsewhere, and its mean under π_old is the KL', () => {
  expect(divergence(1, 0)).toBe(0);
  const [old, now] = [
    [0.5, 0.3, 0.2],
    [0.4, 0.4, 0.2],
  ];
  let kl = 0;
  let mean = 0;
  for (const [i, p] of old!.entries()) {
    const ratio = now![i]! / p;
    kl += p * -Math.log(ratio);
    mean += p * divergence(ratio, Math.log(ratio));
    expect(divergence(ratio, Math.log(ratio))).toBeGreaterThanOrEqual(0);
  }
  expect(mean).toBeCloseTo(kl, 12);
});

test('a held value learns nothing where its clipped error is the larger', () => {
  // Old values 0, range 0.2, returns 1: 0.1 is within; 0.5 is held at 0.2, whose error is larger; −0.5 at −0.2, whose
  // error is smaller than its own.
  const batch = lane([0, 0, 0], [0.1, 0.5, -0.5]);
  const returns = new Float32Array(3).fill(1);
  const loss = valueRegression(batch, [0], returns, 0.5, { old: new Float32Array(3), range: 0.2 });
  expect(loss).toBeCloseTo((0.81 + 0.64 + 2.25) / 3, 6);
  for (const [t, slope] of [-0.9 / 3, 0, -1.5 / 3].entries()) expect(batch.valueGradients[t]).toBeCloseTo(slope, 6);
});

const PPO: PpoConfig = {
  discount: 1,
  lambda: 0.5,
  policyMean: 'token',
  clip: CLIP,
  valueWeight: 0.5,
  valueClip: null,
  normaliseAdvantages: false,
  entropy: { from: 0.4, to: 0.4, over: 0 },
  uniform: { from: 0, to: 0, over: 0 },
};

test('PPO keeps its advantages and returns over the passes, worked by hand', () => {
  const batch = lane([-1, -1], [0.5, 0.25]);
  const objective = ppo(batch, PPO, 0);
  const first = objective.losses(batch);
  // δ = 0.25 − 0.5 and 1 − 0.25; A = −0.25 + 0.5·0.75 and 0.75; returns 0.625 and 1.
  const weights = [0.125 / 2, 0.75 / 2];
  const slopes = [-0.125 / 2, -0.75 / 2];
  for (const t of [0, 1]) {
    expect(batch.weights[t]).toBeCloseTo(weights[t]!, 6);
    expect(batch.valueGradients[t]).toBeCloseTo(slopes[t]!, 6);
  }
  expect(first).toMatchObject({ divergence: 0, clippedShare: 0, entropyWeight: 0.2 });
  // The policy and the critic have moved: the first token's ratio is 1.1, the second's 1.3 and held.
  batch.logProbs.set([-1 + Math.log(1.1), -1 + Math.log(1.3)]);
  batch.values.set([0.625, 0.5]);
  const second = objective.losses(batch);
  expect(batch.weights[0]).toBeCloseTo((1.1 * 0.125) / 2, 6);
  expect(batch.weights[1]).toBe(0);
  expect(batch.valueGradients[0]).toBeCloseTo(0, 6);
  expect(batch.valueGradients[1]).toBeCloseTo(-0.5 / 2, 6);
  expect(second.clippedShare).toBe(0.5);
  expect(second.policyLoss).toBeCloseTo(-(1.1 * 0.125 + 1.2 * 0.75) / 2, 6);
  expect(second.divergence).toBeCloseTo((0.1 - Math.log(1.1) + 0.3 - Math.log(1.3)) / 2, 6);
});
