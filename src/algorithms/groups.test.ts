import { expect, test } from 'vitest';
import type { TrajectoryArrays } from '../agents/trajectories.ts';
import { episodeReturns, groupAdvantages, leaveOneOut, zeroSpreadGroups } from './groups.ts';
import { grpo } from './grpo.ts';
import type { PolicyMean } from './objective.ts';
import { reinforce } from './reinforce.ts';
import { rloo } from './rloo.ts';

const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 5);
};

test('leave-one-out agrees with TRL’s test of RLOO', () => {
  // huggingface/trl, tests/test_rloo_trainer.py: three prompts with four rewards each, prompt after prompt here.
  const rewards = Float32Array.from([1, 2, 5, 8, 2, 3, 6, 9, 3, 4, 7, 10]);
  const advantages = leaveOneOut(rewards, 4);
  expect(advantages[0]).toBeCloseTo(1 - (2 + 5 + 8) / 3, 6);
  expect(advantages[6]).toBeCloseTo(6 - (3 + 2 + 9) / 3, 5);
});

test('group advantages agree with the worked example of twinkle', () => {
  // modelscope/twinkle, docs on GRPOAdvantage and RLOOAdvantage.
  const rewards = Float32Array.from([0, 1, 0, 1, 1, 0, 0, 0]);
  close(groupAdvantages(rewards, 4, false), [-0.5, 0.5, -0.5, 0.5, 0.75, -0.25, -0.25, -0.25]);
  expect(leaveOneOut(rewards, 4)[0]).toBeCloseTo(-0.667, 3);
});

test('division is by the sample deviation, and a group without spread has no advantage at all', () => {
  // Rewards 0, 2: mean 1, deviation √2. The third number in binary is no exact mean of itself three times.
  const rewards = Float32Array.from([0, 2, 0.1, 0.1]);
  close(groupAdvantages(rewards, 2, true), [-1 / (Math.SQRT2 + 1e-4), 1 / (Math.SQRT2 + 1e-4), 0, 0]);
  expect(zeroSpreadGroups(rewards, 2)).toBe(1);
  expect(zeroSpreadGroups(rewards, 4)).toBe(0);
  const same = new Float32Array(3).fill(0.1);
  for (const advantages of [groupAdvantages(same, 3, true), leaveOneOut(same, 3)]) {
    expect(Array.from(advantages)).toEqual([0, 0, 0]);
  }
});

/** Two groups of two: lengths 3, 1 and 2, 2; rewards 1, 0 and 0.5, 0.5. */
function batch(): TrajectoryArrays {
  return {
    lanes: 4,
    steps: 4,
    levels: Int32Array.from([0, 0, 1, 1]),
    lengths: Int32Array.from([3, 1, 2, 2]),
    solved: new Int32Array(4),
    tokens: new Int32Array(16),
    rewards: Float32Array.from([0.25, 0, 0.75, 9, 0, 9, 9, 9, 0, 0.5, 9, 9, 0, 0.5, 9, 9]),
    discounts: Float32Array.from([1, 1, 0, 9, 0, 9, 9, 9, 1, 0, 9, 9, 1, 0, 9, 9]),
    values: new Float32Array(16).fill(0.5),
    logProbs: new Float32Array(16).fill(-2),
    entropies: new Float32Array(16).fill(1.5),
    weights: new Float32Array(16).fill(77),
    valueGradients: new Float32Array(16),
  };
}

const QUIET = { entropy: { from: 0, to: 0, over: 0 }, uniform: { from: 0.8, to: 0.8, over: 0 }, valueWeight: 0.5 };
const GRPO = { ...QUIET, group: 2, divideByDeviation: false, clip: { low: 0.2, high: 0.2 } } as const;

test('an episode’s return is the sum of its rewards', () => {
  close(episodeReturns(batch()), [1, 0, 0.5, 0.5]);
});

