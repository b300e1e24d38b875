import { expect, test } from 'vitest';
import { clusteredMean, clusteredShare, gather, ratioVariance } from './clusters.ts';
import { wilson } from './statistics.ts';

const of = (...pairs: (readonly [problems: number, sum: number])[]) =>
  pairs.map(([problems, sum]) => ({ problems, sum }));

// Six problems in four clusters, four solved, r = 2/3: residuals 2/3, −1/3, −2/3, 1/3.
const FOUR = of([2, 2], [2, 1], [1, 0], [1, 1]);

test('values are gathered by cluster; those without one stay alone', () => {
  expect(gather([1, 0, 1, 1, 0], ['a', 'b', 'a', undefined, undefined])).toEqual(of([2, 2], [1, 0], [1, 1], [1, 0]));
});

test('the variance of a ratio, worked by hand', () => {
  // 4/3 · (4 + 1 + 4 + 1)/9 / 36
  expect(ratioVariance(FOUR)).toBeCloseTo(10 / 243, 12);
  // Clusters of one: the sample variance of the mean. Of 0, 1, 1, 1: (3/16) · 4/3 / 4
  expect(ratioVariance(of([1, 0], [1, 1], [1, 1], [1, 1]))).toBeCloseTo(1 / 16, 12);
});

test('the interval of a share is Wilson’s of as many problems as the clusters are worth', () => {
  // Binomial variance (2/9)/6 = 1/27, design effect 270/243 = 10/9, worth 5.4 problems.
  expect(clusteredShare(FOUR).low).toBeCloseTo(wilson(3.6, 5.4).low, 12);
  expect(clusteredShare(FOUR).high).toBeCloseTo(wilson(3.6, 5.4).high, 12);
  // z² = 3.841459: (0.666667 + 0.355691 ± 1.959964 √(0.0411523 + 0.0329343)) / 1.711381 = 0.597387 ± 0.311725.
  expect(clusteredShare(FOUR).low).toBeCloseTo(0.285662, 5);
  expect(clusteredShare(FOUR).high).toBeCloseTo(0.909112, 5);
  const halves = of([10, 10], [10, 0], [10, 10], [10, 0]);
  // r = 1/2, residuals ±5: 4/3 · 100 / 1600 = 1/12; binomial 1/160; worth 40 · 12/160 = 3.
  expect(clusteredShare(halves)).toEqual(wilson(1.5, 3));
});

test('an even spread over the clusters is worth no more than the problems', () => {
  // Every cluster has half of its problems solved: variance 0, so a design effect below 1.
  expect(clusteredShare(of([2, 1], [2, 1], [2, 1]))).toEqual(wilson(3, 6));
});

test('clusters of one are Wilson’s own; where all came out alike, a cluster counts once', () => {
  expect(clusteredShare(of([1, 1], [1, 0], [1, 1]))).toEqual(wilson(2, 3));
  expect(clusteredShare(of([5, 5], [5, 5], [5, 5], [5, 5]))).toEqual(wilson(4, 4));
  // 100 / (64 + 4)
  expect(clusteredShare(of([8, 0], [2, 0]))).toEqual(wilson(0, 100 / 68));
  expect(clusteredShare(of([4, 3]))).toEqual(wilson(0.75, 1));
  expect(clusteredShare([])).toEqual({ low: 0, high: 1 });
});

test('a mean has the same variance', () => {
  const { interval, mean } = clusteredMean(FOUR);
  expect(mean).toBeCloseTo(2 / 3, 12);
  expect(interval.high - mean).toBeCloseTo(1.959964 * Math.sqrt(10 / 243), 6);
  expect(mean - interval.low).toBeCloseTo(interval.high - mean, 12);
  expect(clusteredMean(of([4, 2])).interval.high).toBe(Number.POSITIVE_INFINITY);
});
