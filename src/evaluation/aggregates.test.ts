import { expect, test } from 'vitest';
import {
  interquartileMean,
  meanScore,
  medianScore,
  middleMean,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  quantile,
  type Scores,
} from './aggregates.ts';

/** rliable keeps runs × tasks; here a stratum is a row. */
const transpose = (matrix: readonly (readonly number[])[]): Scores =>
  matrix[0]!.map((_, task) => matrix.map((runs) => runs[task]!));

test("rliable's own test values", () => {
  // google-research/rliable, tests/rliable/metrics_test.py
  const x = transpose([
    [1, 2],
    [2, 2],
    [1, 1],
    [2, 1],
  ]);
  const y = transpose([
    [1, 1],
    [2, 2],
    [3, 3],
  ]);
  expect([medianScore(x), meanScore(x), interquartileMean(x)]).toEqual([1.5, 1.5, 1.5]);
  expect([medianScore(y), meanScore(y), interquartileMean(y)]).toEqual([2, 2, 2]);
  expect(probabilityOfImprovement(x, y)).toBeCloseTo(1 / 3, 12);
});

test("rliable's fixture of 5 runs on 16 tasks, by hand", () => {
  // tests/library_test.py: x = arange(80) as 5 × 16, y the same upside down.
  const matrix = Array.from({ length: 5 }, (_, run) => Array.from({ length: 16 }, (_, task) => 16 * run + task));
  const x = transpose(matrix);
  const y = transpose(matrix.toReversed());
  // Of 0 … 79: the middle half is 20 … 59; a task's mean is 32 + task.
  expect([interquartileMean(x), meanScore(x), medianScore(x)]).toEqual([39.5, 39.5, 39.5]);
  // Only 0 lies below 1: the mean of what is cut off at 1 is 79/80.
  expect(optimalityGap(x)).toBeCloseTo(1 / 80, 12);
  // The same scores on every task in another order: as many wins as losses.
  expect(probabilityOfImprovement(x, y)).toBe(0.5);
  // 0 and 1 fall at or below their own thresholds.
  expect(performanceProfile(x, [0, 0.25, 0.5, 1])).toEqual([79 / 80, 79 / 80, 79 / 80, 78 / 80]);
});

test('the interquartile mean leaves out a quarter at either end, rounded down', () => {
  expect(middleMean([0, 1, 2, 3, 100])).toBe(2); // ⌊5/4⌋ = 1
  expect(middleMean([7])).toBe(7);
  expect(middleMean([1, 2, 6])).toBe(3); // ⌊3/4⌋ = 0
  expect(middleMean([10, 0, 4, 2, 100, 3, 1, 5])).toBe(3.5); // 2 3 4 5
  // Over all runs, whichever task they are of.
  expect(interquartileMean([[0, 1], [2, 3], [100]])).toBe(2);
});

test('strata of different sizes count alike in the mean, in the median and in P(X > Y)', () => {
  const scores = [[1, 1, 1, 1], [4], [10]];
  expect(meanScore(scores)).toBe(5);
  expect(medianScore(scores)).toBe(4);
  // Stratum 0: 1 of 1 and ½ of 1 → ¾; stratum 1: none of 2.
  expect(
    probabilityOfImprovement(
      [[2], [0]],
      [
        [1, 2],
        [1, 1],
      ],
    ),
  ).toBe(0.375);
  expect(() => probabilityOfImprovement([[1]], [[1], [2]])).toThrow('1 strata beside 2');
});

test('the optimality gap clips at its target', () => {
  expect(optimalityGap([[0.5, 2]])).toBe(0.25);
  expect(optimalityGap([[0.5, 2]], 2)).toBe(0.75);
});

test('quantiles lie between neighbours as numpy puts them', () => {
  expect(quantile([3, 1, 2, 4], 0.25)).toBe(1.75);
  expect(quantile([1, 2, 3, 4, 5], 0.025)).toBeCloseTo(1.1, 12);
  expect([quantile([2, 1], 0), quantile([2, 1], 1), quantile([5], 0.3)]).toEqual([1, 2, 5]);
});