test.each([
  // Eight tokens, four episodes, at most four tokens in each.
  ['token', [1 / 8, 1 / 8, 1 / 8, 77], 1 / 8],
  ['episode', [1 / 4, 1 / 4, 1 / 4, 77], 1 / 4],
  ['length', [1 / 12, 1 / 12, 1 / 12, 77], 1 / 4],
  ['constant', [1 / 16, 1 / 16, 1 / 16, 77], 1 / 16],
] as const satisfies readonly [PolicyMean, readonly number[], number][])(
  '%s: the share of a token',
  (policyMean, first, other) => {
    const arrays = batch();
    const report = grpo(arrays, { ...GRPO, policyMean }, 0).losses(arrays);
    // Advantages ½ and −½ in the first group, none in the second; what is no token stays as it was.
    close(
      arrays.weights.subarray(0, 4),
      first.map((share) => (share === 77 ? 77 : share / 2)),
    );
    close(arrays.weights.subarray(4, 6), [-other / 2, 77]);
    close(arrays.weights.subarray(8, 10), [0, 0]);
    expect(report).toMatchObject({ zeroSpreadGroups: 1, clippedShare: 0, divergence: 0, entropy: 1.5 });
    expect(report.uniformWeight).toBeCloseTo(0.8 / 8, 12);
  },
);

test('the critic of an algorithm without one in its gradient learns the return to go', () => {
  const arrays = batch();
  const report = rloo(arrays, { ...QUIET, group: 2, policyMean: 'token', normaliseAdvantages: false }, 0).losses(
    arrays,
  );
  // To go: 1, 0.75, 0.75; 0; 0.5 four times. 2 · 0.5 · (0.5 − G) / 8
  close(arrays.valueGradients.subarray(0, 4), [-0.0625, -0.03125, -0.03125, 0]);
  close(arrays.valueGradients.subarray(4, 5), [0.0625]);
  expect(report.valueLoss).toBeCloseTo((0.25 + 2 * 0.0625 + 0.25) / 8, 6);
  // Two episodes of one problem: each is the other's baseline.
  close(arrays.weights.subarray(0, 5), [1 / 8, 1 / 8, 1 / 8, 77, -1 / 8]);
  expect(report.zeroSpreadGroups).toBe(1);
  expect(report.policyLoss).toBeCloseTo((2 * 3 - 2) / 8, 6);
});

const REINFORCE = { ...QUIET, discount: 1, keep: 0.75, policyMean: 'token', normaliseAdvantages: false } as const;

test.each([
  ['none', [1, 0.75, 0.75], 0.5],
  // The mean episode of level 0 earns ½, as those of level 1.
  ['batch', [0.5, 0.25, 0.25], 0],
] as const)('REINFORCE with baseline %s', (baseline, first, third) => {
  const arrays = batch();
  reinforce(arrays, { ...REINFORCE, baseline }, 0, []).losses(arrays);
  close(
    arrays.weights.subarray(0, 3),
    first.map((advantage) => advantage / 8),
  );
  close(arrays.weights.subarray(8, 10), [third / 8, third / 8]);
});

test('a moving baseline is that of the batches before, by level', () => {
  const arrays = batch();
  const baselines: (number | null)[] = [0.1, null];
  reinforce(arrays, { ...REINFORCE, baseline: 'moving' }, 0, baselines).losses(arrays);
  close(arrays.weights.subarray(0, 3), [0.9 / 8, 0.65 / 8, 0.65 / 8]);
  // A level's first batch has but itself to go by.
  close(arrays.weights.subarray(8, 10), [0, 0]);
  close(baselines as number[], [0.75 * 0.1 + 0.25 * 0.5, 0.5]);
});

test('some lanes alone leave the others as they are', () => {
  const arrays = batch();
  const report = grpo(arrays, { ...GRPO, policyMean: 'token' }, 0).losses(arrays, [1, 3]);
  close(arrays.weights.subarray(0, 5), [77, 77, 77, 77, -0.5 / 3]);
  expect(report.uniformWeight).toBeCloseTo(0.8 / 3, 12);
});
