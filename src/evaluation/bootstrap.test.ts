import { expect, test } from 'vitest';
import { Random } from '../core/random.ts';
import {
  interquartileMean,
  meanScore,
  medianScore,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  type Scores,
} from './aggregates.ts';
import { bootstrap } from './bootstrap.ts';

const random = () => Random.stream(0, 'evaluation');
const matrix = Array.from({ length: 5 }, (_, run) => Array.from({ length: 16 }, (_, task) => 16 * run + task));
const x: Scores = matrix[0]!.map((_, task) => matrix.map((runs) => runs[task]!));
const y: Scores = x.map((runs) => runs.toReversed());

test("intervals lie about their estimates, as rliable's own test asks", () => {
  // google-research/rliable, tests/library_test.py: 5 runs on 16 tasks, 100 resamples
  const all = (scores: Scores) => [interquartileMean, meanScore, medianScore, optimalityGap].map((f) => f(scores));
  for (const [i, { low, high }] of bootstrap([x], all, { random: random(), resamples: 100 }).entries()) {
    expect(low).toBeLessThan(all(x)[i]!);
    expect(high).toBeGreaterThan(all(x)[i]!);
  }
  const compare = (a: Scores, b: Scores) => [probabilityOfImprovement(a, b)];
  const [interval] = bootstrap([x, y], compare, { random: random(), resamples: 100 });
  expect(interval!.low).toBeLessThan(0.5);
  expect(interval!.high).toBeGreaterThan(0.5);
  const profile = (scores: Scores) => performanceProfile(scores, [0, 0.25, 0.5, 1]);
  expect(bootstrap([x], profile, { random: random(), resamples: 100 })).toHaveLength(4);
});

test('a mean of two runs: the resamples are 0, ½ and 1, a quarter, a half and a quarter of them', () => {
  const means: number[] = [];
  const statistic = (scores: Scores) => {
    means.push(meanScore(scores));
    return [meanScore(scores)];
  };
  expect(bootstrap([[[0, 1]]], statistic, { random: random(), resamples: 4000 })).toEqual([{ low: 0, high: 1 }]);
  const share = (value: number) => means.slice(1).filter((mean) => mean === value).length / 4000;
  expect(share(0)).toBeCloseTo(0.25, 1);
  expect(share(0.5)).toBeCloseTo(0.5, 1);
  expect(bootstrap([[[0, 1]]], statistic, { random: random(), coverage: 0.4 })).toEqual([{ low: 0.5, high: 0.5 }]);
});

test('a mean of normal scores has the interval of the textbooks', () => {
  const draw = Random.stream(3, 'task');
  const runs = Array.from({ length: 200 }, () => draw.normal());
  const [interval] = bootstrap([[runs]], (scores) => [meanScore(scores)], { random: random() });
  // ± 1.96 / √200 = 0.139, of this sample's own deviation
  expect((interval!.high - interval!.low) / 2).toBeCloseTo(0.139, 1.5);
});

test('strata are kept apart: what does not vary within them does not vary', () => {
  const scores = [
    [1, 1, 1],
    [5, 5],
  ];
  expect(bootstrap([scores], (drawn) => [meanScore(drawn)], { random: random() })).toEqual([{ low: 3, high: 3 }]);
});

test('the same stream gives the same interval, and statistics share their resamples', () => {
  const mean = (scores: Scores) => [meanScore(scores)];
  const both = (scores: Scores) => [interquartileMean(scores), meanScore(scores)];
  const [alone] = bootstrap([x], mean, { random: random() });
  expect(bootstrap([x], mean, { random: random() })).toEqual([alone]);
  expect(bootstrap([x], both, { random: random() })[1]).toEqual(alone);
  expect(bootstrap([x], mean, { random: Random.stream(1, 'evaluation') })).not.toEqual([alone]);
});

test('a bootstrap of nothing is refused', () => {
  expect(() => bootstrap([[[]]], () => [0], { random: random() })).toThrow('of nothing');
});
